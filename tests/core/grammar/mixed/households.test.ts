import { describe, expect, it } from 'vitest';
import { answer, command, said } from './context.ts';

const NONE = { found: 0 };

describe('households by their numbers', () => {
  it.each([
    ['/排查 12 无', { '#12': NONE }],
    ['／排查　１２　無', { '#12': NONE }],
    ['/排查12无', { '#12': NONE }],
    ['/排查 12户 无', { '#12': NONE }],
    ['/排查 12号 无', { '#12': NONE }],
    ['/排查 第12户 无', { '#12': NONE }],
    ['/排查 户12 无', { '#12': NONE }],
    ['/排查 十二户 无', { '#12': NONE }],
    ['/排查 十二 无', { '#12': NONE }],
    ['/排查 12户 正常', { '#12': NONE }],
    ['/排查 12户 没有人', { '#12': NONE }],
    ['/排查 12户 0', 'field.missing'],
    ['/排查 12户 0人', { '#12': NONE }],
    ['/排查 12 12 无', { '#12': NONE }],
    ['/排查 12. 无', { '#12': NONE }],
    ['/排查 12-15 无', { '#12+#13+#14+#15': NONE }],
    ['/排查 12至15 无', { '#12+#13+#14+#15': NONE }],
    ['/排查 12到15户 无', { '#12+#13+#14+#15': NONE }],
    ['/排查 12户至15户 无', { '#12+#13+#14+#15': NONE }],
    ['/排查 12～15 无', { '#12+#13+#14+#15': NONE }],
    ['/排查 12、13和15 无', { '#12+#13+#15': NONE }],
    ['/排查 12,13,15,无', { '#12+#13+#15': NONE }],
    ['/排查 12 13 15-17都无', { '#12+#13+#15+#16+#17': NONE }],
    ['/排查 12、13均正常', { '#12+#13': NONE }],
    ['/排查 12 - 15 无', { '#12+#13+#14+#15': NONE }],
    ['/排查 12户-15户 无', { '#12+#13+#14+#15': NONE }],
    ['/排查 12户 2 人', { '#12': { found: 2 } }],
    ['/排查 3-1 无', { '#3-1': NONE }],
    ['/排查 3-1、3-2户 无', { '#3-1+#3-2': NONE }],
    ['/排查 12 无 13 2人 14 无', { '#12': NONE, '#13': { found: 2 }, '#14': NONE }],
    ['/排查 12无13无', { '#12': NONE, '#13': NONE }],
    ['/排查 12户2人13户3人', { '#12': { found: 2 }, '#13': { found: 3 } }],
    ['/排查\n12 无\n13户 两人', { '#12': NONE, '#13': { found: 2 } }],
    ['/排查 12户 发现2', { '#12': { found: 2 } }],
    ['/排查 12户 发现:2人', { '#12': { found: 2 } }],
    ['/排查 12户 发现有2名', { '#12': { found: 2 } }],
    ['/排查 张三家 2人', { 张三家: { found: 2 } }],
  ])('%s', (text, expected) => {
    expect(said(text)).toEqual(expected);
  });

  it.each([
    '湘J12345',
    '湘j12345',
    '湘J·12345',
    '湘J•12345'.replace('•', '.'),
    '湘J-12345',
    '湘J 12345',
    '湘Ｊ１２３４５',
    '车牌湘J12345',
    '车牌:湘J12345',
    '车牌 = 湘J12345',
  ])('take a plate written %s', (plate) => {
    expect(said(`/排查 14 2人 ${plate}`)).toEqual({ '#14': { found: 2, plate: '湘J12345' } });
  });

  it.each([
    ['湘JD12345', '湘JD12345'],
    ['湘J1234A', '湘J1234A'],
    ['湘J1234挂', '湘J1234挂'],
    ['京A8888警', '京A8888警'],
  ])('take the plate %s', (typed, plate) => {
    expect(said(`/排查 14户2人${typed}`)).toEqual({ '#14': { found: 2, plate } });
  });

  it.each([
    ['湘J牌照', '湘J牌照'],
    ['从武汉来 住3组', '从武汉来 住3组'],
    ['3辆车', '3辆车'],
    ['昨天去过医院', '昨天去过医院'],
    ['没人在家过夜', '没人在家过夜'],
  ])('take the words %s as they are', (typed, remark) => {
    expect(said(`/排查 14 2人 ${typed}`)).toEqual({ '#14': { found: 2, remark } });
  });

  it.each(['无人在家', '正常化', '外来2人'])('find nothing of a count in %s', (remark) => {
    expect(said(`/排查 14 ${remark}`)).toEqual({ '#14': { remark } });
  });

  it('take words behind a count and its measure', () => {
    expect(said('/排查 14 2人来自武汉')).toEqual({ '#14': { found: 2, remark: '来自武汉' } });
  });

  it('are of the unit that is named before them', () => {
    for (const text of [
      '/排查 二网格 12 无',
      '/排查 二网格12无',
      '/排查 二网格12户无',
      '/排查 二网格\n12 无',
      '/排查 二网格:12户 无',
    ]) {
      expect([text, command(text)]).toMatchObject([
        text,
        { place: '二网格', entries: [{ refs: [{ kind: 'number', text: '12' }] }] },
      ]);
    }
    expect(command('/排查 昨天 二网格 12 无')).toMatchObject({ place: '二网格', period: '2026-11-22' });
    expect(command('/排查 二网格 昨天 12 无')).toMatchObject({ place: '二网格', period: '2026-11-22' });
  });

  it('are no days, but a whole date is one', () => {
    expect(command('/排查 11-20 无').entries[0]?.refs).toHaveLength(10);
    expect(command('/排查 20号 无')).toMatchObject({ period: '2026-11-23', subject: '20' });
    expect(command('/排查 11月20日 12 无')).toMatchObject({ period: '2026-11-20', subject: '12' });
    expect(command('/排查 2026-11-20 12 无')).toMatchObject({ period: '2026-11-20', subject: '12' });
  });
});

