import { describe, expect, it } from 'vitest';
import type { AccountState } from '../../src/bots/adapter.ts';
import type { SetTimer } from '../../src/clock.ts';
import { HOUR, MINUTE, SECOND } from '../../src/core/time.ts';
import { LIMITS } from '../../src/metrics/health.ts';
import { withCommit } from '../support/with-commit.ts';
import { type Metered, meteredBot } from './metered-bot.ts';

const NOON = { start: '2026-11-23T12:00:00+08:00' };
const account = (state: AccountState['state'], since: number): AccountState => ({
  account: '13900000009',
  state,
  since,
  problem: '张三 refused',
});

async function failing(metered: Metered): Promise<string[]> {
  return (await metered.problems()).map(({ check, problem }) => `${check}: ${problem}`);
}

/** Moves the clock on without doing what falls due. */
function sleepUntil({ bot }: Metered, moment: string): void {
  bot.clock.moveTo(bot.moment(moment));
}

describe('a bot that does its work', () => {
  it('is well, at noon as in the night', async () => {
    const metered = await meteredBot({ ...NOON, accounts: [account('connected', 0)] });
    expect(await failing(metered)).toEqual([]);
    await metered.bot.says('张三', '福山地村', '/日报 0');
    await metered.bot.walkTo('23:30');
    expect(await failing(metered)).toEqual([]);
    await metered.bot.walkTo('+1d 07:00');
    expect(await failing(metered)).toEqual([]);
  });

  it('writes nothing when it is asked', async () => {
    let commits = 0;
    const metered = await meteredBot({
      ...NOON,
      wrapStore: (store) =>
        withCommit(store, (writes) => {
          commits += 1;
          return store.commit(writes);
        }),
    });
    await metered.bot.walkTo('12:00');
    commits = 0;
    // A period is due to be opened, and a step to be taken: whoever asks must not do it.
    sleepUntil(metered, '+1d 17:30');
    await metered.problems();
    await metered.text();
    expect(commits).toBe(0);
  });
});

describe('the store', () => {
  it('that cannot be read is named', async () => {
    const metered = await meteredBot({
      ...NOON,
      askedStore: { check: () => Promise.reject(new Error('/srv/secret/gridbot.db is gone')) },
    });
    expect(await failing(metered)).toEqual(['store: the store cannot be read']);
  });

  it('that hangs is waited for no longer than two seconds, and asked only once', async () => {
    let asked = 0;
    let answer = (): void => undefined;
    const timers: { run: () => void; ms: number }[] = [];
    const setTimer: SetTimer = (run, ms) => {
      timers.push({ run, ms });
      return () => undefined;
    };
    const metered = await meteredBot({
      ...NOON,
      setTimer,
      askedStore: {
        check: () => {
          asked += 1;
          return new Promise((resolve) => {
            answer = () => resolve({ known: new Set(), rosterRevision: null });
          });
        },
      },
    });
    const both = Promise.all([failing(metered), failing(metered)]);
    expect(timers.map(({ ms }) => ms)).toEqual([2_000, 2_000]);
    for (const { run } of timers) run();
    const says = ['store: the store has not answered within 2 seconds'];
    expect(await both).toEqual([says, says]);
    const again = failing(metered);
    expect(asked).toBe(1);
    answer();
    expect(await again).toEqual([]);
    const after = failing(metered);
    expect(asked).toBe(2);
    answer();
    expect(await after).toEqual([]);
  });

  it('that keeps nothing is named after a while, until it keeps something', async () => {
    const metered = await meteredBot(NOON);
    metered.counters.committing(1, 1)(false);
    metered.pass(LIMITS.failing);
    expect(await failing(metered)).toEqual([]);
    metered.pass(1);
    expect(await failing(metered)).toEqual(['commits: nothing was kept for 90 seconds']);
    metered.counters.committing(1, 1)(true);
    expect(await failing(metered)).toEqual([]);
  });

  it('that does not end a commit is named after half a minute', async () => {
    const metered = await meteredBot(NOON);
    const ended = metered.counters.committing(1, 1);
    metered.pass(LIMITS.commit + 1);
    expect(await failing(metered)).toEqual(['commits: a commit has not ended for 30 seconds']);
    ended(true);
    expect(await failing(metered)).toEqual([]);
  });
});

