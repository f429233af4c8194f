import { describe, expect, it } from 'vitest';
import { answer, BOTH, command, said } from './context.ts';

describe('taking in', () => {
  it.each([
    ['/登记 张三 返乡', { 张三: { category: '返乡' } }],
    ['/登記 張三 返鄉', { 张三: { category: '返乡' } }],
    ['/登记 张三，返乡，武汉回来，住3组', { 张三: { category: '返乡', source: '武汉回来 住3组' } }],
    [
      '/登记 张三 返乡人员 来自武汉 电话13912345678',
      { 张三: { category: '返乡', source: '武汉', phone: '13912345678' } },
    ],
    ['/登记 张三 武汉返乡', { 张三: { category: '返乡', source: '武汉' } }],
    ['/登记 王从军 返乡', { 王从军: { category: '返乡' } }],
    ['/登记 张三 类别:密接 来自:北京', { 张三: { category: '密接', source: '北京' } }],
    ['/登记 张三 返乡\n李四 密接', { 张三: { category: '返乡' }, 李四: { category: '密接' } }],
    ['/登记\n张三 返乡\n李四 密接\n谢谢', { 张三: { category: '返乡' }, 李四: { category: '密接' } }],
    ['/加户 12 王五 人口4 地址 3组12号', { '#12+王五': { members: 4, address: '3组12号' } }],
    ['/加户 第12户 王五 4人 低保', { '#12+王五': { members: 4, tags: '低保' } }],
    ['/加户 十二户 王五', { '#12+王五': {} }],
    ['/加户 12', { '#12': {} }],
    ['/加场所 福满家超市 超市', { 福满家超市: { kind: '超市' } }],
    ['/加场所 福满家超市 超市 负责人李四', { 福满家超市: { kind: '超市', owner: '李四' } }],
    ['/设卡口 东口', { 东口: {} }],
    ['/发证 张三 湘J12345 看病', { 张三: { plate: '湘J12345', reason: '看病' } }],
  ])('%s', (text, expected) => {
    for (const context of BOTH) expect(said(text, context)).toEqual(expected);
  });

  it('may say from which day on, and in which unit', () => {
    for (const text of [
      '/登记 张三 返乡 11月20日',
      '/登记 张三,返乡,11-20,武汉',
      '/登记 11月20日 张三 返乡',
      '/登记 张三 11月20日 返乡 武汉',
    ]) {
      expect([text, command(text).entries[0]]).toMatchObject([text, { since: '2026-11-20' }]);
    }
    expect(command('/登记 二网格 李四 密接')).toMatchObject({
      command: 'add',
      form: 'watched',
      place: '二网格',
      subject: '李四',
    });
    expect(command('/登记 二网格\n李四 密接\n张三 返乡')).toMatchObject({ place: '二网格', subject: null, values: {} });
  });

  it.each([
    ['/登记', 'entry.missing', '/登记 张三 返乡'],
    ['/登记 李四', 'choice.missing', '/登记 李四 返乡', '/登记 李四 密接', '/登记 李四 发热', '/登记 李四 其他'],
    ['/登记 返乡', 'entry.missing', '/登记 张三 返乡'],
    [
      '/登记 李四 密切接触者',
      'choice.missing',
      ...['返乡', '密接', '发热', '其他'].map((word) => `/登记 李四 密切接触者 ${word}`),
    ],
    [
      '/登记 李四 未返乡',
      'choice.missing',
      ...['返乡', '密接', '发热', '其他'].map((word) => `/登记 李四 未返乡 ${word}`),
    ],
    ['/登记 王五、李四 返乡', 'entry.two', '/登记 王五 返乡\n李四 返乡'],
    ['/登记 王五 返乡 李四 密接', 'field.twice', '/登记 王五 返乡 李四', '/登记 王五 李四 密接'],
    [
      '/登记 王五 返乡\n李四',
      'choice.missing',
      ...['返乡', '密接', '发热', '其他'].map((word) => `/登记 王五 返乡\n李四 ${word}`),
    ],
    ['/登记 王五 返乡 11月31日', 'date.unreal'],
    ['/登记 明天 王五 返乡', 'date.future'],
    ['/登记 王五 返乡 13912345678', 'number.unclear'],
    ['/登记 王 五 返乡', 'entry.missing', '/登记 王五 返乡'],
    ['/登记 一网格 王五 返乡\n二网格 李四 密接', 'place.two'],
    ['/加户 12-14 王五', 'entry.two'],
    ['/加场所 口罩厂 学校 两层', 'text.unknown', '/加场所 口罩厂 学校'],
  ])('%s: %s', (text, ...expected) => {
    for (const context of BOTH) {
      const [code, ...lines] = answer(text, context);
      expect([code, ...(lines[0]?.startsWith('/加户') ? [] : lines)]).toEqual(expected);
    }
  });
});

