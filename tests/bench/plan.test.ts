import { describe, expect, test } from 'vitest';
import { amountsFor, type Leg, lateLeg, type Plan, planOf } from '../../bench/plan.ts';

const SIZES = [10, 16, 100, 1_000, 9_999, 10_000, 49_999, 100_000];

/** How often each place of each day's order speaks. */
function spoken(plan: Plan): Map<number, number[]> {
  const days = new Map<number, number[]>();
  const take = ({ day, from, count }: Pick<Leg, 'day' | 'from' | 'count'>): void => {
    const places = days.get(day) ?? new Array<number>(plan.grids).fill(0);
    for (let at = from; at < from + count; at++) places[at] = (places[at] ?? 0) + 1;
    days.set(day, places);
  };
  for (const leg of plan.legs) take(leg);
  if (plan.written) take({ day: 0, ...plan.written });
  take(lateLeg(plan));
  return days;
}

describe('the plan of a size', () => {
  test.each(SIZES.flatMap((grids) => [false, true].map((quick) => ({ grids, quick }))))(
    'every grid of $grids reports once a day (quick: $quick)',
    ({ grids, quick }) => {
      const plan = planOf(grids, amountsFor(grids, quick, true));
      for (const places of spoken(plan).values()) expect(places).toEqual(new Array(grids).fill(1));
    },
  );

  test.each(SIZES)('one in ten of %i has not reported when the last evening begins', (grids) => {
    const plan = planOf(grids, amountsFor(grids, false, true));
    const lastDay = plan.legs.at(-1)?.day;
    const said = plan.legs.filter(({ day }) => day === lastDay).reduce((sum, { count }) => sum + count, 0);
    expect(said + (plan.written?.count ?? 0)).toBe(grids - plan.missing);
    expect(plan.missing).toBe(Math.round(grids / 10));
  });

  test('a hundred thousand grids say everything on one day, and whoever is left out has reported before', () => {
    const { legs, written } = planOf(100_000, amountsFor(100_000, false, true));
    expect(legs.map(({ purpose, day, count }) => [purpose, day, count])).toEqual([
      ['warm up', 0, 5_000],
      ['throughput', 0, 50_000],
      ['latency', 0, 30_000],
    ]);
    expect(written).toEqual({ from: 85_000, count: 5_000 });
    const quick = planOf(100_000, amountsFor(100_000, true, true));
    expect(quick.legs.map(({ count }) => count)).toEqual([6_000, 14_000, 6_000]);
    expect(quick.written).toEqual({ from: 26_000, count: 64_000 });
  });

  test('a thousand grids are measured with tens of thousands of messages, day after day', () => {
    const { legs } = planOf(1_000, amountsFor(1_000, false, true));
    const measured = legs.filter(({ purpose }) => purpose === 'throughput');
    expect(measured.reduce((sum, { count }) => sum + count, 0)).toBe(30_000);
    expect(new Set(measured.map(({ day }) => day)).size).toBe(30);
  });

  test('as many messages as were asked for, in whole days where a day has fewer', () => {
    const plan = (grids: number): Plan => planOf(grids, amountsFor(grids, true, true, 400));
    const counts = (grids: number): number[] => plan(grids).legs.map(({ count }) => count);
    expect(counts(10_000)).toEqual([100, 400, 200]);
    expect(plan(10_000).written).toEqual({ from: 700, count: 8_300 });
    expect(plan(300).written).toBeNull();
    expect(counts(300)).toEqual([300, 300, 300, 300, 270]);
  });

  test('a million grids are measured with most of their messages, and nothing else of them', () => {
    const { legs, whole } = planOf(1_000_000, amountsFor(1_000_000, false, false), false);
    expect(whole).toBe(false);
    expect(legs.map(({ purpose, count }) => [purpose, count])).toEqual([
      ['warm up', 5_000],
      ['throughput', 895_000],
    ]);
  });
});
