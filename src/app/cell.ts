/**
 * The one place where facts change. Works wait in a queue; a batch of them is decided one after the other, each on the
 * facts the one before it left, and committed together. While a batch commits the next one is decided, on what the first
 * has left in memory; if that cannot be kept after all, both are undone and tried again.
 */
import type { Clock } from '../clock.ts';
import { County } from '../core/county.ts';
import { ROSTER_REVISION } from '../core/meta.ts';
import { type Decision, outboxRow } from '../core/notices.ts';
import { put, type Write } from '../core/rows.ts';
import { addDays, civilDateOf, type Instant } from '../core/time.ts';
import type { Store } from '../store/store.ts';
import { type Observer, UNOBSERVED } from './observer.ts';
import { type Decided, type Entry, mayBeOfOneWork, rejectAll, type Work } from './work.ts';

export { NotDurableError, type Work } from './work.ts';

/** Days of books held in memory; older ones are read when asked for. */
const DAYS_IN_MEMORY = 8;
/** Works decided into one commit at most. */
const LARGEST_BATCH = 2_000;
/** Works decided in one breath; between two of them the rest of the program has its turn. */
const BREATH = 16;

export interface CellHooks {
  /** Decided before each batch, e.g. opening what must be open for a message to be understood. */
  prelude: (county: County, now: Instant) => Decision;
  /** Decided after the writes of one work were applied. */
  react: (county: County, writes: readonly Write[], now: Instant) => Decision;
  committing?: Observer['committing'];
}

export class Cell {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #hooks: CellHooks;
  readonly #committing: Observer['committing'];
  #county: County;
  /** Memory may hold what the store does not: nothing may be decided on it until it has been read anew. */
  #stale = false;
  readonly #queue: Entry[] = [];
  #running: Promise<void> | null = null;

  private constructor(store: Store, clock: Clock, hooks: CellHooks, county: County) {
    this.#store = store;
    this.#clock = clock;
    this.#hooks = hooks;
    this.#committing = hooks.committing ?? UNOBSERVED.committing;
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
    let decided: Decided | null = null;
    while (decided !== null || this.#queue.length > 0) {
      const batch = this.#gather(decided);
      try {
        decided = await this.#advance(decided, batch);
      } catch (error) {
        this.#stale = true;
        rejectAll([...batch, ...(decided?.entries ?? [])], 'the store failed', error);
        decided = null;
      }
    }
    // In the same breath as the last look at the queue: whatever comes now starts a new run.
    this.#running = null;
  }

