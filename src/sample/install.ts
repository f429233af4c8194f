/** Puts the sample county into an empty database. */
import { planImport } from '../core/roster/diff.ts';
import { readRosterTable } from '../core/roster/table.ts';
import { RosterView } from '../core/roster/view.ts';
import { put, type TableName, type Tables, type Write } from '../core/rows/index.ts';
import { civilDateOf, type Instant } from '../core/time.ts';
import { furnish } from '../roster/furnish.ts';
import type { Store } from '../store/store.ts';
import { sampleRoster } from './county.ts';

/** The meta row that marks a database as the sample's: its clock may be moved and anyone may be played. */
export const SAMPLE = 'sample';

/** Imports the sample roster with groups and accounts on one platform; does nothing where a roster is. */
export async function installSample(store: Store, now: Instant, platform = 'console'): Promise<void> {
  const today = civilDateOf(now);
  const known = await store.load(today);
  if (known.unit.length > 0) return;
  const sheet = sampleRoster({ seed: 20201121, townships: 4, villagesPerTownship: 5, gridsPerVillage: 6 });
  await store.commit([...rosterWrites(sheet, now, platform), put('meta', { id: SAMPLE, value: '1' })]);
}

/** The writes that make a database of a roster sheet (first row: the head), everyone reachable on `platform`. */
export function rosterWrites(sheet: readonly (readonly string[])[], now: Instant, platform: string): Write[] {
  const reading = readRosterTable(sheet.map((cells, index) => ({ row: index + 1, cells: [...cells] })));
  if (!reading.ok) throw new Error(`the roster has ${reading.problems.length} problems`);
  const effective = civilDateOf(now);
  const empty = { unit: [], person: [], post: [], holding: [], leave: [] };
  let next = 0;
  const { writes } = planImport(empty, reading.plan, { effective, newId: () => `r${++next}` });
  return [...writes, ...furnish(viewOf(writes, effective), platform, now)];
}

function viewOf(writes: readonly Write[], day: Parameters<typeof RosterView.on>[0]): RosterView {
  const rowsOf = <T extends TableName>(table: T): Tables[T][] =>
    writes.flatMap((write) => (write.table === table ? [write.row as Tables[T]] : []));
  return RosterView.on(day, {
    unit: rowsOf('unit'),
    person: rowsOf('person'),
    post: rowsOf('post'),
    holding: rowsOf('holding'),
    leave: [],
  });
}
