/** What waits to be decided and kept, and what becomes of it when the store fails. */
import type { County } from '../core/county.ts';
import type { Decision } from '../core/notices.ts';
import type { Write } from '../core/rows.ts';
import type { Instant } from '../core/time.ts';
import { DuplicateError, type Store, StoreError, type StoreErrorCode } from '../store/store.ts';

/** Failures of a commit that may lie in one of its works; the store itself failed with any other. */
const OF_ONE_WORK: ReadonlySet<string> = new Set<StoreErrorCode>(['reference', 'unknown']);

export interface Work {
  /** The inbound id this work would claim; a work whose id was claimed before is not decided again. */
  claim?: string;
  /** Decides on the facts as they are now. May run again after a failed commit, so it has no effects of its own. */
  decide: (county: County, now: Instant) => Decision | Promise<Decision>;
  /** Decided behind all others of its batch. */
  last?: true;
}

/** The store could not keep what was decided (or could not be asked): nothing of it holds, it may be tried again. */
export class NotDurableError extends Error {
  override readonly name = 'NotDurableError';
  /** @param options its cause is what the store said; it stands in the message too, for that is what operators read */
  constructor(what: string, options: { cause: unknown }) {
    const { cause } = options;
    super(`${what}: ${cause instanceof Error ? cause.message : String(cause)}`, options);
  }
}

/** A work with whoever waits for it. */
export interface Entry {
  work: Work;
  resolve: (outcome: 'done' | 'duplicate') => void;
  reject: (error: unknown) => void;
}

/** A batch that was decided, its writes in memory and not yet in the store. */
export interface Decided {
  /** All of it in the order in which it came, but for what was done before. */
  batch: Entry[];
  writes: Write[];
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

/** Whether a commit may have failed for what one of its works wrote. */
export const mayBeOfOneWork = (error: unknown): boolean =>
  error instanceof DuplicateError || !(error instanceof StoreError) || OF_ONE_WORK.has(error.code);
