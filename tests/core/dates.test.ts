import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchDay, matchSpan } from '../../src/core/dates.ts';
import { addDays, type CivilDate, partsOf } from '../../src/core/time.ts';

const SATURDAY: CivilDate = '2026-11-21';
const past = (text: string, today = SATURDAY): CivilDate | null | undefined => matchDay(text, 0, today, 'past')?.date;

describe('a day in a report', () => {
  it.each([
    ['今天', '2026-11-21'],
    ['今日', '2026-11-21'],
    ['昨天', '2026-11-20'],
    ['昨日', '2026-11-20'],
    ['前天', '2026-11-19'],
    ['大前天', '2026-11-18'],
    ['明天', '2026-11-22'],
    ['11月20日', '2026-11-20'],
    ['11月20号', '2026-11-20'],
    ['11月20', '2026-11-20'],
    ['11 月 20 日', '2026-11-20'],
    ['十一月二十日', '2026-11-20'],
    ['20日', '2026-11-20'],
    ['20号', '2026-11-20'],
    ['25日', '2026-10-25'],
    ['31号', '2026-10-31'],
    ['11-20', '2026-11-20'],
    ['11/20', '2026-11-20'],
    ['2026-11-20', '2026-11-20'],
    ['2026年11月20日', '2026-11-20'],
    ['二〇二六年十一月二十日', '2026-11-20'],
    ['周三', '2026-11-18'],
    ['星期三', '2026-11-18'],
    ['周六', '2026-11-21'],
    ['周日', '2026-11-15'],
    ['上周三', '2026-11-11'],
    ['上个星期天', '2026-11-15'],
    ['11月23日', '2026-11-23'],
  ])('%s is %s', (text, expected) => {
    expect(past(text)).toBe(expected);
    expect(matchDay(text, 0, SATURDAY, 'past')?.length).toBe(text.length);
  });

  it.each(['2月30日', '13月1日', '11月31日', '13-45', '2026-02-29', '32日', '0日'])('%s does not exist', (text) => {
    expect(past(text)).toBeNull();
  });

  it.each(['20号楼', '一号村', '11.20', '20', '周围', '日报', '11月20人'])('%s is no day', (text) => {
    expect(past(text)).toBeUndefined();
  });

  it('is last year in January', () => {
    expect(past('12月31日', '2027-01-05')).toBe('2026-12-31');
    expect(past('31日', '2027-01-05')).toBe('2026-12-31');
    expect(past('12-31', '2027-01-31')).toBe('2026-12-31');
  });

  it('finds any day back however it is written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 0, max: 31 }), (offset, ago) => {
        const today = addDays('2000-01-01', offset);
        const day = addDays(today, -ago);
        const { year, month, day: n } = partsOf(day);
        for (const text of [`${month}月${n}日`, `${month}-${n}`, `${month}/${n}`, `${year}年${month}月${n}号`, day]) {
          expect([text, past(text, today)]).toEqual([text, day]);
        }
      }),
    );
  });
});

describe('a span of days', () => {
  const span = (text: string) => {
    const found = matchSpan(text, 0, SATURDAY);
    if (!found) return null;
    return 'error' in found ? found.error : `${found.from}/${found.until}`;
  };

  it.each([
    ['今天', '2026-11-21/2026-11-21'],
    ['明天', '2026-11-22/2026-11-22'],
    ['11月22日-24日', '2026-11-22/2026-11-24'],
    ['11月22-24日', '2026-11-22/2026-11-24'],
    ['11月22日至11月24日', '2026-11-22/2026-11-24'],
    ['11-22到11-24', '2026-11-22/2026-11-24'],
    ['22日到24日', '2026-11-22/2026-11-24'],
    ['22号~24号', '2026-11-22/2026-11-24'],
    ['明天到周三', '2026-11-22/2026-11-25'],
    ['3天', '2026-11-21/2026-11-23'],
    ['三天', '2026-11-21/2026-11-23'],
    ['一周', '2026-11-21/2026-11-27'],
    ['明天起3天', '2026-11-22/2026-11-24'],
    ['明天开始请两天', '2026-11-22/2026-11-23'],
    ['20日', '2026-12-20/2026-12-20'],
    ['11月28日-3日', '2026-11-28/2026-12-03'],
    ['12月30日到1月2日', '2026-12-30/2027-01-02'],
    ['下周一到下周三', '2026-11-23/2026-11-25'],
  ])('%s is %s', (text, expected) => {
    expect(span(text)).toBe(expected);
    expect(matchSpan(text, 0, SATURDAY)?.length).toBe(text.length);
  });

  it.each([
    ['11月24日-22日', 'order'],
    ['11月24日到11月22日', 'order'],
    ['2月30日', 'unreal'],
    ['11月22日到11月31日', 'unreal'],
    ['0天', 'length'],
    ['999天', 'length'],
  ])('%s is refused: %s', (text, expected) => {
    expect(span(text)).toBe(expected);
  });

  it('is not seen where none is', () => {
    for (const text of ['看病', '3户', '代李四', '']) expect(span(text)).toBeNull();
  });
});
