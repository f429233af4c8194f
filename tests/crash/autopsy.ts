/** What a database file holds, looked at by a connection of its own, and whether it is what it should be. */
import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { County } from '../../src/core/county.ts';
import type { Form } from '../../src/core/playbook.ts';
import type { ReportRow } from '../../src/core/rows.ts';
import type { CivilDate, Instant } from '../../src/core/time.ts';
import { openStore } from '../../src/store/prisma.ts';
import { rawSql } from '../support/sqlite.ts';
import { expectedTables, outcomesOf, type Version, type World } from './model.ts';
import { differences, tablesOf } from './tables.ts';
import type { Said } from './talk.ts';

/** A file as it lay there. */
export interface Remains {
  /** The messages that are kept. */
  inbound: ReadonlySet<string>;
  reports: readonly ReportRow[];
  /** The state of every answer, by the message it answers. */
  answers: ReadonlyMap<string, string>;
  county: County;
  /** What the database says of its own health. */
  health: readonly string[];
}

/** Copies a database with what is not yet written back into it, so that the next to open it finds it as it was. */
export function copyDatabase(from: string, to: string): void {
  copyFileSync(from, to);
  const log = `${from}-wal`;
  if (existsSync(log)) copyFileSync(log, `${to}-wal`);
}

export function removeDatabase(path: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true });
}

export async function examine(path: string, since: CivilDate): Promise<Remains> {
  const url = `file:${path}`;
  const column = async (sql: string): Promise<string[]> => (await rawSql(url, sql)).map(([value]) => String(value));
  const health = [...(await column('PRAGMA integrity_check')), ...(await column('PRAGMA foreign_key_check'))];
  const inbound = await column('SELECT id FROM inbound');
  const answers = await rawSql(url, `SELECT id, state FROM outbox WHERE id LIKE 're#%'`);
  const store = await openStore({ url, asItIs: true });
  try {
    const snapshot = await store.load(since);
    return {
      inbound: new Set(inbound),
      reports: snapshot.report,
      answers: new Map(answers.map(([id, state]) => [String(id).slice('re#'.length), String(state)])),
      county: new County(snapshot),
      health: health.filter((line) => line !== 'ok'),
    };
  } finally {
    await store.close();
  }
}

export interface Expectation {
  /** Everything ever said, by chat, in the order in which it was delivered there. */
  lanes: Iterable<readonly Said[]>;
  /** Messages of which somebody outside was told that they are kept. */
  acknowledged: ReadonlySet<string>;
  form: Form;
  grids: number;
  dueAt: (day: CivilDate) => Instant;
  now: Instant;
}

/** What is wrong with a file; empty when it is sound. */
export function faultsOf(remains: Remains, { lanes, acknowledged, form, grids, dueAt, now }: Expectation): string[] {
  const { inbound, reports, answers, county, health } = remains;
  const faults = health.map((line) => `the database is broken: ${line}`);
  const complain = (what: string, ids: readonly string[]): void => {
    if (ids.length > 0) faults.push(`${ids.length} ${what}: ${ids.slice(0, 5).join(', ')}`);
  };
  complain(
    'acknowledged and not kept',
    [...acknowledged].filter((id) => !inbound.has(id)),
  );

  const kept: Said[] = [];
  const overtaken: string[] = [];
  for (const lane of lanes) {
    // Plain talk is never kept.
    const toKeep = lane.filter(({ kind }) => kind !== 'talk');
    const stored = toKeep.filter(({ id }) => inbound.has(id));
    kept.push(...stored);
    overtaken.push(...stored.filter((said, at) => said !== toKeep[at]).map(({ id }) => id));
  }
  complain('kept although what was said before in that chat is not', overtaken);
  const known = new Set(kept.map(({ id }) => id));
  complain(
    'kept and never said',
    [...inbound].filter((id) => !known.has(id)),
  );
  complain(
    'kept without an answer',
    [...known].filter((id) => !answers.has(id)),
  );

  const days = county.books().map(({ period }) => period.key);
  complain(
    'kept of a day that was never opened',
    kept.filter(({ day }) => !days.includes(day)).map(({ id }) => id),
  );
  const outcomes = outcomesOf(kept, { grids, days, dueAt } satisfies World);
  const expected = new Map([...outcomes.values()].flatMap(({ versions }) => versions.map((each) => [each.id, each])));
  const found = new Map(reports.map((row) => [row.id, row]));
  complain(
    'reports that no message accounts for',
    [...found.keys()].filter((id) => !expected.has(id)),
  );
  complain(
    'messages that took no effect',
    [...expected.keys()].filter((id) => !found.has(id)),
  );
  complain(
    'reports that say something else than their message',
    [...expected.values()].filter((each) => !isSame(found.get(each.id), each)).map(({ id }) => id),
  );
  if (found.size !== reports.length) faults.push(`${reports.length - found.size} reports stand there twice`);
  for (const line of differences(tablesOf(county, form, now), expectedTables(outcomes, { grids, days, dueAt }))) {
    faults.push(`a table read from the file is wrong: ${line}`);
  }
  return faults;
}

function isSame(row: ReportRow | undefined, version: Version): boolean {
  if (!row) return true;
  const facts = ({ obligationId, kind, values, sentAt }: Version): string =>
    JSON.stringify([obligationId, kind, Object.entries(values).sort(), sentAt]);
  return facts(row) === facts(version);
}
