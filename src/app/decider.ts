/** Decides batches of works and takes what they decide into memory; what is not kept after all is left to the cell. */
import type { Clock } from '../clock.ts';
import type { County } from '../core/county.ts';
import { type Decision, mannerOf, outboxRow } from '../core/notices.ts';
import { put, type Write } from '../core/rows/index.ts';
import type { Instant } from '../core/time.ts';
import { MOST_OBLIGATIONS, memorySince } from './memory.ts';
import { breath, type CellHooks, type Decided, type Entry } from './work.ts';

/** Works decided in one breath; between two of them the rest of the program has its turn. */
const BREATH = 16;

/** What is held in memory of the store. */
export interface Facts {
  county: County;
  /** It may hold what the store does not: nothing may be decided on it until it has been read anew. */
  stale: boolean;
}

export class Decider {
  readonly #facts: Facts;
  readonly #clock: Clock;
  readonly #hooks: CellHooks;
  /** Answers given by what is being decided. */
  readonly #answers: Write[] = [];
  /** A period was opened: there may be books too many. */
  #mayForget = false;

  constructor(facts: Facts, clock: Clock, hooks: CellHooks) {
    this.#facts = facts;
    this.#clock = clock;
    this.#hooks = hooks;
  }

  /**
   * Decides a batch, one work after the other, each on the facts the one before it left.
   * @param durable claims that the store holds: whoever makes one of them again is told so
   * @param isAlone nothing that was decided before still waits to be kept
   */
  async decide(batch: readonly Entry[], durable: ReadonlySet<string>, isAlone: boolean): Promise<Decided> {
    this.#answers.length = 0;
    const writes: Write[] = [];
    this.#apply(this.#hooks.prelude(this.#facts.county, this.#clock.now()), writes);
    if (writes.some(({ table }) => table === 'period')) this.#mayForget = true;
    // Of a book that a batch under way has written to the store does not have all.
    if (this.#mayForget && isAlone) {
      const now = this.#clock.now();
      this.#facts.county.forget(memorySince(now), MOST_OBLIGATIONS, now);
      this.#mayForget = false;
    }
    const decided: Decided = {
      batch: [],
      writes,
      answers: [],
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
      else if (!decided.broken) {
        const deciding = this.#decideOne(entry, decided);
        // Nearly every decision is made on memory alone.
        if (deciding) await deciding;
      }
    }
    decided.answers = this.#answers.splice(0);
    return decided;
  }

  /** Resolves, where it has to be waited for, when the decision is in memory or has failed. */
  #decideOne(entry: Entry, decided: Decided): Promise<void> | undefined {
    try {
      const decision = entry.work.decide(this.#facts.county, this.#clock.now());
      if (decision instanceof Promise) {
        return decision
          .then((late) => this.#take(late, entry.work.claim, decided))
          .catch((error: unknown) => this.#fail(entry, error, decided));
      }
      this.#take(decision, entry.work.claim, decided);
    } catch (error) {
      this.#fail(entry, error, decided);
    }
    return undefined;
  }

  #fail(entry: Entry, error: unknown, decided: Decided): void {
    decided.entries.pop();
    decided.failed.push({ entry, error });
    decided.broken = this.#facts.stale;
  }

  /** Takes a work's decision into memory and among what the batch writes. */
  #take(decision: Decision, claim: string | undefined, decided: Decided): void {
    const { writes, claims } = decided;
    const from = writes.length;
    try {
      this.#apply(decision, writes);
    } catch (error) {
      writes.length = from;
      throw error;
    }
    if (claim === undefined) return;
    for (let at = from; at < writes.length; at += 1) {
      const write = writes[at];
      if (write?.table === 'inbound' && write.row.id === claim) claims.add(claim);
    }
  }

  /**
   * Applies a decision to memory, with what follows from it, and appends all its writes. What throws here has left a
   * part of itself in memory.
   */
  #apply(decision: Decision, writes: Write[]): void {
    const now = this.#clock.now();
    try {
      const reaction = this.#hooks.react(this.#facts.county, this.#keep(decision, now, writes), now);
      this.#keep(reaction, now, writes);
    } catch (error) {
      this.#facts.stale = true;
      throw error;
    }
  }

  /**
   * Answers stand in the outbox once they are kept, the rest at once: decisions go by what is on its way.
   * @returns what was appended to `writes`
   */
  #keep(decision: Decision, now: Instant, writes: Write[]): readonly Write[] {
    this.#facts.county.apply(decision.writes);
    if (decision.held) this.#facts.county.apply(decision.held);
    const own: Write[] = [...decision.writes];
    for (const notice of decision.notices) {
      const worded = this.#hooks.word ? this.#hooks.word(notice, this.#facts.county, now) : notice;
      if (worded === null) continue;
      const row = outboxRow(worded, now);
      const write = put('outbox', row);
      own.push(write);
      if (mannerOf(row).coalesces) this.#answers.push(write);
      else this.#facts.county.apply([write]);
    }
    for (const write of own) writes.push(write);
    return own;
  }
}
