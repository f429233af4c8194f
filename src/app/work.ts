/** What waits to be decided and kept, and what becomes of it when the store fails. */
import type { County } from '../core/county.ts';
import { errorInLogs, isOfEngine } from '../core/error-in-logs.ts';
import type { Decision, Notice } from '../core/notices.ts';
import type { Write } from '../core/rows/index.ts';
import type { Instant } from '../core/time.ts';
import { DuplicateError, type Store, StoreError, type StoreErrorCode } from '../store/store.ts';
import type { Observer } from './observer.ts';

/** Failures of a commit that may lie in one of its works; the store itself failed with any other. */
const OF_ONE_WORK: ReadonlySet<string> = new Set<StoreErrorCode>(['reference', 'unknown']);

export interface Work {
  /** The inbound id this work would claim; a work whose id was claimed before is not decided again. */
  claim?: string;
  /** Decides on the facts as they are now. May run again after a failed commit, so it has no effects of its own. */
  decide: (county: County, now: Instant) => Decision | Promise<Decision>;
}

export interface CellHooks {
  /** Decided before each batch, e.g. opening what must be open for a message to be understood. */
  prelude: (county: County, now: Instant) => Decision;
  /** Finishes the words of a notice whose decision is in memory now; null where there is nothing to say. */
  word?: (notice: Notice, county: County, now: Instant) => Notice | null;
  /** Decided after the writes of one work were applied. */
  react: (county: County, writes: readonly Write[], now: Instant) => Decision;
  observer?: CellObserver;
}

/** As much of the observer as hears of works. */
export type CellObserver = Pick<Observer, 'committing' | 'refused' | 'reading'>;

/** The store could not keep what was decided (or could not be asked): nothing of it holds, it may be tried again. */
export class NotDurableError extends Error {
  override readonly name = 'NotDurableError';
  /** @param options its cause is what the store said; it stands in the message too, for that is what operators read */
  constructor(what: string, options: { cause: unknown }) {
    const { cause } = options;
    super(`${what}: ${cause instanceof Error && !isOfEngine(cause) ? cause.message : errorInLogs(cause)}`, options);
  }
}

/** A work with whoever waits for it. */
export interface Entry {
  work: Work;
  resolve: (outcome: 'done' | 'duplicate') => void;
  reject: (error: unknown) => void;
}

/** Of a work and whoever waits for it; `observer` is told when it is handed back because the store failed. */
export function entryOf(
  work: Work,
  resolve: Entry['resolve'],
  reject: Entry['reject'],
  observer: Pick<Observer, 'refused'>,
): Entry {
  return {
    work,
    resolve,
    reject(error) {
      if (error instanceof NotDurableError) observer.refused();
      reject(error);
    },
  };
}

/** Works in the order in which they came. */
export class Queue {
  #entries: Entry[] = [];

  get length(): number {
    return this.#entries.length;
  }

  add(entry: Entry): void {
    this.#entries.push(entry);
  }

  /** They are next again, in their order. */
  putBack(entries: readonly Entry[]): void {
    this.#entries = [...entries, ...this.#entries];
  }

  /** The next works, at most so many; what repeats a work under way waits here for its outcome. */
  take(most: number, underWay: ReadonlySet<string> = new Set()): Entry[] {
    const batch = this.#entries.splice(0, most);
    const repeats = ({ work }: Entry): boolean => work.claim !== undefined && underWay.has(work.claim);
    if (underWay.size === 0 || !batch.some(repeats)) return batch;
    this.putBack(batch.filter(repeats));
    return batch.filter((entry) => !repeats(entry));
  }
}

/** A batch that was decided, its writes in memory and not yet in the store. */
export interface Decided {
  /** All of it in the order in which it came, but for what was done before. */
  batch: Entry[];
  writes: Write[];
  /** Those of the writes that are answers: they stand in the outbox of this process once they are kept. */
  answers: Write[];
  /** Keeps the writes. */
  commit: () => Promise<void>;
  /** What was decided, and what repeats a work of this very batch. */
  entries: Entry[];
  repeats: Set<Entry>;
  claims: Set<string>;
  /** Works whose decision threw. */
  failed: { entry: Entry; error: unknown }[];
  /** One of those left half of itself in memory: the others are to be decided anew. */
  broken: boolean;
}

/** Why a batch was not kept. */
export interface Failure {
  error: unknown;
}

/** A batch that is being committed; its outcome is null when it was kept. */
export interface UnderWay {
  decided: Decided;
  outcome: Promise<Failure | null>;
}

/** A commit made ready while another one is under way; what is wrong with the writes themselves comes out when it is called. */
export function prepared(store: Store, writes: readonly Write[]): () => Promise<void> {
  try {
    return store.prepare(writes);
  } catch (error) {
    return () => Promise.reject(error);
  }
}

/** Tells everybody who waits that nothing was kept. */
export function rejectAll(entries: readonly Entry[], what: string, cause: unknown): void {
  if (entries.length === 0) return;
  const failure = new NotDurableError(what, { cause });
  for (const entry of entries) entry.reject(failure);
}

/** The second half before the first: they are taken from the end. */
export function halvesOf(entries: readonly Entry[]): (readonly Entry[])[] {
  const middle = Math.ceil(entries.length / 2);
  return [entries.slice(middle), entries.slice(0, middle)].filter((half) => half.length > 0);
}

/** Whether a commit failed for what was written, and not for the store. */
export const isOfThisWork = (error: unknown): boolean =>
  error instanceof DuplicateError || (error instanceof StoreError && error.code === 'reference');

/** Whether a commit may have failed for what one of its works wrote. */
export const mayBeOfOneWork = (error: unknown): boolean =>
  error instanceof DuplicateError || !(error instanceof StoreError) || OF_ONE_WORK.has(error.code);

/** The driver's thread, timers and sockets have their turn. */
export const breath = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