describe('what is due by the clock', () => {
  it('is named when nobody does it for five minutes', async () => {
    const metered = await meteredBot(NOON);
    await metered.bot.walkTo('16:59');
    sleepUntil(metered, '17:05');
    expect(await failing(metered)).toEqual([]);
    sleepUntil(metered, '17:05:01');
    expect(await failing(metered)).toEqual(['jobs: what is due by the clock was not done for 5 minutes']);
    await metered.bot.app.tick();
    expect(await failing(metered)).toEqual([]);
  });
});

describe('what waits to be sent', () => {
  it('is named when it has waited a quarter of an hour and nothing leaves', async () => {
    const metered = await meteredBot(NOON);
    metered.bot.platform.fault = () => ({ busy: 2 * HOUR });
    await metered.bot.says('张三', '福山地村', '/日报 0');
    await metered.bot.walkTo('12:15');
    expect(await failing(metered)).toEqual([]);
    await metered.bot.walkTo('12:16');
    expect(await failing(metered)).toEqual(['outbox: messages wait, and none was accepted for 15 minutes']);
  });

  it('may take its time as long as something leaves', async () => {
    const metered = await meteredBot(NOON);
    metered.bot.platform.fault = () => ({ busy: 2 * HOUR });
    await metered.bot.says('张三', '福山地村', '/日报 0');
    await metered.bot.walkTo('12:40');
    metered.counters.said('stage', 'accepted');
    expect(await failing(metered)).toEqual([]);
  });

  it('is no failure of the bot that was only just started again', async () => {
    const metered = await meteredBot(NOON);
    const { bot } = metered;
    bot.platform.fault = () => 'unavailable';
    await bot.says('张三', '福山地村', '/日报 0');
    await bot.offlineUntil('15:00');
    expect([...bot.app.county().tray.pending()]).not.toEqual([]);
    expect(await metered.newHealth().check()).toEqual([]);
  });
});

describe('a platform', () => {
  it('is named when no account was connected for five minutes, but not by its account', async () => {
    const metered = await meteredBot(NOON);
    const now = metered.bot.clock.now();
    metered.become([account('lost', now), account('connecting', now + MINUTE)]);
    sleepUntil(metered, '12:06');
    expect(await failing(metered)).toEqual([]);
    sleepUntil(metered, '12:06:01');
    const says = await failing(metered);
    expect(says).toEqual(['platforms: no account of stage was connected for 5 minutes']);
    metered.become([account('lost', now), account('connected', now)]);
    expect(await failing(metered)).toEqual([]);
  });

  it('is named when it takes nothing for ten minutes of trying', async () => {
    const metered = await meteredBot(NOON);
    metered.bot.platform.fault = () => 'unavailable';
    await metered.bot.says('张三', '福山地村', '/日报 0');
    await metered.bot.walkTo('12:09');
    expect(await failing(metered)).toEqual([]);
    await metered.bot.walkTo('12:12');
    expect(await failing(metered)).toEqual(['platforms: stage took none of the messages for 10 minutes']);
    metered.bot.platform.fault = () => null;
    await metered.bot.walkTo('12:14');
    expect(await failing(metered)).toEqual([]);
  });

  it('is not blamed for what nobody tries any more', async () => {
    const metered = await meteredBot(NOON);
    metered.counters.said('stage', 'unknown');
    sleepUntil(metered, '12:30');
    expect(await failing(metered)).toEqual([]);
  });
});

it('says all that is wrong at once', async () => {
  const metered = await meteredBot({
    ...NOON,
    askedStore: { check: () => Promise.reject(new Error('gone')) },
  });
  await metered.bot.walkTo('16:59');
  metered.become([account('lost', metered.bot.clock.now() - SECOND)]);
  sleepUntil(metered, '17:30');
  expect((await metered.problems()).map(({ check }) => check)).toEqual(['store', 'jobs', 'platforms']);
});
