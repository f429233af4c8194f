/** Alerts that were raised, by what they are about. */
import type { AlertRow } from './rows/index.ts';
import type { CivilDate } from './time.ts';

export class Alerts {
  readonly #rows = new Map<string, AlertRow>();

  take(row: AlertRow): void {
    this.#rows.set(row.id, row);
  }

  get(id: string): AlertRow | undefined {
    return this.#rows.get(id);
  }

  /** Alerts of a day, in the order in which they were raised. */
  on(day: CivilDate): AlertRow[] {
    return [...this.#rows.values()].filter((row) => row.day === day).sort((a, b) => a.number - b.number);
  }

  /** Alerts nobody has acknowledged, oldest first. */
  open(): AlertRow[] {
    return [...this.#rows.values()]
      .filter((row) => row.acknowledgedAt === null)
      .sort((a, b) => a.raisedAt - b.raisedAt);
  }
}
