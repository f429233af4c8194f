/** What health says of a real store in real trouble: nothing stands between the bot and its file but what a test opens. */
import { describe, expect, it } from 'vitest';
import type { SetTimer } from '../../src/clock.ts';
import { LIMITS } from '../../src/metrics/health.ts';
import type { Store } from '../../src/store/store.ts';
import { rawSql } from '../support/sqlite.ts';
import { takeAway } from '../support/take-away.ts';
import { handingOn } from '../support/with-commit.ts';
import { type Metered, meteredBot } from './metered-bot.ts';

const NOON = { start: '2026-11-23T12:00:00+08:00' };
const CHANGED = `UPDATE meta SET value = 'of another process' WHERE id = 'rosterRevision'`;
const NOT_KEPT = ['commits: nothing was kept for 90 seconds'];

async function failing(metered: Metered): Promise<string[]> {
  return (await metered.problems()).map(({ check, problem }) => `${check}: ${problem}`);
}

const refused = async ({ read }: Metered): Promise<number> => (await read()).value('gridbot_works_refused_total');
const failingSeconds = async ({ read }: Metered): Promise<number> =>
  (await read()).value('gridbot_commits_failing_seconds');

describe('a county that must be read anew and cannot', () => {
  it('is named after a while although no commit was tried, until something is kept again', async () => {
    const metered = await meteredBot(NOON);
    const { bot } = metered;
    await bot.walkTo('12:00');
    await rawSql(bot.url, CHANGED, 'ALTER TABLE unit RENAME TO unit_elsewhere');
    const report = bot.message('张三', '福山地村', '/日报 0');
    await expect(bot.app.handle(report)).rejects.toThrow('the store failed');
    metered.pass(LIMITS.failing);
    expect(await failing(metered)).toEqual([]);
    await expect(bot.app.handle(report)).rejects.toThrow('the store failed');
    metered.pass(1);
    expect(await failing(metered)).toEqual(NOT_KEPT);
    expect(await refused(metered)).toBe(2);
    await expect(bot.app.refresh()).rejects.toThrow('the store failed');
    expect(await failing(metered)).toEqual(NOT_KEPT);

    await rawSql(bot.url, 'ALTER TABLE unit_elsewhere RENAME TO unit');
    await bot.app.handle(report);
    expect(await failing(metered)).toEqual([]);
    expect(await failingSeconds(metered)).toBe(0);
    expect(await refused(metered)).toBe(3);
  });

  it('is well again without anybody saying anything, once it can be read', async () => {
    const metered = await meteredBot(NOON);
    const { bot } = metered;
    await bot.walkTo('12:00');
    await rawSql(bot.url, CHANGED, 'ALTER TABLE unit RENAME TO unit_elsewhere');
    await expect(bot.app.refresh()).rejects.toThrow('the store failed');
    metered.pass(LIMITS.failing + 1);
    expect(await failing(metered)).toEqual(NOT_KEPT);
    await rawSql(bot.url, 'ALTER TABLE unit_elsewhere RENAME TO unit');
    await bot.app.refresh();
    expect(await failing(metered)).toEqual([]);
  });
});

describe('a store that failed once', () => {
  it('is tried by the minute on a bot that has nothing to keep, and named only while that fails', async () => {
    const metered = await meteredBot(NOON);
    const { bot } = metered;
    await bot.walkTo('12:00');
    const putBack = takeAway(bot.url);
    await expect(bot.says('张三', '福山地村', '/日报 0')).rejects.toThrow('removed or replaced');
    metered.pass(LIMITS.failing + 1);
    await expect(bot.app.refresh()).rejects.toThrow('removed or replaced');
    expect(await failing(metered)).toEqual(NOT_KEPT);
    putBack();
    await bot.app.refresh();
    expect(await failing(metered)).toEqual([]);
    expect(await failingSeconds(metered)).toBe(0);
  });

  it('is asked to keep nothing more once it has', async () => {
    const metered = await meteredBot(NOON);
    const { bot } = metered;
    await bot.walkTo('12:00');
    const putBack = takeAway(bot.url);
    await expect(bot.app.remember('anything', '1')).rejects.toThrow('removed or replaced');
    putBack();
    await bot.app.refresh();
    const kept = async () => (await metered.read()).value('gridbot_commits_total', { outcome: 'kept' });
    const before = await kept();
    await bot.app.refresh();
    expect(await kept()).toBe(before);
  });
});

describe('a county that is being read anew', () => {
  /** A bot that is asked how it is at the very moment at which its county is read anew, and an answer that is late. */
  async function whileReading(ask: (metered: Metered) => Promise<void>) {
    const setTimer: SetTimer = (run) => {
      run();
      return () => undefined;
    };
    let asked: Promise<void> | null = null;
    const wrapStore = (store: Store): Store => ({
      ...handingOn(store),
      load: (since, most) => {
        const reading = store.load(since, most);
        // What reads first has its turn first: the question has to wait.
        if (metered) asked = ask(metered);
        return reading;
      },
    });
    let metered: Metered | null = null;
    metered = await meteredBot({ ...NOON, setTimer, wrapStore });
    await rawSql(metered.bot.url, CHANGED);
    await metered.bot.app.refresh();
    await asked;
    return metered;
  }

  it('keeps the store from answering anything else, and is no failure', async () => {
    let said: string[] | null = null;
    const metered = await whileReading(async (each) => {
      said = await failing(each);
    });
    expect(said).toEqual([]);
    expect((await metered.read()).value('gridbot_store_reading_seconds')).toBe(0);
  });

  it('is named when that does not end, and how long it has taken is shown', async () => {
    let [said, shown]: [string[], number] = [[], 0];
    await whileReading(async (each) => {
      each.pass(LIMITS.reading + 1_000);
      said = await failing(each);
      shown = (await each.read()).value('gridbot_store_reading_seconds');
    });
    expect(said).toEqual(['store: what is being read from the store has not come for a minute']);
    expect(shown).toBe(61);
  });
});
