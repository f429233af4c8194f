import { describe, expect, it } from 'vitest';
import { answer, BOTH, command, PLAIN, said } from './context.ts';

const OK = { disinfected: true, temperature: true, masks: true };

describe('ticks', () => {
  it.each([
    ['√ ✓ ✔', true],
    ['☑ ✅ ✅', true],
    ['是 有 是', true],
    ['合格 到位 合格', true],
    ['× ✗ ✘', false],
    ['❌ x X', false],
    ['Ｘ ｘ ×', false],
    ['否 无 没有', false],
    ['不合格 不到位 不合格', false],
  ])('%s', (typed, value) => {
    const [a, b, c] = typed.split(' ');
    for (const context of BOTH) {
      for (const text of [
        `消毒(${a}) 测温（${b}） 口罩(${c})`,
        `消毒${a} 测温${b} 口罩${c}`,
        `消毒:${a},测温:${b},口罩:${c}`,
        `消毒 ${a} 测温 ${b} 口罩 ${c}`,
        `消毒=${a}测温=${b}口罩=${c}`,
      ]) {
        expect([text, said(`/检查 福满家超市 ${text}`, context)]).toEqual([
          text,
          { 福满家超市: { disinfected: value, temperature: value, masks: value } },
        ]);
      }
    }
  });

  it('are taken from names that hold labels and options', () => {
    for (const context of BOTH) {
      for (const name of ['口罩厂', '正常村超市', '福满家超市']) {
        for (const gap of ['', ' ', '：']) {
          expect(said(`/检查 ${name}${gap}消毒√测温√口罩√`, context)).toEqual({ [name]: OK });
        }
      }
    }
  });

  it('leave words for the rest', () => {
    for (const context of BOTH) {
      expect(said('/检查 口罩厂 消毒√ 测温√ 口罩√ 灭火器过期', context)).toEqual({
        口罩厂: { ...OK, remark: '灭火器过期' },
      });
      expect(said('/检查 口罩厂 消毒√ 测温√ 口罩×灭火器过期', context)).toEqual({
        口罩厂: { ...OK, masks: false, remark: '灭火器过期' },
      });
    }
  });

  it('of several stand on one line where they are known, on lines of their own anywhere', () => {
    const both = { 福满家超市: { ...OK, masks: false }, 老鹰超市: OK };
    expect(said('/检查 福满家超市 消毒√测温√口罩× 老鹰超市 消毒√测温√口罩√')).toEqual(both);
    for (const context of BOTH) {
      expect(said('/检查 福满家超市 消毒√测温√口罩×\n老鹰超市 消毒√测温√口罩√', context)).toEqual(both);
      expect(said('/检查 福满家超市、老鹰超市 消毒√ 测温√ 口罩√', context)).toEqual({ '福满家超市+老鹰超市': OK });
    }
  });

  it.each([
    ['/检查 口罩厂 消毒√ 测温√', 'field.wanted', '/检查 口罩厂 消毒√ 测温√ 口罩√', '/检查 口罩厂 消毒√ 测温√ 口罩×'],
    ['/检查 口罩厂 消毒×', 'field.wanted', '/检查 口罩厂 消毒× 测温√ 口罩√'],
    ['/检查 口罩厂 未消毒', 'field.wanted'],
    [
      '/检查 口罩厂 消毒有问题 测温√ 口罩√',
      'field.wanted',
      '/检查 口罩厂 消毒√ 测温√ 口罩√',
      '/检查 口罩厂 消毒× 测温√ 口罩√',
    ],
    [
      '/检查 口罩厂 消毒是不是 测温√ 口罩√',
      'field.wanted',
      '/检查 口罩厂 消毒√ 测温√ 口罩√',
      '/检查 口罩厂 消毒× 测温√ 口罩√',
    ],
    [
      '/检查 口罩厂 消毒1 测温√ 口罩√',
      'field.wanted',
      '/检查 口罩厂 消毒√ 测温√ 口罩√',
      '/检查 口罩厂 消毒× 测温√ 口罩√',
    ],
    [
      '/检查 口罩厂 消毒√ 消毒× 测温√ 口罩√',
      'field.twice',
      '/检查 口罩厂 消毒√ 测温√ 口罩√',
      '/检查 口罩厂 消毒× 测温√ 口罩√',
    ],
    ['/检查 口罩厂 √ √ ×', 'value.no-label', '/检查 口罩厂 消毒√ 测温√ 口罩×'],
    ['/检查 口罩厂 √√×', 'value.no-label', '/检查 口罩厂 消毒√ 测温√ 口罩×'],
    ['/检查 口罩厂 √ ×', 'value.no-label'],
    ['/检查 口罩厂 都合格', 'value.no-label', '/检查 口罩厂 消毒合格 测温合格 口罩合格'],
    ['/检查 口罩厂 消毒√ 测温√ 口罩√ 血压√', 'label.unknown', '/检查 口罩厂 消毒√ 测温√ 口罩√'],
    ['/检查 口罩厂 消毒？测温√ 口罩√', 'text.question'],
    ['/检查 消毒√ 测温√ 口罩√\n口罩厂 消毒√ 测温√ 口罩√', 'entry.missing'],
  ])('%s: %s', (text, ...expected) => {
    expect(answer(text)).toEqual(expected);
  });

  it('that nobody can place are asked for on a line of their own', () => {
    expect(answer('/检查 口罩厂 消毒√测温√口罩× 大润发 消毒√测温√口罩√')).toEqual([
      'field.twice',
      '/检查 口罩厂 消毒√测温√口罩× \n大润发 消毒√测温√口罩√',
    ]);
  });
});

