/** How the bot comes into groups and out of them, and what it does when a group gets another name or another id. */
import type { GroupList, Invitation, Joined, Left, Outage, Renamed } from '../bots/adapter.ts';
import { accountKey, chatKey } from '../core/chat.ts';
import type { County } from '../core/county.ts';
import { firstLine } from '../core/form.ts';
import { found, loseGroups, placeGroups } from '../core/lost-groups.ts';
import { type Decision, NOTHING } from '../core/notices.ts';
import type { Playbook } from '../core/playbook.ts';
import { put } from '../core/rows.ts';
import type { Instant } from '../core/time.ts';
import { zh } from '../locales/zh-CN.ts';

/** Invitations are taken from people who claimed a post, and from nobody else. */
export function decideInvitation({ inviter, platform }: Invitation, county: County): boolean {
  return county.personOf(accountKey(platform, inviter.id)) !== null;
}

/** The id under which a joining is claimed, so that a repeated event greets nobody twice. */
export function joinedId({ chat, id }: Joined): string {
  return `joined ${chatKey(chat)}:${id}`;
}

/** A group that belongs to no unit yet is greeted once and told how to bind. */
export function decideJoined(event: Joined, county: County, now: Instant, playbook: Playbook): Decision {
  const { chat } = event;
  const id = joinedId(event);
  const binding = county.bindingOf(chatKey(chat));
  if (binding) return { writes: found(county, binding), notices: [] };
  return {
    writes: [
      {
        table: 'inbound',
        op: 'insert',
        row: { id, chat: chatKey(chat), accountId: '', text: '', sentAt: now, receivedAt: now },
      },
    ],
    notices: [
      {
        to: { chat },
        body: { kind: 'answer', text: zh.greeting(firstLine(playbook)) },
        dedupeKey: `greet#${id}`,
        notBefore: now,
      },
    ],
  };
}

/** A group keeps its unit while the bot is out of it, so that coming back is enough; the level above is told. */
export function decideLeft({ chat }: Left, county: County, now: Instant): Decision {
  const binding = county.bindingOf(chatKey(chat));
  return binding ? loseGroups(county, [binding], now) : NOTHING;
}

/** A group keeps its unit through any renaming; with a new id its binding moves along. */
export function decideRenamed({ chat, title, movedFrom }: Renamed, county: County): Decision {
  const binding = county.bindingOf(chatKey(movedFrom ?? chat));
  if (!binding) return NOTHING;
  return { writes: [put('binding', { ...binding, chat: chatKey(chat), title })], notices: [] };
}

/** Groups whose ids changed are found again by their titles; see {@link placeGroups}. */
export function decideGroups({ platform, groups, complete }: GroupList, county: County, now: Instant): Decision {
  return placeGroups(county, platform, groups, complete, now);
}

/** An outage is kept for whoever asks later why somebody was not heard. */
export function decideOutage({ platform, account, since, until, cause, lossy }: Outage): Decision {
  const id = `${platform}:${account}:${since}`;
  return {
    writes: [put('outage', { id, platform, account, since, until, cause, lossy: lossy ? 'yes' : 'no' })],
    notices: [],
  };
}
