/** Counts by two words known beforehand, as plain numbers: counting costs two look-ups, whatever is asked later. */

/** Stands for a first word nobody foresaw: what comes from outside never makes a new row. */
export const OTHER = 'other';

export interface Count {
  readonly first: string;
  readonly second: string;
  readonly value: number;
}

export class Counts<First extends string, Second extends string> {
  readonly #rows: ReadonlyMap<string, ReadonlyMap<string, { value: number }>>;

  /** @param firsts known first words; what is counted under another one counts as {@link OTHER} */
  constructor(firsts: readonly First[], seconds: readonly Second[]) {
    const row = (): ReadonlyMap<string, { value: number }> => new Map(seconds.map((second) => [second, { value: 0 }]));
    this.#rows = new Map([...firsts, OTHER].map((first) => [first, row()]));
  }

  /** Counts one more; a second word nobody foresaw is not counted. */
  add(first: First, second: Second): void {
    const cell = (this.#rows.get(first) ?? this.#rows.get(OTHER))?.get(second);
    if (cell) cell.value += 1;
  }

  /** All counts, zeros included, save those of {@link OTHER} that nothing was counted under. */
  all(): Count[] {
    return [...this.#rows].flatMap(([first, row]) =>
      [...row].flatMap(([second, { value }]) => (first === OTHER && value === 0 ? [] : [{ first, second, value }])),
    );
  }
}
