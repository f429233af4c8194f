import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { SHAPES } from '../../src/store/columns.ts';
import { MIGRATIONS } from '../../src/store/migrate.ts';
import { pathOf } from '../../src/store/path.ts';
import { openStore } from '../../src/store/prisma.ts';
import { rawSql } from '../support/sqlite.ts';
import { tempDatabaseUrl, tempFolder } from '../support/temp-database.ts';
import { COUNTY, EVERYTHING, TODAY } from './rows.ts';
import { byTable, rowsByTable } from './snapshots.ts';

const LEDGER = 'SELECT migration_name FROM _prisma_migrations ORDER BY started_at, rowid';

/** Reports were once called by their message alone. */
const OLD_REPORT_IDS = `UPDATE report SET id = replace(id, obligation_id || '#', '')`;

/** The migrations there are, or those before one of them, copied so that a test may add to them. */
function ownMigrations(before = '~'): string {
  const folder = join(tempFolder(), 'migrations');
  mkdirSync(folder);
  for (const name of names())
    if (name < before) cpSync(join(MIGRATIONS, name), join(folder, name), { recursive: true });
  return folder;
}

function addMigration(folder: string, name: string, sql: string): void {
  mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, name, 'migration.sql'), sql);
}

async function openAndClose(url: string, migrations?: string): Promise<void> {
  const store = await openStore(migrations === undefined ? { url } : { url, migrations });
  await store.close();
}

/** A database as it was before a migration, with the rows that it could hold of {@link EVERYTHING}. */
async function oldDatabase(before: string): Promise<string> {
  const [old, fresh] = [tempDatabaseUrl(), tempDatabaseUrl()];
  await openAndClose(old, ownMigrations(before));
  const store = await openStore({ url: fresh });
  await store.commit(EVERYTHING);
  await store.close();
  const copies: string[] = [];
  for (const { name } of Object.values(SHAPES)) {
    const columns = await rawSql(old, `SELECT '"' || name || '"' FROM pragma_table_info('${name}')`);
    if (columns.length > 0) copies.push(`INSERT INTO "${name}" (${columns}) SELECT ${columns} FROM fresh."${name}"`);
  }
  await rawSql(old, 'PRAGMA foreign_keys = OFF', `ATTACH '${pathOf(fresh)}' AS fresh`, ...copies);
  return old;
}

const names = (): string[] =>
  readdirSync(MIGRATIONS)
    .filter((name) => !name.endsWith('.toml'))
    .sort();