describe('counts of a place', () => {
  it.each([
    ['/卡口 东口 车3 人5 劝返2', { 东口: { cars: 3, people: 5, refused: 2 } }],
    ['/卡口东口车3人5劝返2', { 东口: { cars: 3, people: 5, refused: 2 } }],
    ['/卡口 东口：车3，人5', { 东口: { cars: 3, people: 5 } }],
    ['/卡口 东口 车 3 人 5', { 东口: { cars: 3, people: 5 } }],
    ['/卡口 东口 车=3 人=5', { 东口: { cars: 3, people: 5 } }],
    ['/卡口 东口 车3辆 人5名', { 东口: { cars: 3, people: 5 } }],
    ['/卡口 东口 车有3辆 人共5人', { 东口: { cars: 3, people: 5 } }],
    ['/卡口 东口 车辆3 人员5', { 东口: { cars: 3, people: 5 } }],
    ['/卡口 东口 车三十 人两', { 东口: { cars: 30, people: 2 } }],
    ['/卡口 东口 车无 人5', { 东口: { cars: 0, people: 5 } }],
    ['/卡口 东口 无', { 东口: { cars: 0, people: 0, fever: 0, refused: 0 } }],
    ['/卡口 车站口 车3', { 车站口: { cars: 3 } }],
    ['/卡口 车站口车3人5', { 车站口: { cars: 3, people: 5 } }],
    ['/卡口 东口 车3 西口 车5', { 东口: { cars: 3 }, 西口: { cars: 5 } }],
    ['/卡口东口车3西口车5', { 东口: { cars: 3 }, 西口: { cars: 5 } }],
    ['/卡口 东口 车3\n西口 车5', { 东口: { cars: 3 }, 西口: { cars: 5 } }],
    ['/卡点 东口 车3', { 东口: { cars: 3 } }],
  ])('%s', (text, expected) => {
    for (const context of BOTH) expect(said(text, context)).toEqual(expected);
  });

  it.each([
    ['/卡口 东口', 'field.missing', '/卡口 东口 车0'],
    ['/卡口', 'value.missing', '/卡口 张三 无'],
    ['/卡口 东口 3', 'value.no-label'],
    ['/卡口 东口 3车5人', 'number.unclear'],
    ['/卡口 东口 车3 狗5', 'label.unknown', '/卡口 东口 车3'],
    ['/卡口 东口 车3人', 'text.unknown', '/卡口 东口 车3'],
    ['/卡口 东口 车3 车5', 'field.twice', '/卡口 东口 车3', '/卡口 东口 车5'],
    ['/卡口 东口 车3 东口 车5', 'field.twice', '/卡口 东口 车3', '/卡口 东口 车5'],
    ['/卡口 东口 西口 车3', 'value.shared', '/卡口 东口 车3 西口 车3'],
    ['/卡口 东口 车3 无', 'field.contradiction'],
    ['/卡口 东口 车十几', 'number.vague'],
    ['/卡口 东口 车1.5', 'number.fraction', '/卡口 东口 车1', '/卡口 东口 车2'],
    ['/卡口 东口 车3,5', 'value.two'],
    ['/卡口 东口 车100000', 'number.range'],
    ['/卡口 东口 车-1', 'number.negative', '/卡口 东口 车1'],
    ['/卡口 东口 车O', 'number.letter-o', '/卡口 东口 车0'],
    ['/卡口 东口 车多少', 'text.question'],
  ])('%s: %s', (text, ...expected) => {
    expect(answer(text)).toEqual(expected);
  });
});

describe('in the line of one', () => {
  it('the command has its values and its name', () => {
    for (const context of BOTH) {
      expect(command('/卡口 东口 车3', context)).toMatchObject({ subject: '东口', values: { cars: 3 }, items: [] });
    }
    expect(command('/卡口 车3', PLAIN)).toMatchObject({ subject: null, values: { cars: 3 } });
  });
});
