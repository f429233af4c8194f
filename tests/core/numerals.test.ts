import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCount } from '../../src/core/numerals.ts';

const PLAIN = '零一二三四五六七八九';
const FORMAL = '零壹贰叁肆伍陆柒捌玖';

/** Writes a number the long way: 一千零五十, and 十二 without its 一. */
function written(n: number, digits: string, units: readonly string[], wan: string): string {
  if (n === 0) return digits[0] ?? '';
  if (n >= 10_000) {
    const low = n % 10_000;
    const gap = low > 0 && low < 1_000 ? (digits[0] ?? '') : '';
    return `${written(Math.floor(n / 10_000), digits, units, wan)}${wan}${gap}${low > 0 ? written(low, digits, units, wan) : ''}`;
  }
  let text = '';
  let gap = false;
  for (const [i, power] of [1_000, 100, 10, 1].entries()) {
    const digit = Math.floor(n / power) % 10;
    if (digit === 0) {
      gap = text !== '';
      continue;
    }
    text += `${gap ? digits[0] : ''}${digits[digit]}${units[i] ?? ''}`;
    gap = false;
  }
  return text;
}
const short = (n: number): string => written(n, PLAIN, ['千', '百', '十', ''], '万').replace(/^一十/, '十');
const formal = (n: number): string => written(n, FORMAL, ['仟', '佰', '拾', ''], '万');
const traditional = (n: number): string =>
  formal(n).replaceAll('贰', '貳').replaceAll('陆', '陸').replaceAll('叁', '參').replaceAll('万', '萬');
const liang = (n: number): string => short(n).replace(/^二(?=[千百万])/, '两');
const tail = (n: number): string => short(n).replace(/([百千万][一二三四五六七八九])[十百千]$/, '$1');
const fullWidth = (n: number): string => String(n).replace(/\d/g, (d) => String.fromCharCode(d.charCodeAt(0) + 0xfee0));

describe('readCount', () => {
  it('reads back every count from 0 to 99999 in every style', () => {
    for (let n = 0; n <= 99_999; n += n < 2_000 ? 1 : 37) {
      for (const style of [String, short, formal, liang, tail]) {
        expect([style(n), readCount(style(n))]).toEqual([style(n), { value: n }]);
      }
    }
  });

  it('reads back full-width digits and traditional characters', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999 }), (n) => {
        expect(readCount(fullWidth(n))).toEqual({ value: n });
        expect([traditional(n), readCount(traditional(n))]).toEqual([traditional(n), { value: n }]);
      }),
    );
  });

  it.each([
    ['十', 10],
    ['两', 2],
    ['俩', 2],
    ['仨', 3],
    ['參', 3],
    ['廿', 20],
    ['廿三', 23],
    ['卅', 30],
    ['壹佰', 100],
    ['一百二', 120],
    ['一百零二', 102],
    ['一百十五', 115],
    ['一千五', 1_500],
    ['1百零5', 105],
    ['3万', 30_000],
    ['1万2千', 12_000],
    ['两万五', 25_000],
    ['二〇二六', 2_026],
    ['一二三', 123],
    ['〇', 0],
    ['000', 0],
    ['007', 7],
  ])('%s is %i', (text, value) => {
    expect(readCount(text)).toEqual({ value });
  });

  it.each([
    ['十几', 'vague'],
    ['几个', 'vague'],
    ['若干', 'vague'],
    ['很多', 'vague'],
    ['两三', 'vague'],
    ['三四', 'vague'],
    ['三五', 'vague'],
    ['十二三', 'vague'],
    ['二三十', 'vague'],
    ['10多', 'vague'],
    ['10左右', 'vague'],
    ['约10', 'vague'],
    ['1-3', 'vague'],
    ['1.5', 'fraction'],
    ['三点五', 'fraction'],
    ['半', 'fraction'],
    ['½', 'fraction'],
    ['50%', 'fraction'],
    ['-1', 'negative'],
    ['−1', 'negative'],
    ['负三', 'negative'],
    ['100000', 'range'],
    ['十万', 'range'],
    ['12万', 'range'],
    ['三亿', 'range'],
    ['99999999999999999999', 'range'],
    ['', 'not-a-number'],
    ['+1', 'not-a-number'],
    ['1e3', 'not-a-number'],
    ['0x1', 'not-a-number'],
    ['1,000', 'not-a-number'],
    ['1²', 'not-a-number'],
    ['百', 'not-a-number'],
    ['十百', 'not-a-number'],
    ['一百零十', 'not-a-number'],
    ['三网格', 'not-a-number'],
    ['O', 'not-a-number'],
    ['٣', 'not-a-number'],
  ])('%s is refused as %s', (text, error) => {
    expect(readCount(text)).toEqual({ error });
  });

  it('never throws and never leaves the range', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom(...'0123十百千万亿零〇两几半点.-') }),
    );
    fc.assert(
      fc.property(text, (raw) => {
        const reading = readCount(raw);
        if ('value' in reading) {
          expect(Number.isInteger(reading.value)).toBe(true);
          expect(reading.value).toBeGreaterThanOrEqual(0);
          expect(reading.value).toBeLessThanOrEqual(99_999);
        }
      }),
      { numRuns: 3_000 },
    );
  });
});
