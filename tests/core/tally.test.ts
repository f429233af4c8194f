import { describe, expect, it } from 'vitest';
import { count, countsOf, emptyTally, inCount, owedCount, ratioText } from '../../src/core/tally.ts';
import { version } from './book-rows.ts';

const standing = (values: Record<string, number>) =>
  ({ state: 'reported', current: version('v', { values }), unparsed: false }) as const;

describe('a tally', () => {
  it('knows a field nobody gave from one that was given as zero', () => {
    const tally = emptyTally();
    count(tally, standing({ abnormal: 0 }), 1);
    expect(tally.sums.get('abnormal')).toEqual({ sum: 0, given: 1 });
    expect(tally.sums.has('fever')).toBe(false);
    count(tally, standing({ abnormal: 0 }), -1);
    expect(tally.sums.has('abnormal')).toBe(false);
  });

  it('is what it was when something is counted and taken out again', () => {
    const tally = emptyTally();
    count(tally, standing({ abnormal: 3, fever: 1 }), 1);
    const before = structuredClone(tally);
    count(tally, standing({ abnormal: 4 }), 1);
    count(tally, standing({ abnormal: 4 }), -1);
    expect(tally).toEqual(before);
  });

  it('counts what is in, of what is owed: the exempt are no part of it', () => {
    const counts = { expected: 12, reported: 6, late: 1, exempt: 2, missing: 3 };
    expect(inCount(counts)).toBe(7);
    expect(owedCount(counts)).toBe(10);
    expect(ratioText(counts)).toBe('7/10');
  });

  it('keeps the field whose name is that of an object method a field like others', () => {
    const tally = emptyTally();
    count(tally, standing(JSON.parse('{"constructor": 2, "__proto__": 3}')), 1);
    expect(tally.sums.get('constructor')).toEqual({ sum: 2, given: 1 });
    expect(countsOf(tally)).toEqual({ expected: 1, reported: 1, late: 0, exempt: 0, missing: 0 });
  });
});
