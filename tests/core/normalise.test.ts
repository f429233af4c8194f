import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nameKey, normalise } from '../../src/core/text.ts';

describe('normalise', () => {
  it.each([
    ['full-width to half-width', '／日报　１２', '/日报 12'],
    ['traditional to simplified', '/日報 無異常 發熱', '/日报 无异常 发热'],
    ['zero-width marks out', '日\u200b报\ufeff 1\u20602', '日报 12'],
    ['bidi controls and soft hyphens out', '\u202e日报\u202c \u00ad0', '日报 0'],
    ['variation selectors and the keycap out', '1\ufe0f\u20e3', '1'],
    ['the mention separator to a space', '@网格助手\u2005日报', '@网格助手 日报'],
    ['runs of any spaces folded', ' 日报 \t\u3000\u00a0 0 ', '日报 0'],
    ['line breaks kept', '日报 0 \r\n 张三\u2028李四', '日报 0\n张三\n李四'],
    ['blank letters are spaces', '1\u31642\u28003', '1 2 3'],
    ['superscripts stay apart from digits', '1²', '1²'],
    ['subscripts too', 'H₂', 'H₂'],
    ['fractions stay', '1½', '1½'],
    ['enclosed numbers do not run together', '①②', '1 2'],
    ['nor do those with a stop or brackets', '⒈⑵㈢', '1. (2) (三)'],
    ['nor beside a digit', '1①', '1 1'],
    ['emoji stay', '日报 😀', '日报 😀'],
    ['radicals become their characters', '⽇报', '日报'],
  ])('%s', (_, typed, expected) => {
    expect(normalise(typed)).toBe(expected);
  });

  it('never makes a digit out of a raised or lowered one', () => {
    for (const char of '⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉½⅓¼⅛') expect(normalise(`1${char}`)).not.toMatch(/\d\d|\d⁄/);
  });

  it('changes nothing the second time', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: fc.integer({ min: 0x3000, max: 0xffef }).map((code) => String.fromCodePoint(code)) }),
    );
    fc.assert(
      fc.property(text, (raw) => {
        const once = normalise(raw);
        expect(normalise(once)).toBe(once);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('normalise, asked again', () => {
  it('says the same of a text however many others came between, and whichever part of a longer one it was', () => {
    const said = ['１２', '張三', '①②', '\u200b', '　日报　', '無異常'];
    const expected = ['12', '张三', '1 2', '', '日报', '无异常'];
    const look = (): string[] => said.map((text) => normalise(`前${text}`.slice(1)));
    expect(look()).toEqual(expected);
    for (let i = 0; i < 20_000; i += 1) {
      normalise(`第${i}个村`);
      if (i % 1_000 === 0) expect(look()).toEqual(expected);
    }
    expect(look()).toEqual(expected);
  });

  it('keeps nothing of the long texts that short ones were cut from', () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    collect();
    const before = process.memoryUsage().heapUsed;
    for (let i = 0; i < 1_000; i += 1) {
      normalise(`第${i}个村报告今天一切都正常没有任何异常情况${'很长'.repeat(25_000)}`.slice(0, 24));
    }
    collect();
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(20_000_000);
  });

  it('keeps none of two texts for the other, whatever their length', () => {
    const pair = fc.tuple(
      fc.string({ unit: 'grapheme', maxLength: 60 }),
      fc.string({ unit: 'grapheme', maxLength: 60 }),
    );
    fc.assert(
      fc.property(pair, ([a, b]) => {
        const first = normalise(a);
        // Past the length of what is kept it is worked out anew.
        const anew = normalise(`${a}${'\n'.repeat(60)}`);
        normalise(b);
        expect([normalise(a), anew]).toEqual([first, first]);
      }),
      { numRuns: 500 },
    );
  });
});

describe('names', () => {
  it.each([
    ['3网格', '三网格'],
    ['３ 网格', '三网格'],
    ['十二网格', '12网格'],
    ['福山地村', '福山地 村'],
    ['張三', '张三'],
    ['二十家子村', '廿家子村'],
  ])('%s and %s are one', (a, b) => {
    expect(nameKey(a)).toBe(nameKey(b));
  });

  it.each([
    ['三网格', '四网格'],
    ['两家村', '二家村'],
    ['八一村', '81村'],
    ['十三网格', '三十网格'],
  ])('%s and %s are two', (a, b) => {
    expect(nameKey(a)).not.toBe(nameKey(b));
  });
});
