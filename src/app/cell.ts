/**
 * The one place where facts change. Works wait in a queue; a batch of them is decided one after the other, each on the
 * facts the one before it left, and committed together. While a batch commits, the next one gathers.
 */
import type { Clock } from '../clock.ts';
import { County } from '../core/county.ts';
import { ROSTER_REVISION } from '../core/meta.ts';
import { type Decision, outboxRow } from '../core/notices.ts';
import { put, type Write } from '../core/rows.ts';
import { addDays, civilDateOf, type Instant } from '../core/time.ts';
import type { Store } from '../store/store.ts';

/** Days of books held in memory; older ones are read when asked for. */
const DAYS_IN_MEMORY = 8;
/** Works decided into one commit at most. */
const LARGEST_BATCH = 500;

export interface Work {
  /** The inbound id this work would claim; a work whose id was claimed before is not decided again. */
  claim?: string;
  /** Decides on the facts as they are now. May run again after a failed commit, so it has no effects of its own. */
  decide: (county: County, now: Instant) => Decision | Promise<Decision>;
}

export interface CellHooks {
  /** Decided before each batch, e.g. opening what must be open for a message to be understood. */
  prelude: (county: County, now: Instant) => Decision;
  /** Decided after the writes of one work were applied. */
  react: (county: County, writes: readonly Write[], now: Instant) => Decision;
}

/** The store could not keep what was decided (or could not be asked): nothing of it holds, it may be tried again. */
export class NotDurableError extends Error {
  override readonly name = 'NotDurableError';
}

interface Entry {
  work: Work;
  resolve: (outcome: 'done' | 'duplicate') => void;
  reject: (error: unknown) => void;
}

export class Cell {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #hooks: CellHooks;
  #county: County;
  /** Memory may hold what the store does not: nothing may be decided on it until it has been read anew. */
  #stale = false;
  readonly #queue: Entry[] = [];
  #running: Promise<void> | null = null;

  private constructor(store: Store, clock: Clock, hooks: CellHooks, county: County) {
    this.#store = store;
    this.#clock = clock;
    this.#hooks = hooks;
    this.#county = county;
  }

  /** Reads the county from the store. */
  static async open(store: Store, clock: Clock, hooks: CellHooks): Promise<Cell> {
    return new Cell(store, clock, hooks, await read(store, clock.now()));
  }

  get county(): County {
    return this.#county;
  }

  /** Whether {@link county} may hold what was never kept; the next work reads it anew before it is decided. */
  get stale(): boolean {
    return this.#stale;
  }

  /**
   * Resolves once the work's writes are durable, or when it turns out to have been done before.
   * Rejects with what its decision threw, or with a {@link NotDurableError}; in either case nothing was kept.
   */
  submit(work: Work): Promise<'done' | 'duplicate'> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ work, resolve, reject });
      this.#running ??= this.#run();
    });
  }

  /** Resolves when nothing waits any more. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running;
  }

  async #run(): Promise<void> {
    // Everything said in this turn of the event loop shares a commit.
    await Promise.resolve();
    while (this.#queue.length > 0) {
      const batch = this.#queue.splice(0, LARGEST_BATCH);
      try {
        await this.#settle(batch);
      } catch (error) {
        const failure = new NotDurableError('the store failed', { cause: error });
        for (const entry of batch) entry.reject(failure);
      }
    }
    // In the same breath as the last look at the queue: whatever comes now starts a new run.
    this.#running = null;
  }

  async #settle(batch: readonly Entry[]): Promise<void> {
    if (this.#stale) await this.#reload();
    const ids = batch.flatMap(({ work }) => work.claim ?? []);
    const { known, rosterRevision } = await this.#store.check(ids);
    if (rosterRevision !== this.#county.meta(ROSTER_REVISION)) await this.#reload();

    const durable = new Set(known);
    const open = new Set(batch);
    const repeats = new Set<Entry>();
    const writes = this.#take(this.#hooks.prelude(this.#county, this.#clock.now()));
    if (writes.some(({ table }) => table === 'period')) this.#county.forget(memorySince(this.#clock.now()));
    for (const entry of batch) {
      const { claim } = entry.work;
      if (claim !== undefined && known.has(claim)) {
        // What repeats a work of this very batch is done only when that is.
        if (!durable.has(claim)) repeats.add(entry);
        else if (open.delete(entry)) entry.resolve('duplicate');
        continue;
      }
      try {
        const own = this.#take(await entry.work.decide(this.#county, this.#clock.now()));
        if (claim !== undefined && own.some(({ table, row }) => table === 'inbound' && row.id === claim))
          known.add(claim);
        writes.push(...own);
      } catch (error) {
        open.delete(entry);
        entry.reject(error);
        // It left half of itself in memory, under the feet of its neighbours.
        if (this.#stale) return this.#oneByOne([...open]);
      }
    }
    if (writes.length > 0 && !(await this.#commit(writes, [...open]))) return;
    for (const entry of open) entry.resolve(repeats.has(entry) ? 'duplicate' : 'done');
  }

  /** A failed commit leaves memory ahead of the store: it is read anew, and each work has its own try. */
  async #commit(writes: readonly Write[], entries: readonly Entry[]): Promise<boolean> {
    try {
      await this.#store.commit(writes);
      return true;
    } catch (error) {
      // Marked before it is read: reading may fail too, and what was never kept must not be answered for.
      this.#stale = true;
      await this.#reload();
      if (entries.length <= 1) {
        const failure = new NotDurableError('the commit failed', { cause: error });
        for (const entry of entries) entry.reject(failure);
      } else {
        await this.#oneByOne(entries);
      }
      return false;
    }
  }

  async #oneByOne(entries: readonly Entry[]): Promise<void> {
    for (const entry of entries) await this.#settle([entry]);
  }

  /**
   * Applies a decision to memory, with what follows from it, and returns all its writes. What throws here has left a
   * part of itself in memory.
   */
  #take(decision: Decision): Write[] {
    const now = this.#clock.now();
    const writes = [...decision.writes];
    try {
      this.#county.apply(writes);
      writes.push(...this.#post(decision, now));
      const reaction = this.#hooks.react(this.#county, writes, now);
      this.#county.apply(reaction.writes);
      writes.push(...reaction.writes, ...this.#post(reaction, now));
      return writes;
    } catch (error) {
      this.#stale = true;
      throw error;
    }
  }

  #post({ notices }: Decision, now: Instant): Write[] {
    const rows = notices.map((notice) => put('outbox', outboxRow(notice, now)));
    this.#county.apply(rows);
    return rows;
  }

  async #reload(): Promise<void> {
    this.#county = await read(this.#store, this.#clock.now());
    this.#stale = false;
  }
}

/** The first day whose books are held in memory. */
export function memorySince(now: Instant): ReturnType<typeof civilDateOf> {
  return addDays(civilDateOf(now), -DAYS_IN_MEMORY);
}

async function read(store: Store, now: Instant): Promise<County> {
  const county = new County(await store.load(memorySince(now)));
  for (const row of (await store.dead(200)).reverse()) county.apply([put('outbox', row)]);
  return county;
}
