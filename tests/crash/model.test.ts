/** The model is what everything is measured by: what it says is checked by hand. */
import { describe, expect, test } from 'vitest';
import { expectedTables, type Outcome, outcomeOf, outcomesOf } from './model.ts';
import { DAY_SAID, DUE_AT, saidOf, TIMES } from './sayings.ts';

const LATE = 1;
const GRID = 1;
const heard = (...said: Parameters<typeof outcomeOf>[0]): Outcome => outcomeOf(said, TIMES);
const short = ({ state, values, unparsed, versions }: Outcome) => ({
  state,
  values,
  unparsed,
  kinds: versions.map(({ kind }) => kind),
});

describe('the outcome of a grid', () => {
  test('silence is missing and leaves nothing behind', () => {
    expect(short(heard())).toEqual({ state: 'missing', values: {}, unparsed: false, kinds: [] });
  });

  test('a report at the very due moment is on time, a millisecond later it is late', () => {
    expect(heard(saidOf(GRID, 'report', 3, 0)).state).toBe('reported');
    expect(heard(saidOf(GRID, 'report', 3, LATE)).state).toBe('late');
  });

  test('a correction changes the values and keeps the timeliness', () => {
    const outcome = heard(saidOf(GRID, 'report', 3), saidOf(GRID, 'correction', 4, LATE));
    expect(short(outcome)).toEqual({
      state: 'reported',
      values: { abnormal: 4 },
      unparsed: false,
      kinds: ['report', 'report'],
    });
  });

  test('without a report a correction and a withdrawal are nothing', () => {
    expect(short(heard(saidOf(GRID, 'correction', 4), saidOf(GRID, 'withdrawal'))).kinds).toEqual([]);
  });

  test('after a withdrawal the next report is judged by its own moment', () => {
    const outcome = heard(saidOf(GRID, 'report', 3), saidOf(GRID, 'withdrawal'), saidOf(GRID, 'report', 5, LATE));
    expect(short(outcome)).toEqual({
      state: 'late',
      values: { abnormal: 5 },
      unparsed: false,
      kinds: ['report', 'withdrawal', 'report'],
    });
  });

  test('an exemption holds until there is a report, and again when that is withdrawn', () => {
    const exempt = saidOf(GRID, 'exemption');
    const report = saidOf(GRID, 'report', 3);
    expect(short(heard(exempt)).state).toBe('exempt');
    expect(short(heard(exempt, report)).state).toBe('reported');
    expect(short(heard(exempt, report, saidOf(GRID, 'withdrawal'))).state).toBe('exempt');
    expect(heard(exempt).exemptions).toEqual([exempt.id]);
  });

  test('whoever has reported is not exempted, and a leave changes nothing', () => {
    const outcome = heard(saidOf(GRID, 'report', 3), saidOf(GRID, 'exemption'), saidOf(GRID, 'leave'));
    expect([outcome.state, outcome.exemptions]).toEqual(['reported', []]);
  });

  test('after the lock nothing is taken in any more', () => {
    const locked = TIMES.locksAt - DUE_AT;
    expect(heard(saidOf(GRID, 'report', 3, locked - 1)).state).toBe('late');
    expect(short(heard(saidOf(GRID, 'report', 3, locked))).kinds).toEqual([]);
  });

  test('a line that could not be read shows as long as nothing counts', () => {
    expect(heard(saidOf(GRID, 'typo', 3)).unparsed).toBe(true);
    expect(heard(saidOf(GRID, 'typo', 3), saidOf(GRID, 'report', 3)).unparsed).toBe(false);
    expect(heard(saidOf(GRID, 'slip', 3), saidOf(GRID, 'talk')).versions).toEqual([]);
  });
});

test('the tables of the levels add up the outcomes below them', () => {
  const world = { grids: 8, days: [DAY_SAID], times: () => TIMES };
  const sayings = [saidOf(1, 'report', 3), saidOf(7, 'report', 4, LATE), saidOf(2, 'typo', 9)];
  const lines = expectedTables(outcomesOf(sayings, world), world);
  expect(lines).toMatchObject({
    [`${DAY_SAID} county`]: '8 = 1+1+0+6 abnormal 7 of 2',
    [`${DAY_SAID} county =`]: '8 = 1+1+0+6 abnormal 7',
    [`${DAY_SAID} county > t0`]: '8 = 1+1+0+6 abnormal 7',
    [`${DAY_SAID} t0 > v0`]: '6 = 1+0+0+5 abnormal 3',
    [`${DAY_SAID} t0 > v1`]: '2 = 0+1+0+1 abnormal 4',
    [`${DAY_SAID} v0 > g2`]: '1 = 0+0+0+1 missing unparsed –',
    [`${DAY_SAID} v1 > g7`]: `1 = 0+1+0+0 abnormal 4 late ${DUE_AT + LATE}`,
  });
});
