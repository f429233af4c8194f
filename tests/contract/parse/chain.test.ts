import { describe, expect, it } from 'vitest';
import { CHAT, DIRECT, expectReading, GROUP, read } from './reading.ts';

/** What a pasted list reports: unit and count of each line, or `?` where the line is asked about. */
function reported(text: string, context = GROUP): unknown {
  const parsed = read(text, context);
  if (parsed.kind !== 'command') return parsed.kind;
  if (parsed.command !== 'chain') return parsed.command;
  return parsed.lines.map(({ parsed: line }) => {
    if (line.kind !== 'command') return '?';
    expect(line.command).toBe('report');
    return [line.subject, ...Object.values(line.values), ...(line.period === context.today ? [] : [line.period])];
  });
}

const two = [
  ['一网格', 0],
  ['二网格', 0],
];

describe('a pasted 接龙 is one report per line', () => {
  it.each([
    '#接龙\n1. 一网格 0\n2. 二网格 0',
    '#接龙\n\n1. 一网格 0\n2. 二网格 0\n',
    '#接龍\n1. 一網格 0\n2. 二網格 0',
    '＃接龙\n1．一网格　０\n2．二网格　０',
    '#接龙\r\n1. 一网格 0\r\n2. 二网格 0',
    '#接龙\n今日日报\n\n1. 一网格 0\n2. 二网格 0',
    '#接龙\n日报\n1. 一网格 0\n2. 二网格 0',
    '#接龙 日报\n1. 一网格 0\n2. 二网格 0',
    '#接龙\n11月21日零报告,请各网格长接龙\n1. 一网格 0\n2. 二网格 0',
    '#接龙\n例 一网格 0\n\n1. 一网格 0\n2. 二网格 0',
    '#接龙\n例:三网格 0\n1. 一网格 0\n2. 二网格 0',
    '#接龙\n1、一网格 0\n2、二网格 0',
    '#接龙\n1) 一网格 0\n2) 二网格 0',
    '#接龙\n1）一网格 0\n2）二网格 0',
    '#接龙\n1.一网格 0\n2.二网格 0',
    '#接龙\n1.一网格0\n2.二网格0',
    '#接龙\n1. 一网格：0\n2. 二网格：0',
    '#接龙\n1. 一网格 无\n2. 二网格 没有',
    '#接龙\n1. 一网格无异常\n2. 二网格平安',
    '#接龙\n1. 0 一网格\n2. 0 二网格',
    '#接龙\n1. 一网格 0人\n2. 二网格 0例。',
    '#接龙\n1. 一网格 0\n\n2. 二网格 0',
    '  #接龙  \n  1. 一网格 0  \n  2. 二网格 0  ',
    '\u200b#接龙\n1. 一网格 0\n2. 二网格 0\u200b',
    '#接龙\n1. 一网格 0️⃣\n2. 二网格 0️⃣',
    '/接龙\n1. 一网格 0\n2. 二网格 0',
    '@网格助手 #接龙\n1. 一网格 0\n2. 二网格 0',
    '@网格助手\u2005\n#接龙\n1. 一网格 0\n2. 二网格 0',
    '#接 龙\n1. 一网格 0\n2. 二网格 0',
    '#接龙\n1. /日报 一网格 0\n2. /日报 二网格 0',
    '#接龙\n1. 日报 一网格 0\n2. 日报 二网格 0',
  ])('%j', (text) => expect(reported(text)).toEqual(two));

  it('means the same in a direct chat', () => expect(reported('#接龙\n1. 一网格 0\n2. 二网格 0', DIRECT)).toEqual(two));

  it('holds labels, paths and counts of its own', () => {
    expect(reported('#接龙\n1. 一网格 2 返乡1 发热1\n2. 大新庄村/二网格 十二\n3. 大新庄村三网格0')).toEqual([
      ['一网格', 2, 1, 1],
      ['大新庄村/二网格', 12],
      ['大新庄村三网格', 0],
    ]);
  });
  it('does not take the number of a line for its count, nor lose a line numbered 10', () => {
    const units = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二'].map((n) => `${n}网格`);
    const text = ['#接龙', ...units.map((unit, i) => `${i + 1}. ${unit} ${i}`)].join('\n');
    expect(reported(text)).toEqual(units.map((unit, i) => [unit, i]));
  });
  it('tells a line number from a grid whose name begins with a figure', () => {
    expect(reported('#接龙\n1. 1网格 0\n2. 2网格 3')).toEqual([
      ['1网格', 0],
      ['2网格', 3],
    ]);
    expect(reported('#接龙\n1、1网格 0\n2、2网格 3')).toEqual([
      ['1网格', 0],
      ['2网格', 3],
    ]);
    for (const line of reported('#接龙\n1.1网格 0\n2.2网格 3') as unknown[])
      expect([['1网格', 0], ['2网格', 3], '?']).toContainEqual(line);
  });
  it('asks about a line it cannot read, and drops none', () => {
    expect(
      reported(
        '#接龙\n1. 一网格 0\n2. 二网格 十几\n3. 三网格 -1\n4. 四网格 1 2\n5. 五网格\n6. 六网格 1.5\n7. 七网格 0',
      ),
    ).toEqual([['一网格', 0], '?', '?', '?', '?', '?', ['七网格', 0]]);
  });
  it('does not read a question, a phone number or an hour as a count', () => {
    for (const line of [
      '一网格 0吗',
      '一网格 13800000001',
      '一网格 18:00',
      '一网格 明天 0',
      '一网格 100000',
      '一网格 二网格 0',
      '一网格 0 咳嗽1',
    ])
      expect(reported(`#接龙\n1. ${line}\n2. 二网格 0`), line).toEqual(['?', ['二网格', 0]]);
  });
  it('keeps every line of a long list, or asks about the whole', () => {
    const list = (size: number) =>
      ['#接龙', ...Array.from({ length: size }, (_, i) => `${i + 1}. ${i + 1}网格 ${i}`)].join('\n');
    const all = (size: number) => Array.from({ length: size }, (_, i) => [`${i + 1}网格`, i]);
    expect(reported(list(60))).toEqual(all(60));
    for (const size of [200, 1000])
      expect([JSON.stringify(all(size)), '"error"']).toContain(JSON.stringify(reported(list(size))));
  });
  it('shows contradicting lines about one grid both', () => {
    const lines = reported('#接龙\n1. 一网格 0\n2. 一网格 1');
    if (lines !== 'error')
      expect(lines).toEqual([
        ['一网格', 0],
        ['一网格', 1],
      ]);
  });
  it('gives its lines as items', () => {
    expectReading('#接龙\n1. 一网格 0\n2. 二网格 0', {
      kind: 'command',
      form: 'daily',
      values: {},
      items: ['一网格 0', '二网格 0'],
      subject: null,
    });
  });
  it('asks when the list is empty', () => {
    for (const text of ['#接龙', '#接龙\n', '#接龙\n今日日报', '#接龙\n1.\n2.'])
      expect(reported(text), text).not.toEqual('chat');
  });
  it('does not report from the example line or the heading', () => {
    for (const text of [
      '#接龙\n例 一网格 0\n1. 二网格 0',
      '#接龙\n三网格 5\n1. 二网格 0',
      '#接龙\n请填 0\n1. 二网格 0',
      '#接龙\n日报 0\n1. 二网格 0',
    ])
      expect(reported(text), text).toEqual([['二网格', 0]]);
  });
  it('is for the day its heading names, or asks', () => {
    const lines = reported('#接龙\n11月20日日报\n1. 一网格 0\n2. 二网格 0');
    if (lines !== 'error')
      expect(lines).toEqual([
        ['一网格', 0, '2026-11-20'],
        ['二网格', 0, '2026-11-20'],
      ]);
  });
  it('reads a name beside the grid as the person who reports', () => {
    expect(reported('#接龙\n1. 张三 0')).toEqual([['张三', 0]]);
    for (const line of reported('#接龙\n1. 张三 一网格 0\n2. 一网格 张三 0') as unknown[])
      expect([['张三@一网格', 0], ['一网格', 0], '?']).toContainEqual(line);
  });
  it('leaves talk about 接龙 and lists of other things alone', () => {
    for (const text of [
      '大家接龙报名',
      '接龙了吗',
      '1. 一网格\n2. 二网格',
      '1. 买菜\n2. 做饭',
      '报名接龙\n1. 张三\n2. 李四',
    ])
      expectReading(text, CHAT);
  });
  it.each([
    '#接龙\n团购鸡蛋\n1. 张三 2\n2. 李四 3',
    '#接龙\n团购鸡蛋 30元一板\n1. 张三 2板\n2. 李四 1板',
    '#接龙\n周末包车去县城\n1. 张三 2人\n2. 李四 1人',
    '报名接龙\n1. 张三 2\n2. 李四 3',
    '核酸检测接龙\n1. 张三 2\n2. 李四 3',
  ])('%j, a list about something else, reports nothing', (text) => {
    const parsed = read(text);
    if (parsed.kind === 'command')
      expect(parsed.lines.filter(({ parsed: line }) => line.kind === 'command')).toEqual([]);
  });
});
