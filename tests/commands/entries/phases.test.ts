import { describe, expect, it } from 'vitest';
import { parsePlaybook } from '../../../src/playbook-file.ts';
import { type Bot, startBot } from '../../support/bot.ts';
import { ROSTER } from '../../support/rehearsal.ts';

const PLAYBOOK = parsePlaybook(
  `id: flood
name: 防汛
forms:
  daily:
    name: 日报
    subject: grid
    every: day
    fields:
      abnormal: { name: 异常, type: count, required: true, bare: true }
    opens: "00:00"
    due: "18:00"
    locks: "+1d 12:00"
  patrol:
    name: 巡堤
    subject: grid
    every: 30m
    while: { phase: response, is: [红色] }
    fields:
      leaks: { name: 渗漏, type: count, required: true, bare: true }
    opens: "00:00"
    due: "00:20"
    locks: "02:00"
    ladder:
      - { at: "due", do: remind, in: village }
phases:
  response:
    name: 应急响应
    aliases: [响应]
    states: [红色, 黄色, 解除]
    by: [county, township]
`,
  'flood.yaml',
);

const OTHER_TOWNSHIP = `${ROSTER}巴林左旗,隆昌镇,,,书记,郑七,
巴林左旗,隆昌镇,上京村,,书记,冯九,
巴林左旗,隆昌镇,上京村,一网格,网格长,陈十,
`;

const start = (): Promise<Bot> =>
  startBot({ playbook: PLAYBOOK, roster: OTHER_TOWNSHIP, start: '2026-11-23T09:05:00+08:00' });

/** The rounds of the half-hourly form that were opened, and how many were expected in each. */
const rounds = (bot: Bot): string[] =>
  bot.app
    .county()
    .books()
    .filter(({ period }) => period.form === 'patrol')
    .map((book) => `${book.period.label} ${book.size}`);

describe('a phase', () => {
  it('is declared by the heads of the levels that may, for their unit, and by nobody else', async () => {
    const bot = await start();
    for (const [who, where, line] of [
      ['张三', '福山地村', '/响应 红色'],
      ['孙三', '福山地村', '/响应 红色'],
      ['钱二', '福山地村', '/响应 红色'],
      ['郑七', '隆昌镇', '/响应 林东镇 红色'],
      ['钱二', '巴林左旗', '/响应 红色'],
    ] as const) {
      expect([who, where, ...(await bot.says(who, where, line))]).toEqual([
        who,
        where,
        '应急响应由县、乡镇的负责人在本级群里发。',
      ]);
    }
    expect(await bot.rows('SELECT count(*) FROM phase')).toEqual([[0]]);
    expect(await bot.says('钱二', '林东镇', '/响应 红色')).toEqual(['✅ 林东镇应急响应:红色。从下一次起要报:巡堤。']);
    expect(await bot.says('钱二', '林东镇', '/响应 红色')).toEqual(['林东镇应急响应已经是「红色」。']);
  });

  it('is told to every group below, once, and to the unit’s own where it was declared elsewhere', async () => {
    const bot = await start();
    await bot.says('赵一', '巴林左旗', '/响应 林东镇 红色');
    const told = (group: string) => bot.heard(group).filter(({ text }) => text === '📢 林东镇应急响应:红色').length;
    expect(['林东镇', '福山地村', '大新庄村', '隆昌镇', '上京村'].map(told)).toEqual([1, 1, 1, 0, 0]);
  });

  it('makes a form owed from the next round on, every half hour, only below that unit', async () => {
    const bot = await start();
    expect((await bot.says('张三', '福山地村', '/巡堤 0'))[0]).toBe('巡堤现在不用报:要等上级启动。');
    await bot.says('钱二', '林东镇', '/响应 红色');
    await bot.walkTo('10:35');
    expect(rounds(bot)).toEqual(['09:30 4', '10:00 4', '10:30 4']);
    expect(await bot.says('张三', '福山地村', '/巡堤 0')).toEqual([
      expect.stringContaining('✅ 一网格 11月23日10:30 零报告已收 10:35(1/3)'),
    ]);
    const [elsewhere] = await bot.says('陈十', '上京村', '/巡堤 0');
    expect(elsewhere).toContain('不在 11月23日 的应报名单里');
    expect(bot.heard('上京村').filter(({ text }) => text.startsWith('⏰'))).toEqual([]);
    expect(bot.heard('福山地村').filter(({ text }) => text.startsWith('⏰')).length).toBe(2);
  });

  it('ends a form with the state that ends it', async () => {
    const bot = await start();
    await bot.says('钱二', '林东镇', '/响应 红色');
    await bot.says('钱二', '林东镇', '/响应 解除', { at: '09:45' });
    await bot.walkTo('11:00');
    expect(rounds(bot)).toEqual(['09:30 4']);
  });

  it('of a township and of the county: the newest holds', async () => {
    const bot = await start();
    await bot.says('赵一', '巴林左旗', '/响应 红色');
    await bot.says('钱二', '林东镇', '/响应 黄色', { at: '09:35' });
    await bot.says('赵一', '巴林左旗', '/响应 解除', { at: '10:05' });
    await bot.says('钱二', '林东镇', '/响应 红色', { at: '10:35' });
    await bot.walkTo('11:05');
    expect(rounds(bot)).toEqual(['09:30 5', '10:00 1', '11:00 4']);
  });
});
