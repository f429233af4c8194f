/** Where a database lies. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { StoreError } from './errors.ts';

/**
 * The absolute path that a `file:` address names.
 * @throws {StoreError} `url` for anything else
 */
export function pathOf(url: string): string {
  const [, path] = /^file:(?:\/\/(?=\/))?([^?#]+)$/.exec(url) ?? [];
  if (path === undefined || path.startsWith('//') || path.includes(':memory:')) {
    throw new StoreError('url', 'the database must be a file, written file:./data/gridbot.db or file:/path/to/it.db');
  }
  try {
    return resolve(decodeURIComponent(path));
  } catch (error) {
    throw new StoreError('url', 'the path of the database has a % that encodes nothing; write %25', { cause: error });
  }
}

/**
 * Whether there is a file where a `file:` address points; nothing is opened or made.
 * @throws {StoreError} `url` for anything but such an address
 */
export function databaseExists(url: string): boolean {
  return existsSync(pathOf(url));
}
