import { describe, it } from 'vitest';
import {
  command,
  expectReading,
  expectReadingOrQuestion,
  expectRefusal,
  GROUP,
  on,
  report,
  YESTERDAY,
  zero,
} from './reading.ts';

describe('a report may name its grid', () => {
  // biome-ignore format: a table of lines
  it.each([
    ['/日报 三网格 0', '三网格'], ['/日报 三网格0', '三网格'], ['/日报三网格0', '三网格'], ['/日报三网格 0', '三网格'], ['/日报 0 三网格', '三网格'],
    ['/日报 三网格：0', '三网格'], ['/日报 三网格=0', '三网格'], ['/日报 三网格，0', '三网格'], ['/日报 三网格 无', '三网格'], ['/日报 三网格无', '三网格'],
    ['/日报 三网格 无异常', '三网格'], ['/日报 三网格无异常', '三网格'], ['/日报 三网格 零', '三网格'], ['/日报 三网格 异常0', '三网格'],
    ['/日報 三網格 0', '三网格'], ['日报 三网格 0', '三网格'], ['@网格助手 日报 三网格 0', '三网格'], ['/日报 三 网 格 0', '三网格'],
    ['/日报 3网格 0', '3网格'], ['/日报 ３网格 ０', '3网格'], ['/日报 12网格 0', '12网格'], ['/日报 十二网格 0', '十二网格'], ['/日报 第三网格 0', '第三网格'],
    ['/日报 一网格 0', '一网格'], ['/日报 东网格 0', '东网格'], ['/rb 三网格 0', '三网格'],
    ['/日报 大新庄村一网格 0', '大新庄村一网格'], ['/日报 大新庄村/一网格 0', '大新庄村/一网格'], ['/日报 大新庄村一网格0', '大新庄村一网格'],
    ['/日报大新庄村一网格0', '大新庄村一网格'], ['/日报 林东镇/福山地村/一网格 0', '林东镇/福山地村/一网格'], ['/日报 大新庄村／一网格 0', '大新庄村/一网格'],
    ['/日报 林东镇福山地村一网格 0', '林东镇福山地村一网格'], ['/日报 大新莊村一網格 0', '大新庄村一网格'],
  ] as const)('%j is for %s', (line, subject) => expectReading(line, zero({ subject })));

  // biome-ignore format: a table of lines
  it.each([
    ['/日报 三网格 2', 2], ['/日报 三网格2', 2], ['/日报三网格2', 2], ['/日报 三网格两', 2], ['/日报 三网格二', 2], ['/日报 三网格 十二', 12],
    ['/日报 三网格十二', 12], ['/日报 三网格 2人', 2], ['/日报 三网格：2', 2], ['/日报 2 三网格', 2],
  ] as const)('%j counts %i, not the number in the name', (line, abnormal) =>
    expectReading(line, report({ abnormal }, { subject: '三网格' })));

  it('keeps the grid apart from labels and the day in any order', () => {
    const expected = report({ abnormal: 2, returned: 1 }, { subject: '三网格', period: YESTERDAY });
    for (const line of [
      '三网格 昨天 2 返乡1',
      '昨天 三网格 返乡1 2',
      '2 返乡1 三网格 昨天',
      '返乡1 2 昨天 三网格',
      '昨天三网格2返乡1',
    ])
      expectReading(`/日报 ${line}`, expected);
  });

  it.each([
    '/日报 三网格 四网格 0',
    '/日报 三网格、四网格 0',
    '/日报 三网格 0 四网格 1',
    '/日报 三网格0四网格0',
    '/日报 一、二网格',
    '/日报 一、二网格 0',
    '/日报 一、二、三网格 0',
  ])('%j, two grids in one line, is refused', (line) => expectRefusal(line));
  it.each(['/日报 三网格', '/日报 3网格', '/日报 大新庄村一网格', '/日报 平安村', '/日报 十二网格'])(
    '%j holds no count',
    (line) => expectRefusal(line),
  );
  it.each([
    ['/日报 平安村 0', '平安村'],
    ['/日报 平安村一网格 2', '平安村一网格'],
    ['/日报 无极村 0', '无极村'],
    ['/日报 万家村一网格 0', '万家村一网格'],
    ['/日报 三十里铺村二网格 0', '三十里铺村二网格'],
    ['/日报 十里村 0', '十里村'],
    ['/日报 五一村一网格 0', '五一村一网格'],
    ['/日报 八一社区 0', '八一社区'],
    ['/日报 零陵村 0', '零陵村'],
  ])('%j is a place whose name looks like a number or a word for zero', (line, subject) => {
    const abnormal = line.endsWith('2') ? 2 : 0;
    expectReadingOrQuestion(line, [report({ abnormal }, { subject })]);
  });
});

