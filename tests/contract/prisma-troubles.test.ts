/** What the store on SQLite does when it is closed, when a connection breaks and when its file is not what it was. */
import { copyFileSync, existsSync, readdirSync, readlinkSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { PrismaLibSql } from '@prisma/adapter-libsql';
import type { SqlDriverAdapter } from '@prisma/driver-adapter-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { put } from '../../src/core/rows/index.ts';
import { durableFactory, libsqlFactory } from '../../src/store/connection.ts';
import { openStore } from '../../src/store/prisma.ts';
import { DuplicateError, type Store } from '../../src/store/store.ts';
import { rawSql } from '../support/sqlite.ts';
import { tempDatabaseUrl, tempFolder } from '../support/temp-database.ts';
import { COUNTY, dayOf, inbound, person, report, TODAY } from './rows.ts';

const stores: Store[] = [];

async function open(url: string): Promise<Store> {
  const store = await openStore({ url });
  stores.push(store);
  return store;
}

afterEach(async () => {
  await Promise.all(stores.splice(0).map((store) => store.close()));
});

describe('closing', () => {
  const pathIn = (url: string): string => url.replace('file:', '');
  const logSize = (url: string): number => statSync(`${pathIn(url)}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  const insert = (id: string) => ({ table: 'inbound', op: 'insert', row: inbound(id) }) as const;

  /** Another writer of this process, in whose transaction everybody else has to wait. */
  async function writer(url: string): Promise<{ letGo: () => Promise<void> }> {
    const connection = await durableFactory(pathIn(url), libsqlFactory(pathIn(url))).connect();
    const transaction = await connection.startTransaction();
    return { letGo: () => transaction.rollback().then(() => connection.dispose()) };
  }

  it('waits for every commit and read asked for before, and leaves all of it in one file', async () => {
    const url = tempDatabaseUrl();
    const store = await openStore({ url });
    await store.load(TODAY);
    const other = await writer(url);
    const commits = ['1', '2', '3'].map((id) => store.commit([insert(id)]));
    const reads = [store.load(TODAY), store.check(['1'])];
    let isClosed = false;
    const closed = store.close().then(() => {
      isClosed = true;
    });
    await Promise.all(reads);
    expect(isClosed).toBe(false);
    await other.letGo();
    await Promise.all([...commits, closed]);
    expect(logSize(url)).toBe(0);
    expect((await (await open(url)).check(['1', '2', '3'])).known.size).toBe(3);
  });

  it('is over before what is asked for afterwards: that is refused, and no file is opened for it', async () => {
    const folder = tempFolder();
    const store = await openStore({ url: `file:${folder}/here/gridbot.db` });
    const prepared = store.prepare([insert('1')]);
    await store.close();
    rmSync(join(folder, 'here'), { recursive: true });
    const closed = { name: 'StoreError', message: expect.stringContaining('the store is closed') };
    await expect(store.check(['1'])).rejects.toMatchObject(closed);
    await expect(store.load(TODAY)).rejects.toMatchObject(closed);
    await expect(store.period(`daily@${TODAY}`)).rejects.toMatchObject(closed);
    await expect(store.dead(1)).rejects.toMatchObject(closed);
    await expect(prepared()).rejects.toMatchObject(closed);
    await expect(store.commit([insert('2')])).rejects.toMatchObject(closed);
    await expect(store.claimTries('telegram:7', 0)).rejects.toMatchObject({ name: 'StoreError' });
    expect(existsSync(join(folder, 'here'))).toBe(false);
  });

  it('lets go of its files, however often the database is opened and closed', { timeout: 30_000 }, async () => {
    const folder = tempFolder();
    const openFiles = (): number =>
      readdirSync('/proc/self/fd').filter((fd) => {
        try {
          return readlinkSync(`/proc/self/fd/${fd}`).startsWith(folder);
        } catch {
          return false;
        }
      }).length;
    const url = `file:${folder}/gridbot.db`;
    for (let times = 0; times < 60; times += 1) {
      const store = await openStore({ url });
      await store.load(TODAY);
      await store.commit([insert(`${times}`)]);
      await store.check(['0']);
      await store.close();
      expect(logSize(url)).toBe(0);
    }
    // The driver closes files when what held them is collected: not at once, but none is held for good.
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    await expect
      .poll(
        () => {
          collect();
          return openFiles();
        },
        { timeout: 20_000 },
      )
      .toBeLessThan(30);
  });
});

describe('a connection that broke', () => {
  /** The connections a store has opened, the one that writes first; then the one that reads. */
  async function opened(url: string): Promise<{ store: Store; connections: SqlDriverAdapter[] }> {
    const connect = vi.spyOn(PrismaLibSql.prototype, 'connect');
    try {
      const store = await open(url);
      await store.check([]);
      return { store, connections: await Promise.all(connect.mock.results.map(({ value }) => value)) };
    } finally {
      connect.mockRestore();
    }
  }

  it('costs one question, whether one row or the whole county is asked for, and no commit', async () => {
    const url = tempDatabaseUrl();
    const first = await opened(url);
    await first.connections[1]?.dispose();
    await expect(first.store.check(['1'])).rejects.toMatchObject({ name: 'StoreError' });
    await first.store.commit([put('inbound', inbound('1'))]);
    expect((await first.store.check(['1'])).known.size).toBe(1);

    const second = await opened(url);
    await second.connections[1]?.dispose();
    await expect(second.store.load(TODAY)).rejects.toMatchObject({ name: 'StoreError' });
    expect((await second.store.load(TODAY)).person).toEqual([]);
  });

  it('says of a commit why it failed, though it could not be undone, and lets none of it stand', async () => {
    const url = tempDatabaseUrl();
    const { store, connections } = await opened(url);
    const [connection] = connections;
    if (!connection) throw new Error('the store has opened no connection');
    await store.commit([put('inbound', inbound('1'))]);
    const run = connection.executeRaw.bind(connection);
    let failures = 1;
    vi.spyOn(connection, 'executeRaw').mockImplementation(async (query) => {
      if (query.sql === 'ROLLBACK' && failures-- > 0) throw new Error('it cannot be undone');
      return run(query);
    });
    const again = { table: 'inbound', op: 'insert', row: inbound('1') } as const;
    await expect(store.commit([put('person', person('zhang')), again])).rejects.toBeInstanceOf(DuplicateError);
    // The next commit finds out that it was not undone, those after it have a new connection.
    await expect(store.commit([put('person', person('li'))])).rejects.toMatchObject({ name: 'StoreError' });
    await store.commit([put('person', person('wang'))]);
    expect((await store.load(TODAY)).person).toEqual([person('wang')]);
  });
});

describe('rows that are damaged', () => {
  it('fail the read of them and nothing else, however many of them there are', async () => {
    const url = tempDatabaseUrl();
    const store = await open(url);
    const rejections: unknown[] = [];
    const note = (reason: unknown): void => void rejections.push(reason);
    process.on('unhandledRejection', note);
    try {
      const reports = Array.from({ length: 5_000 }, (_, at) => put('report', report(`${at}`, `daily@${TODAY}@grid`)));
      await store.commit([...COUNTY, ...dayOf(TODAY).filter(({ table }) => table !== 'report'), ...reports]);
      // The first cannot be made into a row; the last, which is read meanwhile, cannot be read at all.
      await rawSql(url, `UPDATE report SET "values" = 'no JSON' WHERE id LIKE '%#0'`);
      await rawSql(url, `UPDATE report SET note = x'ff' WHERE id LIKE '%#4999'`);
      await expect(store.load(TODAY)).rejects.toMatchObject({ name: 'StoreError' });
      expect((await store.check([])).known.size).toBe(0);
      await new Promise((resolve) => setImmediate(resolve));
    } finally {
      process.off('unhandledRejection', note);
    }
    expect(rejections).toEqual([]);
  });
});

describe('a database file that is taken away while it is open', () => {
  const GONE = { code: 'io', message: expect.stringContaining('removed or replaced') };

  it('takes nothing more that would be gone with it, and all when it is back', async () => {
    const folder = tempFolder();
    const store = await open(`file:${folder}/gridbot.db`);
    await store.commit([put('person', person('zhang'))]);
    renameSync(join(folder, 'gridbot.db'), join(folder, 'away.db'));
    await expect(store.commit([put('person', person('li'))])).rejects.toMatchObject(GONE);
    renameSync(join(folder, 'away.db'), join(folder, 'gridbot.db'));
    await store.commit([put('person', person('wang'))]);
    expect((await store.load(TODAY)).person).toEqual([person('zhang'), person('wang')]);
  });

  it('takes nothing more where another was put in its place, and leaves that one alone', async () => {
    const folder = tempFolder();
    const url = `file:${folder}/gridbot.db`;
    const backup = await openStore({ url: `file:${folder}/backup.db` });
    await backup.commit([put('person', person('of the backup'))]);
    await backup.close();
    const store = await open(url);
    await store.commit([put('person', person('zhang'))]);
    for (const suffix of ['', '-wal', '-shm']) rmSync(join(folder, `gridbot.db${suffix}`));
    copyFileSync(join(folder, 'backup.db'), join(folder, 'gridbot.db'));
    await expect(store.commit([put('person', person('li'))])).rejects.toMatchObject(GONE);
    await expect(store.commit([put('person', person('li'))])).rejects.toMatchObject(GONE);
    await store.close();
    expect((await (await open(url)).load(TODAY)).person).toEqual([person('of the backup')]);
  });
});
