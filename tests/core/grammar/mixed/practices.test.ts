import { describe, expect, it } from 'vitest';
import { parse } from '../../../../src/core/grammar/parse.ts';
import { checkPlaybook } from '../../../../src/core/playbook/index.ts';
import { answer, command, knowing, PRACTICES, said } from './context.ts';

const CARE = knowing(PRACTICES, {
  elder: ['王奶奶', '李大爷'],
  risk: ['老鹰水库', '东河段'],
  forest: ['东山', '西山'],
});

describe('a choice and words', () => {
  it.each([
    ['/走访 王奶奶 正常', { 王奶奶: { state: '正常' } }],
    ['/走访 王奶奶正常', { 王奶奶: { state: '正常' } }],
    ['/走访 王奶奶：挺好', { 王奶奶: { state: '正常' } }],
    ['/走访 王奶奶 情况:正常', { 王奶奶: { state: '正常' } }],
    ['/走訪 王奶奶 正常 謝謝', { 王奶奶: { state: '正常' } }],
    ['/走访 王奶奶 正常。', { 王奶奶: { state: '正常' } }],
    ['/走访 王奶奶 不在家', { 王奶奶: { state: '不在家' } }],
    ['/走访 王奶奶 异常 血压高', { 王奶奶: { state: '有情况', remark: '血压高' } }],
    ['/走访 王奶奶 血压高 已联系村医', { 王奶奶: { state: '有情况', remark: '血压高 已联系村医' } }],
    ['/走访 王奶奶血压高', { 王奶奶: { state: '有情况', remark: '血压高' } }],
    ['/走访 王奶奶 血压160', { 王奶奶: { state: '有情况', remark: '血压160' } }],
    ['/走访 王奶奶 正常 照片2', { 王奶奶: { state: '正常', photo: 2 } }],
    ['/走访 王奶奶、李大爷 正常', { '王奶奶+李大爷': { state: '正常' } }],
    ['/走访 王奶奶和李大爷都正常', { '王奶奶+李大爷': { state: '正常' } }],
    ['/走访 王奶奶 正常 李大爷 血压高', { 王奶奶: { state: '正常' }, 李大爷: { state: '有情况', remark: '血压高' } }],
    ['/走访 王奶奶正常李大爷不在家', { 王奶奶: { state: '正常' }, 李大爷: { state: '不在家' } }],
    ['/走访 王奶奶 正常\n李大爷 血压高', { 王奶奶: { state: '正常' }, 李大爷: { state: '有情况', remark: '血压高' } }],
    ['/问安 王奶奶 没人接', { 王奶奶: { state: '联系不上' } }],
    ['/巡山 东山 冒烟 山顶北坡', { 东山: { state: '有烟', remark: '山顶北坡' } }],
  ])('%s', (text, expected) => {
    expect(said(text, CARE)).toEqual(expected);
  });

  const STATES = ['正常', '有情况', '不在家'];
  it.each([
    ['/走访 王奶奶', 'choice.missing', ...STATES.map((state) => `/走访 王奶奶 ${state}`)],
    ['/走访 王奶奶 基本正常', 'choice.missing', ...STATES.map((state) => `/走访 王奶奶 基本正常 ${state}`)],
    ['/走访 王奶奶 不正常', 'choice.missing', ...STATES.map((state) => `/走访 王奶奶 不正常 ${state}`)],
    ['/走访 王奶奶 正常 不在家', 'field.twice', '/走访 王奶奶 正常', '/走访 王奶奶 不在家'],
    ['/走访 王奶奶 血压 160', 'number.unclear'],
    ['/走访 王奶奶 还好吗', 'text.question', '/走访 王奶奶 还好'],
    ['/走访 王奶奶 正常 李大爷', 'choice.missing', ...STATES.map((state) => `/走访 王奶奶 正常 李大爷 ${state}`)],
    ['/走访 王奶奶 血压高 昨天 已就医', 'text.first', '/走访 昨天 王奶奶 血压高 已就医'],
  ])('%s: %s', (text, ...expected) => {
    expect(answer(text, CARE)).toEqual(expected);
  });
});

