/**
 * Sorts what waits in the outbox, so that finding what may leave next costs what leaves and not what waits. Piles stand in
 * the lane of the account that speaks in their chat, the most urgent first; those that cannot be looked at yet rest
 * until a moment, or until their chat is free again.
 */
import TinyQueue from 'tinyqueue';
import type { ChatAdapter } from '../bots/adapter.ts';
import { type ChatRef, chatKey } from '../core/chat.ts';
import type { County } from '../core/county.ts';
import { mannerOf } from '../core/notices.ts';
import type { OutTray, Pile } from '../core/out-tray.ts';
import type { ChatKey, OutboxRow } from '../core/rows/index.ts';
import { type Instant, SECOND } from '../core/time.ts';
import { chatAt } from './addresses.ts';
import type { Pacer } from './pacer.ts';

/** Answers that leave as one message at most; more would be a wall of text. */
export const MOST_TOGETHER = 40;

/** Whoever has waited so long for an answer takes turns with the tables, each so long. */
const PATIENCE = 20 * SECOND;
const TURN = 3 * SECOND;

/** A pile's place in its lane: one for its answers, one for the most urgent of the rest. */
export interface Place {
  readonly pile: Pile;
  /** The one to leave; of answers the one that waits longest, others may go with it. */
  readonly row: OutboxRow;
  readonly chat: ChatRef | null;
}

/** Smaller goes first; within a kind the oldest. */
const byUrgency = (a: Place, b: Place): number => compare(a.row, b.row) || a.pile.order - b.pile.order;

const compare = (a: OutboxRow, b: OutboxRow): number =>
  a.priority - b.priority || a.notBefore - b.notBefore || a.createdAt - b.createdAt;

interface Lane {
  answers: TinyQueue<Place>;
  others: TinyQueue<Place>;
}

interface Rest {
  at: Instant;
  pile: Pile;
}

/** Where a pile stands now. Entries of the queues that are not found here any more are passed over. */
interface Standing {
  lane: string;
  platform: string;
  key: ChatKey | null;
  answers: Place | null;
  others: Place | null;
  rest: Rest | null;
  /** Messages of it that are due. */
  messages: number;
}

export interface SortingDeps {
  adapters: ReadonlyMap<string, ChatAdapter>;
  pacer: Pacer;
  /** Whether a row is in somebody's hands, whatever the outbox says of it: the store need not have heard of that. */
  isCarried: (id: string) => boolean;
}

export class Sorting {
  readonly #deps: SortingDeps;
  /** Set when an outbox was taken in whole; whoever has looked after what it may hold takes it back. */
  isFresh = false;
  #tray: OutTray | null = null;
  #standings = new Map<Pile, Standing>();
  #lanes = new Map<string, Lane>();
  #byChat = new Map<ChatKey, Set<Pile>>();
  #due = new Map<string, number>();
  #resting = new TinyQueue<Rest>([], (a, b) => a.at - b.at);

  constructor(deps: SortingDeps) {
    this.#deps = deps;
  }

