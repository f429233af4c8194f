import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  type CivilDate,
  civilDate,
  civilDateOf,
  clockText,
  DAY,
  daysBetween,
  isoShanghai,
  isRealDay,
  partsOf,
  startOfDay,
  timeOfDay,
} from '../../src/core/time.ts';

const moment = fc.integer({ min: -20_000 * DAY, max: 60_000 * DAY });

describe('civil time', () => {
  it('puts every moment into the day that begins before it and ends after it', () => {
    fc.assert(
      fc.property(moment, (at) => {
        const day = civilDateOf(at);
        expect(startOfDay(day)).toBeLessThanOrEqual(at);
        expect(at).toBeLessThan(startOfDay(addDays(day, 1)));
        expect(startOfDay(day) + timeOfDay(at)).toBe(at);
      }),
    );
  });

  it('says the same of a moment whatever it was asked before', () => {
    const day = fc.integer({ min: -3, max: 3 });
    const offset = fc.constantFrom(-1, 0, 1, DAY / 2, DAY - 1);
    const asked = fc.array(fc.tuple(day, offset), { minLength: 1, maxLength: 30 });
    const midnight = Date.parse('2026-11-23T00:00:00+08:00');
    fc.assert(
      fc.property(moment, asked, (base, list) => {
        for (const [days, ms] of list) {
          for (const at of [
            midnight + days * DAY + ms,
            startOfDay(civilDateOf(base)) + days * DAY + ms,
            days * DAY + ms,
          ]) {
            expect(civilDateOf(at)).toBe(new Date(at + 8 * 3_600_000).toISOString().slice(0, 10));
          }
        }
      }),
    );
  });

  it('counts days the same way forth and back, and orders them as text', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: -800, max: 800 }), (at, days) => {
        const day = civilDateOf(at);
        const other = addDays(day, days);
        expect(daysBetween(day, other)).toBe(days);
        expect(addDays(other, -days)).toBe(day);
        if (at > 0 && startOfDay(other) > 0) expect(day < other).toBe(days > 0);
      }),
    );
  });

  it('takes a day apart and builds it again', () => {
    fc.assert(
      fc.property(moment, (at) => {
        const day = civilDateOf(at);
        const { year, month, day: date } = partsOf(day);
        expect(civilDate(year, month, date)).toBe(day);
        expect(isRealDay(year, month, date)).toBe(true);
      }),
    );
  });

  it.each<[number, number, number, boolean]>([
    [2024, 2, 29, true],
    [2026, 2, 29, false],
    [2100, 2, 29, false],
    [2000, 2, 29, true],
    [2026, 4, 31, false],
    [2026, 12, 31, true],
    [2026, 13, 1, false],
    [2026, 1, 0, false],
  ])('knows whether %i-%i-%i is a day', (year, month, day, real) => {
    expect(isRealDay(year, month, day)).toBe(real);
  });

  it('writes moments as the wall clock shows them', () => {
    const at = Date.parse('2026-11-23T10:02:59.999Z');
    expect(clockText(at)).toBe('18:02');
    expect(isoShanghai(at)).toBe('2026-11-23T18:02:59+08:00');
    expect(partsOf('2026-11-23' as CivilDate).weekday).toBe(1);
  });
});