describe('what may be meant otherwise is asked', () => {
  it.each([
    ['/排查 12 2', 'field.missing', '/排查 12 2 无', '/排查 12 2人'],
    ['/排查 14', 'field.missing', '/排查 14 无'],
    ['/排查 14 15 2人', 'value.shared', '/排查 14户 2人 15户 2人'],
    ['/排查 14-15 2人', 'value.shared', '/排查 14户 2人 15户 2人'],
    ['/排查 12 无 12 2人', 'field.twice', '/排查 12 无', '/排查 12 2人'],
    ['/排查 12 无 10-13 无', 'field.twice', '/排查 12 无', '/排查 10-13 无'],
    ['/排查 12户 2人 3人', 'number.unclear'],
    ['/排查 12户 2人 无', 'field.contradiction'],
    ['/排查 12户 2人 15家里有狗', 'number.unclear'],
    ['/排查 14 3个小孩 无', 'number.unclear'],
    ['/排查 14 发现两个外地人', 'field.missing'],
    ['/排查 12 无\n二网格 13 无', 'text.first', '/排查 二网格 12 无\n13 无'],
    ['/排查 一网格 12 无\n二网格 12 无', 'place.two', '/排查 一网格 12 无', '/排查 二网格 12 无'],
    ['/排查 11/20 无', 'value.two'],
    ['/排查 12a 无', 'number.invalid'],
    ['/排查 123456 无', 'number.range'],
    ['/排查 1-400 无', 'entry.many'],
    ['/排查 20至12 无', 'entry.many'],
    ['/排查 12 十几人', 'number.vague'],
    ['/排查 12 1.5人', 'number.fraction', '/排查 12 1人', '/排查 12 2人'],
    ['/排查 12 -1人', 'number.negative', '/排查 12 1人'],
    ['/排查 12 两三人', 'number.vague', '/排查 12 2人', '/排查 12 3人'],
    ['/排查 14 2人吗', 'text.question', '/排查 14 2人'],
    ['/排查 14 有多少人', 'text.question'],
  ])('%s: %s', (text, ...expected) => {
    expect(answer(text)).toEqual(expected);
  });
});

describe('a sweep as a whole', () => {
  it('begins with what is looked for, and ends', () => {
    expect(command('/排查 开始 外来人员')).toMatchObject({
      command: 'sweep',
      args: 'begin',
      note: '外来人员',
      place: null,
    });
    expect(command('/排查 开始 大新庄村 外来人员')).toMatchObject({
      args: 'begin',
      note: '外来人员',
      place: '大新庄村',
    });
    expect(command('/排查 结束')).toMatchObject({ command: 'sweep', args: 'end' });
    expect(answer('/排查 开始')).toEqual(['topic.missing']);
  });

  it('takes no lines below it: they would be lost', () => {
    expect(answer('/排查 开始 外来人员\n12 无')).toEqual(['lines.extra', '/排查 开始 外来人员']);
  });
});
