/** Alerts that were raised, by what they are about. */
import type { AlertRow } from './rows/index.ts';
import { type CivilDate, civilDateOf, type Instant } from './time.ts';

export class Alerts {
  readonly #rows = new Map<string, AlertRow>();
  /** Those nobody has acknowledged: looked through whenever the clock is. */
  readonly #open = new Map<string, AlertRow>();

  take(row: AlertRow): void {
    this.#rows.set(row.id, row);
    if (row.acknowledgedAt === null) this.#open.set(row.id, row);
    else this.#open.delete(row.id);
  }

  get(id: string): AlertRow | undefined {
    return this.#rows.get(id);
  }

  /** Alerts of a day, in the order in which they were raised. */
  on(day: CivilDate): AlertRow[] {
    return [...this.#rows.values()].filter((row) => row.day === day).sort((a, b) => a.number - b.number);
  }

  /** Told at that moment or later, acknowledged or not; the one told last first. */
  toldSince(since: Instant): AlertRow[] {
    return [...this.#rows.values()]
      .filter((row) => row.toldAt >= since)
      .sort((a, b) => b.toldAt - a.toldAt || b.number - a.number);
  }

  /** Alerts nobody has acknowledged, told at that moment or later, oldest first. */
  open(since: Instant = 0): AlertRow[] {
    return [...this.#open.values()].filter((row) => row.toldAt >= since).sort((a, b) => a.raisedAt - b.raisedAt);
  }

  /** The first number that is free among alerts of a day and among those raised on the day of `now`. */
  nextNumber(day: CivilDate, now: Instant): number {
    const today = civilDateOf(now);
    let last = 0;
    for (const row of this.#rows.values()) {
      if (row.day === day || civilDateOf(row.raisedAt) === today) last = Math.max(last, row.number);
    }
    return last + 1;
  }
}
