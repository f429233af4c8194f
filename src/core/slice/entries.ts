/** Which entries of a register a slice is about, unit by unit. */
import type { County } from '../county.ts';
import { type Form, LEVELS, type Slice } from '../playbook/index.ts';
import { isAlive } from '../register/entry.ts';
import type { RosterView, Unit } from '../roster/view.ts';
import { meets } from '../rounds/expected.ts';
import type { EntryRow, UnitId } from '../rows/index.ts';
import type { CivilDate } from '../time.ts';

/** The units of a slice's level with anybody to tell of on a day. */
export function unitsWithEntries(county: County, slice: Slice, form: Form, day: CivilDate): Unit[] {
  if (!('register' in form.subject)) return [];
  const view = county.view(day);
  const depth = LEVELS.indexOf(slice.in);
  const above = new Map<UnitId, UnitId | undefined>();
  for (const entry of county.entries.of(form.subject.register)) {
    if (!above.has(entry.unitId) && isListed(entry, form, day))
      above.set(entry.unitId, view.chain(entry.unitId)[depth]);
  }
  const found = new Set(above.values());
  return view.units(slice.in).filter(({ id }) => found.has(id));
}

/** The entries of a unit and all below it on a day, in the order of the roster; those of other units never. */
export function entriesWithin(county: County, form: Form, unitId: UnitId, day: CivilDate): EntryRow[] {
  if (!('register' in form.subject)) return [];
  const { register } = form.subject;
  const view = county.view(day);
  return unitsWithin(view, unitId).flatMap((id) =>
    county.entries.inUnit(register, id).filter((entry) => isListed(entry, form, day)),
  );
}

/** Erased entries are of no day any more. */
function isListed(entry: EntryRow, { subject }: Form, day: CivilDate): boolean {
  return 'register' in subject && isAlive(entry, day) && meets(entry, subject.where);
}

function unitsWithin(view: RosterView, unitId: UnitId): UnitId[] {
  if (!view.unit(unitId)) return [];
  return [unitId, ...view.children(unitId).flatMap(({ id }) => unitsWithin(view, id))];
}
