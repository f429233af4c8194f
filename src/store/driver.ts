/**
 * The bare connections of the driver. Statements run on a thread of its own, so that neither a disk that takes its time
 * nor a lock that another process holds keeps the rest of the program waiting.
 */
import { PrismaLibSql } from '@prisma/adapter-libsql';
import Database from 'libsql/promise';

type Client = ReturnType<PrismaLibSql['createClient']>;
type Config = Parameters<PrismaLibSql['createClient']>[0];
type Executed = Awaited<ReturnType<Client['execute']>>;

/** As much of the driver as is used here; its own typings say `any`. */
interface Statement {
  readonly reader: boolean;
  raw(): Statement;
  columns(): { name: string; type: string | null }[];
  all(args: readonly unknown[]): Promise<unknown[]>;
}
interface Connection {
  readonly inTransaction: boolean;
  prepare(sql: string): Promise<Statement>;
  exec(sql: string): Promise<void>;
  close(): void;
}

/** Prisma's own adapter over the driver's other half: its usual client runs every statement in the caller's thread. */
export class ThreadedLibSql extends PrismaLibSql {
  override createClient({ url, timeout }: Config): Client {
    const database = new Database(url, { timeout }) as unknown as Connection;
    // Transactions are begun and ended by statements of their own: nothing else of a client is ever asked for.
    return {
      execute: ({ sql, args }: { sql: string; args: readonly unknown[] }) => execute(database, sql, args),
      executeMultiple: (script: string) => run(database, script),
      close: () => database.close(),
    } as unknown as Client;
  }
}

/** A script that fails leaves no transaction open. */
async function run(database: Connection, script: string): Promise<void> {
  try {
    await database.exec(script);
  } finally {
    if (database.inTransaction) await database.exec('ROLLBACK');
  }
}

/** How many rows a statement has changed is not told. */
async function execute(database: Connection, sql: string, args: readonly unknown[]): Promise<Executed> {
  const statement = await database.prepare(sql);
  // In the driver a statement runs in its own thread when its rows are asked for, whether or not it has any.
  const columns = statement.reader ? statement.raw().columns() : [];
  const rows = await statement.all(args);
  return {
    columns: columns.map(({ name }) => name),
    columnTypes: columns.map(({ type }) => type ?? ''),
    rows,
    rowsAffected: 0,
    lastInsertRowid: undefined,
  } as unknown as Executed;
}
