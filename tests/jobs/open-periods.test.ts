import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { County } from '../../src/core/county.ts';
import { dayOf } from '../../src/core/rounds/period.ts';
import { roundsToOpen } from '../../src/core/rounds/rounds.ts';
import type { PeriodKey } from '../../src/core/rows/index.ts';
import { addDays, civilDateOf, DAY, daysBetween, HOUR } from '../../src/core/time.ts';
import { openPeriods } from '../../src/jobs/open-periods.ts';
import { mainFormAlone } from '../support/main-form.ts';
import { countyOf, factsAt, shanghai, take } from './facts.ts';

const playbook = await mainFormAlone();
const daily = (opens: number) => ({ every: { kind: 'day' }, opens, due: opens + 1, locks: opens + 2 }) as const;
const midnight = daily(0);
const daysToOpen = (last: PeriodKey | null, form: ReturnType<typeof daily>, now: number) =>
  roundsToOpen(form, last, now).map(dayOf);

describe('which days to open', () => {
  it('opens only today the first time: earlier periods do not exist', () => {
    expect(daysToOpen(null, midnight, shanghai('2026-11-23T07:00'))).toEqual(['2026-11-23']);
  });

  it('opens nothing twice, and the next day at its very beginning', () => {
    expect(daysToOpen('2026-11-23', midnight, shanghai('2026-11-23T23:59:59'))).toEqual([]);
    expect(daysToOpen('2026-11-23', midnight, shanghai('2026-11-24T00:00'))).toEqual(['2026-11-24']);
  });

  it('opens every day missed, oldest first, and none beyond 31 of them', () => {
    const now = shanghai('2026-11-23T07:00');
    expect(daysToOpen('2026-11-20', midnight, now)).toEqual(['2026-11-21', '2026-11-22', '2026-11-23']);
    const days = daysToOpen('2026-01-01', midnight, now);
    expect([days.length, days[0], days.at(-1)]).toEqual([31, '2026-10-24', '2026-11-23']);
  });

  it('waits for the hour at which a form opens', () => {
    const eight = daily(8 * HOUR);
    expect(daysToOpen('2026-11-22', eight, shanghai('2026-11-23T07:59:59'))).toEqual([]);
    expect(daysToOpen('2026-11-22', eight, shanghai('2026-11-23T08:00'))).toEqual(['2026-11-23']);
  });

  it('leaves no day out and opens none twice, however often and whenever it is asked', () => {
    const walk = fc.array(fc.integer({ min: 0, max: 5 * DAY }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(walk, fc.integer({ min: 0, max: 23 * HOUR }), (pauses, opens) => {
        let now = shanghai('2026-11-23T12:00') + opens;
        const opened = daysToOpen(null, daily(opens), now);
        for (const pause of pauses) {
          now += pause;
          opened.push(...daysToOpen(opened.at(-1) ?? null, daily(opens), now));
        }
        const [first = '2026-11-23'] = opened;
        expect(opened).toEqual(Array.from({ length: opened.length }, (_, i) => addDays(first, i)));
        expect(daysBetween(opened.at(-1) ?? first, civilDateOf(now - opens))).toBe(0);
      }),
    );
  });
});

describe('opening a period', () => {
  it('writes down every grid with its path and the units above it', () => {
    const county = countyOf(shanghai('2026-11-23T07:00'));
    const at = factsAt(county, playbook);
    take(openPeriods, at('2026-11-23T07:00'));
    const book = county.book('daily@2026-11-23');
    expect(book?.period).toMatchObject({
      key: '2026-11-23',
      opensAt: shanghai('2026-11-23T00:00'),
      dueAt: shanghai('2026-11-23T18:00'),
      locksAt: shanghai('2026-11-24T12:00'),
      playbook: 'epidemic',
    });
    expect(book?.unitsAt(3).map(({ path }) => path)).toEqual([
      '林东镇/福山地村/一网格',
      '林东镇/福山地村/二网格',
      '林东镇/福山地村/三网格',
      '林东镇/大新庄村/一网格',
    ]);
  });

  it('decides nothing when it decides again, also after a look from a later hour of the day', () => {
    const county = countyOf(shanghai('2026-11-23T07:00'));
    const at = factsAt(county, playbook);
    take(openPeriods, at('2026-11-23T07:00'));
    expect(openPeriods.decide(at('2026-11-23T07:00'))).toEqual({ writes: [], notices: [] });
    expect(openPeriods.decide(at('2026-11-23T23:59'))).toEqual({ writes: [], notices: [] });
    expect(openPeriods.nextDue(at('2026-11-23T07:00'))).toBe(shanghai('2026-11-24T00:00'));
  });

  it('waits while there is no roster, for nobody could be expected', () => {
    const at = factsAt(new County(), playbook);
    expect(openPeriods.nextDue(at('2026-11-23T07:00'))).toBeNull();
    expect(openPeriods.decide(at('2026-11-23T07:00')).writes).toEqual([]);
  });
});

describe('a province', () => {
  it('has all its grids asked, however many they are', () => {
    const grids = 200_000;
    const county = new County({
      unit: [
        { id: 'county', parentId: null, level: 'county', name: '平安县', since: '2026-01-01', until: null },
        ...Array.from({ length: grids }, (_, at) => ({
          id: `g${at}`,
          parentId: 'county',
          level: 'grid' as const,
          name: `${at}网格`,
          since: '2026-01-01' as const,
          until: null,
        })),
      ],
    });
    const { writes } = openPeriods.decide({ county, playbook, now: shanghai('2026-11-23T07:00') });
    expect(writes.filter(({ table }) => table === 'obligation')).toHaveLength(grids);
  });
});
