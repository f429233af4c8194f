/** Tables on platforms that show no file with a text, or only one picture with a short one. */
import { describe, expect, it } from 'vitest';
import { type Bot, startBot } from '../support/bot.ts';

/** What a group got, each message as its head and its files. */
const seen = (bot: Bot, where: string): string[] =>
  bot.heard(where).map(({ text, attachments }) => [text.split('\n')[0]?.slice(0, 4), ...attachments].join(' ').trim());

const APART = { filesTogether: false, captionLimit: 0 };

describe('the files of a table', () => {
  it('ride on its text where the platform shows them so', async () => {
    const bot = await startBot();
    await bot.walkTo('18:00');
    expect(seen(bot, '福山地村').at(-1)).toBe('📋 福 福山地村-日报-2026-11-23.png 福山地村-日报-2026-11-23.xlsx');
  });

  it('follow it one by one where each is a message of its own, after the texts of all groups', async () => {
    const bot = await startBot({ shape: APART, pace: { betweenChatsMs: 3_000 } });
    await bot.walkTo('18:01');
    expect(seen(bot, '福山地村').slice(-3)).toEqual([
      expect.stringMatching(/^📋 福$/u),
      '福山地村-日报-2026-11-23.png',
      '福山地村-日报-2026-11-23.xlsx',
    ]);
    const order = bot.everything().flatMap(({ to, message }) => (message.text === '' ? 'file' : `text ${to.id}`));
    const tables = order.lastIndexOf('file') - order.indexOf('file') + 1;
    expect(order.slice(-tables).every((each) => each === 'file')).toBe(true);
  });

  it('come with the picture on a short text, and the workbook after it, where a picture has a caption', async () => {
    const bot = await startBot({ shape: { filesTogether: false, captionLimit: 1_024 } });
    await bot.walkTo('18:00');
    expect(seen(bot, '福山地村').slice(-2)).toEqual([
      '📋 福 福山地村-日报-2026-11-23.png',
      '福山地村-日报-2026-11-23.xlsx',
    ]);
  });

  it('keep nobody waiting: an answer goes before files that are due', async () => {
    const bot = await startBot({ shape: APART, pace: { perAccountMs: 10_000 } });
    await bot.walkTo('18:00');
    await bot.platform.deliver(bot.message('张三', '福山地村', '/日报 0'));
    await bot.walkTo('18:02');
    const texts = bot.everything().map(({ message }) => (message.text === '' ? 'file' : message.text.slice(0, 1)));
    expect(texts.indexOf('✅')).toBeLessThan(texts.indexOf('file'));
  });

  it('are sent once, though the text was tried again', async () => {
    const bot = await startBot({ shape: APART });
    let failed = false;
    bot.platform.fault = (_to, { text }) => {
      if (failed || !text.startsWith('📋')) return null;
      failed = true;
      return 'unavailable';
    };
    await bot.walkTo('18:05');
    const own = seen(bot, '福山地村').filter((line) => line.includes('.png'));
    expect(own).toHaveLength(1);
  });

  it('survive a restart between the text and them', async () => {
    const bot = await startBot({ shape: APART });
    bot.platform.fault = (_to, { text }) => (text === '' ? 'unavailable' : null);
    await bot.walkTo('18:00');
    await bot.restart();
    await bot.walkTo('18:05');
    expect(seen(bot, '福山地村').slice(-2)).toEqual(['福山地村-日报-2026-11-23.png', '福山地村-日报-2026-11-23.xlsx']);
  });

  it('come at once for whoever asks, also at night', async () => {
    const bot = await startBot({ shape: APART });
    await bot.says('孙三', '福山地村', '/汇总', { at: '22:30' });
    expect(seen(bot, '福山地村').filter((line) => line.includes('.'))).toHaveLength(4);
  });
});
