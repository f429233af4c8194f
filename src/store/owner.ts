/** One process runs the bot on a database; a second would remind and answer everybody twice. */
import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PrismaLibSql } from '@prisma/adapter-libsql';
import type { SqlQuery } from '@prisma/driver-adapter-utils';
import { StoreError, toStoreError } from './errors.ts';
import { pathOf } from './path.ts';

/** Beside the database; empty, and left where it is: whoever removes it could remove what another has just taken. */
const SUFFIX = '.owner';

/** No waiting: an owner does not let go within seconds. */
const NO_PATIENCE = 0;

const statement = (sql: string): SqlQuery => ({ sql, args: [], argTypes: [] });

/**
 * Becomes the owner of a database until the function it returns is called, or the process ends in whatever way: what
 * is held is a lock of the operating system, so neither a kill nor a number used again for another process leaves
 * anything to clean up. Short commands may go on using the database; they do not ask for this.
 * @param url as for {@link openStore}
 * @throws {StoreError} `owned` while another process, or another run in this one, is the owner; else `url` or `io`
 */
export async function becomeOwner(url: string): Promise<() => Promise<void>> {
  const path = `${pathOf(url)}${SUFFIX}`;
  try {
    // As the database's own folder: for this account alone.
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const connection = await new PrismaLibSql({ url: pathToFileURL(path).href, timeout: NO_PATIENCE }).connect();
    try {
      await connection.executeRaw(statement('BEGIN EXCLUSIVE'));
    } catch (error) {
      await connection.dispose();
      throw error;
    }
    return async () => {
      // Said aloud, so that it does not depend on when the driver frees a closed connection.
      await connection.executeRaw(statement('ROLLBACK'));
      await connection.dispose();
    };
  } catch (error) {
    const failure = toStoreError(error, `opening ${path}`, 'io');
    if (failure.code !== 'busy') throw failure;
    throw new StoreError('owned', 'another process runs the bot on this database', { cause: error });
  }
}

/**
 * Whether a process runs the bot on this database now.
 * @throws {StoreError} as {@link becomeOwner} does, but never `owned`
 */
export async function isOwned(url: string): Promise<boolean> {
  if (!existsSync(`${pathOf(url)}${SUFFIX}`)) return false;
  try {
    const release = await becomeOwner(url);
    await release();
    return false;
  } catch (error) {
    if (error instanceof StoreError && error.code === 'owned') return true;
    throw error;
  }
}