  /** The next works, those that want to be last behind the others. What repeats a work under way waits for its outcome. */
  #gather(decided: Decided | null): Entry[] {
    const batch = this.#queue.splice(0, LARGEST_BATCH);
    const isUnderWay = ({ work }: Entry): boolean => work.claim !== undefined && !!decided?.claims.has(work.claim);
    this.#queue.unshift(...batch.filter(isUnderWay));
    const ready = batch.filter((entry) => !isUnderWay(entry));
    return [...ready.filter(({ work }) => !work.last), ...ready.filter(({ work }) => work.last)];
  }

  /** Commits what was decided while it decides what came since; returns that. */
  async #advance(decided: Decided | null, batch: readonly Entry[]): Promise<Decided | null> {
    let before = decided;
    const settleBefore = async (): Promise<void> => {
      if (before) await this.#finish(before, await this.#commit(before));
      before = null;
    };
    if (this.#stale) await settleBefore();
    const known = await this.#look(batch, settleBefore);
    const committing = before ? this.#commit(before) : null;
    const next = known && (await this.#decided(batch, known));
    if (before && committing) {
      const failure = await committing;
      if (failure !== null && next) {
        // Decided on what does not hold.
        const again = new Set([...next.entries, ...next.failed.map(({ entry }) => entry)]);
        this.#queue.unshift(...batch.filter((entry) => again.has(entry)));
        await this.#finish(before, failure);
        return null;
      }
      await this.#finish(before, failure);
    }
    if (!next) return null;
    for (const { entry, error } of next.failed) entry.reject(error);
    if (next.broken) await this.#oneByOne(next.entries);
    return next.broken ? null : next;
  }

  /**
   * Asks the store which works were done before, and whether the roster was changed by another process.
   * Null: there is nothing to decide, or the store could not be asked.
   */
  async #look(batch: readonly Entry[], settleBefore: () => Promise<void>): Promise<ReadonlySet<string> | null> {
    if (batch.length === 0) return null;
    try {
      if (this.#stale) await this.#reload();
      const { known, rosterRevision } = await this.#store.check(batch.flatMap(({ work }) => work.claim ?? []));
      if (rosterRevision !== this.#county.meta(ROSTER_REVISION)) {
        await settleBefore();
        await this.#reload();
      }
      return known;
    } catch (error) {
      rejectAll(batch, 'the store failed', error);
      return null;
    }
  }

  /** Null: what comes before every decision threw, and nothing was decided. */
  async #decided(batch: readonly Entry[], durable: ReadonlySet<string>): Promise<Decided | null> {
    try {
      return await this.#decide(batch, durable);
    } catch (error) {
      this.#stale = true;
      rejectAll(batch, 'nothing could be decided', error);
      return null;
    }
  }

  async #decide(batch: readonly Entry[], durable: ReadonlySet<string>): Promise<Decided> {
    const writes = this.#take(this.#hooks.prelude(this.#county, this.#clock.now()));
    if (writes.some(({ table }) => table === 'period')) this.#county.forget(memorySince(this.#clock.now()));
    const decided: Decided = {
      writes,
      entries: [],
      repeats: new Set(),
      claims: new Set(),
      failed: [],
      broken: false,
    };
    for (const [at, entry] of batch.entries()) {
      if (at % BREATH === BREATH - 1) await breath();
      const { claim } = entry.work;
      if (claim !== undefined && durable.has(claim)) {
        entry.resolve('duplicate');
        continue;
      }
      decided.entries.push(entry);
      // What repeats a work of this very batch is done only when that is.
      if (claim !== undefined && decided.claims.has(claim)) decided.repeats.add(entry);
      else if (!decided.broken) await this.#decideOne(entry, decided);
    }
    return decided;
  }

  async #decideOne(entry: Entry, decided: Decided): Promise<void> {
    const { claim, decide } = entry.work;
    try {
      const own = this.#take(await decide(this.#county, this.#clock.now()));
      if (claim !== undefined && own.some(({ table, row }) => table === 'inbound' && row.id === claim)) {
        decided.claims.add(claim);
      }
      for (const write of own) decided.writes.push(write);
    } catch (error) {
      decided.entries.pop();
      decided.failed.push({ entry, error });
      decided.broken = this.#stale;
    }
  }

  /** Null when the writes were kept, else why not. */
  async #commit({ writes, entries }: Decided): Promise<{ error: unknown } | null> {
    if (writes.length === 0) return null;
    const committed = this.#committing(entries.length, writes.length);
    try {
      await this.#store.commit(writes);
      committed(true);
      return null;
    } catch (error) {
      committed(false);
      // What was never kept must not be answered for.
      this.#stale = true;
      return { error };
    }
  }

  /** A failed commit leaves memory ahead of the store: it is read anew, and each work that may not be to blame is tried. */
  async #finish({ entries, repeats }: Decided, failure: { error: unknown } | null): Promise<void> {
    if (failure === null) {
      for (const entry of entries) entry.resolve(repeats.has(entry) ? 'duplicate' : 'done');
    } else if (entries.length > 1 && mayBeOfOneWork(failure.error)) {
      await this.#oneByOne(entries);
    } else {
      rejectAll(entries, 'the commit failed', failure.error);
    }
  }

  /** Each work in a commit of its own. */
  async #oneByOne(entries: readonly Entry[]): Promise<void> {
    for (const entry of entries) {
      try {
        const decided = await this.#advance(null, [entry]);
        if (decided) await this.#finish(decided, await this.#commit(decided));
      } catch (error) {
        this.#stale = true;
        rejectAll([entry], 'the store failed', error);
      }
    }
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
      if (decision.held) this.#county.apply(decision.held);
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

/** The driver's thread, timers and sockets have their turn. */
const breath = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** The first day whose books are held in memory. */
export function memorySince(now: Instant): ReturnType<typeof civilDateOf> {
  return addDays(civilDateOf(now), -DAYS_IN_MEMORY);
}

async function read(store: Store, now: Instant): Promise<County> {
  const county = new County(await store.load(memorySince(now)));
  for (const row of (await store.dead(200)).reverse()) county.apply([put('outbox', row)]);
  return county;
}
