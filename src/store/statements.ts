/** The statements of the store, made from the column table. Values travel as parameters only. */
import type { TableName, Write } from '../core/rows.ts';
import { encodeRow, SHAPES, storable, TABLES } from './columns.ts';
import { Prisma } from './generated/client.ts';
import { DuplicateError } from './store.ts';

/** All rows one commit writes to one table in one way. */
export interface WriteBatch {
  table: TableName;
  op: Write['op'];
  sql: Prisma.Sql;
}

const quote = (name: string): string => `"${name}"`;

type Statement = readonly [before: string, after: string];

/** What stands before and after the one parameter: a JSON list of rows, each a list in the order of the columns. */
function statementsOf(ending: (columns: readonly string[]) => string): ReadonlyMap<TableName, Statement> {
  return new Map(
    TABLES.map((table): [TableName, Statement] => {
      const { name, columns } = SHAPES[table];
      const names = columns.map((column) => quote(column.name));
      const values = columns.map((_, i) => `value ->> ${i}`);
      const insert = `INSERT INTO ${quote(name)} (${names.join(', ')}) SELECT ${values.join(', ')} FROM json_each(`;
      return [table, [insert, `)${ending(names)}`]];
    }),
  );
}

const WRITE_SQL: Record<Write['op'], ReadonlyMap<TableName, Statement>> = {
  insert: statementsOf(() => ''),
  put: statementsOf(([id, ...others]) => {
    const updates = others.map((column) => `${column} = excluded.${column}`);
    // Without a WHERE the parser would take ON for the condition of a join.
    return ` WHERE true ON CONFLICT (${id}) DO UPDATE SET ${updates.join(', ')}`;
  }),
};

const OPS = ['insert', 'put'] as const;
type Batch = Map<string, Write['row']>;

/**
 * Gathers writes into one statement per table and op, parents before children, inserts before puts; references must
 * hold after each of them. Of several puts on one id the last holds.
 * @throws {DuplicateError} when the writes themselves insert an id they wrote before
 */
export function batchesOf(writes: readonly Write[]): WriteBatch[] {
  const batches = { insert: new Map<TableName, Batch>(), put: new Map<TableName, Batch>() };
  for (const { table, op, row } of writes) {
    const id = storable(row.id);
    let batch = batches[op].get(table);
    if (!batch) {
      batch = new Map();
      batches[op].set(table, batch);
    }
    if (op === 'insert' && (batch.has(id) || batches.put.get(table)?.has(id))) throw new DuplicateError(table);
    batch.set(id, row);
  }
  return TABLES.flatMap((table) =>
    OPS.flatMap((op) => {
      const sql = WRITE_SQL[op].get(table);
      const batch = batches[op].get(table);
      return sql && batch ? [{ table, op, sql: Prisma.sql(sql, jsonOf(table, batch)) }] : [];
    }),
  );
}

/** A JSON list of rows, each a list of its cells. */
function jsonOf(table: TableName, batch: Batch): string {
  const rows: ReturnType<typeof encodeRow>[] = [];
  for (const row of batch.values()) rows.push(encodeRow(table, row));
  const json = JSON.stringify(rows);
  // What the database cannot keep is written as an escape of this kind, and hardly any text has one.
  if (!json.includes('\\u')) return json;
  return JSON.stringify(rows.map((cells) => cells.map((cell) => (typeof cell === 'string' ? storable(cell) : cell))));
}