describe('migrations', () => {
  it('agree with the schema', { timeout: 30_000 }, () => {
    const script = fileURLToPath(new URL('../../scripts/migration.ts', import.meta.url));
    const output = execFileSync(process.execPath, ['--import', 'tsx', script, '--check'], { encoding: 'utf8' });
    expect(output).toContain('agree');
  });

  it('are applied once and recorded as Prisma records them', async () => {
    const url = tempDatabaseUrl();
    await openAndClose(url);
    await openAndClose(url);
    const recorded = await rawSql(
      url,
      `SELECT migration_name, checksum, length(id), finished_at >= started_at, rolled_back_at, logs, applied_steps_count
       FROM _prisma_migrations ORDER BY migration_name`,
    );
    const expected = names().map((name) => {
      const checksum = createHash('sha256')
        .update(readFileSync(join(MIGRATIONS, name, 'migration.sql')))
        .digest('hex');
      return [name, checksum, 36, 1, null, null, 1];
    });
    expect(recorded).toEqual(expected);
  });

  it('are applied to a database that has the earlier ones, keeping its rows', async () => {
    const url = tempDatabaseUrl();
    const store = await openStore({ url });
    await store.commit(COUNTY);
    await store.close();
    const folder = ownMigrations();
    addMigration(folder, '99990101000000_colour', `ALTER TABLE unit ADD COLUMN colour TEXT DEFAULT 'red';`);
    await openAndClose(url, folder);
    expect(await rawSql(url, 'SELECT id, colour FROM unit ORDER BY id')).toEqual([
      ['county', 'red'],
      ['grid', 'red'],
    ]);
  });

  it('turn every instant that was text into milliseconds', async () => {
    const url = await oldDatabase('20261127105500');
    // Of that time, too: the ids of reports.
    await rawSql(url, OLD_REPORT_IDS);
    for (const { name, columns } of Object.values(SHAPES)) {
      const known = (await rawSql(url, `SELECT name FROM pragma_table_info('${name}')`)).flat();
      const instants = columns.filter((column) => column.kind === 'instant' && known.includes(column.name));
      const text = ({ name }: { name: string }) => `strftime('%Y-%m-%dT%H:%M:%f+00:00', ${name} / 1000.0, 'unixepoch')`;
      for (const each of instants) await rawSql(url, `UPDATE ${name} SET ${each.name} = ${text(each)}`);
    }
    expect(await rawSql(url, 'SELECT DISTINCT typeof(received_at) FROM report')).toEqual([['text']]);
    const store = await openStore({ url });
    expect(byTable(await store.load(TODAY))).toEqual(rowsByTable(EVERYTHING));
    await store.close();
  });

  it('keep every report of a time when ids did not begin with the period', async () => {
    const url = await oldDatabase('20261127110500');
    await rawSql(url, OLD_REPORT_IDS);
    const store = await openStore({ url });
    expect(byTable(await store.load(TODAY))).toEqual(rowsByTable(EVERYTHING));
    await store.close();
  });

  it('may rebuild a table that others refer to', async () => {
    const url = tempDatabaseUrl();
    const store = await openStore({ url });
    await store.commit(COUNTY);
    await store.close();
    const folder = ownMigrations();
    addMigration(
      folder,
      '99990101000000_rebuild',
      `PRAGMA foreign_keys=OFF;
       CREATE TABLE new_unit (id TEXT NOT NULL PRIMARY KEY, parent_id TEXT REFERENCES unit (id) ON DELETE RESTRICT,
         level TEXT NOT NULL, name TEXT NOT NULL, since TEXT NOT NULL, until TEXT);
       INSERT INTO new_unit SELECT * FROM unit;
       DROP TABLE unit;
       ALTER TABLE new_unit RENAME TO unit;
       PRAGMA foreign_keys=ON;`,
    );
    const reopened = await openStore({ url, migrations: folder });
    expect((await reopened.load(TODAY)).unit).toHaveLength(2);
    await reopened.close();
  });

  it('leave nothing behind when one fails, and can be tried again', async () => {
    const url = tempDatabaseUrl();
    const folder = ownMigrations();
    const name = '99990101000000_twice';
    addMigration(folder, name, 'CREATE TABLE twice (id TEXT);\nCREATE TABLE twice (id TEXT);');
    await expect(openAndClose(url, folder)).rejects.toMatchObject({ code: 'migration' });
    expect((await rawSql(url, LEDGER)).flat()).toEqual(names());
    expect(await rawSql(url, `SELECT name FROM sqlite_master WHERE name = 'twice'`)).toEqual([]);
    addMigration(folder, name, 'CREATE TABLE twice (id TEXT);');
    await openAndClose(url, folder);
    expect((await rawSql(url, LEDGER)).flat()).toEqual([...names(), name]);
  });

  it('are refused when they would leave a row that refers to nothing', async () => {
    const url = tempDatabaseUrl();
    const store = await openStore({ url });
    await store.commit(COUNTY);
    await store.close();
    const folder = ownMigrations();
    addMigration(folder, '99990101000000_orphans', `DELETE FROM unit WHERE id = 'county';`);
    await expect(openAndClose(url, folder)).rejects.toMatchObject({ code: 'migration' });
    expect(await rawSql(url, 'SELECT count(*) FROM unit')).toEqual([[2]]);
  });

  it('are refused when one was changed after it was applied', async () => {
    const url = tempDatabaseUrl();
    const folder = ownMigrations();
    addMigration(folder, '99990101000000_a', 'CREATE TABLE a (id TEXT);');
    await openAndClose(url, folder);
    addMigration(folder, '99990101000000_a', 'CREATE TABLE a (id TEXT, more TEXT);');
    const attempt = openAndClose(url, folder);
    await expect(attempt).rejects.toMatchObject({ code: 'migration' });
    await expect(attempt).rejects.toThrow('99990101000000_a was changed');
  });

  it('count as unchanged when only their line ends were turned', async () => {
    const url = tempDatabaseUrl();
    const folder = ownMigrations();
    addMigration(folder, '99990101000000_a', 'CREATE TABLE a\n(id TEXT);\n');
    await openAndClose(url, folder);
    addMigration(folder, '99990101000000_a', 'CREATE TABLE a\r\n(id TEXT);\r\n');
    await openAndClose(url, folder);
  });

  it('are refused when a newer program made the database', async () => {
    const url = tempDatabaseUrl();
    const folder = ownMigrations();
    addMigration(folder, '99990101000000_future', 'CREATE TABLE future (id TEXT);');
    await openAndClose(url, folder);
    const attempt = openAndClose(url);
    await expect(attempt).rejects.toMatchObject({ code: 'migration' });
    await expect(attempt).rejects.toThrow(/newer program.*99990101000000_future/);
  });

  it('are refused when one was begun elsewhere and never finished', async () => {
    const url = tempDatabaseUrl();
    await openAndClose(url);
    await rawSql(url, 'UPDATE _prisma_migrations SET finished_at = NULL');
    await expect(openAndClose(url)).rejects.toThrow('never finished');
  });

  it('are applied once when two stores are opened at the same moment', async () => {
    const url = tempDatabaseUrl();
    const opened = await Promise.all([openStore({ url }), openStore({ url }), openStore({ url })]);
    await Promise.all(opened.map((store) => store.close()));
    expect((await rawSql(url, LEDGER)).flat()).toEqual(names());
  });
});
