import { describe, expect, it } from 'vitest';
import { answer, BOTH, command, KNOWING, knowing, PLAIN, said } from './context.ts';

const ONE = { 张三: { reading: 36.5 } };
const TWO = { 张三: { reading: 36.5 }, 李四: { reading: 36.7 } };

describe('a reading of one', () => {
  it.each([
    '/体温 张三 36.5',
    '／体温　张三　３６．５',
    '/體溫 張三 36.5',
    '/体温张三36.5',
    '/体温:张三=36.5',
    '/体温 张三：36.5',
    '/体温 张三 体温36.5',
    '/体温 张三 体温 = 36.5',
    '/体温 张三 36.5℃',
    '/体温 张三 36.5 ℃',
    '/体温 张三 36.5°C',
    '/体温 张三 36.5度',
    '/体温 张三 36.5摄氏度',
    '/体温 张三 36度5',
    '/体温 张三 36点5',
    '/体温 张三 三十六度五',
    '/体温 张三 三十六点五',
    '/体温 张三 三十六点五度',
    '/体温 张三 体温是36.5',
    '/体温 张三(36.5)',
    '/体温 张三（36.5）',
    '/体温 @张三 36.5',
    '/体温 1.张三 36.5',
    '/体温 张三 36.5。',
    '/体温 张三 36.5.',
    '/体温 张三 36.5！',
    '/体温 张三 36.5 谢谢',
    '/体温 张三 36.5 收到',
    '/体温 张三 36.5🙏',
    '/体温\n张三 36.5',
    '/体温\n1、张三 36.5\n辛苦了',
    '/测温 张三 36.5',
    '@网格助手 体温 张三 36.5',
  ])('%s', (text) => {
    for (const context of BOTH) expect(said(text, context)).toEqual(ONE);
  });

  it.each([
    ['/体温 张三 三十七', 37],
    ['/体温 张三 37', 37],
    ['/体温 张三 三十七度', 37],
    ['/体温 张三 三十七点二', 37.2],
    ['/体温 张三 四十度一', 40.1],
    ['/体温 张三 34', 34],
    ['/体温 张三 43.0', 43],
  ])('%s is %s', (text, reading) => {
    for (const context of BOTH) expect(said(text, context)).toEqual({ 张三: { reading } });
  });

  it('may leave out the name: the only one of whoever sends it', () => {
    expect(command('/体温 36.5')).toMatchObject({ subject: null, entries: [{ refs: [], values: { reading: 36.5 } }] });
  });

  it('is no report without a slash where the form is not one that is said so', () => {
    expect(said('体温 张三 36.5')).toBe('chat');
    expect(said('体温 张三 36.5', { ...KNOWING, place: 'direct' })).toEqual(ONE);
  });

  it('is of the day that is named, wherever it stands', () => {
    for (const context of BOTH) {
      for (const [text, period] of [
        ['/体温 昨天 张三 36.5', '2026-11-22'],
        ['/体温 张三 昨天 36.5', '2026-11-22'],
        ['/体温 张三 36.5 昨天', '2026-11-22'],
        ['/体温 11月20日 张三 36.5', '2026-11-20'],
        ['/体温 20号张三36.5', '2026-11-20'],
        ['/体温 11-20 张三 36.5', '2026-11-20'],
        ['/体温 周日 张三 36.5', '2026-11-22'],
        ['/补报 体温 昨天 张三 36.5', '2026-11-22'],
      ] as const) {
        expect([text, command(text, context)]).toMatchObject([
          text,
          { period, subject: '张三', values: { reading: 36.5 } },
        ]);
      }
    }
  });

  it('may name the unit first', () => {
    for (const text of [
      '/体温 一网格 张三 36.5',
      '/体温 昨天 一网格 张三 36.5',
      '/体温 一网格 昨天 张三 36.5',
      '/体温 一网格张三36.5',
    ]) {
      expect([text, command(text)]).toMatchObject([
        text,
        { place: '一网格', subject: '张三', values: { reading: 36.5 } },
      ]);
    }
    expect(command('/体温 大新庄村一网格 张三 36.5').place).toBe('大新庄村一网格');
  });
});

