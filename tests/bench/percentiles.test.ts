import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { percentile, spreadOf } from '../../bench/percentiles.ts';

describe('percentiles', () => {
  test('are values that occurred, by nearest rank', () => {
    const hundred = Array.from({ length: 100 }, (_, at) => at + 1);
    expect(percentile(hundred, 0.5)).toBe(50);
    expect(percentile(hundred, 0.99)).toBe(99);
    expect(percentile(hundred, 0.999)).toBe(100);
    expect(percentile([7], 0.01)).toBe(7);
  });

  test('of nothing there are none', () => {
    expect(percentile([], 0.5)).toBeNaN();
    expect(spreadOf([]).max).toBeNaN();
  });

  test('do not depend on the order, rise, and leave the values alone', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1e9, noNaN: true }), { minLength: 1 }), (values) => {
        const before = [...values];
        const { p50, p99, p999, max } = spreadOf(values);
        expect(values).toEqual(before);
        expect(p50 <= p99 && p99 <= p999 && p999 <= max).toBe(true);
        expect(max).toBe(Math.max(...values));
        expect(spreadOf([...values].reverse())).toEqual({ p50, p99, p999, max });
        expect(values.filter((value) => value <= p99).length).toBeGreaterThanOrEqual(Math.ceil(values.length * 0.99));
      }),
    );
  });

  test('numbers are put in the order of numbers, not of texts', () => {
    expect(spreadOf([9, 10, 100]).p50).toBe(10);
  });
});
