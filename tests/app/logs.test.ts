/** Logs are read by whoever keeps the machine: they say how the bot does, and nothing of people. */
import { describe, expect, it } from 'vitest';
import { chatInLogs } from '../../src/app/chat-in-logs.ts';
import type { SetTimer } from '../../src/clock.ts';
import { errorInLogs } from '../../src/core/error-in-logs.ts';
import { HOUR } from '../../src/core/time.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { ManualTimers } from '../support/manual-timers.ts';
import { takeAway } from '../support/take-away.ts';

/** Everything by which somebody of this day could be told from others: accounts, names, codes, telephone numbers. */
function personal(bot: Bot): string[] {
  const county = bot.app.county();
  const accounts = county.accounts().map(({ id }) => id.slice(id.indexOf(':') + 1));
  const names = county.rosterRows().person.flatMap(({ name }) => name);
  const codes = bot.heardInPrivate('孙三').flatMap(({ text }) => /\/认领 (\S{6})/.exec(text)?.[1] ?? []);
  expect(codes).toHaveLength(1);
  return [...accounts, ...names, ...codes, 'stranger', '8F3K9A', '13800000001', '13800138000'];
}

describe('a chat in the logs', () => {
  it('is named by its id where it is a group, and by its platform alone where it is somebody', () => {
    expect(chatInLogs({ platform: 'telegram', id: '-100200', kind: 'group' })).toBe('telegram:-100200');
    expect(chatInLogs({ platform: 'telegram', id: '13800000001', kind: 'direct' })).toBe('telegram:direct');
  });
});

describe('a day in the logs', () => {
  it('shows what was sent and what was not, and no account, name or text of anybody', async () => {
    const deadlines = new ManualTimers();
    const setTimer: SetTimer = (run, ms) => {
      const timer = deadlines.setTimer(run, ms);
      return () => deadlines.clearTimer(timer);
    };
    const bot = await startBot({ start: '2026-11-23T08:00:00+08:00', wiring: { setTimer, onChange: () => undefined } });
    await bot.says('张三', '福山地村', '/日报 2 返乡1 发热1\n王小明 13800138000 从北京回来');
    await bot.says('李四', '福山地村', '/日报 十几个吧');
    await bot.says('李四', 'private', '/日报 0');
    await bot.says('孙三', 'private', '/加账号');
    await bot.says('张三', 'private', '/认领 8F3K9A');
    await bot.says('路人甲', 'private', '/进度');
    await bot.says('路人甲@room', 'unbound@chatroom', '/认领 8F3K9A');
    // Each way in which a send can come to nothing, in a group and in private.
    for (const fault of ['refused', 'unavailable', 'lost', { busy: HOUR }] as const) {
      bot.platform.fault = () => fault;
      await bot.says('李四', 'private', '/进度');
      await bot.says('孙三', '福山地村', '/未报');
    }
    bot.platform.fault = () => null;
    // Answers that come too late.
    bot.platform.beforeDelivery = async () => {
      await Promise.resolve();
      deadlines.fire();
    };
    await bot.says('吴六', 'private', '/进度');
    bot.platform.beforeDelivery = () => Promise.resolve();
    // A store that keeps nothing.
    const putBack = takeAway(bot.url);
    await expect(bot.platform.deliver(bot.message('李四', 'private', '/更正 1'))).rejects.toThrow();
    putBack();
    await bot.walkTo('20:30');

    const events = new Set(bot.logged);
    for (const event of ['info outbox.sent', 'warn outbox.failed', 'warn outbox.late', 'error event.failed']) {
      expect([...events]).toContain(event);
    }
    const lines = bot.logLines;
    expect(lines.some((line) => line.includes('"stage:direct"'))).toBe(true);
    expect(lines.filter((line) => /\p{Script=Han}/u.test(line))).toEqual([]);
    const held = personal(bot);
    expect(held.length).toBeGreaterThan(15);
    expect(lines.filter((line) => held.some((each) => line.includes(each)))).toEqual([]);
  });
});

describe('an error in the logs', () => {
  const thrownBy = (work: () => unknown): unknown => {
    try {
      return work();
    } catch (error) {
      return error;
    }
  };

  it('is told in its own words where these are ours', () => {
    expect(errorInLogs(new Error('the disk is gone'))).toBe('Error: the disk is gone');
  });

  it.each([
    ['a text that is no JSON', () => JSON.parse('张三发热')],
    ['a text that is no number', () => BigInt('张三发热')],
    ['a text taken for a thing', () => 'name' in ('张三发热' as unknown as object)],
  ])('repeats nothing of %s, and says where that was met', (_, work) => {
    const told = errorInLogs(thrownBy(work));
    expect(told).toMatch(/^(?:SyntaxError|TypeError) at tests\/app\/logs\.test\.ts:\d+/);
  });

  it('of what is no error says only what it is', () => {
    expect(errorInLogs('张三发热')).toBe('a string was thrown');
  });
});
