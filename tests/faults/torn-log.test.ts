import { statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Bot } from '../support/bot.ts';
import { until } from '../support/soon.ts';
import { startBotProcess } from './bot-process.ts';
import {
  ALL_ANSWERED,
  answers,
  evening,
  keptIds,
  openStage,
  recoveries,
  threeReports,
  untroubledEvening,
} from './stage.ts';
import { FRAME, HEADER, isWhole, LITTER, logOf, snapshotOf, TEARS } from './torn-log.ts';

const sizeOfLog = (bot: Bot): number => statSync(logOf(bot.url)).size;

/** Whether the file holds a message's traces in every table, or in none. */
async function wholeMessages(bot: Bot): Promise<number[]> {
  const [counts = []] = await bot.rows(
    `SELECT (SELECT count(*) FROM inbound), (SELECT count(*) FROM report),
      (SELECT count(*) FROM outbox WHERE kind = 'receipt')`,
  );
  return counts.map(Number);
}

describe('a write-ahead log that ends in the midst of a commit', () => {
  it('costs that commit as a whole and nothing before it; delivered again it takes effect once', async () => {
    const { bot, logs } = await openStage();
    const messages = threeReports(bot);
    // From here on the log holds the commits of the messages and nothing else.
    await bot.restart();
    expect(recoveries(logs)).toEqual([]);
    const ends = [0];
    for (const message of messages) {
      await bot.platform.deliver(message);
      ends.push(sizeOfLog(bot));
      // In the log before the platform is told.
      expect(isWhole(sizeOfLog(bot))).toBe(true);
    }
    const snapshot = snapshotOf(bot.url);
    await bot.stop();

    /** Each time round, the same reports are answered once more. */
    const rounds: string[] = [];
    // The second commit is that of the long report, of many frames; the third is the last.
    for (const [commit, tears] of [
      [2, TEARS.slice(0, 2)],
      [3, TEARS],
      [4, LITTER],
    ] as const) {
      for (const { name, apply } of tears) {
        const what = `commit ${commit} ${name}`;
        snapshot.restore();
        apply(logOf(bot.url), ends[Math.min(commit, messages.length)] ?? 0);
        const logBytes = sizeOfLog(bot);
        await bot.start();
        expect({ what, told: recoveries(logs) }).toEqual({ what, told: [['warn', { logBytes }]] });
        const ids = messages.slice(0, commit - 1).map(({ id }) => id);
        expect({ what, kept: await keptIds(bot) }).toEqual({ what, kept: ids.sort() });
        const counts = await wholeMessages(bot);
        expect({ what, counts }).toEqual({ what, counts: [ids.length, ids.length, ids.length] });
        for (const message of [...messages, ...messages]) await bot.platform.deliver(message);
        await bot.app.tick();
        rounds.push(...ALL_ANSWERED);
        expect({ what, answered: answers(bot).sort() }).toEqual({ what, answered: rounds.sort() });
        expect({ what, counts: await wholeMessages(bot) }).toEqual({ what, counts: [3, 3, 3] });
        await bot.stop();
      }
    }
    await bot.start();
    // After a stop there is nothing to tell.
    expect(recoveries(logs)).toEqual([]);
    expect(await evening(bot)).toEqual(await untroubledEvening());
    expect((ends[2] ?? 0) - (ends[1] ?? 0)).toBeGreaterThan(3 * FRAME);
  });

  it('keeps all that was acknowledged before a kill under load', { timeout: 60_000 }, async () => {
    const { bot, logs } = await openStage();
    const { url } = bot;
    const now = bot.clock.now();
    const said = Array.from({ length: 150 }, (_, at) => {
      const [who = '', group = ''] = [
        ['张三', '福山地村'],
        ['李四', '福山地村'],
        ['吴六', '大新庄村'],
      ][at % 3] as string[];
      return bot.message(who, group, at < 3 ? '/日报 0' : `/更正 ${at}`, { id: `load ${at}` });
    });
    await bot.stop();
    const child = await startBotProcess(url, now);
    const acknowledged: string[] = [];
    for (let at = 0; at < 30; at += 6) {
      const batch = said.slice(at, at + 6);
      expect((await child.order({ do: 'deliver', messages: batch })).outcomes).toEqual(batch.map(() => 'kept'));
      acknowledged.push(...batch.map(({ id }) => id));
    }
    const size = sizeOfLog(bot);
    const cutOff = child.order({ do: 'deliver', messages: said.slice(30) }).catch(() => null);
    await until(() => sizeOfLog(bot) > size, 'the log grows');
    await child.kill();
    await cutOff;

    const [litter] = LITTER;
    litter?.apply(logOf(url), HEADER + Math.floor((sizeOfLog(bot) - HEADER) / FRAME) * FRAME);
    const logBytes = sizeOfLog(bot);
    await bot.start();
    expect(recoveries(logs)).toEqual([['warn', { logBytes }]]);
    const kept = await keptIds(bot);
    expect(kept).toEqual(expect.arrayContaining(acknowledged));
    const [inbound, reports, receipts] = await wholeMessages(bot);
    expect([inbound, receipts]).toEqual([reports, reports]);
    await Promise.all(said.map((message) => bot.platform.deliver(message)));
    expect(await wholeMessages(bot)).toEqual([150, 150, 150]);
    const due = bot.app.county().book('daily@2026-11-23')?.due(bot.unitId('大新庄村/一网格'));
    expect(due?.standing.current?.values).toEqual({ abnormal: 149 });
  });
});
