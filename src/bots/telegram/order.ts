/** Brings back into order what was pushed to us side by side. */
import type { SetTimer } from '../../clock.ts';

interface Waiting {
  id: number;
  release: () => void;
  cancel: () => void;
}

/**
 * Updates are numbered without gaps, as a rule. One that comes before a lower one waits for it, but no longer than
 * `hole`: there may be none, and then everything that waits up to that one goes on, in order.
 */
export class Order {
  readonly #hole: number;
  readonly #setTimer: SetTimer;
  /** Lowest id first. */
  readonly #waiting: Waiting[] = [];
  /** The id that comes next; null before the first. */
  #next: number | null = null;

  /** @param hole ms */
  constructor(hole: number, setTimer: SetTimer) {
    this.#hole = hole;
    this.#setTimer = setTimer;
  }

  /** Calls `release` when it is this one's turn; at once where it is. */
  add(id: number, release: () => void): void {
    // A repeated one, or one that was no longer waited for, waits for nothing either.
    if (this.#next !== null && id <= this.#next) {
      this.#go(id, release);
    } else {
      const cancel = this.#setTimer(() => this.#releaseTo(id), this.#hole);
      const at = this.#waiting.findIndex((each) => each.id > id);
      this.#waiting.splice(at === -1 ? this.#waiting.length : at, 0, { id, release, cancel });
    }
  }

  /** Lets everything go that waits, in order. */
  flush(): void {
    this.#releaseTo(Number.POSITIVE_INFINITY);
  }

  #go(id: number, release: () => void): void {
    this.#next = id + 1;
    release();
    this.#releaseTo(this.#next);
  }

  /** What waits up to this id, and whatever follows it without a gap. */
  #releaseTo(id: number): void {
    let limit = id;
    for (let first = this.#waiting[0]; first && first.id <= limit; first = this.#waiting[0]) {
      this.#waiting.shift();
      first.cancel();
      this.#next = first.id + 1;
      limit = Math.max(limit, this.#next);
      first.release();
    }
  }
}
