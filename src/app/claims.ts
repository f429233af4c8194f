/** Chooses what may leave the outbox now and puts it into words, in the decision that sees the newest facts. */
import type { ChatAdapter, Mention, OutboundMessage, Shape } from '../bots/adapter.ts';
import { type ChatRef, chatKey } from '../core/chat.ts';
import type { County } from '../core/county.ts';
import { addressOf, type Body, bodyOf, mannerOf, outboxRow } from '../core/notices.ts';
import { afterQuiet } from '../core/quiet.ts';
import { type ChatKey, type OutboxRow, put, type Write } from '../core/rows.ts';
import { type Instant, SECOND } from '../core/time.ts';
import { type ComposeContext, type Composed, compose, composeTogether } from '../notices/index.ts';
import { accountOn, chatAt } from './addresses.ts';
import type { Pacer } from './pacer.ts';
import { cutToShape } from './shaping.ts';

/** Answers that leave as one message at most; more would be a wall of text. */
const MOST_TOGETHER = 40;

/** Whoever has waited so long for an answer takes turns with the tables, each so long. */
const PATIENCE = 20 * SECOND;
const TURN = 3 * SECOND;

/** Of a platform nobody knows; the send will say so. */
const NO_LIMITS: Shape = { textLimit: Number.POSITIVE_INFINITY, captionLimit: 0, filesTogether: true };

/** What is on its way to one chat: one notice, or several answers that leave together. */
export interface Parcel {
  chat: ChatRef;
  key: ChatKey;
  rowIds: string[];
  /** What goes on the wire next. */
  part: OutboundMessage;
  /** What follows it, where the text is longer than one message may be. */
  rest: readonly OutboundMessage[];
  /** The platform's id of the first part, once that is accepted. */
  messageId: string | null;
  /** How many parts were accepted, and how often the next one has failed since. */
  accepted: number;
  failures: number;
  onAccepted: Write[];
}

export interface ClaimDeps {
  forms: ComposeContext['forms'];
  adapters: ReadonlyMap<string, ChatAdapter>;
  pacer: Pacer;
  /** Whether something is on its way to a chat. */
  busy: (key: ChatKey) => boolean;
}

export interface Claimed {
  parcels: Parcel[];
  writes: Write[];
  /** How many notices of each platform were due, those that leave now included. */
  dueOn: ReadonlyMap<string, number>;
}

/** At most one parcel per chat; what is no longer wanted or can reach nobody is settled on the spot. */
export function claimDue(county: County, now: Instant, deps: ClaimDeps): Claimed {
  const { adapters, pacer } = deps;
  const pending = [...county.tray.pending()].filter((row) => row.state === 'pending');
  const answers = answersByAddress(pending);
  const latest = latestReminders(pending);
  const due = pending.filter((row) => row.notBefore <= now).sort(byUrgency(now));
  const parcels = new Map<ChatKey, Parcel>();
  const writes: Write[] = [];
  const settled = new Set<string>();
  const dueOn = new Map<string, number>();
  for (const row of due) {
    if (settled.has(row.id)) continue;
    const chat = chatAt(addressOf(row), county, adapters);
    if (!chat) {
      // Only what would have been said is missed by somebody.
      const lost = inWords([row], null, county, now, deps.forms) !== null;
      const outcome = lost ? ({ state: 'dead', error: 'nowhere' } as const) : ({ state: 'dropped' } as const);
      writes.push(put('outbox', { ...row, ...outcome, settledAt: now }));
      continue;
    }
    if (row.createdAt < (latest.get(row.body) ?? row.createdAt)) {
      writes.push(put('outbox', { ...row, state: 'dropped', settledAt: now, error: 'superseded' }));
      continue;
    }
    const key = chatKey(chat);
    dueOn.set(chat.platform, (dueOn.get(chat.platform) ?? 0) + 1);
    if (parcels.has(key) || deps.busy(key) || pacer.freeAt(chat, mannerOf(row).patient) > now) continue;
    const morning = mannerOf(row).waitsForMorning ? afterQuiet(now) : now;
    if (morning > now) {
      writes.push(put('outbox', { ...row, notBefore: morning }));
      continue;
    }
    const rows = mannerOf(row).coalesces ? (answers.get(row.address) ?? [row]).slice(0, MOST_TOGETHER) : [row];
    const composed = inWords(rows, chat, county, now, deps.forms);
    for (const { id } of rows) settled.add(id);
    const state = composed ? 'sending' : 'dropped';
    writes.push(...rows.map((each) => put('outbox', { ...each, state, settledAt: now, chat: key })));
    if (!composed) continue;
    const { part, rest, alone } = cutToShape(
      composed.text.trimEnd(),
      mentionsIn(chat, composed, county, now),
      composed.attachments,
      adapters.get(chat.platform)?.shape ?? NO_LIMITS,
    );
    const rowIds = rows.map(({ id }) => id);
    const files = alone.map((body, at) => fileNotice(row, body, at, now));
    const onAccepted = [...composed.onAccepted, ...files];
    parcels.set(key, { chat, key, rowIds, part, rest, messageId: null, accepted: 0, failures: 0, onAccepted });
    pacer.reserve(chat, now);
  }
  return { parcels: [...parcels.values()], writes, dueOn };
}

