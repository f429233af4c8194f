import { describe, expect, it } from 'vitest';
import { startBot } from '../../support/bot.ts';

const reminders = (heard: { text: string }[]): string[] =>
  heard.flatMap(({ text }) => (text.startsWith('⏰') ? [text] : []));

describe('promise 3: nobody is reminded of a report that is in', () => {
  it('writes a reminder anew at each try, so that who reported while sends failed is not named', async () => {
    const bot = await startBot();
    bot.platform.fault = (_, { text }) => (text.startsWith('⏰') ? 'unavailable' : null);
    await bot.walkTo('17:00');
    expect(bot.platform.tried.length).toBeGreaterThan(0);
    await bot.says('张三', '福山地村', '/日报 0', { at: '17:02' });
    bot.platform.fault = () => null;
    await bot.walkTo('17:05');
    const [reminder, ...more] = bot.heard('福山地村').filter(({ text }) => text.startsWith('⏰'));
    expect(more).toEqual([]);
    expect(reminder?.text).toContain('二网格');
    expect(reminder?.text).not.toContain('一网格');
    expect(reminder?.mentions).toEqual(['李四', '孙三']);
  });

  it('drops a reminder when everybody has reported before it could leave', async () => {
    const bot = await startBot();
    bot.platform.fault = (_, { text }) => (text.startsWith('⏰') ? 'unavailable' : null);
    await bot.walkTo('17:00');
    await bot.says('吴六', '大新庄村', '/日报 0', { at: '17:01' });
    bot.platform.fault = () => null;
    await bot.walkTo('17:30');
    expect(reminders(bot.heard('大新庄村'))).toEqual([]);
    expect(reminders(bot.heard('福山地村'))).toHaveLength(1);
  });

  it('sees a report of the very moment of the step', async () => {
    const bot = await startBot();
    await bot.says('吴六', '大新庄村', '/日报 0', { at: '17:00' });
    await bot.walkTo('17:00');
    expect(reminders(bot.heard('大新庄村'))).toEqual([]);
  });

  it('does not ask the level above to act on a gap that is closed by the time its table leaves', async () => {
    const bot = await startBot();
    await bot.says('吴六', '大新庄村', '/日报 0', { at: '17:10' });
    bot.platform.fault = (to) => (to.id === bot.unitId('林东镇') ? 'unavailable' : null);
    await bot.walkTo('18:30');
    for (const [who, line] of [
      ['张三', '/日报 0'],
      ['李四', '/日报 0'],
      ['孙三', '/代报 三网格 0'],
    ] as const) {
      await bot.says(who, '福山地村', line, { at: '18:32' });
    }
    bot.platform.fault = () => null;
    await bot.walkTo('18:40');
    expect(bot.heard('林东镇')).toEqual([
      expect.objectContaining({ mentions: [], text: expect.stringContaining('全部报齐') }),
    ]);
  });
});