describe('readings of several', () => {
  it.each([
    '/体温 张三 36.5 李四 36.7',
    '/体温张三36.5李四36.7',
    '/体温 张三36.5,李四36.7',
    '/体温 张三：36.5；李四：36.7。',
    '/体温 张三=36.5、李四=36.7',
    '/体温 张三 36.5/李四 36.7',
    '/体温 张三(36.5)李四(36.7)',
    '/体温 张三36度5李四36度7',
    '/体温 张三 体温36.5 李四 体温36.7',
    '/体温\n张三 36.5\n李四 36.7',
    '/体温 张三 36.5\n李四 36.7\n谢谢',
    '/体温 1.张三 36.5\n2.李四 36.7',
    '/体温\n(1)张三 36.5\n(2)李四 36.7',
    '#接龙 体温\n1. 张三 36.5\n2. 李四 36.7',
  ])('%s', (text) => {
    for (const context of BOTH) expect(said(text, context)).toEqual(TWO);
  });

  it('leave the values of the command empty, and list what was said of each', () => {
    expect(command('/体温 昨天 张三 36.5 李四 36.7')).toMatchObject({
      values: {},
      subject: null,
      items: ['张三 36.5', '李四 36.7'],
      period: '2026-11-22',
    });
    expect(command('/体温 昨天 张三 36.5')).toMatchObject({ values: { reading: 36.5 }, subject: '张三', items: [] });
  });

  it('are told apart where one name begins another', () => {
    expect(said('/体温 张三丰 36.5 张三 36.6')).toEqual({ 张三丰: { reading: 36.5 }, 张三: { reading: 36.6 } });
    expect(said('/体温张三丰36.5张三36.6')).toEqual({ 张三丰: { reading: 36.5 }, 张三: { reading: 36.6 } });
    // Somebody whose name nobody knows is not the one whose name is shorter.
    expect(said('/体温 张三元 36.5')).toEqual({ 张三元: { reading: 36.5 } });
    expect(said('/体温 王奶奶们 36.5')).toEqual({ 王奶奶们: { reading: 36.5 } });
  });

  it('may be of entries that are called by a number, but never where it could be the reading', () => {
    expect(said('/体温 12 36.5')).toEqual({ '12': { reading: 36.5 } });
    expect(said('/体温 张三 36.5 12 36.6')).toEqual({ 张三: { reading: 36.5 }, '12': { reading: 36.6 } });
    const also = knowing(PLAIN, { watched: ['张三', '36'] });
    expect(answer('/体温 张三 36', also)).toEqual(['number.unclear']);
    expect(answer('/体温 张三 36,5', also)).toEqual(['value.two', '/体温 张三 36.5']);
    expect(said('/体温 张三 36.5 36 36.6', also)).toEqual({ 张三: { reading: 36.5 }, '36': { reading: 36.6 } });
    expect(said('/体温 张三 36', PLAIN)).toEqual({ 张三: { reading: 36 } });
  });

  it('may be of people who are not known: whoever keeps the register is asked', () => {
    expect(said('/体温 张三 36.5 司马相如 36.7')).toEqual({ 张三: { reading: 36.5 }, 司马相如: { reading: 36.7 } });
    expect(said('/体温 迪丽热巴·买买提 36.5')).toEqual({ 迪丽热巴·买买提: { reading: 36.5 } });
  });

  it('take a reason where one is owed', () => {
    expect(command('/代报 体温 张三 36.5 手机坏了')).toMatchObject({
      verb: 'behalf',
      note: '手机坏了',
      subject: '张三',
    });
    expect(command('/补报 体温 昨天 张三 36.5 停电')).toMatchObject({ verb: 'makeup', note: '停电' });
    expect(command('/更正 体温 张三 36.6')).toMatchObject({
      command: 'correct',
      subject: '张三',
      values: { reading: 36.6 },
    });
    expect(command('/撤回 体温 张三')).toMatchObject({ command: 'withdraw', subject: '张三', values: {} });
  });
});

