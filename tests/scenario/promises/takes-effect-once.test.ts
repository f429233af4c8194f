import { describe, expect, it } from 'vitest';
import { startBot } from '../../support/bot.ts';

const REPORTS = 'SELECT id, "values" FROM report';

describe('promise 1: a message takes effect once', () => {
  it('takes in and answers a report once, though the platform delivers it again and again', async () => {
    const bot = await startBot();
    const [answer] = await bot.says('张三', '福山地村', '/日报 2', { at: '17:30', id: 'one' });
    expect(answer).toContain('一网格');
    for (let i = 0; i < 3; i += 1) expect(await bot.says('张三', '福山地村', '/日报 2', { id: 'one' })).toEqual([]);
    expect(await bot.rows(REPORTS)).toHaveLength(1);
    expect(bot.logged.filter((line) => line.startsWith('error'))).toEqual([]);
  });

  it('counts copies that arrive in one breath once, however many people speak at that moment', async () => {
    const bot = await startBot();
    const one = bot.message('张三', '福山地村', '/日报 0', { id: 'one' });
    const two = bot.message('李四', '福山地村', '/日报 0', { id: 'two' });
    await Promise.all([one, two, one, two, one].map((message) => bot.platform.deliver(message)));
    await bot.app.tick();
    expect(await bot.rows(REPORTS)).toHaveLength(2);
    expect(bot.heard('福山地村').map(({ text }) => text)).toEqual([expect.stringContaining('一网格、二网格')]);
  });

  it('knows a message again after a restart and after a kill', async () => {
    const bot = await startBot();
    await bot.says('张三', '福山地村', '/日报 2', { id: 'one' });
    await bot.says('张三', '福山地村', '/更正 0', { id: 'two' });
    await bot.restart();
    expect(await bot.says('张三', '福山地村', '/日报 2', { id: 'one' })).toEqual([]);
    await bot.kill();
    await bot.start();
    expect(await bot.says('张三', '福山地村', '/日报 2', { id: 'one' })).toEqual([]);
    const due = bot.app.county().book('daily@2026-11-23')?.due(bot.unitId('福山地村/一网格'));
    expect(due?.standing.current?.values).toEqual({ abnormal: 0 });
    expect(due?.versions).toHaveLength(2);
  });

  it('keeps messages of two groups apart that the platform numbers alike', async () => {
    const bot = await startBot();
    await bot.says('张三', '福山地村', '/日报 0', { id: '7' });
    await bot.says('吴六', '大新庄村', '/日报 0', { id: '7' });
    expect(await bot.rows(REPORTS)).toHaveLength(2);
  });
});
