/** Chooses what may leave the outbox now and puts it into words, in the decision that sees the newest facts. */
import type { ChatAdapter, Mention, OutboundMessage, Shape } from '../bots/adapter.ts';
import { type ChatRef, chatKey } from '../core/chat.ts';
import type { County } from '../core/county.ts';
import { addressOf, type Body, isAnswer, mannerOf, outboxRow, waitsForMorning } from '../core/notices.ts';
import type { Pile } from '../core/out-tray.ts';
import { afterQuiet } from '../core/quiet.ts';
import { type ChatKey, type OutboxRow, type PeriodId, put, type Write } from '../core/rows/index.ts';
import type { Instant } from '../core/time.ts';
import { type Composed, compose, composeTogether, type Spoken } from '../notices/index.ts';
import { accountOn } from './addresses.ts';
import type { Pacer } from './pacer.ts';
import { cutToShape } from './shaping.ts';
import { MOST_TOGETHER, type Place, type Sorting, type SortingDeps } from './sorting.ts';
import { breath } from './work.ts';

/** Of a platform nobody knows; the send will say so. */
const NO_LIMITS: Shape = { textLimit: Number.POSITIVE_INFINITY, captionLimit: 0, filesTogether: true };

/** Claims made in one breath: a commit under way goes on between them. */
const BREATH = 128;

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
  spoken: Spoken;
  adapters: ReadonlyMap<string, ChatAdapter>;
  pacer: Pacer;
  sorting: Sorting;
  isCarried: SortingDeps['isCarried'];
  /** Whether something is on its way to a chat. */
  busy: (key: ChatKey) => boolean;
  /** Brings a period's book into memory if it exists. */
  loadBook: (id: PeriodId) => Promise<void> | undefined;
}

export interface Claimed {
  parcels: Parcel[];
  writes: Write[];
  /**
   * Claims of what is sent again when nobody knows whether it left: after a stop it would be, claimed or not, so that the
   * store need not hear of it twice.
   */
  held: Write[];
  /** Where the parcels go. */
  chats: Set<ChatKey>;
  /** Something was left that only the store can let leave. */
  more: boolean;
}

/**
 * At most one parcel per chat; what is no longer wanted or can reach nobody is settled on the spot. Asked after
 * {@link Sorting.sync} on the same county.
 * @param kinds with `answers` each lane is left where something else is more urgent
 */
export async function claimDue(
  county: County,
  now: Instant,
  deps: ClaimDeps,
  kinds: 'answers' | 'all' = 'all',
): Promise<Claimed> {
  const { pacer, sorting, loadBook, isCarried } = deps;
  const claimed: Claimed = { parcels: [], writes: [], held: [], chats: new Set(), more: false };
  let done = 0;
  for (const lane of sorting.lanes()) {
    for (;;) {
      const { free, only, others } = pacer.laneFreeAt(lane);
      if (free > now) break;
      const onlyHere = others > now;
      const place = onlyHere ? only !== null && sorting.nextIn(only) : sorting.next(lane, now);
      if (!place) break;
      if (sorting.hasMoved(place, county, now)) continue;
      if (kinds === 'answers' && !mannerOf(place.row).coalesces) {
        claimed.more = true;
        break;
      }
      const rows = rowsOf(place, isCarried);
      const bodies = rows.map(({ body }) => body);
      // A notice about a period of long ago may have outlived the memory of it.
      for (const body of bodies) if ('periodId' in body && !county.book(body.periodId)) await loadBook(body.periodId);
      claim(place, rows, bodies, county, now, deps, claimed);
      // Whatever came of it, the account's other chats have to wait still.
      if (onlyHere) break;
      // Answers are claimed beside the works that are decided: nothing may come in between.
      if (kinds === 'all' && ++done % BREATH === 0) await breath();
    }
  }
  return claimed;
}

