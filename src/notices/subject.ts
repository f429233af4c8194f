/** How what owes a report is called in tables and reminders, and who acts for it: a unit, or an entry of a register. */
import type { PeriodBook } from '../core/book.ts';
import type { Table } from '../core/rollup.ts';
import type { Acting } from '../core/roster/view.ts';
import type { EntryRow, SubjectId } from '../core/rows/index.ts';
import { zh } from '../locales/zh-CN.ts';
import type { ComposeContext } from './compose.ts';

/** A unit by the name it had when the period opened; an entry, of which the book keeps no name, by its own. */
export function subjectName(book: PeriodBook, id: SubjectId, { county }: ComposeContext, isNamed = true): string {
  const entry = county.entries.get(id);
  if (!entry) return book.unit(id)?.name ?? '';
  if (!isNamed || entry.erasedAt !== null) return entry.number ?? zh.nameHidden;
  return [entry.number, entry.name].filter(Boolean).join(' ');
}

/** A table whose rows are called as the chat it goes to may read. */
export function withNames(table: Table, book: PeriodBook, context: ComposeContext, isNamed: boolean): Table {
  const isOfEntries = table.rows.some(({ unitId }) => context.county.entries.get(unitId) !== undefined);
  if (!isOfEntries) return table;
  return {
    ...table,
    rows: table.rows.map((row) => ({ ...row, name: subjectName(book, row.unitId, context, isNamed) })),
  };
}

/** Who reports of an entry: who covers it, or else whoever acts for its unit. */
export function whoActsFor({ coverId, unitId }: EntryRow, { view, reachable }: ComposeContext): Acting {
  const isThere = coverId !== null && view.awayOn(coverId) === null && reachable(coverId);
  return isThere ? { personIds: [coverId], unitId, via: 'lead' } : view.whoActs(unitId, reachable);
}