/**
 * When each reminder that waits was last decided. One that could not leave until the next step of the ladder reminded of
 * the same is overtaken: both would say the same words. Steps that fall due together, after downtime, are each sent.
 */
function latestReminders(rows: readonly OutboxRow[]): Map<string, Instant> {
  const latest = new Map<string, Instant>();
  for (const { kind, body, createdAt } of rows) {
    if (kind === 'reminder') latest.set(body, Math.max(latest.get(body) ?? createdAt, createdAt));
  }
  return latest;
}

/** Null: none of it is wanted any more. */
function inWords(
  rows: readonly OutboxRow[],
  chat: ChatRef | null,
  county: County,
  now: Instant,
  forms: ComposeContext['forms'],
): Composed | null {
  const context: ComposeContext = {
    county,
    view: county.viewAt(now),
    forms,
    now,
    here: chat?.kind === 'group' ? (county.bindingOf(chatKey(chat))?.unitId ?? null) : null,
    reachable: (personId) => chat !== null && accountOn(chat.platform, personId, county) !== null,
    known: (personId) => county.accountsOf(personId).length > 0,
  };
  const [first, ...others] = rows.map(bodyOf);
  if (!first) return null;
  return others.length === 0 ? compose(first, context) : composeTogether([first, ...others], context);
}

function mentionsIn(chat: ChatRef, { mentions }: Composed, county: County, now: Instant): Mention[] {
  const view = county.viewAt(now);
  return mentions.flatMap((id): Mention[] => {
    const account = accountOn(chat.platform, id, county);
    return account === null ? [] : [{ id: account, name: view.person(id)?.name ?? '' }];
  });
}

/** A file that does not ride on its text follows it to the same place. */
function fileNotice(of: OutboxRow, body: Body, at: number, now: Instant): Write {
  return put('outbox', outboxRow({ to: addressOf(of), body, dedupeKey: `${of.id}~${at + 1}` }, now));
}

/**
 * Tables before answers before reminders; within a kind the oldest first. Where tables take minutes to leave, every other
 * turn is for whoever has waited for an answer: without one, people say it again.
 */
function byUrgency(now: Instant): (a: OutboxRow, b: OutboxRow) => number {
  const isAnswersTurn = Math.floor(now / TURN) % 2 === 1;
  const rank = (row: OutboxRow): number =>
    isAnswersTurn && mannerOf(row).coalesces && now - row.notBefore >= PATIENCE ? 0 : row.priority;
  return (a, b) => rank(a) - rank(b) || a.notBefore - b.notBefore || a.createdAt - b.createdAt;
}

/** Answers that wait for one chat, in the order in which they were given. */
function answersByAddress(rows: readonly OutboxRow[]): Map<string, OutboxRow[]> {
  const groups = new Map<string, OutboxRow[]>();
  for (const row of rows) {
    if (!mannerOf(row).coalesces) continue;
    const group = groups.get(row.address);
    if (group) group.push(row);
    else groups.set(row.address, [row]);
  }
  return groups;
}
