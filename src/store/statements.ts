/** The statements of the store, made from the column table. Values travel as parameters only. */
import { CHANGING, type OutboxRow, type TableName, type Write } from '../core/rows/index.ts';
import { type Cell, CHANGED, encodeChange, encodeRow, SHAPES, storable, TABLES } from './columns.ts';
import { DuplicateError } from './store.ts';

/** All rows one commit writes to one table in one way. */
export interface WriteBatch {
  table: TableName;
  op: Write['op'];
  /** With one `?` for {@link rows}. */
  sql: string;
  /** A JSON list of rows, each a list of its cells. */
  rows: string;
}

const quote = (name: string): string => `"${name}"`;

/**
 * The rows of the one parameter, `cells` of each. Without being materialised a row's text would be made anew for each of
 * its columns, which takes longer than all else about it.
 */
const ROWS = 'WITH row AS MATERIALIZED (SELECT value AS cells FROM json_each(?))';

const WRITE_SQL = new Map<string, string>();
const UPDATE_SQL = updateStatement();

/** Writes whole rows of which no more than the first so many columns hold anything; the others are null. */
function statementOf(table: TableName, op: 'insert' | 'put', width: number): string {
  const key = `${op} ${width} ${table}`;
  const known = WRITE_SQL.get(key);
  if (known !== undefined) return known;
  const { name, columns } = SHAPES[table];
  const names = columns.map((column) => quote(column.name));
  const values = names.slice(0, width).map((_, i) => `cells ->> ${i}`);
  const into = `${quote(name)} (${names.slice(0, width).join(', ')})`;
  const sql = `INSERT INTO ${into} ${ROWS} SELECT ${values.join(', ')} FROM row${op === 'put' ? replacing(names) : ''}`;
  WRITE_SQL.set(key, sql);
  return sql;
}

function replacing([id, ...others]: readonly string[]): string {
  const updates = others.map((column) => `${column} = excluded.${column}`);
  // Without a WHERE the parser would take ON for the condition of a join.
  return ` WHERE true ON CONFLICT (${id}) DO UPDATE SET ${updates.join(', ')}`;
}

/** A third as much work as a `put` of the whole row. */
function updateStatement(): string {
  const { name } = SHAPES.outbox;
  const updates = CHANGED.map((column, i) => `${quote(column.name)} = row.cells ->> ${i + 1}`);
  return `${ROWS} UPDATE ${quote(name)} SET ${updates.join(', ')} FROM row WHERE ${quote(name)}."id" = row.cells ->> 0`;
}

const OPS = ['insert', 'put', 'update'] as const;
type Batch = Map<string, Write['row']>;
type Batches = Record<Write['op'], Map<TableName, Batch>>;

/**
 * Gathers writes into one statement per table and op, parents before children, inserts before puts before updates;
 * references must hold after each of them. Of several puts on one id the last holds.
 * @throws {DuplicateError} when the writes themselves insert an id they wrote before
 */
export function batchesOf(writes: readonly Write[]): WriteBatch[] {
  const batches: Batches = { insert: new Map(), put: new Map(), update: new Map() };
  for (const { table, op, row } of writes) {
    const id = storable(row.id);
    const puts = batches.put.get(table);
    if (op === 'insert' && (batches.insert.get(table)?.has(id) || puts?.has(id))) throw new DuplicateError(table);
    const earlier = puts?.get(id);
    // What this very commit puts is put as it is in the end.
    if (op === 'update' && earlier) puts?.set(id, changed(earlier as OutboxRow, row));
    else batchOf(batches[op], table).set(id, row);
    // What came before a whole row changes nothing of it.
    if (op !== 'update') batches.update.get(table)?.delete(id);
  }
  return TABLES.flatMap((table) =>
    OPS.flatMap((op) => {
      const batch = batches[op].get(table);
      return batch && batch.size > 0 ? [writeBatch(table, op, batch)] : [];
    }),
  );
}

function batchOf(batches: Map<TableName, Batch>, table: TableName): Batch {
  const known = batches.get(table);
  if (known) return known;
  const batch: Batch = new Map();
  batches.set(table, batch);
  return batch;
}

/** A row as an update of it leaves it. */
const changed = (row: OutboxRow, update: OutboxRow): OutboxRow => ({
  ...row,
  ...Object.fromEntries(CHANGING.map((field) => [field, update[field]])),
});

function writeBatch(table: TableName, op: Write['op'], batch: Batch): WriteBatch {
  const rows: Cell[][] = [];
  let width = 0;
  for (const row of batch.values()) {
    const cells = op === 'update' ? encodeChange(row as OutboxRow) : encodeRow(table, row);
    // A cell that is not there reads as null.
    while (cells.at(-1) === null) cells.pop();
    width = Math.max(width, cells.length);
    rows.push(cells);
  }
  return { table, op, sql: op === 'update' ? UPDATE_SQL : statementOf(table, op, width), rows: jsonOf(rows) };
}

function jsonOf(rows: readonly Cell[][]): string {
  const json = JSON.stringify(rows);
  // What the database cannot keep is written as an escape of this kind, and hardly any text has one.
  if (!json.includes('\\u')) return json;
  return JSON.stringify(rows.map((cells) => cells.map((cell) => (typeof cell === 'string' ? storable(cell) : cell))));
}
