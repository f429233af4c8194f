import { setTimeout } from 'node:timers/promises';
import { PrismaLibSql } from '@prisma/adapter-libsql';
import type { SqlDriverAdapter, SqlDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import { afterEach, describe, expect, it } from 'vitest';
import { type DurableConnection, durableFactory, libsqlFactory } from '../../src/store/connection.ts';
import { StoreError, toStoreError } from '../../src/store/errors.ts';
import { tempDatabaseUrl } from '../support/temp-database.ts';

const statement = (sql: string) => ({ sql, args: [], argTypes: [] });
const pathIn = (url: string): string => url.replace('file:', '');
const opened: SqlDriverAdapter[] = [];

async function connect(
  url: string,
  base: SqlDriverAdapterFactory = libsqlFactory(pathIn(url)),
): Promise<DurableConnection> {
  const connection = await durableFactory(pathIn(url), base).connect();
  opened.push(connection);
  return connection;
}

afterEach(async () => {
  for (const connection of opened.splice(0)) await connection.dispose();
});

/** A driver that starts with a bad setting and only pretends to change it. */
function stubborn(
  url: string,
  badly: string,
  pragma: RegExp,
): { base: SqlDriverAdapterFactory; disposed: () => boolean } {
  let disposed = false;
  const base: SqlDriverAdapterFactory = {
    provider: 'sqlite',
    adapterName: 'stubborn',
    async connect() {
      const inner = await new PrismaLibSql({ url, timeout: 5_000 }).connect();
      await inner.queryRaw(statement(badly));
      const deaf = { columnNames: [], columnTypes: [], rows: [] };
      return {
        provider: inner.provider,
        adapterName: inner.adapterName,
        queryRaw: async (query) => (pragma.test(query.sql) ? deaf : inner.queryRaw(query)),
        executeRaw: async (query) => (pragma.test(query.sql) ? 0 : inner.executeRaw(query)),
        executeScript: (script) => inner.executeScript(script),
        startTransaction: () => inner.startTransaction(),
        dispose: () => {
          disposed = true;
          return inner.dispose();
        },
      };
    },
  };
  return { base, disposed: () => disposed };
}

describe('a connection', () => {
  it('is durable when it is handed over', async () => {
    const connection = await connect(tempDatabaseUrl());
    const setting = async (name: string) => (await connection.queryRaw(statement(`PRAGMA ${name}`))).rows;
    expect(await setting('journal_mode')).toEqual([['wal']]);
    expect(await setting('synchronous')).toEqual([[2]]);
    expect(await setting('foreign_keys')).toEqual([[1]]);
    expect(await setting('fullfsync')).toEqual([[1]]);
    expect(await setting('busy_timeout')).toEqual([[5_000]]);
  });

  it('keeps the pages of a large county at hand, and its log below some megabytes', async () => {
    const connection = await connect(tempDatabaseUrl());
    const setting = async (name: string) => (await connection.queryRaw(statement(`PRAGMA ${name}`))).rows;
    expect(await setting('cache_size')).toEqual([[-16_384]]);
    expect(await setting('wal_autocheckpoint')).toEqual([[2_000]]);
  });

  it.each([
    ['synchronous', 'PRAGMA synchronous = OFF', /PRAGMA synchronous/, 'synchronous is 0'],
    ['synchronous', 'PRAGMA synchronous = NORMAL', /PRAGMA synchronous/, 'synchronous is 1'],
    ['fullfsync', 'PRAGMA fullfsync = OFF', /PRAGMA fullfsync/, 'fullfsync is 0'],
    ['foreign_keys', 'PRAGMA foreign_keys = OFF', /PRAGMA foreign_keys/, 'foreign_keys is 0'],
    ['busy_timeout', 'PRAGMA busy_timeout = 4999', /PRAGMA busy_timeout/, 'busy_timeout is 4999'],
    ['journal_mode', 'PRAGMA journal_mode = DELETE', /PRAGMA journal_mode/, 'journal_mode is delete'],
  ])('is refused and closed where %s cannot be had', async (_, badly, pragma, reason) => {
    const url = tempDatabaseUrl();
    const { base, disposed } = stubborn(url, badly, pragma);
    const attempt = connect(url, base);
    await expect(attempt).rejects.toMatchObject({ code: 'settings' });
    await expect(attempt).rejects.toThrow(reason);
    expect(disposed()).toBe(true);
  });

  it('waits for another that writes to a file whose log is not yet of the right mode', async () => {
    const url = tempDatabaseUrl();
    const other = await new PrismaLibSql({ url }).connect();
    opened.push(other);
    await other.executeRaw(statement('BEGIN IMMEDIATE'));
    const waiting = connect(url);
    waiting.catch(() => undefined);
    await setTimeout(100);
    await other.executeRaw(statement('COMMIT'));
    expect((await (await waiting).queryRaw(statement('PRAGMA journal_mode'))).rows).toEqual([['wal']]);
  });

  it('is refused in memory', async () => {
    await expect(connect(':memory:')).rejects.toMatchObject({ code: 'settings' });
  });

  it('begins no transaction once a setting was lost, and works again when it is back', async () => {
    const connection = await connect(tempDatabaseUrl());
    await connection.executeRaw(statement('PRAGMA synchronous = OFF'));
    await expect(connection.startTransaction()).rejects.toMatchObject({ code: 'settings' });
    await connection.ensureDurable();
    const transaction = await connection.startTransaction();
    await transaction.rollback();
  });
});

describe('a transaction', () => {
  it('keeps everything else of its connection waiting until it ends', async () => {
    const connection = await connect(tempDatabaseUrl());
    await connection.executeScript('CREATE TABLE t (id TEXT PRIMARY KEY)');
    const transaction = await connection.startTransaction();
    await transaction.executeRaw(statement(`INSERT INTO t VALUES ('1')`));
    const meanwhile = connection.queryRaw(statement('SELECT count(*) FROM t'));
    await transaction.rollback();
    expect((await meanwhile).rows).toEqual([[0]]);
  });

  it('makes another writer of the process wait its turn instead of blocking it', async () => {
    const url = tempDatabaseUrl();
    const [one, two] = await Promise.all([connect(url), connect(url)]);
    const first = await one.startTransaction();
    const second = two.startTransaction();
    await first.executeRaw(statement('CREATE TABLE t (id TEXT PRIMARY KEY)'));
    await first.commit();
    const transaction = await second;
    await transaction.executeRaw(statement(`INSERT INTO t VALUES ('1')`));
    await transaction.commit();
    expect((await one.queryRaw(statement('SELECT * FROM t'))).rows).toEqual([['1']]);
  });

  it('lets go of the database when its commit fails', async () => {
    const connection = await connect(tempDatabaseUrl());
    await connection.executeScript(
      'CREATE TABLE p (id TEXT PRIMARY KEY); CREATE TABLE c (id TEXT REFERENCES p (id) DEFERRABLE INITIALLY DEFERRED)',
    );
    const transaction = await connection.startTransaction();
    await transaction.executeRaw(statement(`INSERT INTO c VALUES ('no such')`));
    await expect(transaction.commit()).rejects.toThrow(/FOREIGN KEY|ForeignKey/);
    const next = await connection.startTransaction();
    await next.commit();
    expect((await connection.queryRaw(statement('SELECT * FROM c'))).rows).toEqual([]);
  });

  it('is gone, and the next one works, when the disk is full', async () => {
    const connection = await connect(tempDatabaseUrl());
    await connection.executeScript('CREATE TABLE t (text TEXT)');
    await connection.queryRaw(statement('PRAGMA max_page_count = 4'));
    const transaction = await connection.startTransaction();
    const failure = await transaction
      .executeRaw(statement(`INSERT INTO t VALUES (hex(zeroblob(100000)))`))
      .catch((error: unknown) => toStoreError(error, 'writing'));
    expect(failure).toMatchObject({ code: 'full' });
    await transaction.rollback();
    const next = await connection.startTransaction();
    await next.executeRaw(statement(`INSERT INTO t VALUES ('small')`));
    await next.commit();
    expect((await connection.queryRaw(statement('SELECT * FROM t'))).rows).toEqual([['small']]);
  });
});

describe('an error of the database', () => {
  it('is "busy" when another process holds it', async () => {
    const url = tempDatabaseUrl();
    const transaction = await (await connect(url)).startTransaction();
    const impatient = await new PrismaLibSql({ url }).connect();
    opened.push(impatient);
    const failure = await impatient.executeRaw(statement('CREATE TABLE t (id TEXT)')).catch((error: unknown) => error);
    expect(toStoreError(failure, 'writing')).toMatchObject({ code: 'busy', name: 'StoreError', cause: failure });
    await transaction.rollback();
  });

  it('is "unknown" when nothing is known about it, and keeps its text', () => {
    expect(toStoreError(new Error('odd'), 'writing')).toMatchObject({
      code: 'unknown',
      message: 'writing failed: odd',
    });
    expect(toStoreError('odd', 'writing').message).toBe('writing failed: odd');
  });

  it('stays what it was when it is one of ours', () => {
    const error = new StoreError('url', 'no');
    expect(toStoreError(error, 'writing')).toBe(error);
  });
});
