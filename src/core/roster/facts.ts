/** The roster's rows as the process remembers them, and its views by day. */
import type { PersonId, PersonRow, Tables } from '../rows.ts';
import type { CivilDate } from '../time.ts';
import { type RosterRows, RosterView } from './view.ts';

/** Views held at once: today's, and those of the days asked about. */
const MOST_VIEWS = 4;

export type RosterTable = keyof RosterRows;

export class RosterFacts {
  readonly #tables: { readonly [T in RosterTable]: Map<string, Tables[T]> } = {
    unit: new Map(),
    person: new Map(),
    post: new Map(),
    holding: new Map(),
    leave: new Map(),
  };
  readonly #views = new Map<CivilDate, RosterView>();

  take<T extends RosterTable>(table: T, row: Tables[T]): void {
    (this.#tables[table] as Map<string, Tables[T]>).set(row.id, row);
    this.#views.clear();
  }

  /** Every row, past and future ones included. */
  rows(): RosterRows {
    const { unit, person, post, holding, leave } = this.#tables;
    return {
      unit: [...unit.values()],
      person: [...person.values()],
      post: [...post.values()],
      holding: [...holding.values()],
      leave: [...leave.values()],
    };
  }

  person(id: PersonId): PersonRow | null {
    return this.#tables.person.get(id) ?? null;
  }

  /** The roster as it holds on a civil day. Built once per day and change. */
  view(day: CivilDate): RosterView {
    const known = this.#views.get(day);
    if (known) return known;
    const view = RosterView.on(day, this.rows());
    const [oldest] = this.#views.keys();
    if (oldest !== undefined && this.#views.size >= MOST_VIEWS) this.#views.delete(oldest);
    this.#views.set(day, view);
    return view;
  }

  /** A person's leaves that were not ended. */
  leavesOf(personId: PersonId): Tables['leave'][] {
    return [...this.#tables.leave.values()].filter((row) => row.personId === personId && row.endedAt === null);
  }
}
