/** The statements of the store, made from the column table. Values travel as parameters only. */
import type { TableName, Write } from '../core/rows/index.ts';
import { type Cell, columnsOf, encode, SHAPES, storable, TABLES } from './columns.ts';
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

/** Of whole rows no more than the first so many columns hold anything; the others are null. */
function statementOf(table: TableName, op: Write['op'], width: number): string {
  const key = `${op} ${width} ${table}`;
  const known = WRITE_SQL.get(key);
  if (known !== undefined) return known;
  const sql = op === 'insert' || op === 'put' ? wholeStatement(table, op, width) : partStatement(table, op);
  WRITE_SQL.set(key, sql);
  return sql;
}

function wholeStatement(table: TableName, op: 'insert' | 'put', width: number): string {
  const { name, columns } = SHAPES[table];
  const names = columns.map((column) => quote(column.name));
  const values = names.slice(0, width).map((_, i) => `cells ->> ${i}`);
  const into = `${quote(name)} (${names.slice(0, width).join(', ')})`;
  return `INSERT INTO ${into} ${ROWS} SELECT ${values.join(', ')} FROM row${op === 'put' ? replacing(names) : ''}`;
}

function replacing([id, ...others]: readonly string[]): string {
  const updates = others.map((column) => `${column} = excluded.${column}`);
  // Without a WHERE the parser would take ON for the condition of a join.
  return ` WHERE true ON CONFLICT (${id}) DO UPDATE SET ${updates.join(', ')}`;
}

/** A third as much work as a `put` of the whole row. */
function partStatement(table: TableName, op: 'update' | 'erase'): string {
  const name = quote(SHAPES[table].name);
  const [, ...changed] = columnsOf(table, op);
  const changes = changed.map((column, i) => `${quote(column.name)} = row.cells ->> ${i + 1}`);
  return `${ROWS} UPDATE ${name} SET ${changes.join(', ')} FROM row WHERE ${name}."id" = row.cells ->> 0`;
}

/** In the order in which they are made; the last two change different parts of a row that is there. */
const OPS = ['insert', 'put', 'update', 'erase'] as const;
type Batch = Map<string, Write['row']>;
type Batches = Record<Write['op'], Map<TableName, Batch>>;

/**
 * Gathers writes into one statement per table and op, parents before children, inserts before puts before updates and erasures;
 * references must hold after each of them. Of several puts on one id the last holds.
 * @throws {DuplicateError} when the writes themselves insert an id they wrote before
 */
export function batchesOf(writes: readonly Write[]): WriteBatch[] {
  const batches: Batches = { insert: new Map(), put: new Map(), update: new Map(), erase: new Map() };
  for (const { table, op, row } of writes) {
    const id = storable(row.id);
    const puts = batches.put.get(table);
    if (op === 'insert' && (batches.insert.get(table)?.has(id) || puts?.has(id))) throw new DuplicateError(table);
    const earlier = puts?.get(id);
    // What this very commit puts is put as it is in the end.
    if (isPart(op) && earlier) puts?.set(id, changed(table, op, earlier, row));
    else batchOf(batches[op], table).set(id, row);
    // What came before a whole row changes nothing of it.
    if (!isPart(op)) for (const part of PARTS) batches[part].get(table)?.delete(id);
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

const PARTS = ['update', 'erase'] as const;
const isPart = (op: Write['op']): op is (typeof PARTS)[number] => op === 'update' || op === 'erase';

/** A row as a change of a part of it leaves it. */
function changed(table: TableName, op: Write['op'], row: Write['row'], change: Write['row']): Write['row'] {
  const fields = new Set(columnsOf(table, op).map(({ field }) => field));
  const part = Object.entries(change).filter(([field]) => fields.has(field));
  return { ...row, ...Object.fromEntries(part) };
}

function writeBatch(table: TableName, op: Write['op'], batch: Batch): WriteBatch {
  const columns = columnsOf(table, op);
  const rows: Cell[][] = [];
  let width = 0;
  for (const row of batch.values()) {
    const cells = encode(columns, row);
    // A cell that is not there reads as null.
    while (cells.at(-1) === null) cells.pop();
    width = Math.max(width, cells.length);
    rows.push(cells);
  }
  return { table, op, sql: statementOf(table, op, width), rows: jsonOf(rows) };
}

function jsonOf(rows: readonly Cell[][]): string {
  const json = JSON.stringify(rows);
  // What the database cannot keep is written as an escape of this kind, and hardly any text has one.
  if (!json.includes('\\u')) return json;
  return JSON.stringify(rows.map((cells) => cells.map((cell) => (typeof cell === 'string' ? storable(cell) : cell))));
}
