/**
 * Reading many rows at one moment of the database. Rows come out of SQLite as JSON, some thousands in one text and
 * column by column: that is several times as fast as row by row, and no more than one such text is held at once.
 */
import type { TableName, Tables } from '../core/rows.ts';
import { SHAPES } from './columns.ts';
import type { DurableConnection } from './connection.ts';
import { decodeColumns } from './decode.ts';
import { createLock } from './lock.ts';
import { Pool } from './pool.ts';

/** What is said to whoever comes too late. */
export const CLOSED = 'the store is closed';

/** Rows in one text. */
const CHUNK = 4_096;

/** What to read of one table: SQL that follows the table's name, with one `?` for each value. By default all rows. */
export interface Selection {
  rest?: string;
  values?: readonly (string | number)[];
}

const quote = (name: string): string => `"${name}"`;

/** `?` is a JSON list of rowids; the rows come in its order. */
const CHUNK_SQL = new Map<TableName, string>(
  Object.values(SHAPES).map(({ table, name, columns }): [TableName, string] => {
    const names = columns.map((column) => `row.${quote(column.name)}`);
    const lists = columns.map((column) => `json_group_array(${quote(column.name)})`);
    const rows = `SELECT ${names.join(', ')} FROM json_each(?) AS wanted
      CROSS JOIN ${quote(name)} AS row ON row.rowid = wanted.value ORDER BY wanted.key`;
    return [table, `SELECT json_array(${lists.join(', ')}) FROM (${rows})`];
  }),
);

const statement = (sql: string) => ({ sql, args: [], argTypes: [] });

/**
 * Reads on a connection of its own: one that writes would keep others from writing, and could not hold on to a moment.
 * It is opened when it is first needed and kept, for the driver closes files only when it is garbage-collected.
 */
export class Reader {
  readonly #connect: () => Promise<DurableConnection>;
  readonly #turn = createLock();
  #connection: DurableConnection | null = null;
  #isClosed = false;

  constructor(connect: () => Promise<DurableConnection>) {
    this.#connect = connect;
  }

  /** All that the work reads is as it was at one moment; works take turns. */
  async read<T>(work: (reading: Reading) => Promise<T>): Promise<T> {
    const release = await this.#turn();
    try {
      const connection = await this.#open();
      await connection.executeRaw(statement('BEGIN'));
      const result = await work(new Reading(connection));
      await connection.executeRaw(statement('COMMIT'));
      return result;
    } catch (error) {
      await this.#abandon();
      throw error;
    } finally {
      release();
    }
  }

  /** The rows of one statement whose one `?` is a text. */
  async ask(sql: string, text: string): Promise<unknown[][]> {
    const release = await this.#turn();
    try {
      const connection = await this.#open();
      const args = [text];
      return (await connection.queryRaw({ sql, args, argTypes: [{ scalarType: 'string', arity: 'scalar' }] })).rows;
    } catch (error) {
      // It may be the connection that is broken: the next question is asked on a new one.
      await this.#letGo();
      throw error;
    } finally {
      release();
    }
  }

  /** Waits for what is being read; whoever asks afterwards is refused, for a new connection would never be closed. */
  async close(): Promise<void> {
    const release = await this.#turn();
    this.#isClosed = true;
    await this.#letGo().finally(release);
  }

  async #open(): Promise<DurableConnection> {
    if (this.#isClosed) throw new Error(CLOSED);
    this.#connection ??= await this.#connect();
    return this.#connection;
  }

  /** A connection that is only closed would hold on to its moment until it is garbage-collected. */
  async #abandon(): Promise<void> {
    try {
      await this.#connection?.executeRaw(statement('ROLLBACK'));
    } catch {
      // Nobody knows what it is in the midst of: the next work gets a new one.
      await this.#letGo();
    }
  }

  async #letGo(): Promise<void> {
    const connection = this.#connection;
    this.#connection = null;
    await connection?.dispose();
  }
}

/** What can be read at one moment of the database, see {@link Reader.read}. */
export class Reading {
  readonly #connection: DurableConnection;
  readonly #pool = new Pool();

  constructor(connection: DurableConnection) {
    this.#connection = connection;
  }

  /** The rows of a table that are asked for, in the order in which they are asked for. */
  async rows<T extends TableName>(table: T, { rest, values = [] }: Selection = {}): Promise<Tables[T][]> {
    const name = quote(SHAPES[table].name);
    const wanted = `SELECT ${name}.rowid AS id FROM ${name} ${rest ?? `ORDER BY ${name}.rowid`}`;
    const ids = await this.list(`SELECT json_group_array(id) FROM (${wanted})`, values);
    const rows: Tables[T][] = [];
    let coming = this.#columns(table, ids.slice(0, CHUNK));
    for (let at = 0; at < ids.length; at += CHUNK) {
      const columns = await coming;
      // These are read in the driver's thread while the others are made into rows.
      coming = this.#columns(table, ids.slice(at + CHUNK, at + 2 * CHUNK));
      // Nobody waits for them any more where these cannot be made into rows.
      coming.catch(() => undefined);
      for (const row of decodeColumns(table, columns, this.#pool)) rows.push(row);
    }
    await coming;
    return rows;
  }

  async #columns(table: TableName, ids: readonly unknown[]): Promise<unknown[][]> {
    if (ids.length === 0) return [];
    return (await this.list(CHUNK_SQL.get(table) ?? '', [JSON.stringify(ids)])) as unknown[][];
  }

  /** The one JSON list that a statement gives. */
  async list(sql: string, values: readonly (string | number)[]): Promise<unknown[]> {
    const argTypes = values.map((value) => ({
      scalarType: typeof value === 'number' ? ('int' as const) : ('string' as const),
      arity: 'scalar' as const,
    }));
    const { rows } = await this.#connection.queryRaw({ sql, args: [...values], argTypes });
    const [[text] = []] = rows;
    return JSON.parse(String(text));
  }
}
