/**
 * Reading many rows at one moment of the database. Rows come out of SQLite as JSON, some thousands at once with one text
 * for each column: that is several times as fast as row by row, a text without Chinese is read twice as fast as one
 * with, and no more than a few such texts are held at once.
 */
import { setImmediate as breath } from 'node:timers/promises';
import type { TableName, Tables } from '../core/rows/index.ts';
import { ahead } from './ahead.ts';
import { SHAPES } from './columns.ts';
import type { DurableConnection } from './connection.ts';
import { decoder } from './decode.ts';
import { createLock } from './lock.ts';
import { Pool } from './pool.ts';

/** What is said to whoever comes too late. */
export const CLOSED = 'the store is closed';

/** Rows in one text. */
const CHUNK = 2_048;
/** How many chunks are read before they are wanted. */
const CHUNKS_AHEAD = 4;
/** Rows decoded in one breath; between two of them the driver has its turn. */
const BREATH = 512;

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
    return [table, `SELECT ${lists.join(', ')} FROM (${rows})`];
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

/** What to read, table by table. */
type Selections = { readonly [T in TableName]?: Selection };

/** Some rows of a table, each column a JSON list. */
interface Chunk {
  table: TableName;
  columns: readonly string[];
}

/** What can be read at one moment of the database, see {@link Reader.read}. */
export class Reading {
  readonly #connection: DurableConnection;
  readonly #pool = new Pool();

  constructor(connection: DurableConnection) {
    this.#connection = connection;
  }

  /**
   * The rows that are asked for, table after table, those of each in the order in which they are asked for. Rows are read
   * in the driver's thread while those before them are decoded, whichever table they are of.
   */
  async all<S extends Selections>(selections: S): Promise<{ [T in keyof S & TableName]: Tables[T][] }> {
    const found = new Map(Object.keys(selections).map((table): [string, Tables[TableName][]] => [table, []]));
    for await (const { table, columns } of ahead(this.#chunks(selections), CHUNKS_AHEAD)) {
      const rows = found.get(table) ?? [];
      const decoding = decoder(table, columns, this.#pool);
      // A statement takes several turns of the event loop to begin: one breath a chunk would come too late for the next.
      while (decoding(rows, BREATH)) await breath();
    }
    return Object.fromEntries(found) as { [T in keyof S & TableName]: Tables[T][] };
  }

  /** The rows of a table that are asked for, in the order in which they are asked for. */
  async rows<T extends TableName>(table: T, selection: Selection = {}): Promise<Tables[T][]> {
    const { [table]: rows } = await this.all<{ readonly [K in TableName]?: Selection }>({ [table]: selection });
    return (rows ?? []) as Tables[T][];
  }

  async *#chunks(selections: Selections): AsyncGenerator<Chunk, void, void> {
    for (const [table, selection] of Object.entries(selections) as [TableName, Selection][]) {
      const { rest, values = [] } = selection;
      const name = quote(SHAPES[table].name);
      const wanted = `SELECT ${name}.rowid AS id FROM ${name} ${rest ?? `ORDER BY ${name}.rowid`}`;
      const ids = await this.list(`SELECT json_group_array(id) FROM (${wanted})`, values);
      for (let at = 0; at < ids.length; at += CHUNK) {
        const chunk = JSON.stringify(ids.slice(at, at + CHUNK));
        const [columns = []] = await this.#ask(CHUNK_SQL.get(table) ?? '', [chunk]);
        yield { table, columns: columns as string[] };
      }
    }
  }

  /** The one JSON list that a statement gives. */
  async list(sql: string, values: readonly (string | number)[]): Promise<unknown[]> {
    const [[text] = []] = await this.#ask(sql, values);
    return JSON.parse(String(text));
  }

  async #ask(sql: string, values: readonly (string | number)[]): Promise<unknown[][]> {
    const argTypes = values.map((value) => ({
      scalarType: typeof value === 'number' ? ('int' as const) : ('string' as const),
      arity: 'scalar' as const,
    }));
    return (await this.#connection.queryRaw({ sql, args: [...values], argTypes })).rows;
  }
}
