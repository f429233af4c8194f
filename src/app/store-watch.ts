/** What a process knows of its store from what it kept of late: told to the observer, and remembered as one yes or no. */
import { STORE_TRIED } from '../core/meta.ts';
import type { Decision } from '../core/notices.ts';
import { put } from '../core/rows/index.ts';
import type { Instant } from '../core/time.ts';
import type { Observer } from './observer.ts';
import type { CellObserver } from './work.ts';

export class StoreWatch implements CellObserver {
  readonly #observer: Observer;
  #isDoubtful = false;

  constructor(observer: Observer) {
    this.#observer = observer;
  }

  /** Whether something could not be kept, and nothing has been kept since. */
  get isDoubtful(): boolean {
    return this.#isDoubtful;
  }

  readonly committing: Observer['committing'] = (works, rows) => {
    const ended = this.#observer.committing(works, rows);
    return (kept) => {
      this.#isDoubtful = !kept;
      ended(kept);
    };
  };

  readonly refused = (): void => {
    this.#isDoubtful = true;
    this.#observer.refused();
  };

  readonly reading = (): (() => void) => this.#observer.reading();
}

/** As much as a batch of some messages takes, characters: on a disk that is full a page or two may still find room. */
const AS_A_BATCH = 65_536;

/**
 * Writes one row, always the same one. Only a commit proves that a store takes commits: where the disk is full or the
 * file was taken away it can still be read, and a transaction that is begun and rolled back asks for no room.
 */
export function decideTry(now: Instant): Decision {
  return { writes: [put('meta', { id: STORE_TRIED, value: String(now).padEnd(AS_A_BATCH) })], notices: [] };
}
