/** The entries of all registers, found by where they stand, by number and by name. */

import type { EntryEventRow, EntryId, EntryRow, PersonId, UnitId } from '../rows/index.ts';
import { normalise } from '../text.ts';
import type { CivilDate } from '../time.ts';
import { isAlive } from './entry.ts';

const NONE: readonly EntryRow[] = [];
/** Two spellings of one name share it. */
export const entryKey = (name: string): string => normalise(name).replaceAll(' ', '').toLowerCase();

export class Entries {
  readonly #rows = new Map<EntryId, EntryRow>();
  /** `register unit` → ids in the order in which they came. */
  readonly #inUnit = new Map<string, Set<EntryId>>();
  readonly #byName = new Map<string, Set<EntryId>>();
  readonly #byCover = new Map<PersonId, Set<EntryId>>();
  readonly #ofRegister = new Map<string, Set<EntryId>>();
  readonly #events = new Map<EntryId, EntryEventRow[]>();
  #longestName = 0;

  take(row: EntryRow): void {
    const known = this.#rows.get(row.id);
    if (known) this.#index(known, false);
    this.#rows.set(row.id, row);
    this.#index(row, true);
  }

  takeEvent(row: EntryEventRow): void {
    const events = this.#events.get(row.entryId) ?? [];
    this.#events.set(row.entryId, [...events.filter(({ id }) => id !== row.id), row]);
  }

  get(id: EntryId): EntryRow | undefined {
    return this.#rows.get(id);
  }

  /** What happened to an entry, in the order in which it came. */
  events(id: EntryId): readonly EntryEventRow[] {
    return this.#events.get(id) ?? [];
  }

  /** All entries of a register, ended ones included. */
  of(register: string): EntryRow[] {
    return this.#rowsOf(this.#ofRegister.get(register));
  }

  /** Entries that stand in this very unit, ended ones included, by number where they have one. */
  inUnit(register: string, unitId: UnitId): EntryRow[] {
    return this.#rowsOf(this.#inUnit.get(`${register} ${unitId}`)).sort(byNumber);
  }

  /** Entries that a person covers, of all registers, ended ones included. */
  coveredBy(personId: PersonId): EntryRow[] {
    return this.#rowsOf(this.#byCover.get(personId)).sort(byNumber);
  }

  /** Entries of that name that are looked after on a day, whatever the spelling of width and numerals. */
  named(register: string, name: string, day: CivilDate): EntryRow[] {
    const found = this.#rowsOf(this.#byName.get(entryKey(name)));
    return found.filter((entry) => entry.register === register && isAlive(entry, day));
  }

  /** How long the longest name is, characters. */
  get longestName(): number {
    return this.#longestName;
  }

  #rowsOf(ids: ReadonlySet<EntryId> | undefined): EntryRow[] {
    return ids ? [...ids].flatMap((id) => this.#rows.get(id) ?? []) : [...NONE];
  }

  #index(row: EntryRow, adds: boolean): void {
    const { id, register, unitId, name, coverId } = row;
    const change = <K>(map: Map<K, Set<EntryId>>, key: K): void => {
      const ids = map.get(key) ?? new Set();
      if (adds) map.set(key, ids.add(id));
      else ids.delete(id);
    };
    change(this.#ofRegister, register);
    change(this.#inUnit, `${register} ${unitId}`);
    if (coverId !== null) change(this.#byCover, coverId);
    if (name === '') return;
    change(this.#byName, entryKey(name));
    this.#longestName = Math.max(this.#longestName, name.length);
  }
}

/** 2 before 10, and 3-1 after 3. */
export function byNumber(a: Pick<EntryRow, 'number'>, b: Pick<EntryRow, 'number'>): number {
  const parts = (text: string | null): number[] => (text ?? '').split('-').map(Number);
  const [left, right] = [parts(a.number), parts(b.number)];
  for (let i = 0; i < Math.max(left.length, right.length); i += 1) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
