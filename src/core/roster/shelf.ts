/** The rows of one table, in the order in which their ids first came. */

export class Shelf<Row extends { readonly id: string }> {
  readonly #rows: Row[];
  /** Where each id stands; made when it is asked for. */
  #slots: Map<string, number> | null = null;
  #lent = false;

  constructor(rows: readonly Row[] = []) {
    this.#rows = [...rows];
  }

  /** Every row; a row's slot is its place here. */
  get rows(): readonly Row[] {
    return this.#rows;
  }

  /** Whether somebody builds on these rows: they stay as they are, and what changes goes on a {@link copy}. */
  get lent(): boolean {
    return this.#lent;
  }

  lend(): this {
    this.#lent = true;
    return this;
  }

  copy(): Shelf<Row> {
    return new Shelf(this.#rows);
  }

  /** Replaces the row of this id where it stands, or appends it. */
  put(row: Row): void {
    const slots = this.#index();
    const slot = slots.get(row.id) ?? this.#rows.length;
    if (slot === this.#rows.length) slots.set(row.id, slot);
    this.#rows[slot] = row;
  }

  /** Where an id stands; -1 for an unknown one. */
  slotOf(id: string): number {
    return this.#index().get(id) ?? -1;
  }

  /**
   * {@link slotOf} for many ids that come in about the order of the rows: most are found beside the one before them,
   * and where all are no index is made.
   */
  finder(): (id: string) => number {
    const rows = this.#rows;
    let last = 0;
    return (id) => {
      if (rows[last]?.id === id) return last;
      if (rows[last + 1]?.id === id) {
        last += 1;
        return last;
      }
      if (rows[last - 1]?.id === id) {
        last -= 1;
        return last;
      }
      const slot = this.slotOf(id);
      if (slot >= 0) last = slot;
      return slot;
    };
  }

  get(id: string): Row | undefined {
    const slot = this.slotOf(id);
    return slot < 0 ? undefined : this.#rows[slot];
  }

  /** Lets go of the index: it is made anew, linear in the rows, when an id is asked for again. */
  dropIndex(): void {
    this.#slots = null;
  }

  #index(): Map<string, number> {
    if (this.#slots) return this.#slots;
    const slots = new Map<string, number>();
    this.#rows.forEach((row, slot) => {
      slots.set(row.id, slot);
    });
    this.#slots = slots;
    return slots;
  }
}
