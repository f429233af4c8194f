/** What a database file holds, looked at by a connection of its own. */
import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { County } from '../../src/core/county.ts';
import type { ExemptionRow, GapRow, LeaveRow, ReportRow, SlotRow } from '../../src/core/rows/index.ts';
import type { CivilDate } from '../../src/core/time.ts';
import { openStore } from '../../src/store/prisma.ts';
import { rawSql } from '../support/sqlite.ts';
import type { Raw } from './reading.ts';

/** A row of the outbox that answers nobody: what the bot says by itself. */
export interface NoticeRow {
  id: string;
  kind: string;
  address: string;
  body: { periodId?: string; unitId?: string };
  state: string;
}

/** A file as it lay there. */
export interface Remains {
  /** The messages that are kept, in the order in which they were taken. */
  messages: readonly Raw[];
  reports: readonly ReportRow[];
  exemptions: readonly ExemptionRow[];
  leaves: readonly LeaveRow[];
  slots: readonly SlotRow[];
  gaps: readonly GapRow[];
  /** The state of every answer, by the message it answers. */
  answers: ReadonlyMap<string, string>;
  notices: readonly NoticeRow[];
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

/** How an answer's id begins; the moment its message was sent follows, `#`, and the message's id. */
const ANSWER = 're#';

export async function examine(path: string, since: CivilDate): Promise<Remains> {
  const url = `file:${path}`;
  const texts = async (sql: string): Promise<string[][]> => (await rawSql(url, sql)).map((row) => row.map(String));
  const health = [...(await texts('PRAGMA integrity_check')), ...(await texts('PRAGMA foreign_key_check'))];
  const messages = await texts('SELECT id, chat, account_id, text, sent_at, received_at FROM inbound ORDER BY rowid');
  const answers = await texts(`SELECT id, state FROM outbox WHERE id LIKE '${ANSWER}%'`);
  const notices = await texts(
    `SELECT id, kind, address, body, state FROM outbox WHERE id NOT LIKE '${ANSWER}%' ORDER BY rowid`,
  );
  const store = await openStore({ url, asItIs: true });
  try {
    const snapshot = await store.load(since);
    return {
      messages: messages.map(([id = '', chat = '', accountId = '', text = '', sentAt = '', receivedAt = '']) => {
        return { id, chat, accountId, text, sentAt: Date.parse(sentAt), receivedAt: Date.parse(receivedAt) };
      }),
      reports: snapshot.report,
      exemptions: snapshot.exemption,
      leaves: snapshot.leave,
      slots: snapshot.slot,
      gaps: snapshot.gap,
      answers: new Map(answers.map(([id = '', state = '']) => [id.slice(id.indexOf('#', ANSWER.length) + 1), state])),
      notices: notices.map(([id = '', kind = '', address = '', body = '', state = '']) => {
        return { id, kind, address, body: JSON.parse(body) as NoticeRow['body'], state };
      }),
      county: new County(snapshot),
      health: health.flat().filter((line) => line !== 'ok'),
    };
  } finally {
    await store.close();
  }
}
