/** Notices on their way out, as the process remembers them. */
import type { OutboxRow } from './rows.ts';

/** Notices given up that are remembered at most. */
const MOST_GIVEN_UP = 500;

export class OutTray {
  readonly #waiting = new Map<string, OutboxRow>();
  readonly #givenUp: OutboxRow[] = [];

  /** Takes in a row as it was written; settled ones leave. */
  take(row: OutboxRow): void {
    if (row.state === 'pending' || row.state === 'sending') {
      this.#waiting.set(row.id, row);
      return;
    }
    this.#waiting.delete(row.id);
    if (row.state === 'dead') this.#givenUp.push(row);
    if (this.#givenUp.length > MOST_GIVEN_UP) this.#givenUp.shift();
  }

  /** Not yet settled, oldest first. */
  pending(): Iterable<OutboxRow> {
    return this.#waiting.values();
  }

  row(id: string): OutboxRow | undefined {
    return this.#waiting.get(id);
  }

  /** The latest notices that were given up, oldest first. */
  givenUp(): readonly OutboxRow[] {
    return this.#givenUp;
  }

  /** Whether a notice whose id begins so still waits to be sent. */
  isOnItsWay(idPrefix: string): boolean {
    for (const [id, row] of this.#waiting) if (row.state === 'pending' && id.startsWith(idPrefix)) return true;
    return false;
  }
}
