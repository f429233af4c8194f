/** How the bot comes into groups, and what it does when a group gets another name or another id. */
import type { Invitation, Joined, Renamed } from '../bots/adapter.ts';
import { accountKey, chatKey } from '../core/chat.ts';
import type { County } from '../core/county.ts';
import { firstLine } from '../core/form.ts';
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
  if (county.bindingOf(chatKey(chat))) return NOTHING;
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

/** A group keeps its unit through any renaming; with a new id its binding moves along. */
export function decideRenamed({ chat, title, movedFrom }: Renamed, county: County): Decision {
  const binding = county.bindingOf(chatKey(movedFrom ?? chat));
  if (!binding) return NOTHING;
  return { writes: [put('binding', { ...binding, chat: chatKey(chat), title })], notices: [] };
}
