/**
 * The one place where facts change. Works wait in a queue; a batch of them is decided one after the other, each on the
 * facts the one before it left, and committed together. While a batch commits the next one is decided, on what the first
 * has left in memory; if that cannot be kept after all, both are undone and tried again.
 */
import type { Clock } from '../clock.ts';
import type { County } from '../core/county.ts';
import { ROSTER_REVISION } from '../core/meta.ts';
import type { Write } from '../core/rows/index.ts';
import type { Store } from '../store/store.ts';
import { Decider, type Facts } from './decider.ts';
import { readCounty } from './memory.ts';
import { UNOBSERVED } from './observer.ts';
import {
  breath,
  type CellHooks,
  type CellObserver,
  type Decided,
  type Entry,
  entryOf,
  type Failure,
  halvesOf,
  isOfThisWork,
  mayBeOfOneWork,
  prepared,
  Queue,
  rejectAll,
  type UnderWay,
  type Work,
} from './work.ts';

export { type CellHooks, NotDurableError, type Work } from './work.ts';

/** Works decided into one commit at most. */
const LARGEST_BATCH = 2_000;
/**
 * What waits when a commit begins is decided meanwhile. Of what comes later so many are; fewer wait for its end, since each
 * batch asks the store before it is decided.
 */
const WORTH_DECIDING = 64;
/** Commits of one work each that may fail in a row for no reason of their own. */
const MOST_ALONE = 3;
/** Works whose outcome is told in one breath: whoever hears it has something to do. */
const TOLD = 256;

export class Cell {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #observer: CellObserver;
  readonly #facts: Facts;
  readonly #decider: Decider;
  readonly #queue = new Queue();
  /** Called when enough has come to be decided while a batch is under way. */
  #wake: (() => void) | null = null;
  #underWay: UnderWay | null = null;
  #running: Promise<void> | null = null;

  private constructor(store: Store, clock: Clock, hooks: CellHooks, county: County) {
    this.#store = store;
    this.#clock = clock;
    this.#observer = hooks.observer ?? UNOBSERVED;
    this.#facts = { county, stale: false };
    this.#decider = new Decider(this.#facts, clock, hooks);
  }

  /** Reads the county from the store. */
  static async open(store: Store, clock: Clock, hooks: CellHooks): Promise<Cell> {
    return new Cell(store, clock, hooks, await readCounty(store, clock.now()));
  }

  get county(): County {
    return this.#facts.county;
  }

  /** Whether {@link county} may hold what was never kept; the next work reads it anew before it is decided. */
  get stale(): boolean {
    return this.#facts.stale;
  }

  /** Changes what this process alone goes by: see {@link Decision.held}. */
  hold(writes: readonly Write[]): void {
    this.#facts.county.apply(writes);
  }

