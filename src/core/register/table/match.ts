/** Which row of a table is which entry that is known. */

import type { EntryRow } from '../../rows/index.ts';
import type { CivilDate } from '../../time.ts';
import type { RegisterTarget } from '../below.ts';
import { byNumber, entryKey } from '../entries.ts';
import { HEADS } from './columns.ts';
import { type PlannedEntry, problem, type RegisterProblem } from './problem.ts';

/** A row of a table with the number it has or is given, and the entry it is; null where nobody knew it. */
export interface Matched {
  planned: PlannedEntry;
  number: string | null;
  entry: EntryRow | null;
}

/** Whether an entry is still looked after from a day on, or will be. */
export const isOpen = ({ until, erasedAt }: EntryRow, from: CivilDate): boolean =>
  erasedAt === null && (until === null || until > from);

/**
 * Matches the rows of one unit with its entries. An entry is known by its number, or by its name where the register has
 * no numbers; a row without a number is the entry of its name that no other row means, else it gets the lowest number
 * that is free. One that had ended is taken up again where number and name are the same.
 * @param known all entries of the unit in the register, ended ones included
 */
export function matchRows(
  planned: readonly PlannedEntry[],
  known: readonly EntryRow[],
  { register }: RegisterTarget,
  from: CivilDate,
): { matched: Matched[]; problems: RegisterProblem[] } {
  const open = known.filter((entry) => isOpen(entry, from)).sort(byNumber);
  const ended = known.filter((entry) => entry.erasedAt === null && !isOpen(entry, from)).sort(byEnd);
  const problems: RegisterProblem[] = [];
  const seen = new Map<string, PlannedEntry>();
  const matched = new Map<PlannedEntry, Matched>();
  for (const row of planned) {
    if (register.numbered && row.number === null) continue;
    const same = register.numbered
      ? (entry: EntryRow) => entry.number === row.number
      : (entry: EntryRow) => entryKey(entry.name) === entryKey(row.name);
    const key = row.number ?? entryKey(row.name);
    const first = seen.get(key);
    if (first) {
      const [head, code, text] = register.numbered
        ? [HEADS.number, 'number-twice' as const, row.number ?? '']
        : [HEADS.name, 'name-twice' as const, row.name];
      problems.push(problem(row.row, head, code, { text, firstRow: String(first.row) }));
      continue;
    }
    seen.set(key, row);
    const again = ended.find((entry) => same(entry) && entryKey(entry.name) === entryKey(row.name));
    matched.set(row, { planned: row, number: row.number, entry: open.find(same) ?? again ?? null });
  }
  if (register.numbered) numberOthers(planned, open, seen, matched);
  return { matched: planned.flatMap((row) => matched.get(row) ?? []), problems };
}

/** Gives rows without a number the one their entry has, else the lowest that is free. */
function numberOthers(
  planned: readonly PlannedEntry[],
  open: readonly EntryRow[],
  claimed: ReadonlyMap<string, PlannedEntry>,
  matched: Map<PlannedEntry, Matched>,
): void {
  const free = open.filter(({ number }) => number === null || !claimed.has(number));
  const taken = new Set([...claimed.keys(), ...open.flatMap(({ number }) => number ?? [])]);
  let next = 1;
  for (const row of planned) {
    if (row.number !== null) continue;
    const at = free.findIndex(({ name }) => entryKey(name) === entryKey(row.name));
    const [entry] = at < 0 ? [] : free.splice(at, 1);
    if (entry) {
      matched.set(row, { planned: row, number: entry.number, entry });
      continue;
    }
    while (taken.has(String(next))) next += 1;
    taken.add(String(next));
    matched.set(row, { planned: row, number: String(next), entry: null });
  }
}

/** The one that ended last first. */
const byEnd = (a: EntryRow, b: EntryRow): number =>
  a.until === b.until ? 0 : (a.until ?? '') < (b.until ?? '') ? 1 : -1;
