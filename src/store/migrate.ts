/**
 * Brings a database to the shape this program knows. The folder and the bookkeeping table are Prisma's own, so its tools
 * can read what was done; the runner needs none of them.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SqlQueryable } from '@prisma/driver-adapter-utils';
import type { DurableConnection } from './connection.ts';
import { StoreError, toStoreError } from './errors.ts';

/** The migrations this program came with. */
export const MIGRATIONS = fileURLToPath(new URL('../../prisma/migrations', import.meta.url));

interface Migration {
  name: string;
  sql: string;
  /** SHA-256 of the script, hexadecimal. */
  checksum: string;
}

interface Applied {
  name: string;
  checksum: string;
  finished: boolean;
}

/**
 * Applies what is missing, each migration in a transaction of its own. Several processes may do this at once.
 * @param folder where the migrations lie
 * @returns the names of those this call applied
 * @throws {StoreError} with code `migration` when the database was made by a newer program, when an applied migration
 * is no longer what it was, or when one fails; the database is then as before that one
 */
export async function migrate(connection: DurableConnection, folder: string = MIGRATIONS): Promise<string[]> {
  const wanted = readMigrations(folder);
  const missing = missingOf(wanted, await readApplied(connection));
  const applied: string[] = [];
  for (const migration of missing) {
    if (await apply(connection, migration)) applied.push(migration.name);
  }
  return applied;
}

function readMigrations(folder: string): Migration[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
    .map((name) => {
      // A checkout may have turned the line ends; what the script does is the same.
      const sql = readFileSync(join(folder, name, 'migration.sql'), 'utf8').replaceAll('\r\n', '\n');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    });
}

async function readApplied(connection: SqlQueryable): Promise<Map<string, Applied>> {
  const exists = await rows(connection, `SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '${LEDGER}'`);
  if (exists.length === 0) return new Map();
  const applied = await rows(
    connection,
    `SELECT migration_name, checksum, finished_at IS NOT NULL FROM ${LEDGER} WHERE rolled_back_at IS NULL`,
  );
  return new Map(
    applied.map(([name, checksum, finished]) => [
      String(name),
      { name: String(name), checksum: String(checksum), finished: Number(finished) === 1 },
    ]),
  );
}

function missingOf(wanted: readonly Migration[], applied: ReadonlyMap<string, Applied>): Migration[] {
  const known = new Map(wanted.map((migration) => [migration.name, migration]));
  for (const { name, checksum, finished } of applied.values()) {
    const migration = known.get(name);
    if (!migration) {
      throw new StoreError(
        'migration',
        `this database was made by a newer program: it has migration ${name}, which this one does not know`,
      );
    }
    if (migration.checksum !== checksum) {
      throw new StoreError('migration', `migration ${name} was changed after this database had it applied`);
    }
    if (!finished) throw new StoreError('migration', `migration ${name} was begun on this database and never finished`);
  }
  return wanted.filter(({ name }) => !applied.has(name));
}

/** Applies one migration; false when another process was quicker. */
async function apply(connection: DurableConnection, migration: Migration): Promise<boolean> {
  try {
    await connection.executeScript(scriptOf(migration));
    return true;
  } catch (error) {
    const applied = await readApplied(connection);
    if (applied.get(migration.name)?.checksum === migration.checksum) return false;
    const reason = toStoreError(error, `migration ${migration.name}`);
    throw new StoreError('migration', reason.message, { cause: error });
  } finally {
    await connection.ensureDurable();
  }
}

const LEDGER = '_prisma_migrations';
const NOW = `strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')`;

/**
 * The migration as one transaction. The driver rolls back whatever a script leaves open, so the script must hold both
 * ends. The ledger's row comes first and its id follows from the migration: of two processes the second fails on it
 * before it has touched anything. Tables may be rebuilt, which foreign keys would forbid; they are checked at the end.
 */
function scriptOf({ name, sql, checksum }: Migration): string {
  const id = checksum.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  const quoted = name.replaceAll("'", "''");
  return `
PRAGMA foreign_keys = OFF;
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS ${LEDGER} (
  id TEXT PRIMARY KEY NOT NULL,
  checksum TEXT NOT NULL,
  finished_at DATETIME,
  migration_name TEXT NOT NULL,
  logs TEXT,
  rolled_back_at DATETIME,
  started_at DATETIME NOT NULL DEFAULT current_timestamp,
  applied_steps_count INTEGER UNSIGNED NOT NULL DEFAULT 0
);
INSERT INTO ${LEDGER} (id, checksum, migration_name, started_at) VALUES ('${id}', '${checksum}', '${quoted}', ${NOW});
${sql}
;
CREATE TEMP TABLE foreign_key_problems (found INTEGER CHECK (found = 0));
INSERT INTO foreign_key_problems SELECT count(*) FROM pragma_foreign_key_check;
DROP TABLE foreign_key_problems;
UPDATE ${LEDGER} SET finished_at = ${NOW}, applied_steps_count = 1 WHERE id = '${id}';
COMMIT;
`;
}

async function rows(connection: SqlQueryable, sql: string): Promise<unknown[][]> {
  return (await connection.queryRaw({ sql, args: [], argTypes: [] })).rows;
}
