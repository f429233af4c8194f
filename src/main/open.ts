/** Opens the database of a bot that is about to run, and tells its operator how the last one on it ended. */
import { stat } from 'node:fs/promises';
import type { Logger } from '../app.ts';
import { pathOf } from '../store/path.ts';
import { openStore } from '../store/prisma.ts';
import type { Store } from '../store/store.ts';

/**
 * Opens a database as its owner. A clean stop brings the write-ahead log into the file and leaves none: bytes in it say
 * that the last owner was killed or lost its power, and that what it had committed is taken from there.
 * @param url as for {@link openStore}
 * @throws {StoreError} as {@link openStore} does
 */
export async function openOwned(url: string, log: Logger): Promise<Store> {
  const left = await stat(`${pathOf(url)}-wal`).catch(() => null);
  const store = await openStore({ url });
  if (left !== null && left.size > 0) log('warn', 'store.recovered', { logBytes: left.size });
  return store;
}
