/** Tables: what a level is shown of a period. Built from a book's frozen units, so parts always add up to the whole. */
import type { PeriodBook } from './book.ts';
import { type Column, shownOf, type TableColumn, tableColumnsOf } from './figures.ts';
import type { Form, Level } from './playbook/index.ts';
import { LEVELS } from './playbook/index.ts';
import type { EntryId, PeriodRow, ReportVia, UnitId } from './rows/index.ts';
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
  /** Per column the figure; absent when nobody gave it: blank is not zero. */
  values: ReadonlyMap<string, number>;
  /** Set when the row is one obligation, as in a village's table. */
  detail: Detail | null;
}

export interface Table {
  unitId: UnitId;
  /** The unit the table is about, as it was named when the period opened; null for the county (named by the roster). */
  unitName: string | null;
  level: Level;
  form: { id: string; name: string };
  /** The columns of what was reported. */
  fields: readonly TableColumn[];
  period: PeriodRow;
  /** Whether somebody owes it; of what nobody owes only the figures say something. */
  owed: boolean;
  /** What the rows are where they are entries: the register's name. */
  entries: string | null;
  /** The moment whose facts it shows; UTC ms. */
  asOf: Instant;
  rows: TableRow[];
  total: TableRow;
}

/** How the entries of a register are shown to those who may read their names. */
export interface EntriesShown {
  register: string;
  labelOf: (id: EntryId) => string;
}

/**
 * The table of a unit: its direct children, one row each, and their total. Where the children are entries and `shown`
 * is null there is one row for all of them: names stay with those who may read them.
 * Null when the unit owed nothing in this period.
 */
export function tableOf(
  book: PeriodBook,
  form: Form,
  unitId: UnitId,
  asOf: Instant,
  shown: EntriesShown | null = null,
): Table | null {
  const unit = book.unit(unitId);
  if (!unit) return null;
  const depth = unit.path === '' ? 0 : unit.path.split('/').length;
  const columns = tableColumnsOf(form);
  const areEntries = 'register' in form.subject && unit.children.some((id) => book.due(id) !== undefined);
  const children = areEntries && shown === null ? [] : unit.children;
  const rows = (children.length > 0 ? children : [unit.id]).map((id) => {
    const row = rowOf(book, id, columns);
    return areEntries && shown ? { ...row, name: shown.labelOf(id) } : row;
  });
  const total = rowOf(book, unitId, columns);
  // A reading is one's own: in a table without single reports there is none, and no sum has one.
  const isOwn = ({ kind }: Column): boolean => kind === 'own';
  const own = new Set(columns.filter(isOwn).map(({ id }) => id));
  const hasSingle = rows.some(({ detail }) => detail !== null);
  return {
    unitId,
    unitName: unit.name || null,
    level: LEVELS[depth] ?? 'grid',
    form: { id: book.period.form, name: form.name },
    fields: hasSingle ? columns : columns.filter((column) => !isOwn(column)),
    period: book.period,
    owed: form.owed,
    entries: areEntries && shown ? shown.register : null,
    asOf,
    rows,
    total: { ...total, values: without(total.values, own), detail: null },
  };
}

/** Rows of which something is not in. */
export const rowsWithGap = (table: Table): TableRow[] => table.rows.filter((row) => row.counts.missing > 0);

function rowOf(book: PeriodBook, id: UnitId, columns: readonly Column[]): TableRow {
  const unit = book.unit(id);
  const name = unit?.name ?? '';
  const due = book.due(id);
  if (!due) {
    const tally = book.tally(id);
    return { unitId: id, name, counts: countsOf(tally), values: figuresBelow(book, id, columns), detail: null };
  }
  const { state, unparsed, current } = due.standing;
  const note = state === 'exempt' ? (due.exemption?.reason ?? null) : (current?.note ?? null);
  const detail: Detail = { state, unparsed, via: current?.via ?? null, sentAt: current?.sentAt ?? null, note };
  if (unit && unit.children.length > 0) {
    const tally = book.tally(id);
    return { unitId: id, name, counts: countsOf(tally), values: figuresBelow(book, id, columns), detail };
  }
  // Most rows of all tables: what one obligation says need not be summed up.
  const values = current ? shownOf(book.form, current.values) : NO_VALUES;
  return { unitId: id, name, counts: countsOfOne(state), values, detail };
}

const NO_VALUES: ReadonlyMap<string, number> = new Map();

function without(values: ReadonlyMap<string, number>, ids: ReadonlySet<string>): ReadonlyMap<string, number> {
  return ids.size === 0 ? values : new Map([...values].filter(([id]) => !ids.has(id)));
}

/** The sums of a subtree, which the book keeps, and its highest and lowest readings, which are looked for. */
function figuresBelow(book: PeriodBook, id: UnitId, columns: readonly Column[]): ReadonlyMap<string, number> {
  const values = sumsOf(book.tally(id));
  const extremes = columns.filter(({ kind }) => kind === 'max' || kind === 'min');
  if (extremes.length > 0) seek(book, id, extremes, values);
  return values;
}

function seek(book: PeriodBook, id: UnitId, extremes: readonly Column[], found: Map<string, number>): void {
  const values = book.due(id)?.standing.current?.values ?? {};
  for (const column of extremes) {
    const value = values[column.field];
    if (typeof value !== 'number') continue;
    const known = found.get(column.id) ?? value;
    found.set(column.id, column.kind === 'max' ? Math.max(known, value) : Math.min(known, value));
  }
  for (const child of book.unit(id)?.children ?? []) seek(book, child, extremes, found);
}

function sumsOf({ sums }: Readonly<Tally>): Map<string, number> {
  const values = new Map<string, number>();
  for (const [field, { sum }] of sums) values.set(field, sum);
  return values;
}
