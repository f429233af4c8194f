import { describe, expect, it } from 'vitest';
import { startBot } from '../../support/bot.ts';

/** Whoever leads a grid, and what their reports say of people. */
const OF_THE_GRIDS = /张三|李四|吴六|武汉|王小明|手机坏了|搬迁/;

describe('promise 8: upward go counts', () => {
  it('sends no name from below a village to the groups above, in tables, lists or lines', async () => {
    const bot = await startBot();
    await bot.says('张三', '福山地村', '/日报 1 返乡1\n王小明 武汉回来 住3组', { at: '16:00' });
    await bot.says('孙三', '福山地村', '/代报 三网格 0 手机坏了');
    await bot.walkTo('19:31');
    for (const [who, group] of [
      ['钱二', '林东镇'],
      ['赵一', '巴林左旗'],
    ] as const) {
      await bot.says(who, group, '/汇总');
      await bot.says(who, group, '/未报');
      await bot.says(who, group, '/未报 福山地村');
      await bot.says(who, group, '/汇总 福山地村');
    }
    await bot.says('孙三', '福山地村', '/免报 二网格 今天 整组搬迁');
    await bot.says('吴六', '大新庄村', '/日报 0');
    await bot.walkTo('19:40');
    for (const group of ['林东镇', '巴林左旗']) {
      const texts = bot.heard(group).map(({ text }) => text);
      expect(texts.length).toBeGreaterThan(5);
      expect(texts.filter((text) => OF_THE_GRIDS.test(text))).toEqual([]);
    }
  });

  it('names the leaders of missing grids in their own village', async () => {
    const bot = await startBot();
    const [answer] = await bot.says('孙三', '福山地村', '/未报');
    expect(answer).toContain('张三');
  });

  it('mentions in a group above only who answers for the units below it', async () => {
    const bot = await startBot();
    await bot.walkTo('19:31');
    expect(bot.heard('林东镇').flatMap(({ mentions }) => mentions)).toEqual(['孙三', '周五']);
    expect(bot.heard('巴林左旗').flatMap(({ mentions }) => mentions)).toEqual(['钱二']);
  });

  it('shows nobody a unit that is neither theirs nor below the group they ask in', async () => {
    const bot = await startBot();
    for (const [who, where] of [
      ['吴六', '大新庄村'],
      ['周五', 'private'],
      ['周五', '大新庄村'],
    ] as const) {
      const [answer] = await bot.says(who, where, '/未报 福山地村');
      expect(answer).not.toMatch(/张三|李四|网格/);
    }
  });
});
