import { describe, expect, it } from 'vitest';
import { type Bot, startBot } from '../../support/bot.ts';

const ROSTER = `县,乡镇,村,网格,职务,姓名,电话
巴林左旗,,,,书记,赵一,
巴林左旗,林东镇,,,书记,钱二,
巴林左旗,林东镇,福山地村,,书记,孙三,
巴林左旗,林东镇,福山地村,一网格,网格长,张三,
巴林左旗,林东镇,福山地村,二网格,网格长,李四,
巴林左旗,林东镇,福山地村,二网格,副网格长,李副,
巴林左旗,林东镇,福山地村,三网格,网格长,,
巴林左旗,林东镇,大新庄村,,书记,,
巴林左旗,林东镇,大新庄村,一网格,网格长,吴六,
巴林左旗,林东镇,十三号村,,书记,周七,
巴林左旗,林东镇,十三号村,一网格,网格长,郑八,
`;

const unclaimed = (name: string) => ({
  roster: ROSTER,
  without: ({ table, row }: { table: string; row: object }) =>
    table === 'account' && 'displayName' in row && row.displayName === name,
});

/** Who is mentioned for a grid in the reminder at 17:00: those whose name stands in its line, mentioned or not. */
async function reminded(bot: Bot, village: string): Promise<string[]> {
  await bot.walkTo('17:00');
  return bot.heard(village).find(({ text }) => text.startsWith('⏰'))?.mentions ?? [];
}

describe('promise 10: a post that nobody can fill is skipped at once', () => {
  it('turns to the secretary for a vacant grid, in the reminder as in the table', async () => {
    const bot = await startBot({ roster: ROSTER });
    await bot.walkTo('18:00');
    for (const heard of bot.heard('福山地村')) expect(heard.mentions).toEqual(['张三', '李四', '孙三']);
    expect(bot.heard('福山地村')).toHaveLength(3);
    expect(await bot.says('孙三', '福山地村', '/代报 三网格 0')).toEqual([expect.stringContaining('✅ 三网格')]);
  });

  it('turns to the deputy whom somebody on leave has named, who may report', async () => {
    const bot = await startBot({ roster: ROSTER });
    await bot.says('张三', '福山地村', '/请假 今天 李副代', { at: '09:00' });
    expect(await reminded(bot, '福山地村')).toEqual(['李副', '李四', '孙三']);
    expect(await bot.says('李副', '福山地村', '/日报 一网格 0')).toEqual([expect.stringContaining('✅ 一网格')]);
  });

  it('turns to the deputy post of a grid whose leader is away without naming anybody', async () => {
    const bot = await startBot({ roster: ROSTER });
    await bot.says('李四', '福山地村', '/请假 今天', { at: '09:00' });
    expect(await reminded(bot, '福山地村')).toEqual(['张三', '李副', '孙三']);
  });

  it('turns to the secretary when whoever is away has neither named a deputy nor has one', async () => {
    const bot = await startBot({ roster: ROSTER });
    await bot.says('张三', '福山地村', '/请假 今天', { at: '09:00' });
    expect(await reminded(bot, '福山地村')).toEqual(['孙三', '李四']);
    expect(bot.heard('福山地村').at(-1)?.text).toContain('张三请假');
  });

  it('turns to the secretary for a leader who has claimed no account yet, and says so', async () => {
    const bot = await startBot(unclaimed('张三'));
    expect(await reminded(bot, '福山地村')).toEqual(['孙三', '李四']);
    expect(bot.heard('福山地村').at(-1)?.text).toContain('张三还没认领');
  });

  it('passes over a deputy who is away as well', async () => {
    const bot = await startBot({ roster: ROSTER });
    await bot.says('张三', '福山地村', '/请假 今天 李副代', { at: '09:00' });
    await bot.says('李副', '福山地村', '/请假 今天', { at: '09:01' });
    expect(await reminded(bot, '福山地村')).toEqual(['孙三', '李四']);
  });

  it('turns to the township for a village without a secretary, and to the county for one it cannot reach', async () => {
    const bot = await startBot({ ...unclaimed('钱二') });
    await bot.says('吴六', '大新庄村', '/请假 今天', { at: '09:00' });
    await bot.walkTo('18:30');
    const reminder = bot.heard('大新庄村').find(({ text }) => text.startsWith('⏰'));
    expect(reminder).toMatchObject({ mentions: ['赵一'], text: expect.stringContaining('吴六请假') });
    const table = bot.heard('林东镇').find(({ text }) => text.startsWith('📋'));
    expect(table?.mentions).toEqual(['孙三', '赵一', '周七']);
  });

  it('mentions the leader again on the day after the leave', async () => {
    const bot = await startBot({ roster: ROSTER });
    await bot.says('张三', '福山地村', '/请假 今天 李四代', { at: '09:00' });
    await bot.walkTo('+1d 17:00');
    expect(bot.heard('福山地村').at(-1)?.mentions).toEqual(['张三', '李四', '孙三']);
  });

  it('keeps the grid expected: neither vacancy nor leave exempts', async () => {
    const bot = await startBot({ roster: ROSTER });
    await bot.says('张三', '福山地村', '/请假 今天', { at: '09:00' });
    expect(bot.app.county().book('daily@2026-11-23')?.tally(bot.unitId('福山地村'))).toMatchObject({
      expected: 3,
      exempt: 0,
      missing: 3,
    });
  });
});
