/** How a row of a table stands, in the distinctions a reader must be able to see. */
import type { Detail, Table, TableRow } from '../core/rollup.ts';
import { owedCount } from '../core/tally.ts';
import { tableWords } from '../locales/table.ts';

/**
 * One obligation: on time as `zero` (all it gave is 0), `some` (something above 0) or `given` (in, but no figure), or
 * `late`, `exempt`, `missing`, or `unparsed` (missing, but a line came that could not be read).
 */
export type RowState = 'zero' | 'some' | 'given' | 'late' | 'exempt' | 'missing' | 'unparsed';

/** Several obligations: `exempt` when nothing is owed, `gap` when something is not in. */
export type GroupState = 'complete' | 'gap' | 'exempt';

/** Whether the table shows one obligation per row, as a village's does. */
export const isDetailed = (table: Table): boolean => table.rows.every((row) => row.detail !== null);

/** Head of the column that names the rows. */
export function rowsHead({ entries, rows, unitId, level }: Table): string {
  const isItself = rows.length === 1 && rows[0]?.unitId === unitId;
  return entries ?? (isItself ? tableWords.itself : tableWords.rowsOf)[level];
}

/** Of a row's figures those that are something to tell where they are above 0. */
export function tellingOf({ fields }: Table, { values }: TableRow): TableRow['values'] {
  if (fields.every(({ telling }) => telling)) return values;
  const told = new Set(fields.filter(({ telling }) => telling).map(({ id }) => id));
  return new Map([...values].filter(([id]) => told.has(id)));
}

/** How a row of one obligation stands, by its figures that are to be told. */
export function rowState({ state, unparsed }: Detail, values: TableRow['values']): RowState {
  if (state === 'missing') return unparsed ? 'unparsed' : 'missing';
  if (state !== 'reported') return state;
  if (values.size === 0) return 'given';
  return [...values.values()].some((value) => value !== 0) ? 'some' : 'zero';
}

/** How a row of several obligations stands. */
export function groupState({ counts }: TableRow): GroupState {
  if (counts.missing > 0) return 'gap';
  return owedCount(counts) === 0 ? 'exempt' : 'complete';
}
