import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterQuiet } from '../../src/core/quiet.ts';
import { DAY, HOUR, timeOfDay } from '../../src/core/time.ts';

const at = (text: string): number => Date.parse(`2026-11-${text}+08:00`);

describe('quiet hours', () => {
  it.each([
    ['23T21:59:59', '23T21:59:59'],
    ['23T22:00:00', '24T07:00:00'],
    ['23T23:59:59', '24T07:00:00'],
    ['24T00:00:00', '24T07:00:00'],
    ['24T06:59:59', '24T07:00:00'],
    ['24T07:00:00', '24T07:00:00'],
  ])('at %s the next moment to disturb anybody is %s', (now, next) => {
    expect(afterQuiet(at(now))).toBe(at(next));
  });

  it('never holds anything for longer than nine hours, nor sends it into the night', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60_000 * DAY }), (now) => {
        const next = afterQuiet(now);
        expect(next - now).toBeGreaterThanOrEqual(0);
        expect(next - now).toBeLessThanOrEqual(9 * HOUR);
        expect(timeOfDay(next)).toBeGreaterThanOrEqual(7 * HOUR);
        expect(timeOfDay(next)).toBeLessThan(22 * HOUR);
        expect(afterQuiet(next)).toBe(next);
      }),
    );
  });
});
