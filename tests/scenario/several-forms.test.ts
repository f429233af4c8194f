/** A county whose playbook has several forms: what the groups hear by themselves, and what names stay where. */
import { describe, expect, it } from 'vitest';
import { put, type Write } from '../../src/core/rows/index.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { DAILY, playbookOf, TEMPERATURE, unitForm, WATCHED } from '../support/forms.ts';

const LADDER = [
  { at: 'due-60m', do: 'remind', in: 'village' },
  { at: 'due', do: 'table', in: 'village' },
  { at: 'due+30m', do: 'table', in: 'township' },
];

const PLAYBOOK = playbookOf(
  {
    daily: DAILY,
    temperature: { ...TEMPERATURE, ladder: LADDER },
    leaflets: unitForm('宣传', {
      owed: false,
      adds: true,
      fields: { leaflets: { name: '传单', type: 'count' } },
      ladder: [{ at: '18:00', do: 'table', in: 'township' }],
    }),
  },
  { watched: WATCHED },
);

function watched(bot: Bot): Write[] {
  const entry = (name: string, grid: string, cover: string | null) =>
    put('entry', {
      id: `entry ${name}`,
      register: 'watched',
      unitId: bot.unitId(`福山地村/${grid}`),
      number: null,
      name,
      values: {},
      coverId: cover && bot.personId(cover),
      since: '2026-11-20',
      until: null,
      erasedAt: null,
    });
  return [
    entry('王五', '一网格', '周五'),
    entry('赵六', '二网格', '孙三'),
    entry('孙七', '二网格', '孙三'),
    entry('郑十', '三网格', null),
  ];
}

/** 周五, of another village, covers somebody and has claimed nothing. */
async function begin(): Promise<Bot> {
  const bot = await startBot({ playbook: PLAYBOOK, start: '2026-11-22T23:00:00+08:00' });
  await bot.store.commit(watched(bot));
  await bot.restart();
  return bot;
}

const textsAt = (bot: Bot, group: string, at: string): string[] =>
  bot
    .heard(group)
    .filter((heard) => heard.at === at)
    .map(({ text }) => text);

describe('a form about entries of a register', () => {
  it('is reminded of by name, each with who is responsible', async () => {
    const bot = await begin();
    await bot.walkTo('+1d 09:00');
    const [text = ''] = textsAt(bot, '福山地村', '09:00:00');
    expect(text.split('\n')).toEqual([
      '⏰ 11月23日早体温还差 4 人,10:00 截止,请发:/体温 王五 36.5',
      '一网格:王五 @周五',
      '二网格:赵六、孙七 @孙三',
      '三网格:郑十(空岗,请代报) @孙三',
    ]);
  });

  it('falls to who acts for the grid while the one who covers is away', async () => {
    const bot = await begin();
    await bot.says('周五', 'private', '/请假 明天', { at: '+0d 23:30' });
    await bot.walkTo('+1d 09:00');
    expect(textsAt(bot, '福山地村', '09:00:00')[0]).toContain('一网格:王五 @张三');
  });

  it('has a table that names them in the village, and counts them above', async () => {
    const bot = await begin();
    await bot.says('孙三', '福山地村', '/体温 赵六 36.5 孙七 38.2', { at: '+1d 09:30' });
    await bot.walkTo('+1d 10:30');
    expect(textsAt(bot, '福山地村', '10:00:00')[0]?.split('\n')).toEqual([
      '📋 福山地村 11月23日早体温 10:00',
      '应报4 按时2 迟报0 免报0 未报2',
      '未报:',
      '一网格:王五 @周五',
      '三网格:郑十(空岗,请代报) @孙三',
    ]);
    const [township = ''] = textsAt(bot, '林东镇', '10:30:00');
    expect(township.split('\n')).toEqual([
      '📋 林东镇 11月23日早体温 10:30',
      '应报4 按时2 迟报0 免报0 未报2',
      '未齐:',
      '福山地村 2/4 @孙三',
    ]);
  });

  it('keeps the names of entries from those above who ask for the table', async () => {
    const bot = await begin();
    await bot.walkTo('+1d 09:30');
    const [near = ''] = await bot.says('孙三', '福山地村', '/汇总 二网格 体温');
    expect(near).toContain('赵六、孙七 孙三');
    const [far = ''] = await bot.says('钱二', '林东镇', '/汇总 福山地村 体温');
    expect(far).toContain('二网格 0/2');
    expect(far).not.toMatch(/赵六|孙七|王五|郑十/);
    const [grid = ''] = await bot.says('钱二', '林东镇', '/汇总 福山地村/二网格 体温');
    expect(grid).not.toMatch(/赵六|孙七/);
  });

  it('leaves no gap to be made good in the village', async () => {
    const bot = await begin();
    await bot.walkTo('+1d 10:05');
    const book = bot.app.county().latestOf('temperature', '2026-11-23', bot.clock.now());
    expect(book?.slots.size).toBe(2);
    expect(book?.openGaps(bot.unitId('福山地村'))).toEqual([]);
  });
});

describe('a form that nobody is asked for today', () => {
  it('is said to be so', async () => {
    const bot = await startBot({ playbook: PLAYBOOK });
    expect(await bot.says('孙三', '福山地村', '/进度 体温')).toEqual(['福山地村 11月23日 没有要报体温的。']);
  });
});

describe('a form nobody owes', () => {
  it('has tables of figures alone, and none where nothing was said', async () => {
    const bot = await begin();
    await bot.walkTo('+1d 17:00');
    expect(await bot.says('孙三', '福山地村', '/汇总 宣传')).toEqual(['福山地村 11月23日 还没有人报宣传。']);
    await bot.says('张三', '福山地村', '/宣传 传单20');
    await bot.says('李四', '福山地村', '/宣传 传单5');
    expect((await bot.says('孙三', '福山地村', '/汇总 宣传'))[0]?.split('\n')).toEqual([
      '📋 福山地村 11月23日宣传 17:00',
      '合计:传单25',
      '有情况:一网格 传单20、二网格 传单5',
    ]);
    await bot.walkTo('+1d 18:00');
    expect(textsAt(bot, '林东镇', '18:00:00').filter((text) => text.includes('宣传'))).toEqual([
      '📋 林东镇 11月23日宣传 18:00\n合计:传单25\n有情况:福山地村 传单25',
    ]);
  });

  it('is not asked after where one was taken back', async () => {
    const bot = await begin();
    await bot.says('张三', '福山地村', '/宣传 传单20', { at: '+1d 17:00' });
    await bot.says('张三', '福山地村', '/撤回 宣传');
    expect((await bot.says('孙三', '福山地村', '/未报'))[0]).not.toContain('宣传');
  });
});
