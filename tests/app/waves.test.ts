/** Many messages at once, at a platform's pace. */
import { describe, expect, it } from 'vitest';
import { Waves } from '../../src/app/waves.ts';
import { SteppedClock } from '../../src/clock.ts';
import { startBot } from '../support/bot.ts';
import { RecordingAdapter } from '../support/recording-adapter.ts';

const slow = { betweenChatsMs: 3_000, perMinute: 40 };
const adapter = new RecordingAdapter('p', new SteppedClock(0), slow);
const adapters = new Map([['p', adapter]]);

describe('a wave of messages', () => {
  it('is told when it begins: how many, with how many accounts, how long', () => {
    expect(new Waves().begun(new Map([['p', 1_400]]), adapters)).toEqual([
      { platform: 'p', messages: 1_400, accounts: 1, ms: 1_399 * 3_000 },
    ]);
  });

  it('is told once until it is over, and the next one again', () => {
    const waves = new Waves();
    const told = [300, 200, 0, 300].map(
      (count) => waves.begun(count ? new Map([['p', count]]) : new Map(), adapters).length,
    );
    expect(told).toEqual([1, 0, 0, 1]);
  });

  it('is nothing to speak of when it takes less than a minute', () => {
    expect(new Waves().begun(new Map([['p', 10]]), adapters)).toEqual([]);
  });

  it('is shared among the accounts', () => {
    const two = Object.assign(new RecordingAdapter('p', new SteppedClock(0), slow), {
      accounts: () => ['1', '2'].map((account) => ({ account, state: 'connected' as const, since: 0, problem: null })),
    });
    expect(new Waves().begun(new Map([['p', 100]]), new Map([['p', two]]))).toEqual([
      { platform: 'p', messages: 100, accounts: 2, ms: 49 * 3_000 },
    ]);
  });

  it('is logged by the bot when its tables will take minutes', async () => {
    const bot = await startBot({ pace: { betweenChatsMs: 90_000 } });
    await bot.walkTo('18:00');
    expect(bot.logged.filter((line) => line === 'info outbox.wave')).toHaveLength(1);
  });
});

describe('an answer, while tables take minutes to leave', () => {
  const villages = Array.from({ length: 40 }, (_, n) => `甲县,乙镇,${n + 1}号村,一网格,网格长,人${n + 1},`);
  const roster = ['县,乡镇,村,网格,职务,姓名,电话', ...villages].join('\n');

  it('takes turns with them, so that nobody waits for the last', async () => {
    const bot = await startBot({ roster, pace: { betweenChatsMs: 3_000, perMinute: 40 } });
    await bot.walkTo('18:00:12');
    await bot.platform.deliver(bot.message('人1', 'private', '/日报 0'));
    await bot.walkTo('18:05');
    const [answer] = bot.heardInPrivate('人1');
    expect(answer?.at && bot.moment(answer.at) - bot.moment('18:00:12')).toBeLessThan(40_000);
    const tables = bot.everything().filter(({ message }) => message.text.startsWith('📋'));
    expect(tables).toHaveLength(40);
  });
});

describe('what leaves first', () => {
  it('is the table, then the answer, then the reminder, then files, whatever was decided first', async () => {
    const bot = await startBot({
      pace: { perAccountMs: 20_000, perChatMs: 0 },
      shape: { filesTogether: false, captionLimit: 0 },
    });
    await bot.walkTo('18:00');
    await bot.platform.deliver(bot.message('张三', '福山地村', '/日报 0'));
    bot.platform.delivered.length = 0;
    await bot.walkTo('18:06');
    const kinds = bot.platform.delivered.map(({ message }) =>
      message.text === '' ? 'file' : message.text.slice(0, 1),
    );
    const tables = bot.platform.delivered.map(({ message }) => message.text.startsWith('📋'));
    expect(kinds.indexOf('✅')).toBeLessThan(kinds.indexOf('file'));
    expect(tables.lastIndexOf(true)).toBeLessThan(kinds.indexOf('✅'));
  });
});
