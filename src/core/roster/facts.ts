/** The roster's rows as the process remembers them, and its views by day. */
import type { PersonId, PersonRow, Tables } from '../rows/index.ts';
import type { CivilDate } from '../time.ts';
import { LeaveBook } from './leaves.ts';
import { Shelf } from './shelf.ts';
import { type Shelves, Structure } from './structure.ts';
import { type RosterRows, RosterView } from './view.ts';

/** Views held at once: today's, and those of the days asked about. */
const MOST_VIEWS = 4;

export type RosterTable = keyof RosterRows;

export class RosterFacts {
  readonly #shelves: Shelves;
  readonly #leaves: LeaveBook;
  readonly #views = new Map<CivilDate, RosterView>();
  #latest: RosterView | null = null;

  /** @param rows no two of a table with one id */
  constructor({ unit, person, post, holding, leave }: { readonly [T in RosterTable]?: readonly Tables[T][] } = {}) {
    this.#shelves = {
      unit: new Shelf(unit),
      person: new Shelf(person),
      post: new Shelf(post),
      holding: new Shelf(holding),
    };
    this.#leaves = new LeaveBook(leave);
  }

  take<T extends RosterTable>(table: T, row: Tables[T]): void;
  take(...[table, row]: { [T in RosterTable]: [table: T, row: Tables[T]] }[RosterTable]): void {
    if (table === 'leave') {
      // Views look leaves up when they are asked: none has to be made anew.
      this.#leaves.take(row);
      return;
    }
    if (this.#latest !== null) {
      this.#views.clear();
      this.#latest = null;
    }
    // Views that somebody still holds keep the rows they were made of.
    if (this.#shelves[table].lent) Object.assign(this.#shelves, { [table]: this.#shelves[table].copy() });
    (this.#shelves[table] as Shelf<typeof row>).put(row);
  }

  /** Every row, past and future ones included. */
  rows(): RosterRows {
    const { unit, person, post, holding } = this.#shelves;
    return {
      unit: [...unit.rows],
      person: [...person.rows],
      post: [...post.rows],
      holding: [...holding.rows],
      leave: [...this.#leaves.rows()],
    };
  }

  person(id: PersonId): PersonRow | null {
    return this.#shelves.person.get(id) ?? null;
  }

  /** The roster as it holds on a civil day. Its structure is built once for all days on which the same rows hold. */
  view(day: CivilDate): RosterView {
    if (this.#latest?.day === day) return this.#latest;
    const known = this.#views.get(day);
    const view = known ?? new RosterView(day, this.#structureOn(day), this.#leaves);
    const [oldest] = this.#views.keys();
    if (!known && oldest !== undefined && this.#views.size >= MOST_VIEWS) this.#views.delete(oldest);
    this.#views.set(day, view);
    this.#latest = view;
    return view;
  }

  /** A person's leaves that were not ended. */
  leavesOf(personId: PersonId): Tables['leave'][] {
    return this.#leaves.of(personId).filter((row) => row.endedAt === null);
  }

  #structureOn(day: CivilDate): Structure {
    for (const { structure } of this.#views.values()) if (structure.covers(day)) return structure;
    return new Structure(day, this.#shelves);
  }
}