describe('a report on behalf of another', () => {
  const behalf = (more: Record<string, unknown> = {}) =>
    zero({ verb: 'behalf', subject: '三网格', note: '王五手机坏了', ...more });
  // biome-ignore format: a table of lines
  it.each([
    '/代报 三网格 0 王五手机坏了', '/代報 三網格 0 王五手機壞了', '／代报　三网格　０　王五手机坏了', '/代报 三网格0 王五手机坏了', '/代报三网格0 王五手机坏了',
    '/代报 三网格：0，王五手机坏了', '/代报 三网格 无 王五手机坏了', '/代报 三网格 0 王五手机坏了。', '@网格助手 代报 三网格 0 王五手机坏了',
    '/代 报 三网格 0 王五手机坏了', '#代报 三网格 0 王五手机坏了',
  ])('%j', (line) => expectReading(line, behalf()));
  it('carries other counts and another day', () => {
    expectReading('/代报 三网格 2 返乡1 王五手机坏了', behalf({ values: { abnormal: 2, returned: 1 } }));
    expectReading('/代报 三网格 昨天 0 王五手机坏了', behalf({ period: YESTERDAY }));
  });
  it.each([
    '/代报 其余 0 已电话核实',
    '/代报 其餘 0 已電話核實',
    '/代报其余0 已电话核实',
    '/代报 其余：0，已电话核实。',
    '@网格助手 代报 其余 0 已电话核实',
  ])('%j is for all still missing', (line) =>
    expectReading(line, zero({ verb: 'behalf', subject: '其余', note: '已电话核实' })),
  );
  it.each([
    '/代报',
    '/代报 三网格',
    '/代报 三网格 十几 手机坏了',
    '/代报 三网格 -1 手机坏了',
    '/代报 其余',
    '/代报 其余 已电话核实',
    '/代报 三网格 明天 0 手机坏了',
  ])('%j is refused', (line) => expectRefusal(line));
  it.each(['/代报 0', '/代报 0 王五手机坏了'])('%j does not report for a made-up grid', (line) =>
    expectReadingOrQuestion(line, [zero({ subject: null })]),
  );
});

describe('an earlier day', () => {
  // biome-ignore format: a table of lines
  it.each([
    '/日报 昨天 0', '/日报昨天0', '/日报 0 昨天', '/日报 昨天0', '/日报昨天 0', '/日報 昨天 0', '/日报 11月20日 0', '/日报 １１月２０日 0', '/日报 11 月 20 日 0',
    '/日报 11月20日0', '/日报11月20日0', '/日报 0 11月20日', '/日报 11月20日：0', '/日报 昨天，无异常', '日报 昨天 0', '@网格助手 日报 昨天 0', '/零报告 昨天',
    '/零报告 11月20日', '/日报 2026年11月20日 0',
  ])('%j is for 11月20日', (line) => expectReading(line, zero({ period: YESTERDAY })));

  // biome-ignore format: a table of lines
  it.each([
    ['11月20号', '2026-11-20'], ['十一月二十日', '2026-11-20'], ['11-20', '2026-11-20'], ['11/20', '2026-11-20'], ['2026-11-20', '2026-11-20'],
    ['2026/11/20', '2026-11-20'], ['2026.11.20', '2026-11-20'], ['11.20', '2026-11-20'], ['26年11月20日', '2026-11-20'], ['20日', '2026-11-20'],
    ['20号', '2026-11-20'], ['二十号', '2026-11-20'], ['昨日', '2026-11-20'], ['昨晚', '2026-11-20'], ['昨', '2026-11-20'], ['前天', '2026-11-19'],
    ['前日', '2026-11-19'], ['大前天', '2026-11-18'], ['周五', '2026-11-20'], ['星期五', '2026-11-20'], ['上周五', '2026-11-13'], ['20261120', '2026-11-20'],
    ['今天', '2026-11-21'], ['今日', '2026-11-21'], ['11月21日', '2026-11-21'], ['12月31日', '2025-12-31'], ['11月22日', '2025-11-22'],
    ['2025年12月31日', '2025-12-31'], ['1月1日', '2026-01-01'], ['2月28日', '2026-02-28'], ['1120', '2026-11-20'], ['二〇二六年十一月二十日', '2026-11-20'],
    ['3天前', '2026-11-18'], ['三天前', '2026-11-18'], ['11月20日晚', '2026-11-20'], ['11月20', '2026-11-20'],
  ] as const)('/日报 %s 0 is for %s or a question', (day, period) => expectReadingOrQuestion(`/日报 ${day} 0`, [zero({ period })]));

  // biome-ignore format: a table of lines
  it.each(['/日报 今天 0', '/日报 今日 0', '/日报 11月21日 0', '/日报 0 今天', '/日报今天0'])('%j is for today', (line) => expectReading(line, zero()));

  // biome-ignore format: a table of lines
  it.each([
    '/日报 明天 0', '/日报 后天 0', '/日报 後天 0', '/日报 2026年11月22日 0', '/日报 2027年1月1日 0', '/补报 明天 0 停电', '/日报 2月30日 0', '/日报 13月1日 0',
    '/日报 0月5日 0', '/日报 11月31日 0', '/日报 11月0日 0', '/日报 2026年2月29日 0', '/日报 99月99日 0', '/日报 11月20日-21日 0', '/日报 昨天 前天 0',
    '/日报 昨天 今天 0', '/日报 11月20日 11月19日 0', '/日报 昨天', '/日报 11月20日', '/日报 昨天 1 2', '/日报 昨天 十几',
  ])('%j is refused', (line) => expectRefusal(line));

  it('is not the year, month or day taken for a count', () => {
    for (const day of ['11.20', '11-20', '11/20', '2026', '20', '2026-11-20', '11月20日', '20号', '1月'])
      expectReadingOrQuestion(
        `/日报 ${day}`,
        day === '2026' || day === '20' ? [report({ abnormal: Number(day) })] : [],
      );
  });
});

