/** Notices on their way out, as the process remembers them: by id, and by where they go. */
import { type Address, addressOf, mannerOf } from './notices.ts';
import type { OutboxRow } from './rows/index.ts';

/** Notices given up that are remembered at most. */
const MOST_GIVEN_UP = 500;

/** What waits for one address, or is on its way there; each in the order in which it was first written. */
export interface Pile {
  readonly to: Address;
  /** Greater for a pile that was begun later. */
  readonly order: number;
  /** Those that may leave as one message. */
  readonly answers: ReadonlyMap<string, OutboxRow>;
  readonly others: ReadonlyMap<string, OutboxRow>;
}

const NOTHING: Map<string, OutboxRow> = new Map();

class Heap implements Pile {
  readonly to: Address;
  readonly order: number;
  // Most piles hold one row and are gone in a moment.
  answers = NOTHING;
  others = NOTHING;

  constructor(to: Address, order: number) {
    this.to = to;
    this.order = order;
  }

  put(row: OutboxRow): void {
    if (mannerOf(row).coalesces) {
      if (this.answers === NOTHING) this.answers = new Map();
      this.answers.set(row.id, row);
    } else {
      if (this.others === NOTHING) this.others = new Map();
      this.others.set(row.id, row);
    }
  }

  remove({ id }: OutboxRow): void {
    this.answers.delete(id);
    this.others.delete(id);
  }

  get isEmpty(): boolean {
    return this.answers.size === 0 && this.others.size === 0;
  }
}

export class OutTray {
  readonly #waiting = new Map<string, OutboxRow>();
  readonly #piles = new Map<string, Heap>();
  readonly #givenUp: OutboxRow[] = [];
  #touched = new Set<Pile>();
  #begun = 0;

  /** Takes in a row as it was written; settled ones leave. */
  take(row: OutboxRow): void {
    const known = this.#piles.get(row.address);
    if (row.state === 'pending' || row.state === 'sending') {
      const pile = known ?? new Heap(addressOf(row), this.#begun++);
      if (!known) this.#piles.set(row.address, pile);
      this.#touched.add(pile);
      this.#waiting.set(row.id, row);
      pile.put(row);
      return;
    }
    this.#waiting.delete(row.id);
    if (known) {
      known.remove(row);
      this.#touched.add(known);
      if (known.isEmpty) this.#piles.delete(row.address);
    }
    if (row.state === 'dead') this.#givenUp.push(row);
    if (this.#givenUp.length > MOST_GIVEN_UP) this.#givenUp.shift();
  }

  /** What was given up is remembered without its words; a settled row comes back by nothing. */
  erase(row: OutboxRow): void {
    const at = this.#givenUp.findIndex(({ id }) => id === row.id);
    if (at >= 0) this.#givenUp[at] = row;
  }

  /** Not yet settled, oldest first. */
  pending(): Iterable<OutboxRow> {
    return this.#waiting.values();
  }

  /** How many are not yet settled. */
  get size(): number {
    return this.#waiting.size;
  }

  row(id: string): OutboxRow | undefined {
    return this.#waiting.get(id);
  }

  /** All piles that hold anything. */
  piles(): Iterable<Pile> {
    return this.#piles.values();
  }

  /** The piles that changed since this was asked last, emptied ones included. */
  takeTouched(): ReadonlySet<Pile> {
    const touched = this.#touched;
    if (touched.size > 0) this.#touched = new Set();
    return touched;
  }

  /** Has {@link takeTouched} give a notice's pile once more, where it still waits. */
  touch(id: string): void {
    const pile = this.#piles.get(this.#waiting.get(id)?.address ?? '');
    if (pile) this.#touched.add(pile);
  }

  /** The latest notices that were given up, oldest first. */
  givenUp(): readonly OutboxRow[] {
    return this.#givenUp;
  }

  /** Whether a notice to an address whose id begins so still waits to be sent; answers are not looked at. */
  isOnItsWay(address: string, idPrefix: string): boolean {
    for (const [id, row] of this.#piles.get(address)?.others ?? []) {
      if (row.state === 'pending' && id.startsWith(idPrefix)) return true;
    }
    return false;
  }
}
