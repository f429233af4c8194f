/** Tables: what a level is shown of a period. Built from a book's frozen units, so parts always add up to the whole. */
import type { PeriodBook } from './book.ts';
import { columnsOf, shownOf } from './figures.ts';
import type { Form, Level } from './playbook/index.ts';
import { LEVELS } from './playbook/index.ts';
import type { PeriodRow, ReportVia, UnitId } from './rows/index.ts';
import type { State } from './standing.ts';
import { type Counts, countsOf, countsOfOne, type Tally } from './tally.ts';
import type { Instant } from './time.ts';

/** What one row says about a single obligation. */
export interface Detail {
  state: State;
  unparsed: boolean;
  via: ReportVia | null;
  /** When the version that counts was sent, UTC ms. */
  sentAt: number | null;
  /** Why it owes nothing, or what was noted with it. */
  note: string | null;
}

export interface TableRow {
  unitId: UnitId;
  name: string;
  counts: Counts;
  /** Per field id the sum; absent when nobody gave it: blank is not zero. */
  values: ReadonlyMap<string, number>;
  /** Set when the row is one obligation, in a village's table. */
  detail: Detail | null;
}

export interface Table {
  unitId: UnitId;
  /** The unit the table is about, as it was named when the period opened; null for the county (named by the roster). */
  unitName: string | null;
  level: Level;
  form: { id: string; name: string };
  /** The columns of what was reported. */
  fields: readonly { id: string; name: string }[];
  period: PeriodRow;
  /** The moment whose facts it shows; UTC ms. */
  asOf: Instant;
  rows: TableRow[];
  total: TableRow;
}

/**
 * The table of a unit: its direct children, one row each, and their total.
 * Null when the unit owed nothing in this period.
 */
export function tableOf(book: PeriodBook, form: Form, unitId: UnitId, asOf: Instant): Table | null {
  const unit = book.unit(unitId);
  if (!unit) return null;
  const depth = unit.path === '' ? 0 : unit.path.split('/').length;
  const rows = (unit.children.length > 0 ? unit.children : [unit.id]).map((id) => rowOf(book, id));
  return {
    unitId,
    unitName: unit.name || null,
    level: LEVELS[depth] ?? 'grid',
    form: { id: book.period.form, name: form.name },
    fields: columnsOf(form),
    period: book.period,
    asOf,
    rows,
    total: { ...rowOf(book, unitId), detail: null },
  };
}

/** Rows of which something is not in. */
export const rowsWithGap = (table: Table): TableRow[] => table.rows.filter((row) => row.counts.missing > 0);

function rowOf(book: PeriodBook, id: UnitId): TableRow {
  const unit = book.unit(id);
  const name = unit?.name ?? '';
  const due = book.due(id);
  if (!due) {
    const tally = book.tally(id);
    return { unitId: id, name, counts: countsOf(tally), values: sumsOf(tally), detail: null };
  }
  const { state, unparsed, current } = due.standing;
  const note = state === 'exempt' ? (due.exemption?.reason ?? null) : (current?.note ?? null);
  const detail: Detail = { state, unparsed, via: current?.via ?? null, sentAt: current?.sentAt ?? null, note };
  if (unit && unit.children.length > 0) {
    const tally = book.tally(id);
    return { unitId: id, name, counts: countsOf(tally), values: sumsOf(tally), detail };
  }
  // Most rows of all tables: what one obligation says need not be summed up.
  const values = current ? shownOf(book.form, current.values) : NO_VALUES;
  return { unitId: id, name, counts: countsOfOne(state), values, detail };
}

const NO_VALUES: ReadonlyMap<string, number> = new Map();

function sumsOf({ sums }: Readonly<Tally>): ReadonlyMap<string, number> {
  const values = new Map<string, number>();
  for (const [field, { sum }] of sums) values.set(field, sum);
  return values;
}
