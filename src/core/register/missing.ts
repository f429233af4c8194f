/** The entries of a register that are still missing in a period, by the unit they stand in. */
import type { PeriodBook } from '../book.ts';
import type { EntryId, EntryRow, UnitId } from '../rows/index.ts';
import type { Entries } from './entries.ts';
import { entryLabel } from './entry.ts';

export interface MissingEntry {
  id: EntryId;
  /** As it stands now; undefined where nothing is known of it any more. */
  entry: EntryRow | undefined;
  /** `12户张三`, `张三`; where its name was erased only how many it is: `1人`. */
  label: string;
}

export interface MissingIn {
  unitId: UnitId;
  entries: MissingEntry[];
}

/** What a period shows of an entry where its name may be read. */
export function labelOf(id: EntryId, entries: Entries, measure: string): string {
  const entry = entries.get(id);
  return (entry && entryLabel(entry, measure)) || `1${measure}`;
}

/** One for each unit at or below `unitId` in which entries are missing, in the order in which they were frozen. */
export function missingEntries(book: PeriodBook, unitId: UnitId, entries: Entries, measure: string): MissingIn[] {
  if (book.tally(unitId).missing === 0) return [];
  const children = book.unit(unitId)?.children ?? [];
  const own = children.filter((id) => book.due(id)?.standing.state === 'missing');
  const here = own.map((id) => ({ id, entry: entries.get(id), label: labelOf(id, entries, measure) }));
  const below = children.filter((id) => !book.due(id)).flatMap((id) => missingEntries(book, id, entries, measure));
  return [...(here.length > 0 ? [{ unitId, entries: here }] : []), ...below];
}
