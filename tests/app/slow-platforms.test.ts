import { describe, expect, it } from 'vitest';
import { Driver } from '../../src/app/driver.ts';
import { SEND_DEADLINE } from '../../src/app/wire.ts';
import { MINUTE, SECOND } from '../../src/core/time.ts';
import { type Bot, type BotOptions, startBot } from '../support/bot.ts';
import { ManualTimers } from '../support/manual-timers.ts';
import { soon } from '../support/soon.ts';

/** A bot as real time runs it: driven by timers, with a deadline for its sends; the test holds both. */
async function drivenBot(options: BotOptions = {}) {
  const deadlines = new ManualTimers();
  const timers = new ManualTimers();
  let nudge = (): void => undefined;
  const bot = await startBot({
    ...options,
    wiring: {
      setTimer: (run, ms) => {
        const timer = deadlines.setTimer(run, ms);
        return () => deadlines.clearTimer(timer);
      },
      onChange: () => nudge(),
    },
  });
  const driver = new Driver(bot.bareApp, bot.clock, { ...timers, log: () => undefined });
  nudge = () => driver.nudge();
  driver.start();
  return { bot, driver, deadlines };
}

/** Sends to one group hang until they are let go. */
function hang(bot: Bot, group: string): { letGo: () => void } {
  const id = bot.unitId(group);
  const held: (() => void)[] = [];
  bot.platform.beforeDelivery = (to) =>
    to.id === id ? new Promise((resolve) => held.push(resolve)) : Promise.resolve();
  return {
    letGo() {
      bot.platform.beforeDelivery = () => Promise.resolve();
      for (const release of held.splice(0)) release();
    },
  };
}

describe('a platform that does not answer', () => {
  it('keeps nobody else from being answered, and no slot from being kept', async () => {
    const { bot, driver } = await drivenBot();
    const { letGo } = hang(bot, '福山地村');
    await bot.platform.deliver(bot.message('张三', '福山地村', '/日报 0'));
    driver.nudge();
    await soon(() => expect(bot.platform.tried.length).toBe(1));
    await bot.platform.deliver(bot.message('吴六', '大新庄村', '/日报 0'));
    driver.nudge();
    await soon(() => expect(bot.heard('大新庄村').length).toBe(1));
    bot.clock.moveTo(bot.moment('18:00'));
    driver.nudge();
    await soon(() => expect(bot.heard('大新庄村').length).toBe(2));
    expect(bot.heard('福山地村')).toEqual([]);
    letGo();
    await driver.stop();
  });

  it('is followed by the next message to its chat as soon as it answers, without another nudge', async () => {
    const { bot, driver } = await drivenBot();
    const { letGo } = hang(bot, '福山地村');
    await bot.platform.deliver(bot.message('张三', '福山地村', '/日报 0'));
    driver.nudge();
    await soon(() => expect(bot.platform.tried.length).toBe(1));
    await bot.platform.deliver(bot.message('李四', '福山地村', '/日报 0'));
    driver.nudge();
    letGo();
    await soon(() => expect(bot.heard('福山地村').length).toBe(2));
    await driver.stop();
  });

  it('has not lost the reminder it is still taking', async () => {
    const { bot, driver } = await drivenBot();
    const { letGo } = hang(bot, '福山地村');
    bot.clock.moveTo(bot.moment('17:00'));
    driver.nudge();
    await soon(() => expect(bot.platform.tried.length).toBe(2));
    await bot.platform.deliver(bot.message('吴六', '大新庄村', '/日报 0'));
    driver.nudge();
    await soon(() => expect(bot.heard('大新庄村').length).toBe(2));
    const id = bot.unitId('福山地村');
    const row = () => bot.rows(`SELECT state FROM outbox WHERE kind = 'reminder' AND address LIKE '%${id}%'`);
    expect(await row()).toEqual([['sending']]);
    letGo();
    await soon(async () => expect(await row()).toEqual([['sent']]));
    await driver.stop();
  });

  it('has a minute; after it the send is as good as lost, and a late answer changes nothing', async () => {
    const { bot, driver, deadlines } = await drivenBot();
    const { letGo } = hang(bot, '福山地村');
    await bot.platform.deliver(bot.message('张三', '福山地村', '/日报 0'));
    driver.nudge();
    await soon(() => expect(deadlines.waits).toEqual([SEND_DEADLINE]));
    deadlines.fire();
    await bot.bareApp.idle();
    const rows = () => bot.rows(`SELECT state, attempts FROM outbox WHERE kind = 'receipt'`);
    expect(await rows()).toEqual([['pending', 1]]);
    letGo();
    await soon(() => expect(bot.logged).toContain('warn outbox.late'));
    expect(await rows()).toEqual([['pending', 1]]);
    bot.clock.moveTo(bot.clock.now() + 10 * SECOND);
    driver.nudge();
    await soon(async () => expect(await rows()).toEqual([['sent', 1]]));
    expect(deadlines.waits).toEqual([]);
    await driver.stop();
  });
});

