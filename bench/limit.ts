/**
 * The limit: the rows that our commits leave behind for reports, put into the same tables by the bare driver, all in
 * one transaction. Reading, understanding, deciding and answering cost nothing here.
 */
import Database from 'libsql';
import type { LimitFigures } from './figures.ts';
import { DURABLE, type GroundJob, layGround } from './ground.ts';

/** What a report leaves behind. */
const LEFT_BY_REPORTS = [
  ['inbound', '1'],
  // Some are in the file that nobody said.
  ['report', 'message IN (SELECT id FROM inbound)'],
  ['outbox', `kind = 'receipt'`],
] as const;
const REPORTS = 10_000;
/** Rows handed over as one JSON text. */
const JSON_ROWS = 1_000;

interface Rows {
  table: string;
  columns: string[];
  rows: unknown[][];
}

type Insert = (db: Database.Database, rows: Rows) => void;

export function measureLimit(job: GroundJob): LimitFigures {
  const tables = readRows(job.full);
  const reports = tables.find(({ table }) => table === 'report')?.rows.length ?? 0;
  // A file each: what the driver leaves beside one is not meant for another of the same name.
  const perSecond = (insert: Insert, name: string): number =>
    (reports * 1_000) / timed({ ...job, path: `${job.path}-${name}` }, tables, insert);
  const preparedPerSecond = perSecond(insertPrepared, 'prepared');
  const jsonPerSecond = perSecond(insertJson, 'json');
  return {
    rows: tables.reduce((sum, { rows }) => sum + rows.length, 0),
    reports,
    preparedPerSecond,
    jsonPerSecond,
    perSecond: Math.max(preparedPerSecond, jsonPerSecond),
  };
}

function readRows(path: string): Rows[] {
  const db = new Database(path, { readonly: true });
  try {
    return LEFT_BY_REPORTS.map(([table, condition]) => {
      const columns = (db.pragma(`table_info(${table})`) as { name: string }[]).map(({ name }) => name);
      const sql = `SELECT ${columns.map(quote).join(', ')} FROM ${table} WHERE ${condition} LIMIT ${REPORTS}`;
      return { table, columns, rows: db.prepare(sql).raw().all() as unknown[][] };
    });
  } finally {
    db.close();
  }
}

const quote = (name: string): string => `"${name}"`;

/** Milliseconds until everything is durable. */
function timed(job: GroundJob, tables: readonly Rows[], insert: Insert): number {
  layGround(job);
  const db = new Database(job.path);
  try {
    for (const pragma of DURABLE) db.exec(pragma);
    const began = performance.now();
    db.exec('BEGIN IMMEDIATE');
    for (const rows of tables) insert(db, rows);
    db.exec('COMMIT');
    return performance.now() - began;
  } finally {
    db.close();
  }
}

function insertPrepared(db: Database.Database, { table, columns, rows }: Rows): void {
  const statement = db.prepare(
    `INSERT INTO ${table} (${columns.map(quote).join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
  );
  for (const row of rows) statement.run(row);
}

function insertJson(db: Database.Database, { table, columns, rows }: Rows): void {
  const values = columns.map((_, at) => `cells ->> ${at}`).join(', ');
  // Materialised, or a row's text would be made anew for each of its columns.
  const rowsGiven = 'WITH row AS MATERIALIZED (SELECT value AS cells FROM json_each(?))';
  const statement = db.prepare(
    `INSERT INTO ${table} (${columns.map(quote).join(', ')}) ${rowsGiven} SELECT ${values} FROM row`,
  );
  for (let at = 0; at < rows.length; at += JSON_ROWS) statement.run(JSON.stringify(rows.slice(at, at + JSON_ROWS)));
}
