/**
 * Connections that keep what they acknowledge. Every connection is checked for the settings durability rests on before
 * anything runs on it, and once more before each transaction, see {@link assertDurable}. The file must still be the one
 * at its path.
 */
import { stat } from 'node:fs/promises';
import type { SqlDriverAdapter, SqlDriverAdapterFactory, SqlQuery, Transaction } from '@prisma/driver-adapter-utils';
import { ThreadedLibSql } from './driver.ts';
import { StoreError } from './errors.ts';
import { createLock, fileLock, type Lock } from './lock.ts';
import { assertDurable, BUSY_TIMEOUT, ensureDurable } from './settings.ts';

/** A connection, and the means to check it again after something may have changed its settings. */
export interface DurableConnection extends SqlDriverAdapter {
  /** Sets what may be set and verifies it. @throws {StoreError} with code `settings` */
  ensureDurable(): Promise<void>;
}

export interface DurableFactory extends SqlDriverAdapterFactory {
  connect(): Promise<DurableConnection>;
}

/**
 * Opens durable connections to one file.
 * @param path absolute path of the database; writers of this process on the same path take turns
 * @param base where the bare connections come from
 */
export function durableFactory(path: string, base: SqlDriverAdapterFactory): DurableFactory {
  return {
    provider: base.provider,
    adapterName: base.adapterName,
    async connect() {
      const open = (): Promise<SqlDriverAdapter> => openDurable(base);
      const first = await open();
      return wrap(first, open, fileLock(path), await assertionOfPlace(path));
    },
  };
}

async function openDurable(base: SqlDriverAdapterFactory): Promise<SqlDriverAdapter> {
  const connection = await base.connect();
  try {
    await ensureDurable(connection);
    return connection;
  } catch (error) {
    await connection.dispose();
    throw error;
  }
}

/**
 * SQLite goes on writing to a file that was removed, or that another was put in the place of, and all of that is gone
 * when the process ends. Call what this gives before a transaction.
 * @throws {StoreError} `io`, from what it gives, while the file that was opened is not the one at its path
 */
async function assertionOfPlace(path: string): Promise<() => Promise<void>> {
  const fileAtPath = async (): Promise<string | null> => {
    const found = await stat(path, { bigint: true }).catch(() => null);
    return found && `${found.dev} ${found.ino}`;
  };
  const opened = await fileAtPath();
  return async () => {
    if ((await fileAtPath()) === opened) return;
    throw new StoreError('io', 'the database file was removed or replaced while it was open');
  };
}

/** The bare connections of the driver to the file at a path. */
export function libsqlFactory(path: string): SqlDriverAdapterFactory {
  return new ThreadedLibSql({ url: path, timeout: BUSY_TIMEOUT });
}

const statement = (sql: string): SqlQuery => ({ sql, args: [], argTypes: [] });

/**
 * The driver's own transactions take the connection away and open a new one for whatever comes next; those old ones stay
 * open until they are garbage-collected. Here a transaction runs on the one connection, as BEGIN IMMEDIATE so that it
 * never has to give up half-way because another process wrote first.
 */
function wrap(
  first: SqlDriverAdapter,
  open: () => Promise<SqlDriverAdapter>,
  writers: Lock,
  assertInPlace: () => Promise<void>,
): DurableConnection {
  const turn = createLock();
  let inner = first;
  /**
   * A BEGIN that waited for another process in vain is left half-way by the driver until it is garbage-collected. So
   * long SQLite ends no transaction on that connection, keeps its reads at that moment, and waits for nobody any more.
   */
  const begin = async (): Promise<void> => {
    try {
      await inner.executeRaw(statement('BEGIN IMMEDIATE'));
    } catch (error) {
      const spoilt = inner;
      inner = await open().catch(() => spoilt);
      if (inner !== spoilt) {
        // One that is only closed would hold on to a transaction until it is garbage-collected.
        await abandon(spoilt).catch(() => undefined);
        await spoilt.dispose();
      }
      throw error;
    }
  };
  const alone = async <T>(work: () => Promise<T>): Promise<T> => {
    const release = await turn();
    try {
      return await work();
    } finally {
      release();
    }
  };

  return {
    provider: inner.provider,
    adapterName: inner.adapterName,
    queryRaw: (query) => alone(() => inner.queryRaw(query)),
    executeRaw: (query) => alone(() => inner.executeRaw(query)),
    ensureDurable: () => alone(() => ensureDurable(inner)),
    dispose: () => alone(() => inner.dispose()),

    async executeScript(script) {
      const done = await writers();
      try {
        await alone(() => inner.executeScript(script));
      } finally {
        done();
      }
    },

    async startTransaction() {
      const done = await writers();
      const release = await turn();
      const end = () => {
        release();
        done();
      };
      try {
        await Promise.all([assertInPlace(), assertDurable(inner)]);
        await begin();
        return transactionOn(inner, end);
      } catch (error) {
        end();
        throw error;
      }
    },
  };
}

function transactionOn(inner: SqlDriverAdapter, end: () => void): Transaction {
  return {
    provider: inner.provider,
    adapterName: inner.adapterName,
    // The client leaves BEGIN, COMMIT and ROLLBACK to us.
    options: { usePhantomQuery: true },
    queryRaw: (query) => inner.queryRaw(query),
    executeRaw: (query) => inner.executeRaw(query),
    async commit() {
      try {
        await inner.executeRaw(statement('COMMIT'));
      } catch (error) {
        await abandon(inner);
        throw error;
      } finally {
        end();
      }
    },
    async rollback() {
      try {
        await abandon(inner);
      } finally {
        end();
      }
    },
  };
}

/** Rolls back; SQLite may have done so by itself, after a full disk for one, and then says there is nothing to end. */
async function abandon(inner: SqlDriverAdapter): Promise<void> {
  await inner.executeRaw(statement('ROLLBACK')).catch((error: unknown) => {
    if (!(error instanceof Error) || !/no transaction is active/.test(JSON.stringify(error.cause) + error.message)) {
      throw error;
    }
  });
}