describe('a send whose outcome is never known', () => {
  it('is tried six times over minutes, then given up and shown', async () => {
    const bot = await startBot();
    bot.platform.fault = (to) => (to.id === bot.unitId('福山地村') ? 'lost' : null);
    await bot.walkTo('18:25');
    const tables = bot.heard('福山地村').filter(({ text }) => text.startsWith('📋'));
    expect(tables).toHaveLength(6);
    const [first, last] = [tables[0]?.at ?? '', tables.at(-1)?.at ?? ''];
    expect(bot.moment(last) - bot.moment(first)).toBeGreaterThan(2 * MINUTE);
    expect(await bot.rows(`SELECT kind FROM outbox WHERE state = 'dead'`)).toEqual([['table']]);
    expect(await bot.says('钱二', 'private', '/死信')).toEqual([expect.stringContaining('福山地村')]);
  });

  it('has its tries however often the platform was away before', async () => {
    const bot = await startBot();
    bot.platform.fault = () => 'unavailable';
    await bot.says('张三', '福山地村', '/日报 0', { at: '16:00' });
    await bot.walkTo('16:05');
    let lost = 5;
    bot.platform.fault = () => (lost-- > 0 ? 'lost' : null);
    await bot.walkTo('16:20');
    expect(bot.heard('福山地村')).toHaveLength(6);
    expect(await bot.rows(`SELECT state FROM outbox WHERE kind = 'receipt'`)).toEqual([['sent']]);
  });
});

describe('a message longer than the platform takes', () => {
  const limited = { perChatMs: 2 * SECOND };

  it('arrives whole in parts, one after the other at the pace of the chat', async () => {
    const whole = await startBot();
    await whole.says('张三', '福山地村', '/帮助', { at: '16:00' });
    const [{ text } = { text: '' }] = whole.heard('福山地村');
    const bot = await startBot({ pace: limited, shape: { textLimit: 60 } });
    await bot.says('张三', '福山地村', '/帮助', { at: '16:00' });
    await bot.says('李四', '福山地村', '/日报 0', { at: '16:00:01' });
    await bot.walkTo('16:05');
    const heard = bot.heard('福山地村');
    expect(Math.max(...heard.map((part) => part.text.length))).toBeLessThanOrEqual(60);
    const bare = (said: string): string => said.replace(/\s/g, '');
    expect(bare(heard.map((part) => part.text).join(''))).toContain(bare(text));
    const times = heard.map(({ at }) => bot.moment(at));
    expect(times.slice(1).map((at, i) => at - (times[i] ?? 0))).toEqual(times.slice(1).map(() => 2 * SECOND));
    expect(await bot.rows(`SELECT DISTINCT state FROM outbox`)).toEqual([['sent']]);
  });

  it('is not interrupted by what else waits for the chat, though the platform asks for no pause', async () => {
    const bot = await startBot({ shape: { textLimit: 60 } });
    await bot.platform.deliver(bot.message('张三', '福山地村', '/汇总'));
    await bot.platform.deliver(bot.message('张三', '福山地村', '/帮助'));
    await bot.walkTo('16:05');
    const texts = bot.heard('福山地村').map(({ text }) => text);
    const table = texts.findIndex((text) => text.startsWith('📋'));
    expect([table > 2, texts.slice(table).some((text) => text.includes('帮助'))]).toEqual([true, false]);
    expect(await bot.rows(`SELECT DISTINCT state FROM outbox`)).toEqual([['sent']]);
  });

  it('is sent whole again when the process dies between its parts', async () => {
    const bot = await startBot({ pace: limited, shape: { textLimit: 60 } });
    await bot.says('张三', '福山地村', '/帮助', { at: '16:00' });
    await bot.kill();
    await bot.start();
    await bot.walkTo('16:05');
    const texts = bot.heard('福山地村').map(({ text }) => text);
    expect(texts.slice(1)).toContain(texts[0]);
    expect(await bot.rows(`SELECT DISTINCT state FROM outbox`)).toEqual([['sent']]);
  });

  it('waits its turn again when a part is refused for the moment', async () => {
    const bot = await startBot({ pace: limited, shape: { textLimit: 60 } });
    await bot.says('张三', '福山地村', '/帮助', { at: '16:00' });
    bot.platform.fault = () => ({ busy: MINUTE });
    await bot.walkTo('16:00:02');
    bot.platform.fault = () => null;
    await bot.walkTo('16:05');
    expect(await bot.rows(`SELECT DISTINCT state FROM outbox`)).toEqual([['sent']]);
  });

  it('goes on where it was interrupted: what has arrived is not said again', async () => {
    const bot = await startBot({ pace: limited, shape: { textLimit: 60 } });
    await bot.says('张三', '福山地村', '/帮助', { at: '16:00' });
    bot.platform.fault = () => 'unavailable';
    await bot.walkTo('16:00:30');
    bot.platform.fault = () => null;
    await bot.walkTo('16:05');
    const texts = bot.heard('福山地村').map(({ text }) => text);
    expect(texts.length).toBeGreaterThan(2);
    expect(new Set(texts).size).toBe(texts.length);
  });

  it('is given up as a whole when the chat will take no more of it', async () => {
    const bot = await startBot({ pace: limited, shape: { textLimit: 60 } });
    await bot.says('张三', '福山地村', '/帮助', { at: '16:00' });
    bot.platform.fault = () => 'refused';
    await bot.walkTo('16:05');
    expect(await bot.rows(`SELECT DISTINCT state FROM outbox`)).toEqual([['dead']]);
  });
});

describe('a platform that is down over two reminders', () => {
  it('is given the later one only: both would say the same', async () => {
    const bot = await startBot();
    await bot.walkTo('16:58');
    bot.platform.fault = () => 'unavailable';
    await bot.walkTo('17:50');
    bot.platform.fault = () => null;
    await bot.walkTo('17:55');
    expect(bot.heard('福山地村').map(({ text }) => text.slice(0, 1))).toEqual(['⏰']);
  });
});