/** Deals with one place of a lane: afterwards it is no longer there. */
function claim(
  { pile, row, chat }: Place,
  rows: readonly OutboxRow[],
  bodies: readonly Body[],
  county: County,
  now: Instant,
  deps: ClaimDeps,
  claimed: Claimed,
): void {
  const { spoken, adapters, pacer, sorting } = deps;
  const { parcels, writes, held, chats } = claimed;
  const key = chat && chatKey(chat);
  const free = chat ? pacer.freeAt(chat, mannerOf(row).patient) : now;
  const isBusy = key !== null && (deps.busy(key) || chats.has(key));
  sorting.leave(pile, isBusy || free <= now ? null : free);
  if (isBusy || free > now) return;
  if (!chat || key === null) {
    // Only what would have been said is missed by somebody.
    const lost = inWords(bodies.slice(0, 1), null, county, now, spoken) !== null;
    const outcome = lost ? ({ state: 'dead', error: 'nowhere' } as const) : ({ state: 'dropped' } as const);
    writes.push(put('outbox', { ...row, ...outcome, settledAt: now }));
    return;
  }
  const alike = remindersLike(row, pile);
  if (alike.some(({ createdAt }) => createdAt > row.createdAt)) {
    writes.push(overtaken(row, now));
    return;
  }
  const morning = waitsForMorning(row) ? afterQuiet(now) : now;
  if (morning > now) {
    writes.push(put('outbox', { ...row, notBefore: morning }));
    return;
  }
  const composed = inWords(bodies, chat, county, now, spoken);
  const state = composed ? 'sending' : 'dropped';
  const isKept = !composed || mannerOf(row).whenUnknown === 'drop';
  // A third as much work for the store as the whole row once more.
  for (const each of rows)
    (isKept ? writes : held).push({
      table: 'outbox',
      op: 'update',
      row: { ...each, state, settledAt: now, chat: key },
    });
  if (!composed) return;
  for (const other of alike) if (other.createdAt < row.createdAt) writes.push(overtaken(other, now));
  const { part, rest, alone } = cutToShape(
    composed.text.trimEnd(),
    mentionsIn(chat, composed, county, now),
    composed.attachments,
    adapters.get(chat.platform)?.shape ?? NO_LIMITS,
  );
  const rowIds = rows.map(({ id }) => id);
  const files = alone.map((body, at) => fileNotice(row, body, at, now));
  const onAccepted = [...composed.onAccepted, ...files];
  parcels.push({ chat, key, rowIds, part, rest, messageId: null, accepted: 0, failures: 0, onAccepted });
  chats.add(key);
  pacer.reserve(chat, now);
}

/** What leaves together: of answers the oldest that wait. */
function rowsOf({ row, pile }: Place, isCarried: SortingDeps['isCarried']): OutboxRow[] {
  if (!mannerOf(row).coalesces) return [row];
  const rows: OutboxRow[] = [];
  for (const answer of pile.answers.values()) {
    if (answer.state === 'pending' && !isCarried(answer.id)) rows.push(answer);
    if (rows.length >= MOST_TOGETHER) break;
  }
  return rows;
}

/**
 * Of a reminder, others that would say the same words there. One that could not leave until the next step of the ladder
 * reminded of the same is overtaken, whichever of them may leave first; steps that fall due together, after downtime, are
 * each sent.
 */
function remindersLike(row: OutboxRow, pile: Pile): readonly OutboxRow[] {
  if (row.kind !== 'reminder' || pile.others.size === 1) return NO_ROWS;
  const words = JSON.stringify(row.body);
  return [...pile.others.values()].filter(
    ({ id, kind, state, body }) =>
      id !== row.id && kind === 'reminder' && state === 'pending' && JSON.stringify(body) === words,
  );
}

const NO_ROWS: readonly OutboxRow[] = [];

const overtaken = (row: OutboxRow, now: Instant): Write =>
  put('outbox', { ...row, state: 'dropped', settledAt: now, error: 'superseded' });

/** Null: none of it is wanted any more. */
function inWords(
  bodies: readonly Body[],
  chat: ChatRef | null,
  county: County,
  now: Instant,
  spoken: Spoken,
): Composed | null {
  const [first] = bodies;
  if (!first) return null;
  // Answers were put into words when they were decided.
  if (isAnswer(first)) return composeTogether(bodies);
  return compose(first, {
    county,
    view: county.viewAt(now),
    ...spoken,
    now,
    here: chat?.kind === 'group' ? (county.bindingOf(chatKey(chat))?.unitId ?? null) : null,
    reachable: (personId) => chat !== null && accountOn(chat.platform, personId, county) !== null,
    known: (personId) => county.accountsOf(personId).length > 0,
  });
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
