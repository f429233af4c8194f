/** A database and its write-ahead log as a power cut may leave them. */
import { execFileSync } from 'node:child_process';
import { appendFileSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tempFolder } from '../support/temp-database.ts';

/** Before the first frame, bytes. */
export const HEADER = 32;
/** A frame's own header, and a page, bytes. */
export const FRAME = 24 + 4_096;

const pathOf = (url: string): string => url.replace('file:', '');
export const logOf = (url: string): string => `${pathOf(url)}-wal`;

/** Copies database and log while the bot runs; nothing may be written meanwhile. */
export function snapshotOf(url: string): { restore: () => void } {
  const folder = tempFolder();
  const kept = join(folder, 'kept.db');
  // By another process: closing a file here would let go of the locks that SQLite holds on it in this one.
  execFileSync('cp', [pathOf(url), kept]);
  execFileSync('cp', [logOf(url), `${kept}-wal`]);
  return {
    restore() {
      rmSync(`${pathOf(url)}-shm`, { force: true });
      for (const [from, to] of [
        [kept, pathOf(url)],
        [`${kept}-wal`, logOf(url)],
      ] as const) {
        rmSync(to, { force: true });
        writeFileSync(to, readFileSync(from));
      }
    },
  };
}

export interface Tear {
  /** What the log is like. */
  name: string;
  apply: (log: string, end: number) => void;
}

const edit = (log: string, change: (bytes: Buffer) => void): void => {
  const bytes = readFileSync(log);
  change(bytes);
  writeFileSync(log, bytes);
};

/** Of the commit whose last frame ends at `end`, that frame is lost. */
export const TEARS: readonly Tear[] = [
  { name: 'ends a byte too early', apply: (log, end) => truncateSync(log, end - 1) },
  { name: 'ends in the middle of its last page', apply: (log, end) => truncateSync(log, end - 2_000) },
  { name: 'ends in the header of its last frame', apply: (log, end) => truncateSync(log, end - FRAME + 10) },
  { name: 'lacks its last frame', apply: (log, end) => truncateSync(log, end - FRAME) },
  {
    name: 'has a flipped bit in its last page',
    apply: (log, end) => edit(log, (bytes) => void bytes.writeUInt8(bytes.readUInt8(end - 1_000) ^ 1, end - 1_000)),
  },
  {
    name: 'has a flipped bit in the header of its last frame',
    apply: (log, end) =>
      edit(log, (bytes) => void bytes.writeUInt8(bytes.readUInt8(end - FRAME + 3) ^ 4, end - FRAME + 3)),
  },
  {
    name: 'has zeros for its last page, whose frame header has arrived',
    apply: (log, end) => edit(log, (bytes) => void bytes.fill(0, end - 4_096, end)),
  },
];

/** What a commit that was under way may have left behind the last whole one, which ends at `end`. */
export const LITTER: readonly Tear[] = [
  {
    name: 'goes on with a frame that is only half there',
    apply: (log, end) => appendFileSync(log, readFileSync(log).subarray(end - FRAME, end - 2_000)),
  },
  {
    name: 'goes on with bytes of something else',
    apply: (log) => appendFileSync(log, Buffer.alloc(3 * FRAME + 17, 'something else')),
  },
  {
    name: 'goes on with zeros',
    apply: (log) => appendFileSync(log, Buffer.alloc(2 * FRAME)),
  },
];

/** Whether a log of that many bytes holds whole frames only. */
export const isWhole = (bytes: number): boolean => bytes > HEADER && (bytes - HEADER) % FRAME === 0;