describe('a report made up for an earlier day', () => {
  const madeUp = (more: Record<string, unknown> = {}) =>
    zero({ verb: 'makeup', period: YESTERDAY, note: '停电', ...more });
  // biome-ignore format: a table of lines
  it.each([
    '/补报 11月20日 0 停电', '/補報 11月20日 0 停電', '／补报　１１月２０日　０　停电', '/补报 昨天 0 停电', '/补报昨天0 停电', '/补报 11月20日0 停电',
    '/补报 11月20日，0，停电。', '/补 报 昨天 0 停电', '@网格助手 补报 昨天 0 停电', '/补报 昨天：无，停电', '/补报 11月20日 无异常 停电', '#补报 昨天 0 停电',
  ])('%j', (line) => expectReading(line, madeUp()));
  it('may name the grid', () => {
    expectReading('/补报 三网格 昨天 0 停电', madeUp({ subject: '三网格' }));
    expectReading('/补报 昨天 三网格 0 停电', madeUp({ subject: '三网格' }));
  });
  it.each([
    '/补报',
    '/补报 昨天',
    '/补报 11月20日',
    '/补报 停电',
    '/补报 昨天 停电',
    '/补报 昨天 十几 停电',
    '/补报 2月30日 0 停电',
  ])('%j is refused', (line) => expectRefusal(line));
});

describe('days near the turn of the year', () => {
  it('looks back to December from January', () => {
    const january = on('2027-01-02');
    expectReading('/补报 12月31日 0 停电', zero({ verb: 'makeup', period: '2026-12-31', note: '停电' }), january);
    expectReading('/日报 12月31日 0', zero({ period: '2026-12-31' }), january);
    expectReading('/日报 昨天 0', zero({ period: '2027-01-01' }), january);
    expectReading('/汇总 12月31日', command('rollup', { period: '2026-12-31' }), january);
  });
  it('steps over it for yesterday', () =>
    expectReading('/日报 昨天 0', zero({ period: '2026-12-31' }), on('2027-01-01')));
  it('looks forward to January for a leave', () => {
    expectReading(
      '/请假 12月30日-1月2日 李四代',
      command('leave', { form: null, period: '2026-12-30', until: '2027-01-02', deputy: '李四' }),
      on('2026-12-29'),
    );
    expectReading(
      '/请假 1月1日-3日 李四代',
      command('leave', { form: null, period: '2027-01-01', until: '2027-01-03', deputy: '李四' }),
      on('2026-12-31'),
    );
  });
  it('knows a leap day', () => {
    expectReading('/日报 2月29日 0', zero({ period: '2028-02-29' }), on('2028-03-01'));
    expectReading('/日报 昨天 0', zero({ period: '2028-02-29' }), on('2028-03-01'));
    expectReading('/日报 昨天 0', zero({ period: '2026-02-28' }), on('2026-03-01'));
  });
  it('never looks ahead for a report', () => {
    for (const today of ['2026-01-01', '2026-12-31', '2028-02-29'] as const)
      for (const day of ['1月1日', '12月31日', '2月29日', '6月15日', '明天', '今天', '昨天'])
        expectReadingOrQuestion(
          `/日报 ${day} 0`,
          ['2025', '2026', '2024', '2027', '2028'].flatMap((year) =>
            Array.from({ length: 12 }, (_, m) => m + 1).flatMap((m) =>
              Array.from(
                { length: 31 },
                (_, d) => `${year}-${String(m).padStart(2, '0')}-${String(d + 1).padStart(2, '0')}`,
              )
                .filter((period) => period <= today)
                .map((period) => zero({ period })),
            ),
          ),
          { ...GROUP, today },
        );
  });
});
