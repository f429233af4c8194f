/** What a register holds as a table: read back on the same day, it changes nothing. */
import type { RosterView } from '../../roster/view.ts';
import type { EntryRow, UnitId } from '../../rows/index.ts';
import { entriesBelow, type RegisterTarget } from '../below.ts';
import type { Entries } from '../entries.ts';
import { cellOf, guarded } from './cells.ts';
import { HEADS, levelsOf } from './columns.ts';

/** The table, its head first. What could not be read back as it is stays blank, which a reading passes over. */
export function registerSheet(
  target: RegisterTarget,
  facts: { entries: Entries; view: RosterView },
  unitId?: UnitId,
): string[][] {
  const { register } = target;
  const { view } = facts;
  const levels = levelsOf(register);
  const fields = Object.entries(register.fields);
  const head = [
    ...levels.map((level) => HEADS[level]),
    ...(register.numbered ? [HEADS.number, HEADS.household] : [HEADS.name]),
    ...(register.cover ? [register.cover.name] : []),
    ...fields.map(([, field]) => field.name),
    ...(register.lasts === undefined ? [] : [HEADS.since]),
  ];
  const rows = entriesBelow(target, facts, unitId).map((entry) => [
    ...view.chain(entry.unitId).map((id) => view.unit(id)?.name ?? ''),
    ...(register.numbered ? [entry.number ?? ''] : []),
    guarded(entry.name),
    ...(register.cover ? [coverOf(entry, view)] : []),
    ...fields.map(([id, field]) => cellOf(field, entry.values[id], view.day)),
    ...(register.lasts === undefined ? [] : [entry.since]),
  ]);
  return [head, ...rows];
}

/** Whoever covers an entry as a reading finds them; nobody where they have no post any more. */
function coverOf({ coverId, unitId }: EntryRow, view: RosterView): string {
  if (coverId === null) return '';
  const village = view.chain(unitId).find((id) => view.unit(id)?.level === 'village');
  const label = view.personLabel(coverId);
  const [only, ...more] = view.findPersons(label, village);
  return only?.id === coverId && more.length === 0 ? label : '';
}
