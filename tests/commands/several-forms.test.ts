import { describe, expect, it } from 'vitest';
import { put, type Write } from '../../src/core/rows/index.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { DAILY, playbookOf, SESSIONS, TEMPERATURE, unitForm, WATCHED } from '../support/forms.ts';

const LEVEL = { name: '水位', type: 'number', required: true, min: 2, max: 40, decimals: 1, usual: 3.5, upward: 'max' };

const PLAYBOOK = playbookOf(
  {
    daily: DAILY,
    water: unitForm('水情', { every: SESSIONS, fields: { level: LEVEL } }),
    weekly: unitForm('周报', { every: 'week', due: '+4d 18:00', locks: '+7d 12:00' }),
    temperature: TEMPERATURE,
    leaflets: unitForm('宣传', { owed: false, adds: true, fields: { leaflets: { name: '传单', type: 'count' } } }),
  },
  { watched: WATCHED },
);

/** People of 一网格 and 二网格, the second of them covered by 李四, the third by the village's secretary. */
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
  return [entry('王五', '一网格', null), entry('赵六', '二网格', '李四'), entry('孙七', '二网格', '孙三')];
}

/** A bot in whose registers somebody stands before the day's periods open. */
async function begin(): Promise<Bot> {
  const bot = await startBot({ playbook: PLAYBOOK, start: '2026-11-22T23:00:00+08:00' });
  await bot.store.commit(watched(bot));
  await bot.restart();
  await bot.walkTo('+1d 09:00');
  return bot;
}

describe('a question that names no form', () => {
  it('is answered of every form that owes something, the main one first', async () => {
    const bot = await begin();
    await bot.says('张三', '福山地村', '/日报 0');
    const [text = ''] = await bot.says('孙三', '福山地村', '/进度');
    expect(text.split('\n')).toEqual([
      '福山地村 11月23日日报 1/3,还差:二网格(李四)、三网格',
      '福山地村 11月23日早水情 0/3,还差:一网格(张三)、二网格(李四)、三网格',
      '福山地村 11月23日起一周周报 0/3,还差:一网格(张三)、二网格(李四)、三网格',
      '福山地村 11月23日早体温 0/3,还差:一网格:王五;二网格:赵六、孙七',
    ]);
  });

  it('says of all that are complete in one line that they are', async () => {
    const bot = await begin();
    for (const who of ['张三', '李四']) await bot.says(who, '福山地村', '/日报 0');
    await bot.says('孙三', '福山地村', '/代报 三网格 0');
    const [text = ''] = await bot.says('孙三', '福山地村', '/未报');
    expect(text.split('\n').at(-1)).toBe('✅ 已报齐:11月23日日报(3/3)');
    expect(text.split('\n')).toHaveLength(4);
  });

  it('is answered above the village without the names of entries', async () => {
    const bot = await begin();
    const [text = ''] = await bot.says('钱二', '林东镇', '/进度');
    expect(text).toContain('林东镇 11月23日早体温 0/3,还差:福山地村 3人');
    expect(text).not.toContain('王五');
    const [village = ''] = await bot.says('钱二', '林东镇', '/进度 福山地村 体温');
    expect(village).toBe('福山地村 11月23日早体温 0/3,还差:一网格 1人、二网格 2人');
  });

  it('is about one form where it names one, in its latest period', async () => {
    const bot = await begin();
    expect(await bot.says('孙三', '福山地村', '/进度 水情')).toEqual([
      '福山地村 11月23日早水情 0/3,还差:一网格(张三)、二网格(李四)、三网格',
    ]);
    await bot.walkTo('+1d 12:30');
    expect((await bot.says('孙三', '福山地村', '/进度 水情'))[0]).toContain('11月23日晚水情');
    expect((await bot.says('孙三', '福山地村', '/进度 水情 昨天'))[0]).toContain('11月22日晚水情');
    expect((await bot.says('孙三', '福山地村', '/进度 周报'))[0]).toContain('11月23日起一周周报');
  });

  it('shows the main table, and tells which others there are', async () => {
    const bot = await begin();
    const [text = ''] = await bot.says('孙三', '福山地村', '/汇总');
    expect(text).toMatch(/^📋 福山地村 11月23日日报 09:00\n/);
    expect(text.split('\n').at(-1)).toBe('另有:/汇总 水情、/汇总 周报、/汇总 体温');
    const [water = ''] = await bot.says('孙三', '福山地村', '/汇总 水情');
    expect(water).toMatch(/^📋 福山地村 11月23日早水情 09:00\n/);
    expect(water).not.toContain('另有');
  });

  it('nudges of all that is due today in one message', async () => {
    const bot = await begin();
    const before = bot.heard('福山地村').length;
    await bot.says('孙三', '福山地村', '/催报');
    const [nudge, ...others] = bot.heard('福山地村').slice(before);
    expect(others).toEqual([]);
    expect(nudge?.text.split('\n')).toEqual([
      '🔔 请大家看一下:11月23日日报还差 3 个,请发:/日报 0',
      '一网格 @张三',
      '二网格 @李四',
      '三网格(空岗,请代报) @孙三',
      '代报请发:/代报 三网格 0',
      '🔔 请大家看一下:11月23日早水情还差 3 个,请发:/水情 水位3.5',
      '一网格 @张三',
      '二网格 @李四',
      '三网格(空岗,请代报) @孙三',
      '代报请发:/代报 水情 三网格 水位3.5',
      '🔔 请大家看一下:11月23日早体温还差 3 人,请发:/体温 王五 36.5',
      '一网格:王五 @张三',
      '二网格:赵六 @李四',
      '二网格:孙七 @孙三',
    ]);
    expect(nudge?.mentions).toEqual(['张三', '李四', '孙三']);
  });

  it('tells each what they owe today, for their grids and for those they cover', async () => {
    const bot = await begin();
    expect((await bot.says('李四', '福山地村', '/我'))[0]?.split('\n')).toEqual([
      '李四:福山地村二网格网格长',
      '本群:福山地村',
      '二网格今天日报:未报',
      '二网格今天早水情:未报',
      '二网格本周周报:未报',
      '您负责的今天早体温:还差 1 人',
    ]);
    await bot.says('李四', '福山地村', '/体温 赵六 36.6');
    expect((await bot.says('李四', '福山地村', '/我'))[0]).toContain('您负责的今天早体温:都报了');
  });
});

