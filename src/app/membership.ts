/** How the bot comes into groups and out of them, and what it does when a group gets another name or another id. */
import type {
  GroupList,
  InboundMessage,
  Invitation,
  Joined,
  Left,
  Outage,
  Renamed,
  SenderRef,
} from '../bots/adapter.ts';
import { accountKey, chatKey } from '../core/chat.ts';
import type { County } from '../core/county.ts';
import { firstLine } from '../core/form.ts';
import { found, loseGroups } from '../core/lost-groups.ts';
import { greeted } from '../core/meta.ts';
import { type Decision, NOTHING } from '../core/notices.ts';
import type { Playbook } from '../core/playbook/index.ts';
import { hashCode, MOST_TRIES } from '../core/roster/codes.ts';
import { put } from '../core/rows/index.ts';
import { normalise } from '../core/text.ts';
import { civilDateOf, HOUR, type Instant } from '../core/time.ts';
import { placeGroups } from '../core/told-groups.ts';
import { lines } from '../locales/lines.ts';
import { zh } from '../locales/zh-CN.ts';

/** What becomes of an invitation; with `claim` the code that came with it is claimed next. */
export type InvitationVerdict = { accept: boolean; claim: string | null; decision: Decision };

/**
 * Invitations are taken from people who hold a post and have claimed it. Whoever cannot write to the bot before it takes them as a
 * contact may show the claim code in the invitation itself; guesses count as wrong tries.
 * @param tries wrong tries of the last hour that the store knows of
 */
export function judgeInvitation(event: Invitation, county: County, now: Instant, tries: number): InvitationVerdict {
  const accountId = accountKey(event.platform, event.inviter.id);
  const person = county.personOf(accountId);
  const isInOffice = person !== null && county.viewAt(now).postsOf(person.id).length > 0;
  if (isInOffice) return { accept: true, claim: null, decision: NOTHING };
  const [code, ...others] = codesIn(event.hello ?? '');
  if (code === undefined || others.length > 0) return { accept: false, claim: null, decision: NOTHING };
  // Of guesses that come all at once the store knows nothing yet.
  if (Math.max(tries, county.claimTries(accountId, now - HOUR)) >= MOST_TRIES)
    return { accept: false, claim: null, decision: NOTHING };
  const row = county.claimCode(hashCode(code));
  if (row && row.usedAt === null && row.expiresAt > now) return { accept: true, claim: code, decision: NOTHING };
  const tried = put('claimTry', { id: `try#invitation:${accountId}:${now}`, accountId, at: now });
  return { accept: false, claim: null, decision: { writes: [tried], notices: [] } };
}

/** Whatever in a text could be a claim code. */
function codesIn(text: string): string[] {
  return normalise(text.slice(0, 200)).match(/(?<![A-Za-z0-9])[A-Za-z0-9]{6}(?![A-Za-z0-9])/g) ?? [];
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
  const today = civilDateOf(now);
  const mark = greeted(chatKey(chat));
  // Put out and in again: it has heard the greeting today.
  if (county.meta(mark) === today) return NOTHING;
  return {
    writes: [
      put('meta', { id: mark, value: today }),
      {
        table: 'inbound',
        op: 'insert',
        row: { id, chat: chatKey(chat), accountId: '', text: '', sentAt: now, receivedAt: now },
      },
    ],
    notices: [
      {
        to: { chat },
        body: { kind: 'answer', text: event.deaf ? zh.greetingDeaf : zh.greeting(firstLine(playbook)) },
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
export function decideRenamed({ chat, title, movedFrom }: Renamed, county: County, now: Instant): Decision {
  const binding = county.bindingOf(chatKey(movedFrom ?? chat));
  if (!binding) return NOTHING;
  // Somebody was quicker and bound the group under its new id: what was said there last holds.
  const there = county.bindingOf(chatKey(chat));
  if (there && there.id !== binding.id) {
    return { writes: [put('binding', { ...binding, releasedAt: now })], notices: [] };
  }
  return { writes: [put('binding', { ...binding, chat: chatKey(chat), title })], notices: [] };
}

/** Groups whose ids changed are found again by their titles; see {@link placeGroups}. */
export function decideGroups(event: GroupList, county: County, now: Instant): Decision {
  return placeGroups(county, event, now);
}

/** An outage is kept for whoever asks later why somebody was not heard. */
export function decideOutage({ platform, account, since, until, cause, lossy }: Outage): Decision {
  const id = `${platform}:${account}:${since}`;
  return {
    writes: [put('outage', { id, platform, account, since, until, cause, lossy: lossy ? 'yes' : 'no' })],
    notices: [],
  };
}

/** A code shown in an invitation counts as if it had been sent in the direct chat. */
export function claimShown(code: string, platform: string, sender: SenderRef, now: Instant): InboundMessage {
  return {
    type: 'message',
    id: `invitation#${hashCode(code).slice(0, 12)}`,
    chat: { platform, id: sender.id, kind: 'direct' },
    chatTitle: '',
    sender,
    text: lines.claim(code),
    attachments: [],
    mentionsBot: false,
    repliesToBot: false,
    sentAt: now,
  };
}
