/** Who is away on which day, apart from the structure of the roster: leaves change daily, the structure seldom does. */
import type { LeaveRow, PersonId } from '../rows/index.ts';
import { type CivilDate, civilDateOf } from '../time.ts';

const NONE: readonly LeaveRow[] = [];

/** Every leave ever said, by who is away and by who was named to stand in. Taking one in costs next to nothing. */
export class LeaveBook {
  readonly #rows = new Map<string, LeaveRow>();
  readonly #ofPerson = new Map<PersonId, readonly LeaveRow[]>();
  readonly #ofDeputy = new Map<PersonId, readonly LeaveRow[]>();

  constructor(rows: Iterable<LeaveRow> = []) {
    for (const row of rows) this.take(row);
  }

  /** Adds a leave, or puts it in the place of the one with its id. */
  take(row: LeaveRow): void {
    const known = this.#rows.get(row.id);
    this.#rows.set(row.id, row);
    move(this.#ofPerson, known, row, (leave) => leave.personId);
    move(this.#ofDeputy, known, row, (leave) => leave.deputyId);
  }

  /** Every leave, ended and future ones included. */
  rows(): Iterable<LeaveRow> {
    return this.#rows.values();
  }

  /** All leaves of a person, ended and future ones included. */
  of(personId: PersonId): readonly LeaveRow[] {
    return this.#ofPerson.get(personId) ?? NONE;
  }

  /** The leave a person is on, the one said last where several cover the day. One taken back on that day is over. */
  on(personId: PersonId, day: CivilDate): LeaveRow | null {
    let last: LeaveRow | null = null;
    for (const leave of this.of(personId)) {
      if (day < leave.fromDay || leave.toDay < day) continue;
      if (leave.endedAt !== null && civilDateOf(leave.endedAt) <= day) continue;
      if (last === null || last.saidAt <= leave.saidAt) last = leave;
    }
    return last;
  }

  /** The leaves people are on that name this person as their deputy. */
  deputizedBy(personId: PersonId, day: CivilDate): LeaveRow[] {
    return (this.#ofDeputy.get(personId) ?? NONE).filter((leave) => this.on(leave.personId, day) === leave);
  }
}

/** Keeps the list a leave stands in, and its place there, unless it names somebody else than before. */
function move(
  lists: Map<PersonId, readonly LeaveRow[]>,
  known: LeaveRow | undefined,
  row: LeaveRow,
  ownerOf: (leave: LeaveRow) => PersonId | null,
): void {
  const before = known ? ownerOf(known) : null;
  const owner = ownerOf(row);
  if (before !== null && before !== owner) {
    lists.set(
      before,
      (lists.get(before) ?? NONE).filter((leave) => leave.id !== row.id),
    );
  }
  if (owner === null) return;
  const list = lists.get(owner) ?? NONE;
  const stands = before === owner;
  lists.set(owner, stands ? list.map((leave) => (leave.id === row.id ? row : leave)) : [...list, row]);
}