describe('a line about a form that is not the main one', () => {
  it('is taken into the period that was open as it was sent', async () => {
    const bot = await begin();
    expect(await bot.says('张三', '福山地村', '/水情 水位3.2')).toEqual([
      expect.stringMatching(/^✅ 一网格 11月23日早 水情已收 09:00 水位3\.2\(1\/3\)$/),
    ]);
    expect((await bot.says('张三', '福山地村', '/撤回 水情'))[0]).toContain('11月23日早 水情已撤回');
    await bot.walkTo('+1d 12:30');
    expect((await bot.says('张三', '福山地村', '/水情 水位3.3'))[0]).toContain('11月23日晚 水情已收');
    expect((await bot.says('张三', '福山地村', '/更正 水情 水位3.4'))[0]).toContain('水情已更正');
  });

  it('is offered again with its name', async () => {
    const bot = await begin();
    expect((await bot.says('张三', '福山地村', '/更正 周报 1'))[0]).toContain('请发:/周报 一网格 1');
    expect((await bot.says('李四', '福山地村', '/代报 周报 一网格 0'))[0]).toContain('/代报 周报 一网格 0');
    expect((await bot.says('李四', '福山地村', '/代报 一网格 0'))[0]).toContain('/代报 一网格 0');
  });

  it('is reported for all that are left by its name', async () => {
    const bot = await begin();
    expect((await bot.says('孙三', '福山地村', '/代报 周报 其余 2'))[0]).toContain('/代报 周报 其余 0');
    expect((await bot.says('孙三', '福山地村', '/代报 周报 其余 0'))[0]).toContain('11月23日起一周周报还有 3 个没报');
    expect((await bot.says('孙三', '福山地村', '/确认'))[0]).toContain('11月23日起一周 周报零报告已收');
  });
});

describe('help', () => {
  it('shows a line of every form, the main one first', async () => {
    const bot = await begin();
    const lines = ((await bot.says('李四', '福山地村', '/帮助'))[0] ?? '').split('\n');
    expect(lines.slice(1, 4)).toEqual([
      expect.stringMatching(/^\/日报 0 {2}/),
      '/水情 水位3.5  报水情,早 10:00、晚 18:00 截止',
      '还能报:周报、体温、宣传。怎么报请发,例如:/帮助 周报',
    ]);
    expect(lines.length).toBeLessThanOrEqual(13);
  });

  it("shows a village's secretary how the grids' forms are reported on behalf", async () => {
    const bot = await begin();
    const [text = ''] = await bot.says('孙三', '福山地村', '/帮助');
    expect(text).toContain('/代报 水情 一网格 水位3.5');
    expect(text).not.toContain('\n/水情 ');
  });

  it('shows somebody unknown none of them', async () => {
    const bot = await begin();
    expect((await bot.says('外人', 'private', '/帮助'))[0]).not.toContain('水情');
  });

  it('explains a form in its own words', async () => {
    const bot = await begin();
    expect((await bot.says('李四', '福山地村', '/帮助 水情'))[0]?.split('\n')).toEqual([
      '水情',
      '谁报:每个网格都要报',
      '多久:每天 2 次(早、晚)',
      '时间:早:06:00 起可报,10:00 截止,12:00 锁定;晚:12:00 起可报,18:00 截止,次日 06:00 锁定',
      '要填的:',
      '水位:2 到 40,小数 1 位,必填,上级看最大的',
      '这样报:/水情 水位3.5',
    ]);
  });
});
