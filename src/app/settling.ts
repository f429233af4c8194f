/** Keeps what the platforms said of what was sent to them; a store that fails makes it wait, and nothing of it is forgotten. */
import { SendError } from '../bots/adapter.ts';
import type { Clock } from '../clock.ts';
import type { County } from '../core/county.ts';
import { errorInLogs } from '../core/error-in-logs.ts';
import type { Decision } from '../core/notices.ts';
import type { OutboxRow, Write } from '../core/rows/index.ts';
import { type Instant, SECOND } from '../core/time.ts';
import type { Cell } from './cell.ts';
import type { Parcel } from './claims.ts';
import { accepted, failed } from './outcomes.ts';
import type { Pacer } from './pacer.ts';

/** How long the outcome of a send waits for a store that failed. */
const SETTLE_AGAIN = 5 * SECOND;

/** What a platform says of a message: the id it gave it, or why it did not take it. */
export type Answer = { messageId: string | null } | SendError;

interface Settlement {
  parcel: Parcel;
  answer: Answer;
}

export interface SettlingDeps {
  cell: Cell;
  clock: Clock;
  pacer: Pacer;
  /** 0 ≤ x < 1, spreads retries. */
  random: () => number;
  log: (event: 'unsettled', details: Record<string, unknown>) => void;
}

export class Settling {
  readonly #deps: SettlingDeps;
  /** Rows in our hands: from their claim until what became of them is kept. */
  readonly #carried = new Set<string>();
  /** How often the outcome of a row was unknown. Forgotten when the process ends. */
  readonly #unknown = new Map<string, number>();
  /** Outcomes of sends that are to be kept next, all in one. */
  #outcomes: Settlement[] = [];
  #keeping: Promise<void> | null = null;
  /** Those that the store could not take in yet. */
  #unsettled: Settlement[] = [];
  #settleAgainAt: Instant = 0;

  constructor(deps: SettlingDeps) {
    this.#deps = deps;
  }

  /** From now on these rows are in our hands. */
  carry(rowIds: readonly string[]): void {
    for (const id of rowIds) this.#carried.add(id);
  }

  isCarried(id: string): boolean {
    return this.#carried.has(id);
  }

  /**
   * Takes in what was said of a parcel. What is said in one breath is kept together; resolves when it is, or when it has
   * to wait.
   */
  settle(parcel: Parcel, answer: Answer): Promise<void> {
    if (answer instanceof SendError && answer.kind === 'unknown') {
      for (const id of parcel.rowIds) this.#unknown.set(id, this.#unknownTries(id) + 1);
    }
    return this.#soon([{ parcel, answer }]);
  }

  /** Tries once more to keep what the store could not take in. */
  async tryAgain(): Promise<void> {
    const unsettled = this.#unsettled.splice(0);
    if (unsettled.length > 0) await this.#soon(unsettled);
  }

  /** When {@link tryAgain} has something to do; infinite when it has not. */
  nextDue(): Instant {
    return this.#unsettled.length > 0 ? this.#settleAgainAt : Number.POSITIVE_INFINITY;
  }

  #soon(settlements: readonly Settlement[]): Promise<void> {
    this.#outcomes.push(...settlements);
    this.#keeping ??= Promise.resolve().then(() => this.#keep(this.#outcomes.splice(0)));
    return this.#keeping;
  }

  async #keep(settlements: readonly Settlement[]): Promise<void> {
    this.#keeping = null;
    const { cell, clock, log } = this.#deps;
    try {
      await cell.submit({ decide: (county, now) => this.#decided(settlements, county, now) });
      const { tray } = cell.county;
      for (const { parcel } of settlements) {
        for (const id of parcel.rowIds) {
          this.#carried.delete(id);
          // Looked at while it was in our hands it seemed to need nothing.
          if (tray.row(id)) tray.touch(id);
          else this.#unknown.delete(id);
        }
      }
    } catch (error) {
      this.#unsettled.push(...settlements);
      this.#settleAgainAt = clock.now() + SETTLE_AGAIN;
      log('unsettled', { error: errorInLogs(error) });
    }
  }

  #decided(settlements: readonly Settlement[], county: County, now: Instant): Decision {
    const writes: Write[] = [];
    for (const settlement of settlements) {
      for (const write of this.#outcome(settlement, county, now)) writes.push(write);
    }
    return { writes, notices: [] };
  }

  #outcome({ parcel, answer }: Settlement, county: County, now: Instant): Write[] {
    const { pacer, random } = this.#deps;
    const rows = parcel.rowIds.flatMap((id): OutboxRow | [] => county.tray.row(id) ?? []);
    // Kept before, though the store could not say so.
    if (rows.length === 0) return [];
    if (!(answer instanceof SendError)) return [...accepted(rows, now, answer.messageId), ...parcel.onAccepted];
    if (answer.retryAfterMs !== undefined) pacer.wait(parcel.chat, now + answer.retryAfterMs);
    return failed(rows, now, answer, random(), (id) => this.#unknownTries(id));
  }

  #unknownTries(id: string): number {
    return this.#unknown.get(id) ?? 0;
  }
}
