/**
 * The settings that durability rests on. With a write-ahead log (`journal_mode` WAL) that is synced at each commit
 * (`synchronous` FULL) a commit has reached the disk before it resolves, and a log that ends in the midst of a commit is
 * read up to the commit before it. On macOS a plain fsync leaves the data in the drive's own cache, which a power cut
 * empties; `fullfsync` has SQLite ask for F_FULLFSYNC there, and changes nothing elsewhere.
 */
import { setTimeout } from 'node:timers/promises';
import type { SqlDriverAdapter, SqlQuery, SqlQueryable } from '@prisma/driver-adapter-utils';
import { StoreError, toStoreError } from './errors.ts';

/** How long a statement waits for another process to let go of the database, milliseconds. */
export const BUSY_TIMEOUT = 5_000;

/**
 * Pages of the file that a connection keeps, KiB: with SQLite's own two thousand the indexes of a large county are read
 * anew for every commit.
 */
const CACHE_KIB = 16_384;

/**
 * Pages in the log before they are brought into the file: a page that many commits change is brought there once, and with
 * more of them whoever waits for that commit waits longer. The log stays below some 8 MB, and a start after a kill reads no
 * more than that.
 */
const CHECKPOINT_PAGES = 2_000;

/** Between two tries at what cannot wait by itself, milliseconds. */
const PAUSE = 10;

const FULL = 2;

const statement = (sql: string): SqlQuery => ({ sql, args: [], argTypes: [] });

/** Sets what may be set and verifies it. @throws {StoreError} with code `settings` */
export async function ensureDurable(inner: SqlDriverAdapter): Promise<void> {
  const before = await readSettings(inner);
  // Kept in the file; setting it again would take a lock for nothing.
  if (before.journal_mode !== 'wal') await whileBusy(() => inner.queryRaw(statement('PRAGMA journal_mode = WAL')));
  await inner.executeRaw(statement('PRAGMA synchronous = FULL'));
  await inner.queryRaw(statement(`PRAGMA cache_size = -${CACHE_KIB}`));
  await inner.queryRaw(statement(`PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}`));
  await inner.executeRaw(statement('PRAGMA fullfsync = ON'));
  await inner.executeRaw(statement('PRAGMA foreign_keys = ON'));
  if (Number(before.busy_timeout) < BUSY_TIMEOUT) {
    await inner.queryRaw(statement(`PRAGMA busy_timeout = ${BUSY_TIMEOUT}`));
  }
  await assertDurable(inner);
}

/** Asks again for as long as {@link BUSY_TIMEOUT}: a change of the log's mode is refused at once where others wait. */
async function whileBusy(work: () => Promise<unknown>): Promise<void> {
  const giveUpAt = performance.now() + BUSY_TIMEOUT;
  for (;;) {
    try {
      await work();
      return;
    } catch (error) {
      if (toStoreError(error, 'setting up').code !== 'busy' || performance.now() > giveUpAt) throw error;
    }
    await setTimeout(PAUSE);
  }
}

/** @throws {StoreError} with code `settings` where a commit could be lost or a reference broken */
export async function assertDurable(inner: SqlQueryable): Promise<void> {
  const found = await readSettings(inner);
  const wrong: string[] = [];
  if (found.journal_mode !== 'wal') wrong.push(`journal_mode is ${found.journal_mode}, not wal`);
  if (Number(found.synchronous) !== FULL) wrong.push(`synchronous is ${found.synchronous}, not FULL (${FULL})`);
  if (Number(found.fullfsync) !== 1) wrong.push(`fullfsync is ${found.fullfsync}, not ON (1)`);
  if (Number(found.foreign_keys) !== 1) wrong.push(`foreign_keys is ${found.foreign_keys}, not ON (1)`);
  if (!(Number(found.busy_timeout) >= BUSY_TIMEOUT)) {
    wrong.push(`busy_timeout is ${found.busy_timeout} ms, less than ${BUSY_TIMEOUT}`);
  }
  if (wrong.length > 0) throw new StoreError('settings', `this database cannot be made durable: ${wrong.join('; ')}`);
}

interface Settings {
  journal_mode: unknown;
  synchronous: unknown;
  fullfsync: unknown;
  foreign_keys: unknown;
  busy_timeout: unknown;
}

const SETTINGS = statement(
  'SELECT journal_mode, synchronous, fullfsync, foreign_keys, timeout ' +
    'FROM pragma_journal_mode, pragma_synchronous, pragma_fullfsync, pragma_foreign_keys, pragma_busy_timeout',
);

async function readSettings(inner: SqlQueryable): Promise<Settings> {
  const [row] = (await inner.queryRaw(SETTINGS)).rows;
  const [journal_mode, synchronous, fullfsync, foreign_keys, busy_timeout] = row ?? [];
  return { journal_mode, synchronous, fullfsync, foreign_keys, busy_timeout };
}
