/** The entries of a register in a part of the chain. */
import type { Register } from '../playbook/index.ts';
import type { RosterView } from '../roster/view.ts';
import type { EntryRow, UnitId } from '../rows/index.ts';
import { byNumber, type Entries } from './entries.ts';
import { isAlive } from './entry.ts';

/** A register with the id it has in its playbook. */
export interface RegisterTarget {
  id: string;
  register: Register;
}

/** The entries that are looked after on the roster's day at or below a unit, in the order of units and numbers. */
export function entriesBelow(
  { id, register }: RegisterTarget,
  { entries, view }: { entries: Entries; view: RosterView },
  unitId: UnitId | undefined = view.county?.id,
): EntryRow[] {
  return view
    .units(register.of)
    .filter((unit) => unitId !== undefined && view.isWithin(unit.id, unitId))
    .flatMap((unit) => entries.inUnit(id, unit.id).sort(byNumber))
    .filter((entry) => isAlive(entry, view.day));
}
