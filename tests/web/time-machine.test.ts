import { describe, expect, it } from 'vitest';
import { isoShanghai } from '../../src/core/time.ts';
import { firstMoment, momentOf, STOP_NAMES } from '../../src/web/time-machine.ts';

const at = (text: string): number => Date.parse(`2026-11-${text}+08:00`);

describe('where the clock buttons lead', () => {
  it.each([
    ['17:00', '23T08:00:00', '2026-11-23T17:00:00+08:00'],
    ['18:00', '23T17:00:00', '2026-11-23T18:00:00+08:00'],
    ['18:30', '23T18:29:59', '2026-11-23T18:30:00+08:00'],
    ['19:30', '23T00:00:00', '2026-11-23T19:30:00+08:00'],
    ['next-day', '23T19:30:00', '2026-11-24T07:00:00+08:00'],
    ['next-day', '30T03:00:00', '2026-12-01T07:00:00+08:00'],
  ] as const)('to %s from %s', (stop, from, expected) => {
    expect(isoShanghai(momentOf(stop, at(from)))).toBe(expected);
  });

  it('takes the next day where the moment has come already', () => {
    expect(isoShanghai(momentOf('17:00', at('23T17:00:00')))).toBe('2026-11-24T17:00:00+08:00');
    expect(isoShanghai(momentOf('18:30', at('23T22:15:00')))).toBe('2026-11-24T18:30:00+08:00');
  });

  it('always leads forward', () => {
    for (let hour = 0; hour < 24; hour++) {
      const now = at('23T00:00:00') + hour * 3_600_000;
      for (const stop of STOP_NAMES) expect(momentOf(stop, now)).toBeGreaterThan(now);
    }
  });
});

describe('where a first visit begins', () => {
  it('is now while the day still has everything before it', () => {
    expect(firstMoment(at('23T10:20:30'))).toBe(at('23T10:20:30'));
  });

  it('is eight in the morning otherwise', () => {
    expect(isoShanghai(firstMoment(at('23T03:00:00')))).toBe('2026-11-23T08:00:00+08:00');
    expect(isoShanghai(firstMoment(at('23T17:00:00')))).toBe('2026-11-24T08:00:00+08:00');
    expect(isoShanghai(firstMoment(at('23T23:59:00')))).toBe('2026-11-24T08:00:00+08:00');
  });
});
