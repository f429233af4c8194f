/** Tables: what a level is shown of a period. Built from a book's frozen units, so parts always add up to the whole. */
import type { PeriodBook } from './book.ts';
import type { Form, Level } from './playbook.ts';
import { LEVELS } from './playbook.ts';
import type { PeriodRow, ReportVia, UnitId } from './rows.ts';
import type { State } from './standing.ts';
import { type Counts, countsOf } from './tally.ts';
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
  fields: { id: string; name: string }[];
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
    fields: Object.entries(form.fields).map(([id, field]) => ({ id, name: field.name })),
    period: book.period,
    asOf,
    rows,
    total: { ...rowOf(book, unitId), detail: null },
  };
}

/** Rows of which something is not in. */
export const rowsWithGap = (table: Table): TableRow[] => table.rows.filter((row) => row.counts.missing > 0);

function rowOf(book: PeriodBook, id: UnitId): TableRow {
  const tally = book.tally(id);
  const due = book.due(id);
  return {
    unitId: id,
    name: book.unit(id)?.name ?? '',
    counts: countsOf(tally),
    values: new Map([...tally.sums].map(([field, { sum }]) => [field, sum])),
    detail: due
      ? {
          state: due.standing.state,
          unparsed: due.standing.unparsed,
          via: due.standing.current?.via ?? null,
          sentAt: due.standing.current?.sentAt ?? null,
          note:
            due.standing.state === 'exempt' ? (due.exemption?.reason ?? null) : (due.standing.current?.note ?? null),
        }
      : null,
  };
}