describe('letting go', () => {
  it('names one or several, and why', () => {
    expect(command('/解除 张三')).toMatchObject({
      command: 'end',
      note: null,
      entries: [{ refs: [{ text: '张三' }] }],
    });
    expect(command('/解除 张三 期满。')).toMatchObject({ note: '期满', entries: [{ refs: [{ text: '张三' }] }] });
    expect(command('/解除 张三 期满 昨天').note).toBe('期满 昨天');
    expect(command('/解除 二网格 张三 转走了')).toMatchObject({ place: '二网格', note: '转走了' });
    for (const context of BOTH) {
      expect(command('/解除 张三、李四', context)).toMatchObject({
        note: null,
        entries: [{ refs: [{ text: '张三' }, { text: '李四' }] }],
      });
    }
    expect(command('/销户 12-14 拆迁')).toMatchObject({ note: '拆迁', entries: [{ refs: [{}, {}, {}] }] });
  });

  it('is refused without a name, and with lines that would be lost', () => {
    expect(answer('/解除')).toEqual(['entry.missing', '/解除 张三']);
    expect(answer('/解除 李四\n张三')).toEqual(['lines.extra', '/解除 李四']);
    expect(answer('/解除 李四 期满 张三')).toEqual(['text.extra', '/解除 李四 期满']);
  });
});

describe('covering', () => {
  it.each(['/包户 12 13-15 李四', '/包户 12、13-15户李四', '/包户 12,13至15 李四。', '/包户 12和13-15 李四 谢谢'])(
    '%s',
    (text) => {
      expect(command(text)).toMatchObject({
        command: 'cover',
        deputy: '李四',
        entries: [{ refs: ['12', '13', '14', '15'].map((number) => ({ kind: 'number', text: number })) }],
      });
    },
  );

  it('names whom and by whom', () => {
    expect(command('/负责 张三 李四')).toMatchObject({ deputy: '李四', entries: [{ refs: [{ text: '张三' }] }] });
    expect(command('/包户 二网格 12 李四')).toMatchObject({ place: '二网格', deputy: '李四' });
    expect(answer('/包户 李四 12')).toEqual(['entry.missing', '/包户 12 李四']);
    expect(answer('/包户 12')).toEqual(['entry.missing', '/包户 12户 李四']);
    expect(answer('/包户 李四')).toEqual(['entry.missing', '/包户 12户 李四']);
  });
});

describe('looking up', () => {
  it('names one, several, a unit or nothing', () => {
    expect(command('/户')).toMatchObject({ command: 'look', form: 'household', entries: [] });
    expect(command('/户 12户').entries).toMatchObject([{ refs: [{ kind: 'number', text: '12' }] }]);
    expect(command('/户 12-14').entries).toHaveLength(3);
    expect(command('/户 二网格 12')).toMatchObject({ place: '二网格', entries: [{}] });
    expect(command('/户 二网格')).toMatchObject({ place: '二网格', entries: [] });
    expect(command('/人员 张三')).toMatchObject({ form: 'watched', entries: [{ refs: [{ text: '张三' }] }] });
    expect(command('/查人 张三丰').entries).toMatchObject([{ refs: [{ text: '张三丰' }] }]);
  });

  it('says what it does not understand', () => {
    expect(answer('/户 12 多少')).toEqual(['text.unknown', '/户 12']);
    expect(answer('/户 12\n13')).toEqual(['lines.extra', '/户 12']);
  });
});
