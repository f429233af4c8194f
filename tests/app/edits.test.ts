/** A message that its sender changes on the platform. */
import { describe, expect, it } from 'vitest';
import { type Bot, type Saying, startBot } from '../support/bot.ts';

const edit = (bot: Bot, text: string, saying: Saying) =>
  bot.says('张三', '福山地村', text, { change: 'edited', id: 'm1', ...saying });

const valuesOf = (bot: Bot): Promise<unknown[][]> =>
  bot.rows(`SELECT json_extract("values", '$.abnormal') FROM report WHERE kind = 'report' ORDER BY sent_at`);

describe('an edited report', () => {
  it('is a correction that keeps the timeliness of the first', async () => {
    const bot = await startBot();
    await bot.says('张三', '福山地村', '/日报 0', { at: '17:50', id: 'm1' });
    expect(await edit(bot, '/日报 2', { at: '18:10', originAt: '17:50' })).toEqual([expect.stringContaining('2')]);
    expect(await valuesOf(bot)).toEqual([[0], [2]]);
    expect(await bot.says('孙三', '福山地村', '/汇总')).toEqual([expect.stringMatching(/按时1 迟报0/)]);
  });

  it('counts for the day on which it was first sent', async () => {
    const bot = await startBot();
    await bot.says('张三', '福山地村', '/日报 0', { at: '23:50', id: 'm1' });
    await edit(bot, '/日报 3', { at: '+1d 00:05', originAt: '23:50' });
    expect(await bot.rows(`SELECT DISTINCT substr(obligation_id, 1, 16) FROM report`)).toEqual([['daily@2026-11-23']]);
  });

  it('is taken once however often it is delivered, and each edit of the same second by itself', async () => {
    const bot = await startBot();
    await bot.says('张三', '福山地村', '/日报 0', { at: '17:00', id: 'm1' });
    for (const changeId of ['u2', 'u2', 'u3']) await edit(bot, `/日报 ${changeId.slice(1)}`, { changeId });
    expect(await valuesOf(bot)).toEqual([[0], [2], [3]]);
  });

  it('is not taken back by being edited into plain talk, and its sender is told', async () => {
    const bot = await startBot();
    await bot.says('张三', '福山地村', '/日报 0', { at: '17:00', id: 'm1' });
    expect(await edit(bot, '算了', { at: '17:10' })).toEqual([expect.stringContaining('仍然算数')]);
  });

  it('is a first report when the message could not be read before', async () => {
    const bot = await startBot();
    await bot.says('张三', '福山地村', '/日抱 零零', { at: '17:00', id: 'm1' });
    expect(await edit(bot, '/日报 0', { at: '17:01', originAt: '17:00' })).toEqual([expect.stringContaining('✅')]);
  });

  it('of plain talk into plain talk is nobody’s business', async () => {
    const bot = await startBot();
    expect(await edit(bot, '好的好的', {})).toEqual([]);
    expect(await bot.rows('SELECT count(*) FROM inbound')).toEqual([[0]]);
  });
});

describe('a phone whose clock runs ahead', () => {
  it('has spoken now: not in time for what is not yet due, and on no later day', async () => {
    const bot = await startBot();
    const answers = await bot.says('张三', '福山地村', '/日报 0', { at: '23:50', sentAt: '+1d 08:00' });
    expect(answers).toEqual([expect.stringContaining('11月23日')]);
    expect(answers).toEqual([expect.stringContaining('23:50')]);
  });
});
