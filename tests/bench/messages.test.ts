import { describe, expect, test } from 'vitest';
import { villageOf } from '../../bench/county.ts';
import { orderOf, reportOf, textOf } from '../../bench/messages.ts';

describe('the order of speaking', () => {
  test.each([1, 2, 5, 6, 100, 1_000, 9_999, 100_000])('%i grids speak once each', (count) => {
    const order = orderOf(count);
    expect(new Set(Array.from({ length: count }, (_, place) => order(place))).size).toBe(count);
  });

  test('those who speak one after the other are of different villages', () => {
    const order = orderOf(1_000);
    const same = Array.from({ length: 999 }, (_, at) => at).filter(
      (at) => villageOf(order(at)) === villageOf(order(at + 1)),
    );
    expect(same).toEqual([]);
  });
});

describe('what people type', () => {
  const texts = Array.from({ length: 20_000 }, (_, grid) => textOf(grid, 0));
  const share = (wanted: (text: string) => boolean): number => texts.filter(wanted).length / texts.length;

  test('is mostly zero, written in several ways, and now and then numbers and lines below', () => {
    const zero = ['/日报 0', '日报 0', '/日报  ０', '/零报告'];
    for (const way of zero) expect(share((text) => text === way)).toBeGreaterThan(0);
    expect(share((text) => zero.includes(text))).toBeCloseTo(0.85, 2);
    expect(share((text) => text.includes('返乡1 发热1'))).toBeCloseTo(0.1, 2);
    expect(share((text) => text.includes('\n'))).toBeCloseTo(0.05, 2);
  });

  test('is the same each time, and another on another day', () => {
    expect(texts.slice(0, 100)).toEqual(Array.from({ length: 100 }, (_, grid) => textOf(grid, 0)));
    expect(texts).not.toEqual(Array.from({ length: 20_000 }, (_, grid) => textOf(grid, 1)));
  });

  test('carries an id of its own each day', () => {
    expect(reportOf(3, 0, 0).id).not.toBe(reportOf(3, 1, 0).id);
    expect(reportOf(3, 0, 0).chat).toEqual(reportOf(3, 1, 0).chat);
  });
});