  /** Takes in what changed of the outbox and what has fallen due. */
  sync(county: County, now: Instant): void {
    const { tray } = county;
    if (tray !== this.#tray) {
      this.#tray = tray;
      this.isFresh = true;
      this.#standings = new Map();
      this.#lanes = new Map();
      this.#byChat = new Map();
      this.#due = new Map();
      this.#resting = new TinyQueue<Rest>([], (a, b) => a.at - b.at);
      tray.takeTouched();
      for (const pile of tray.piles()) this.#place(pile, county, now);
    }
    for (const pile of tray.takeTouched()) this.#place(pile, county, now);
    for (let rest = this.#resting.peek(); rest && rest.at <= now; rest = this.#resting.peek()) {
      this.#resting.pop();
      if (this.#standings.get(rest.pile)?.rest === rest) this.#place(rest.pile, county, now);
    }
  }

  /** Forgets where everything stands; the next {@link sync} begins from nothing. */
  restart(): void {
    this.#tray = null;
  }

  /** The names of the lanes in which anything is due. */
  lanes(): string[] {
    return [...this.#lanes].flatMap(([name, lane]) =>
      this.#first(lane.answers) || this.#first(lane.others) ? name : [],
    );
  }

  /** The most urgent place of a lane; it stays there until {@link leave} or a change. */
  next(name: string, now: Instant): Place | null {
    const lane = this.#lanes.get(name);
    if (!lane) return null;
    const answer = this.#first(lane.answers);
    const other = this.#first(lane.others);
    if (!answer || !other) return answer ?? other;
    // Where tables take minutes to leave, every other turn is for whoever has waited for an answer: without one, people
    // say it again.
    const isAnswersTurn = Math.floor(now / TURN) % 2 === 1 && now - answer.row.notBefore >= PATIENCE;
    return isAnswersTurn || byUrgency(answer, other) < 0 ? answer : other;
  }

  /** The most urgent of what is due in one chat. */
  nextIn(key: ChatKey): Place | null {
    const places = [...(this.#byChat.get(key) ?? [])].flatMap((pile) => {
      const standing = this.#standings.get(pile);
      return [standing?.answers ?? [], standing?.others ?? []].flat();
    });
    return places.sort(byUrgency)[0] ?? null;
  }

  /** Whether an address leads elsewhere than when it was looked up, or to another account; it is placed anew then. */
  hasMoved({ pile }: Place, county: County, now: Instant): boolean {
    const standing = this.#standings.get(pile);
    const chat = chatAt(pile.to, county, this.#deps.adapters);
    const lane = chat ? this.#deps.pacer.laneOf(chat) : '';
    if (!standing || (standing.key === (chat && chatKey(chat)) && standing.lane === lane)) return false;
    this.#place(pile, county, now);
    return true;
  }

  /** Takes a pile out of its lane: until `at`, or, with null, until it changes or its chat is {@link release}d. */
  leave(pile: Pile, at: Instant | null): void {
    const standing = this.#standings.get(pile);
    if (!standing) return;
    standing.answers = null;
    standing.others = null;
    if (at !== null) this.#rest(standing, pile, at);
  }

  /** Nothing is on its way to this chat any more: what waits for it is due again. */
  release(key: ChatKey, county: County, now: Instant): void {
    if (county.tray !== this.#tray) return;
    for (const pile of [...(this.#byChat.get(key) ?? [])]) this.#place(pile, county, now);
  }

  /** How many messages are due on each platform, those that wait for their turn included. */
  dueOn(): ReadonlyMap<string, number> {
    return this.#due;
  }

  /** When something may leave next, as far as is known since {@link sync}; infinite when nothing is in sight. */
  nextDue(): Instant {
    for (let rest = this.#resting.peek(); rest; rest = this.#resting.peek()) {
      if (this.#standings.get(rest.pile)?.rest === rest) break;
      this.#resting.pop();
    }
    let next = this.#resting.peek()?.at ?? Number.POSITIVE_INFINITY;
    for (const name of this.lanes()) {
      const { free, only, others } = this.#deps.pacer.laneFreeAt(name);
      next = Math.min(next, others);
      const place = only !== null && free < others ? this.nextIn(only) : null;
      if (place?.chat) next = Math.min(next, this.#deps.pacer.freeAt(place.chat, mannerOf(place.row).patient));
    }
    return next;
  }

  #first(queue: TinyQueue<Place>): Place | null {
    for (let place = queue.peek(); place; place = queue.peek()) {
      const standing = this.#standings.get(place.pile);
      if (standing?.answers === place || standing?.others === place) return place;
      queue.pop();
    }
    return null;
  }

  #place(pile: Pile, county: County, now: Instant): void {
    const before = this.#standings.get(pile);
    const dues = duesOf(pile, now, this.#deps.isCarried);
    if (!dues) {
      if (before) this.#forget(pile, before);
      return;
    }
    const chat = chatAt(pile.to, county, this.#deps.adapters);
    const key = chat && chatKey(chat);
    const lane = chat ? this.#deps.pacer.laneOf(chat) : '';
    const platform = chat?.platform ?? '';
    const { messages } = dues;
    const standing: Standing = { lane, platform, key, answers: null, others: null, rest: null, messages };
    if (before) this.#forget(pile, before);
    this.#standings.set(pile, standing);
    this.#count(platform, messages);
    if (key !== null) this.#byChat.set(key, (this.#byChat.get(key) ?? new Set()).add(pile));
    const queues = this.#lane(lane);
    // A pile that grows has the same to say first: every place given up for an equal one would wait in its queue.
    const kept = before && before.lane === lane && before.key === key ? before : null;
    if (dues.answer) {
      standing.answers = placeAmong(queues.answers, kept?.answers, { pile, row: dues.answer, chat });
    }
    if (dues.other) {
      standing.others = placeAmong(queues.others, kept?.others, { pile, row: dues.other, chat });
    }
    if (before?.rest?.at === dues.later) standing.rest = before.rest;
    else if (Number.isFinite(dues.later)) this.#rest(standing, pile, dues.later);
  }

  #lane(name: string): Lane {
    const known = this.#lanes.get(name);
    if (known) return known;
    const lane = { answers: new TinyQueue([], byUrgency), others: new TinyQueue([], byUrgency) };
    this.#lanes.set(name, lane);
    return lane;
  }

  #count(platform: string, messages: number): void {
    const due = (this.#due.get(platform) ?? 0) + messages;
    if (due === 0 || platform === '') this.#due.delete(platform);
    else this.#due.set(platform, due);
  }

  #rest(standing: Standing, pile: Pile, at: Instant): void {
    standing.rest = { at: Math.min(at, standing.rest?.at ?? at), pile };
    this.#resting.push(standing.rest);
  }

  #forget(pile: Pile, { key, platform, messages }: Standing): void {
    this.#standings.delete(pile);
    this.#count(platform, -messages);
    if (key === null) return;
    const piles = this.#byChat.get(key);
    piles?.delete(pile);
    if (piles?.size === 0) this.#byChat.delete(key);
  }
}

/** Puts a place in a queue, where the one that stands there is not its equal already; the one that stands now. */
function placeAmong(queue: TinyQueue<Place>, standing: Place | null | undefined, place: Place): Place {
  if (standing?.row === place.row && standing.chat?.kind === place.chat?.kind) return standing;
  queue.push(place);
  return place;
}

/** What {@link duesOf} finds. */
interface Dues {
  answer: OutboxRow | null;
  other: OutboxRow | null;
  /** When more of the pile falls due. */
  later: Instant;
  messages: number;
}

/** What of a pile is due; null when nothing of it waits. */
function duesOf(pile: Pile, now: Instant, isCarried: SortingDeps['isCarried']): Dues | null {
  const dues: Dues = { answer: null, other: null, later: Number.POSITIVE_INFINITY, messages: 0 };
  let waits = false;
  for (const row of pile.answers.values()) {
    if (row.state !== 'pending') continue;
    waits = true;
    if (isCarried(row.id)) continue;
    if (row.notBefore > now) {
      dues.later = Math.min(dues.later, row.notBefore);
      // What was tried in vain goes first again: what was said since neither overtakes it nor wakes it early.
      if (row.attempts > 0) break;
      continue;
    }
    // Those that come after it leave with it, due or not.
    dues.answer = row;
    dues.later = Number.POSITIVE_INFINITY;
    dues.messages = Math.ceil(pile.answers.size / MOST_TOGETHER);
    break;
  }
  for (const row of pile.others.values()) {
    if (row.state !== 'pending') continue;
    waits = true;
    if (isCarried(row.id)) continue;
    if (row.notBefore > now) {
      dues.later = Math.min(dues.later, row.notBefore);
      continue;
    }
    dues.messages += 1;
    if (!dues.other || compare(row, dues.other) < 0) dues.other = row;
  }
  return waits ? dues : null;
}
