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
import {
  type Decided,
  type Entry,
  type Failure,
  mayBeOfOneWork,
  prepared,
  rejectAll,
  type UnderWay,
  type Work,
} from './work.ts';

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
  #underWay: UnderWay | null = null;
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
    let ready: Decided | null = null;
    while (this.#underWay || ready || this.#queue.length > 0) {
      if (ready && !this.#underWay) {
        this.#underWay = this.#begin(ready);
        ready = null;
      }
      const batch = ready ? [] : this.#gather();
      if (batch.length > 0) ready = await this.#advance(batch);
      else ready = await this.#settle(ready);
    }
    // In the same breath as the last look at the queue: whatever comes now starts a new run.
    this.#running = null;
  }

  /** The next works, those that want to be last behind the others. What repeats a work under way waits for its outcome. */
  #gather(): Entry[] {
    const claims = this.#underWay?.decided.claims;
    const batch = this.#queue.splice(0, LARGEST_BATCH);
    const isUnderWay = ({ work }: Entry): boolean => work.claim !== undefined && !!claims?.has(work.claim);
    if (claims) this.#queue.unshift(...batch.filter(isUnderWay));
    const ready = batch.filter((entry) => !isUnderWay(entry));
    return [...ready.filter(({ work }) => !work.last), ...ready.filter(({ work }) => work.last)];
  }

  /** Decides a batch, on what the one under way has left in memory; null when there is nothing of it to commit. */
  async #advance(batch: readonly Entry[]): Promise<Decided | null> {
    try {
      const durable = await this.#looked(batch);
      if (!durable) return null;
      const decided = await this.#decide(batch, durable);
      if (!decided.broken) {
        decided.commit = prepared(this.#store, decided.writes);
        return decided;
      }
      await this.#settle(null);
      for (const { entry, error } of decided.failed) entry.reject(error);
      await this.#oneByOne(decided.entries);
    } catch (error) {
      this.#stale = true;
      rejectAll(batch, 'nothing could be decided', error);
    }
    return null;
  }

  /** Null when the store could not be asked: nothing has changed by that. */
  async #looked(batch: readonly Entry[]): Promise<ReadonlySet<string> | null> {
    try {
      return await this.#look(batch);
    } catch (error) {
      rejectAll(batch, 'the store failed', error);
      return null;
    }
  }

  /** Asks the store which works were done before, and whether the roster was changed by another process. */
  async #look(batch: readonly Entry[]): Promise<ReadonlySet<string>> {
    const reload = async (): Promise<void> => {
      await this.#settle(null);
      await this.#reload();
    };
    if (this.#stale) await reload();
    const { known, rosterRevision } = await this.#store.check(batch.flatMap(({ work }) => work.claim ?? []));
    if (rosterRevision !== this.#county.meta(ROSTER_REVISION)) await reload();
    return known;
  }

  #begin(decided: Decided): UnderWay {
    for (const { entry, error } of decided.failed) entry.reject(error);
    return { decided, outcome: this.#commit(decided) };
  }

  /**
   * Waits for the batch under way and tells everybody what became of it; meanwhile the one that is ready commits.
   * @returns what is ready still: nothing, for it is under way, or is decided again because it was decided on what does
   * not hold
   */
  async #settle(ready: Decided | null): Promise<null> {
    if (!this.#underWay) return null;
    const { decided, outcome } = this.#underWay;
    const failure = await outcome;
    this.#underWay = ready && failure === null ? this.#begin(ready) : null;
    if (ready && failure !== null) this.#queue.unshift(...ready.batch);
    await this.#finish(decided, failure);
    return null;
  }

  async #decide(batch: readonly Entry[], durable: ReadonlySet<string>): Promise<Decided> {
    const writes = this.#take(this.#hooks.prelude(this.#county, this.#clock.now()));
    if (writes.some(({ table }) => table === 'period')) this.#county.forget(memorySince(this.#clock.now()));
    const decided: Decided = {
      batch: [],
      writes,
      commit: () => Promise.resolve(),
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
      decided.batch.push(entry);
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
      const decision = decide(this.#county, this.#clock.now());
      const own = this.#take(decision instanceof Promise ? await decision : decision);
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
  async #commit({ writes, entries, commit }: Decided): Promise<Failure | null> {
    if (writes.length === 0) return null;
    const committed = this.#committing(entries.length, writes.length);
    try {
      await commit();
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
  async #finish({ entries, repeats }: Decided, failure: Failure | null): Promise<void> {
    if (failure === null) {
      for (const [at, entry] of entries.entries()) {
        if (at % BREATH === BREATH - 1) await breath();
        entry.resolve(repeats.has(entry) ? 'duplicate' : 'done');
      }
    } else if (entries.length > 1 && mayBeOfOneWork(failure.error)) {
      await this.#oneByOne(entries);
    } else {
      rejectAll(entries, 'the commit failed', failure.error);
    }
  }

  /** Each work in a commit of its own. */
  async #oneByOne(entries: readonly Entry[]): Promise<void> {
    for (const entry of entries) {
      const decided = await this.#advance([entry]);
      if (!decided) continue;
      this.#underWay = this.#begin(decided);
      await this.#settle(null);
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
