import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { put } from '../../src/core/rows/index.ts';
import { SHAPES, TABLES } from '../../src/store/columns.ts';
import { openStore } from '../../src/store/prisma.ts';
import type { Store } from '../../src/store/store.ts';
import { killNow, linesOf, rawSql, spawnStoreChild } from '../support/sqlite.ts';
import { tempDatabaseUrl, tempFolder } from '../support/temp-database.ts';
import { inbound, person, TODAY, TRICKY } from './rows.ts';
import { describeStore } from './store.ts';

const stores: Store[] = [];

async function open(url: string): Promise<Store> {
  const store = await openStore({ url });
  stores.push(store);
  return store;
}

afterEach(async () => {
  await Promise.all(stores.splice(0).map((store) => store.close()));
});

describeStore('the store on SQLite', async () => {
  const url = tempDatabaseUrl();
  const first = await openStore({ url });
  const opened = [first];
  return {
    store: first,
    reopen: async () => {
      const store = await openStore({ url });
      opened.push(store);
      return store;
    },
    dispose: async () => {
      await Promise.all(opened.map((store) => store.close()));
    },
  };
});

describe('the columns in code', () => {
  it('are those of the database, in name, order, type and nullability', async () => {
    const url = tempDatabaseUrl();
    await open(url);
    const types = { text: 'TEXT', json: 'TEXT', integer: 'INTEGER', real: 'REAL', instant: 'DATETIME' };
    for (const { name, columns } of Object.values(SHAPES)) {
      const found = await rawSql(url, `SELECT name, type, "notnull", pk FROM pragma_table_info('${name}')`);
      const expected = columns.map((column, i) => [
        column.name,
        types[column.kind],
        column.nullable ? 0 : 1,
        i === 0 ? 1 : 0,
      ]);
      expect({ name, found }).toEqual({ name, found: expected });
    }
  });

  it('leave out no table', async () => {
    const url = tempDatabaseUrl();
    await open(url);
    const found = await rawSql(
      url,
      `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\'`,
    );
    expect(found.flat().sort()).toEqual(TABLES.map((table) => SHAPES[table].name).sort());
  });

  it('name every table after those it refers to', async () => {
    const url = tempDatabaseUrl();
    await open(url);
    const order = TABLES.map((table) => SHAPES[table].name);
    for (const name of order) {
      const parents = await rawSql(url, `SELECT "table" FROM pragma_foreign_key_list('${name}')`);
      for (const [parent] of parents) expect(order.indexOf(String(parent))).toBeLessThanOrEqual(order.indexOf(name));
    }
  });
});

describe('the database file', () => {
  it('is made with its folder, and kept in write-ahead mode', async () => {
    const folder = join(tempFolder(), 'not', 'there yet');
    const store = await open(`file:${folder}/gridbot.db`);
    await store.commit([put('person', person('zhang'))]);
    expect(existsSync(join(folder, 'gridbot.db-wal'))).toBe(true);
    expect(await rawSql(`file:${folder}/gridbot.db`, 'PRAGMA journal_mode')).toEqual([['wal']]);
  });

  it('holds everything by itself after a clean stop', async () => {
    const folder = tempFolder();
    const store = await open(`file:${folder}/gridbot.db`);
    await store.commit([put('person', person('zhang'))]);
    await store.close();
    writeFileSync(join(folder, 'copy.db'), readFileSync(join(folder, 'gridbot.db')));
    const copy = await open(`file:${folder}/copy.db`);
    expect((await copy.load(TODAY)).person).toEqual([person('zhang')]);
  });

  it('may lie at a path with spaces, Chinese and percent signs', async () => {
    const folder = tempFolder();
    await open(`file:${folder}/网格 100%25/数据.db`);
    expect(readdirSync(join(folder, '网格 100%'))).toContain('数据.db');
  });

  it('keeps a message as text a person can read, and instants as milliseconds', async () => {
    const url = tempDatabaseUrl();
    const store = await open(url);
    await store.commit([put('inbound', inbound('1'))]);
    const kept = await rawSql(url, 'SELECT text, typeof(sent_at), +sent_at FROM inbound');
    expect(kept).toEqual([[TRICKY, 'integer', Date.parse('2026-11-21T10:00:00.007Z')]]);
  });

  it.each([
    ':memory:',
    'file::memory:',
    'file:',
    'file:x.db?mode=memory',
    'file://server/x.db',
    'libsql://x.example',
    'x.db',
    '',
  ])('is not "%s"', async (url) => {
    await expect(openStore({ url })).rejects.toMatchObject({ code: 'url' });
  });

  it('is refused when it is something else', async () => {
    const file = join(tempFolder(), 'gridbot.db');
    writeFileSync(file, 'This is a letter, no database. '.repeat(100));
    await expect(openStore({ url: `file:${file}` })).rejects.toMatchObject({ code: 'corrupt' });
  });

  it('is refused when it is a folder, or lies in what is none', async () => {
    const folder = tempFolder();
    writeFileSync(join(folder, 'file'), '');
    await expect(openStore({ url: `file:${folder}` })).rejects.toMatchObject({ code: 'io' });
    await expect(openStore({ url: `file:${folder}/file/gridbot.db` })).rejects.toMatchObject({ code: 'io' });
  });
});

describe('a long life', () => {
  it('does not open more and more files', async () => {
    const store = await open(tempDatabaseUrl());
    const openFiles = () => readdirSync('/proc/self/fd').length;
    await store.commit([put('person', person('zhang'))]);
    const before = openFiles();
    for (let i = 0; i < 200; i++) await store.commit([put('person', person(`${i}`))]);
    for (let i = 0; i < 50; i++) await store.load(TODAY);
    expect(openFiles()).toBeLessThan(before + 20);
  });
});

describe('a read that failed', () => {
  it('keeps no later one from succeeding', async () => {
    const url = tempDatabaseUrl();
    const store = await open(url);
    await store.commit([put('person', person('zhang'))]);
    await rawSql(url, 'ALTER TABLE gap RENAME TO lost');
    await expect(store.load(TODAY)).rejects.toMatchObject({ name: 'StoreError' });
    await rawSql(url, 'ALTER TABLE lost RENAME TO gap');
    expect((await store.load(TODAY)).person).toEqual([person('zhang')]);
    await store.commit([put('person', person('li'))]);
    expect((await store.load(TODAY)).person).toHaveLength(2);
  });
});

describe('several processes', () => {
  it('may open a new database at once and all write to it', { timeout: 30_000 }, async () => {
    const url = tempDatabaseUrl();
    const names = ['a', 'b', 'c', 'd'];
    const printed = await Promise.all(names.map((name) => linesOf(spawnStoreChild(url, name, '10'))));
    expect(printed.map((lines) => lines.length)).toEqual([10, 10, 10, 10]);
    const store = await open(url);
    const ids = names.flatMap((name) => Array.from({ length: 10 }, (_, i) => `${name} ${i}`));
    expect((await store.check(ids)).known.size).toBe(40);
    const migrations = readdirSync('prisma/migrations', { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(await rawSql(url, 'SELECT count(*) FROM _prisma_migrations')).toEqual([[migrations.length]]);
  });

  it('lose nothing that was acknowledged when one is killed', { timeout: 30_000 }, async () => {
    const url = tempDatabaseUrl();
    const child = spawnStoreChild(url, 'message', '1000000');
    const acknowledged = await linesOf(child, (lines) => lines.length >= 30);
    await killNow(child);
    const store = await open(url);
    const ids = acknowledged.map((line) => `message ${line}`);
    expect((await store.check(ids)).known).toEqual(new Set(ids));
  });
});
