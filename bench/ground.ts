/** The file on which the baseline and the limit are measured: the same county, its periods open, nothing said yet. */
import { copyFileSync } from 'node:fs';
import Database from 'libsql';

/** @param pristine the county before anybody spoke; @param full the same file after the load */
export interface GroundJob {
  pristine: string;
  full: string;
  path: string;
}

/** What the store's own connections demand of theirs. */
export const DURABLE = ['PRAGMA journal_mode = WAL', 'PRAGMA synchronous = FULL', 'PRAGMA foreign_keys = ON'] as const;

/** Makes the file `path`. */
export function layGround({ pristine, full, path }: GroundJob): void {
  copyFileSync(pristine, path);
  const db = new Database(path);
  try {
    // Opened when it was made.
    if (db.prepare('SELECT 1 FROM period LIMIT 1').get()) return;
    db.prepare('ATTACH ? AS full').run(full);
    for (const table of ['spec', 'period', 'obligation']) {
      db.exec(`INSERT OR IGNORE INTO main.${table} SELECT * FROM full.${table} ORDER BY rowid`);
    }
  } finally {
    db.close();
  }
}