describe('what may be two readings is asked', () => {
  it.each([
    ['/体温 张三 36。5', 'value.two', '/体温 张三 36.5'],
    ['/体温 张三 36,5', 'value.two', '/体温 张三 36.5'],
    ['/体温 张三 36，5', 'value.two', '/体温 张三 36.5'],
    ['/体温 张三 36、5', 'value.two', '/体温 张三 36.5'],
    ['/体温 张三 36 5', 'value.two', '/体温 张三 36.5'],
    ['/体温 张三 36·5', 'value.two', '/体温 张三 36.5'],
    ["/体温 张三 36'5", 'value.two', '/体温 张三 36.5'],
    ['/体温 张三 36 .5', 'value.two', '/体温 张三 36.5'],
    ['/体温 张三 36. 5', 'value.two', '/体温 张三 36.5'],
    ['/体温 张三36.5 李四36,7', 'value.two', '/体温 张三36.5 李四36.7'],
    ['/体温 张三 36.5 36.7', 'field.twice', '/体温 张三 36.5', '/体温 张三 36.7'],
    ['/体温 张三 36.5 李四 36.7 张三 36.6', 'field.twice', '/体温 张三 36.5 李四 36.7', '/体温 李四 36.7 张三 36.6'],
    ['/体温 张三 36.5\n张三 36.6', 'field.twice', '/体温 张三 36.5', '/体温 张三 36.6'],
    ['/体温 张三 李四 36.5', 'value.shared', '/体温 张三 36.5 李四 36.5'],
    ['/体温 张三、李四 36.5', 'value.shared', '/体温 张三 36.5 李四 36.5'],
    ['/体温 张三 36-37', 'reading.unclear', '/体温 张三 36', '/体温 张三 37'],
    ['/体温 张三 36.5至37', 'reading.unclear', '/体温 张三 36.5', '/体温 张三 37'],
    ['/体温 张三 37多', 'reading.unclear', '/体温 张三 37'],
    ['/体温 张三 36.5左右', 'reading.unclear', '/体温 张三 36.5'],
    ['/体温 张三 大约37', 'reading.unclear', '/体温 张三 37'],
    ['/体温 张三 三十七多', 'reading.unclear', '/体温 张三 37'],
    ['/体温 张三 +36.5', 'reading.unclear', '/体温 张三 36.5'],
    ['/体温 36.5 张三 36.7 李四', 'entry.missing'],
    ['/体温 张三 36.5\n36.7', 'entry.missing'],
    ['/体温 张三 36.5 李四 36.7 昨天', 'text.first', '/体温 昨天 张三 36.5 李四 36.7'],
    ['/体温 张三 36.5\n昨天 李四 36.7', 'text.first', '/体温 昨天 张三 36.5\n李四 36.7'],
    ['/体温 昨天\n张三 36.5\n今天 李四 36.7', 'date.two'],
    ['/体温 昨天 前天 张三 36.5', 'date.two'],
    ['/体温 一网格 张三 36.5\n二网格 李四 36.7', 'place.two', '/体温 一网格 张三 36.5', '/体温 二网格 李四 36.7'],
    ['/体温 张三 36.5\n二网格 李四 36.7', 'text.first', '/体温 二网格 张三 36.5\n李四 36.7'],
  ])('%s: %s', (text, ...expected) => {
    expect(answer(text)).toEqual(expected);
  });
});

describe('what is none is refused, with the line to send', () => {
  it.each([
    ['/体温', 'value.missing', '/体温 张三 36.5'],
    ['/体温 张三', 'field.wanted', '/体温 张三 36.5'],
    ['/体温 张三 38.1 李四', 'field.wanted', '/体温 张三 38.1 李四 36.5'],
    ['/体温 张三 38.1\n李四', 'field.wanted', '/体温 张三 38.1\n李四 36.5'],
    ['/体温 38.1 张三', 'entry.missing', '/体温 张三 38.1'],
    ['/体温 张三 381', 'reading.range', '/体温 张三 38.1'],
    ['/体温 张三 三八一', 'reading.range', '/体温 张三 38.1'],
    ['/体温 张三 38.1\n李四 372', 'reading.range', '/体温 张三 38.1\n李四 37.2'],
    ['/体温 张三 55', 'reading.range'],
    ['/体温 张三 0', 'reading.range'],
    ['/体温 张三 -36.5', 'reading.range'],
    ['/体温 张三 3 6.5', 'reading.range'],
    ['/体温 张三 36.55', 'reading.decimals'],
    ['/体温 张三 36..5', 'number.unclear'],
    ['/体温 张三 36.5a', 'number.unclear'],
    ['/体温 张三 38.1人', 'text.unknown', '/体温 张三 38.1'],
    ['/体温 张三 38.1 咳嗽', 'text.unknown', '/体温 张三 38.1'],
    ['/体温 张三 38.1 体温计坏了', 'text.unknown', '/体温 张三 38.1'],
    ['/体温 张三 多少', 'text.question'],
    ['/体温 张三是多少', 'text.question'],
    ['/体温 张三 38.1吗', 'text.question', '/体温 张三 38.1'],
    ['/体温 张三 38.1？', 'text.question', '/体温 张三 38.1'],
    ['/体温 明天 张三 36.5', 'date.future'],
    ['/体温 11月31日 张三 36.5', 'date.unreal'],
    ['/体温 9月1日 张三 36.5', 'date.too-old'],
    ['/撤回 体温 张三 36.5', 'text.extra', '/撤回 体温 张三'],
    ['/体温 张三 38.1 /日报 0', 'lines.two-commands', '/体温 张三 38.1', '/日报 0'],
    ['/体温 张三 38.1\n/日报 0', 'lines.two-commands', '/体温 张三 38.1', '/日报 0'],
    ['/体温 张三 38.1\n日报 0', 'lines.two-commands', '/体温 张三 38.1', '/日报 0'],
  ])('%s: %s', (text, ...expected) => {
    expect(answer(text)).toEqual(expected);
  });
});
