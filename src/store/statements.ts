/** The statements of the store, made from the column table. Values travel as parameters only. */
import type { TableName, Tables, Write } from '../core/rows.ts';
import { decodeRow, encodeRow, SHAPES, storable, TABLES } from './columns.ts';
import { Prisma } from './generated/client.ts';
import { DuplicateError } from './store.ts';

/** All rows one commit writes to one table in one way. */
export interface WriteBatch {
  table: TableName;
  op: Write['op'];
  sql: Prisma.Sql;
}

const quote = (name: string): string => `"${name}"`;

/** `[before, after]` the one parameter: a JSON array of rows, each an array in the order of the columns. */
const WRITE_SQL: ReadonlyMap<string, readonly [string, string]> = new Map(
  TABLES.flatMap((table): [string, [string, string]][] => {
    const { name, columns } = SHAPES[table];
    const names = columns.map((column) => quote(column.name));
    const values = columns.map((_, i) => `json_extract(value, '$[${i}]')`);
    const updates = names.slice(1).map((column) => `${column} = excluded.${column}`);
    const insert = `INSERT INTO ${quote(name)} (${names.join(', ')}) SELECT ${values.join(', ')} FROM json_each(`;
    return [
      [`insert ${table}`, [insert, ')']],
      // Without a WHERE the parser would take ON for the condition of a join.
      [`put ${table}`, [insert, `) WHERE true ON CONFLICT ("id") DO UPDATE SET ${updates.join(', ')}`]],
    ];
  }),
);

/**
 * Gathers writes into one statement per table and op, parents before children, inserts before puts; references must
 * hold after each of them. Of several puts on one id the last holds.
 * @throws {DuplicateError} when the writes themselves insert an id they wrote before
 */
export function batchesOf(writes: readonly Write[]): WriteBatch[] {
  const rowsOf = new Map<string, Map<string, Write>>();
  const group = (op: Write['op'], table: TableName): Map<string, Write> => {
    const key = `${op} ${table}`;
    const rows = rowsOf.get(key) ?? new Map<string, Write>();
    rowsOf.set(key, rows);
    return rows;
  };
  for (const write of writes) {
    const id = storable(write.row.id);
    if (write.op === 'insert' && (group('insert', write.table).has(id) || group('put', write.table).has(id))) {
      throw new DuplicateError(write.table);
    }
    group(write.op, write.table).set(id, write);
  }
  return TABLES.flatMap((table) =>
    (['insert', 'put'] as const).flatMap((op) => {
      const sql = WRITE_SQL.get(`${op} ${table}`);
      const rows = [...group(op, table).values()];
      if (!sql || rows.length === 0) return [];
      return [{ table, op, sql: Prisma.sql(sql, JSON.stringify(rows.map((write) => encodeRow(table, write.row)))) }];
    }),
  );
}

/** What to read of one table: SQL that follows the table's name, with one `?` for each value. */
export interface Selection {
  table: TableName;
  rest?: string;
  values?: readonly (string | number)[];
}

interface FoundRow {
  source: TableName;
  cells: string;
}

/** Several selections as one statement, so that all of them see the same moment of the database. */
export function selectSql(selections: readonly Selection[]): Prisma.Sql {
  const text = selections.map(({ table, rest }) => {
    const { name, columns } = SHAPES[table];
    const cells = columns.map((column) => `${quote(name)}.${quote(column.name)}`).join(', ');
    const select = `SELECT '${table}' AS "source", json_array(${cells}) AS "cells" FROM ${quote(name)}`;
    return `SELECT * FROM (${select} ${rest ?? `ORDER BY ${quote(name)}.rowid`})`;
  });
  const values = selections.flatMap((selection) => selection.values ?? []);
  return Prisma.sql(text.join(' UNION ALL ').split('?'), ...values);
}

/** Rows found by {@link selectSql}, by table, each table in the order it was asked for. */
export class Found {
  readonly #cells = new Map<TableName, string[]>();

  constructor(rows: readonly FoundRow[]) {
    for (const { source, cells } of rows) {
      const list = this.#cells.get(source);
      if (list) list.push(cells);
      else this.#cells.set(source, [cells]);
    }
  }

  of<T extends TableName>(table: T): Tables[T][] {
    return (this.#cells.get(table) ?? []).map((cells) => decodeRow(table, JSON.parse(cells)));
  }
}
