/** What can go wrong with the store itself, in words and codes the process edge can act on. */
import { errorInLogs, isOfEngine } from '../core/error-in-logs.ts';

/**
 * - `busy`: another process held the database for longer than a write waits; nothing was kept, trying again is right.
 * - `full`: the disk has no room.
 * - `corrupt`: the file is damaged, or no database of this kind.
 * - `io`: the disk or the folder refused: unreadable, not writable, failing, or a limit on the size of files.
 * - `reference`: a row named a unit, person or other row that is not there.
 * - `settings`: a connection could not be made durable.
 * - `migration`: the database was made by another version of the program.
 * - `owned`: another process runs the bot on this database.
 * - `url`: the address names no database file.
 * - `unknown`: anything else.
 */
export type StoreErrorCode =
  | 'busy'
  | 'full'
  | 'corrupt'
  | 'io'
  | 'reference'
  | 'settings'
  | 'migration'
  | 'owned'
  | 'url'
  | 'unknown';

export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly code: StoreErrorCode;
  constructor(code: StoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** SQLite's primary result codes that an operator can do something about. */
const CODES: ReadonlyMap<number, StoreErrorCode> = new Map([
  [3, 'io'],
  [5, 'busy'],
  [6, 'busy'],
  [8, 'io'],
  [10, 'io'],
  [11, 'corrupt'],
  [13, 'full'],
  [14, 'io'],
  [26, 'corrupt'],
]);

/** What those codes mean, for whoever reads the log. */
const WORDS: Partial<Record<StoreErrorCode, string>> = {
  busy: 'another process holds the database',
  full: 'no room is left for the database',
  corrupt: 'the file is damaged, or no database of this kind',
  io: 'the disk, the folder or a limit on file sizes refused',
};

const UNIQUE = new Set([1555, 2067]);
const FOREIGN_KEY = new Set([787, 1811]);
const PRIMARY_CODE = 0xff;

/** Whether an id (or another unique value) was already taken. */
export function isUniqueViolation(error: unknown): boolean {
  return UNIQUE.has(sqliteCodeOf(error) ?? 0);
}

/**
 * Translates whatever a layer below threw.
 * @param doing what was being done, for the message: `"commit to report"`
 * @param otherwise the code where SQLite gave none
 */
export function toStoreError(error: unknown, doing: string, otherwise: StoreErrorCode = 'unknown'): StoreError {
  if (error instanceof StoreError) return error;
  const sqlite = sqliteCodeOf(error);
  const options = { cause: error };
  if (sqlite === undefined) return new StoreError(otherwise, `${doing} failed: ${textOf(error)}`, options);
  if (FOREIGN_KEY.has(sqlite)) {
    return new StoreError('reference', `${doing} failed: a row refers to one that is not there`, options);
  }
  const code = CODES.get(sqlite & PRIMARY_CODE) ?? 'unknown';
  const words = WORDS[code];
  const what = words === undefined ? code : `${code}, ${words}`;
  return new StoreError(code, `${doing} failed: ${what} (SQLite ${sqlite}) ${textOf(error)}`, options);
}

/**
 * In one line: the client library puts lines of our own program, and empty ones, before what it has to say. Of rows that
 * cannot be read nothing is repeated.
 */
function textOf(error: unknown): string {
  if (isOfEngine(error)) return errorInLogs(error);
  const text = error instanceof Error ? error.message : String(error);
  const said = /^\s*Invalid `/.test(text) ? text.split(/\n\s*\n/).at(-1) : text;
  return (said ?? text).replace(/\s+/g, ' ').trim();
}

/**
 * SQLite's own result code (extended where the driver gives it). Depending on the layer that threw, it stands on the
 * error, on what caused it, or in what the client library kept of it.
 */
function sqliteCodeOf(error: unknown, depth = 0): number | undefined {
  if (typeof error !== 'object' || error === null || depth > 6) return undefined;
  const layer = error as Record<string, unknown>;
  for (const value of [layer.rawCode, layer.extendedCode, layer.originalCode]) {
    const code = Number(value ?? Number.NaN);
    if (Number.isInteger(code)) return code;
  }
  for (const inner of [layer.cause, layer.meta, layer.driverAdapterError]) {
    const code = sqliteCodeOf(inner, depth + 1);
    if (code !== undefined) return code;
  }
  return undefined;
}
