/**
 * Checkpoints: what stands in the write-ahead log is brought into the database file. A bot does that once in some
 * thousands of pages, so that a kill would hardly ever meet one.
 */
import { closeSync, openSync, readSync } from 'node:fs';
import { endianness } from 'node:os';
import { PrismaLibSql } from '@prisma/adapter-libsql';
import type { SqlDriverAdapter } from '@prisma/driver-adapter-utils';
import type { Store } from '../../src/store/store.ts';

/** Pages in the log after which it is brought into the file: those of a few commits. */
const OFTEN = 64;

/** Opens a store as a bot does; then its connection, below everything of ours, is told to checkpoint often. */
export async function openCheckpointing(open: () => Promise<Store>): Promise<Store> {
  const opened: SqlDriverAdapter[] = [];
  const { connect } = PrismaLibSql.prototype;
  PrismaLibSql.prototype.connect = async function (this: PrismaLibSql) {
    const connection = await connect.call(this);
    opened.push(connection);
    return connection;
  };
  try {
    const store = await open();
    if (opened.length === 0) throw new Error('the store has opened no connection that is known here');
    const sql = `PRAGMA wal_autocheckpoint = ${OFTEN}`;
    for (const connection of opened) await connection.queryRaw({ sql, args: [], argTypes: [] });
    return store;
  } finally {
    PrismaLibSql.prototype.connect = connect;
  }
}

/** In the index of the log: how many frames are in the file, and, further on, how many are being brought there. */
const DONE = 96;
const BEGUN = 128;

/**
 * Whether somebody was bringing the log into the file when this was looked at. After a recovery it looks like that too,
 * until the first time it is done.
 */
export function isMidCheckpoint(path: string): boolean {
  const index = openSync(`${path}-shm`, 'r');
  try {
    return isUnderWay(index);
  } finally {
    closeSync(index);
  }
}

function isUnderWay(index: number): boolean {
  const bytes = Buffer.alloc(BEGUN + 4 - DONE);
  if (readSync(index, bytes, 0, bytes.length, DONE) < bytes.length) return false;
  const at = (offset: number): number =>
    endianness() === 'LE' ? bytes.readUInt32LE(offset) : bytes.readUInt32BE(offset);
  return at(BEGUN - DONE) > at(0);
}

/**
 * Stops a process in the midst of a checkpoint, and leaves it there. This process must not have the database open.
 * @returns false when none was met for so long, ms
 */
export async function freezeInCheckpoint(
  path: string,
  signal: (name: 'SIGSTOP' | 'SIGCONT') => void,
  patience: number,
): Promise<boolean> {
  const index = openSync(`${path}-shm`, 'r');
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  try {
    let wasDone = false;
    for (const deadline = performance.now() + patience; performance.now() < deadline; await turn()) {
      if (!isUnderWay(index)) wasDone = true;
      else if (wasDone) {
        signal('SIGSTOP');
        await turn();
        if (isUnderWay(index)) return true;
        signal('SIGCONT');
      }
    }
    return false;
  } finally {
    closeSync(index);
  }
}