  /**
   * Resolves once the work's writes are durable, or when it turns out to have been done before.
   * Rejects with what its decision threw, or with a {@link NotDurableError}; in either case nothing was kept.
   */
  submit(work: Work): Promise<'done' | 'duplicate'> {
    return new Promise((resolve, reject) => {
      this.#queue.add(entryOf(work, resolve, reject, this.#observer));
      this.#running ??= this.#run();
      if (this.#queue.length >= WORTH_DECIDING) this.#wake?.();
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
      if (!ready && (await this.#isTimeToDecide())) {
        const batch = this.#queue.take(LARGEST_BATCH, this.#underWay?.decided.claims);
        if (batch.length > 0) {
          ready = await this.#advance(batch);
          continue;
        }
      }
      await this.#settle(ready);
      ready = null;
    }
    // In the same breath as the last look at the queue: whatever comes now starts a new run.
    this.#running = null;
  }

  /**
   * Resolves when the next batch is to be decided, or with false when the one under way is over first.
   */
  async #isTimeToDecide(): Promise<boolean> {
    if (!this.#underWay || this.#queue.length > 0) return true;
    const enough = new Promise<boolean>((resolve) => {
      this.#wake = () => resolve(true);
    });
    const over = this.#underWay.outcome.then(() => false);
    const isTime = await Promise.race([enough, over]);
    this.#wake = null;
    return isTime;
  }

  /** Decides a batch, on what the one under way has left in memory; null when there is nothing of it to commit. */
  async #advance(batch: readonly Entry[]): Promise<Decided | null> {
    try {
      const durable = await this.#look(batch);
      if (!durable) return null;
      const decided = await this.#decider.decide(batch, durable, this.#underWay === null);
      if (!decided.broken) {
        decided.commit = prepared(this.#store, decided.writes);
        return decided;
      }
      if (await this.#settle(null)) {
        for (const { entry, error } of decided.failed) entry.reject(error);
        return await this.#advance(decided.entries);
      }
      this.#queue.putBack(decided.batch);
    } catch (error) {
      this.#facts.stale = true;
      rejectAll(batch, 'nothing could be decided', error);
    }
    return null;
  }

  /**
   * Asks the store which works were done before, and whether the roster was changed by another process.
   * Null when it could not be asked: nothing has changed by that.
   */
  async #look(batch: readonly Entry[]): Promise<ReadonlySet<string> | null> {
    try {
      if (this.#facts.stale) await this.#reload();
      const { known, rosterRevision } = await this.#store.check(batch.flatMap(({ work }) => work.claim ?? []));
      if (rosterRevision !== this.#facts.county.meta(ROSTER_REVISION)) await this.#reload();
      return known;
    } catch (error) {
      rejectAll(batch, 'the store failed', error);
      return null;
    }
  }

  #begin(decided: Decided): UnderWay {
    for (const { entry, error } of decided.failed) entry.reject(error);
    return { decided, outcome: this.#commit(decided) };
  }

  /**
   * Waits for the batch under way and tells everybody what became of it; meanwhile what is `ready` commits. Where the one
   * before was not kept, that was decided on what does not hold: it is decided again.
   * @returns whether it was kept
   */
  async #settle(ready: Decided | null): Promise<boolean> {
    if (!this.#underWay) return true;
    const { decided, outcome } = this.#underWay;
    const failure = await outcome;
    this.#underWay = ready && failure === null ? this.#begin(ready) : null;
    if (ready && failure !== null) this.#queue.putBack(ready.batch);
    await this.#finish(decided, failure);
    return failure === null;
  }

  /** Null when the writes were kept, else why not. */
  async #commit({ writes, answers, entries, commit }: Decided): Promise<Failure | null> {
    if (writes.length === 0) return null;
    const committed = this.#observer.committing(entries.length, writes.length);
    try {
      await commit();
      committed(true);
      this.#facts.county.apply(answers);
      return null;
    } catch (error) {
      committed(false);
      // What was never kept must not be answered for.
      this.#facts.stale = true;
      return { error };
    }
  }

  /** A failed commit leaves memory ahead of the store: it is read anew, and each work that may not be to blame is tried. */
  async #finish({ entries, repeats }: Decided, failure: Failure | null): Promise<void> {
    if (failure === null) {
      for (const [at, entry] of entries.entries()) {
        if (at % TOLD === TOLD - 1) await breath();
        entry.resolve(repeats.has(entry) ? 'duplicate' : 'done');
      }
    } else if (entries.length > 1 && mayBeOfOneWork(failure.error)) {
      await this.#inHalves(entries);
    } else {
      rejectAll(entries, 'the commit failed', failure.error);
    }
  }

  /**
   * Finds the works that the store cannot take, each half of them in a commit of its own, and their halves again. Every
   * failure has the county read anew: where works alone fail one after the other it is the store, and the rest is refused.
   */
  async #inHalves(entries: readonly Entry[]): Promise<void> {
    const waiting = halvesOf(entries);
    let alone = 0;
    for (let part = waiting.pop(); part; part = waiting.pop()) {
      const decided = await this.#advance(part);
      if (!decided) continue;
      const { outcome } = this.#begin(decided);
      const failure = await outcome;
      if (failure !== null && decided.entries.length > 1 && mayBeOfOneWork(failure.error)) {
        waiting.push(...halvesOf(decided.entries));
        continue;
      }
      await this.#finish(decided, failure);
      alone = failure === null || isOfThisWork(failure.error) ? 0 : alone + 1;
      if (failure !== null && alone >= MOST_ALONE) return rejectAll(waiting.flat(), 'the commit failed', failure.error);
    }
  }

  async #reload(): Promise<void> {
    // What is under way must be in the store, or known not to be.
    await this.#settle(null);
    this.#facts.county = await readCounty(this.#store, this.#clock.now(), this.#observer);
    this.#facts.stale = false;
  }
}
