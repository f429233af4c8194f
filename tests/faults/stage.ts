/** A village that reports while the store is in trouble: the whole bot, what it logs, and a hand on its connection. */
import { PrismaLibSql } from '@prisma/adapter-libsql';
import type { SqlDriverAdapter } from '@prisma/driver-adapter-utils';
import { expect, vi } from 'vitest';
import type { Logger } from '../../src/app.ts';
import type { InboundMessage } from '../../src/bots/adapter.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { mainFormAlone } from '../support/main-form.ts';

export interface Logged {
  level: string;
  event: string;
  details: Record<string, unknown>;
}

export interface Stage {
  bot: Bot;
  logs: Logged[];
  /** The very connection that the bot's store uses, below everything of ours. */
  connection: SqlDriverAdapter;
  /** Asks on that connection. */
  ask: (sql: string) => Promise<unknown[][]>;
}

/** A bot at 16:00, with the day's period open, that owes nobody anything. */
export async function openStage(): Promise<Stage> {
  const logs: Logged[] = [];
  const log: Logger = (level, event, details = {}) => void logs.push({ level, event, details });
  const connect = vi.spyOn(PrismaLibSql.prototype, 'connect');
  const bot = await startBot({ playbook: await mainFormAlone(), wiring: { onChange: () => undefined }, log });
  const opened = await Promise.all(connect.mock.results.map(({ value }) => value));
  connect.mockRestore();
  // It writes on the one it opens first; another only reads.
  const [connection] = opened;
  if (!connection) throw new Error('the store has opened no connection');
  await bot.walkTo('16:00');
  const ask = async (sql: string) => (await connection.queryRaw({ sql, args: [], argTypes: [] })).rows;
  return { bot, logs, connection, ask };
}

/** As much as fits into one message: 150 lines, some pages of the database. */
const LONG = `/日报 1 返乡1\n${Array.from({ length: 150 }, (_, at) => `第${at}户 从外地回来,住在三号楼,已经登记`).join('\n')}`;

/** A short report, a long one and a short one, of three grids in two groups. */
export function threeReports(bot: Bot): [InboundMessage, InboundMessage, InboundMessage] {
  return [
    bot.message('张三', '福山地村', '/日报 0', { id: 'short' }),
    bot.message('李四', '福山地村', LONG, { id: 'long' }),
    bot.message('吴六', '大新庄村', '/日报 2 返乡2', { id: 'other' }),
  ];
}

/** The ids of the messages in the database file; they may be asked for without the bot. */
export async function keptIds(bot: Bot): Promise<string[]> {
  const rows = await bot.rows(`SELECT id FROM inbound ORDER BY id`);
  return rows.map(([id]) => String(id).replace(/^.*:/, '')).sort();
}

/** Everything that was answered to a report, in either group, however many answers shared a message. */
export function answers(bot: Bot): string[] {
  const texts = ['福山地村', '大新庄村'].flatMap((group) => bot.heard(group).map(({ text }) => ({ group, text })));
  return texts.flatMap(({ group, text }) =>
    [...text.matchAll(/[一二三]网格(?=[^\n]*已收)/g)].map(([grid]) => `${group} ${grid}`),
  );
}

export const ALL_ANSWERED = ['福山地村 一网格', '福山地村 二网格', '大新庄村 一网格'].sort();

/** What all groups hear from 17:00 to the end of the ladder: every reminder and every table of the day. */
export async function evening(bot: Bot): Promise<string[]> {
  const from = bot.moment('16:59');
  await bot.walkTo('20:30');
  return bot
    .everything()
    .filter(({ at }) => at > from)
    .map(({ at, to, message }) => `${at} ${to.id} ${message.text}`)
    .sort();
}

/** The same evening of a bot that had no trouble. */
export async function untroubledEvening(): Promise<string[]> {
  const { bot } = await openStage();
  for (const message of threeReports(bot)) await bot.platform.deliver(message);
  const heard = await evening(bot);
  expect(heard.length).toBeGreaterThan(3);
  return heard;
}

/** What the operator was told of a log that was left over, since this was asked last. */
export function recoveries(logs: Logged[]): unknown[] {
  const told = logs.filter(({ event }) => event === 'store.recovered');
  logs.length = 0;
  return told.map(({ level, details }) => [level, details]);
}

/** The trouble as the operator reads it. */
export function complaints(logs: readonly Logged[], event: string): string[] {
  return logs.filter((each) => each.event === event).map(({ level, details }) => `${level} ${String(details.error)}`);
}