describe('several measured numbers', () => {
  it.each([
    ['/水情 老鹰水库 2.35', { level: 2.35 }],
    ['/水情 老鹰水库2.35米', { level: 2.35 }],
    ['/水情 老鹰水库 水位:2.35米 雨量=12毫米', { level: 2.35, rain: 12 }],
    ['/水情 老鹰水库 雨量 12.5 水位 2.35', { level: 2.35, rain: 12.5 }],
    ['/水情 老鹰水库 2.35 雨量大', { level: 2.35, remark: '雨量大' }],
    ['/水情 老鹰水库 2.35 涨了3厘米', { level: 2.35, remark: '涨了3厘米' }],
    ['/水情 老鹰水库 二点三五', { level: 2.35 }],
    ['/水情 老鹰水库 两米', { level: 2 }],
  ])('%s', (text, values) => {
    expect(said(text, CARE)).toEqual({ 老鹰水库: values });
  });

  it.each([
    ['/水情 老鹰水库 2米35', 'reading.unclear', '/水情 老鹰水库 2.35'],
    ['/水情 老鹰水库 2,35', 'value.two', '/水情 老鹰水库 2.35'],
    ['/水情 老鹰水库 2.355', 'reading.decimals'],
    ['/水情 老鹰水库 水位2.35 水位2.4', 'field.twice', '/水情 老鹰水库 水位2.35', '/水情 老鹰水库 水位2.4'],
    ['/水情 老鹰水库 2.35m', 'number.unclear'],
    ['/水情 老鹰水库 雨量大', 'field.wanted', '/水情 老鹰水库 雨量大 2.35'],
  ])('%s: %s', (text, ...expected) => {
    expect(answer(text, CARE)).toEqual(expected);
  });
});

describe('a form of units with fields that are no counts', () => {
  const form = {
    name: '水塔',
    aliases: [],
    subject: 'grid',
    every: 'day',
    opens: '00:00',
    due: '18:00',
    locks: '+1d 12:00',
    fields: {
      level: { name: '水位', type: 'number', required: true, bare: true, min: 0, max: 20, decimals: 1 },
      clean: { name: '清洁', type: 'yesno' },
    },
    ladder: [{ at: 'due', do: 'table', in: 'village' }],
  };
  const { forms } = checkPlaybook({ id: 'tower', name: '水塔', forms: { tower: form } });
  const context = { ...PRACTICES, forms: new Map(Object.entries(forms)), registers: new Map(), phases: new Map() };

  it('is read for one unit, named or not', () => {
    expect(command('/水塔 12.3 清洁√', context)).toMatchObject({ subject: null, values: { level: 12.3, clean: true } });
    for (const text of ['/水塔 二网格 12.3', '/水塔 昨天 二网格 12.3', '/水塔 二网格12.3']) {
      expect([text, command(text, context)]).toMatchObject([text, { subject: '二网格', values: { level: 12.3 } }]);
    }
    expect(command('/水塔 12.3\n张三看的', context)).toMatchObject({ values: { level: 12.3 }, items: ['张三看的'] });
    expect(answer('/水塔 二网格 12.3\n三网格 12.5', context)).toEqual([
      'place.two',
      '/水塔 二网格 12.3',
      '/水塔 三网格 12.5',
    ]);
    expect(answer('/水塔\n12.3', context)).toEqual(['value.missing', '/水塔 12.3']);
    expect(command('#接龙 水塔\n1. 二网格 12.3\n2. 三网格 12.5', context)).toMatchObject({
      command: 'chain',
      lines: [
        { name: '二网格', parsed: { values: { level: 12.3 } } },
        { name: '三网格', parsed: { values: { level: 12.5 } } },
      ],
    });
  });

  it('is not read for two at once, and its proposals keep the unit', () => {
    expect(answer('/水塔 二网格 12.3 三网格 12.5', context)).toEqual(['subject.two']);
    expect(answer('/水塔 二网格 123', context)).toEqual(['reading.range', '/水塔 二网格 12.3']);
    expect(answer('/水塔 二网格', context)[0]).toBe('value.missing');
    expect(parse('/水塔 二网格 清洁√', context)).toMatchObject({ suggestion: '/水塔 二网格 清洁√ 10' });
  });
});

describe('a phase', () => {
  it('is declared by its word and a state', () => {
    expect(command('/响应 红色', CARE)).toMatchObject({
      command: 'phase',
      form: 'flood-response',
      args: '红色',
      place: null,
    });
    expect(command('/响应 林东镇 解除', CARE)).toMatchObject({ args: '解除', place: '林东镇' });
    expect(command('/防汛响应 红色响应。', CARE).args).toBe('红色');
    expect(answer('/火险 粉色', CARE)).toEqual([
      'state.unknown',
      '/火险 红色',
      '/火险 橙色',
      '/火险 黄色',
      '/火险 解除',
    ]);
    expect(answer('/响应 红色\n蓝色', CARE)).toEqual(['lines.extra', '/响应 红色']);
  });
});
