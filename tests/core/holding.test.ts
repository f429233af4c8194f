import { describe, expect, it } from 'vitest';
import { PeriodBook } from '../../src/core/book.ts';
import { County } from '../../src/core/county.ts';
import { holds, keyHolding } from '../../src/core/rounds/holding.ts';
import { roundsOn } from '../../src/core/rounds/rounds.ts';
import { type PeriodRow, put } from '../../src/core/rows/index.ts';
import { addDays, type CivilDate } from '../../src/core/time.ts';
import { shanghai } from '../jobs/facts.ts';
import { playbookOf, SESSIONS, unitForm } from '../support/forms.ts';

const MONDAY = '2026-11-23';

function formOf(every: unknown, times: Record<string, string> = {}) {
  return playbookOf({ water: unitForm('水情', { every, ...times }) }).forms.water ?? expect.fail();
}

/** A county in which all rounds of some days were opened. */
function countyWith(form: ReturnType<typeof formOf>, days: readonly CivilDate[]): County {
  const county = new County();
  for (const day of days) {
    for (const { key, label, opensAt, dueAt, locksAt } of roundsOn(form, day)) {
      const row: PeriodRow = {
        id: `water@${key}`,
        form: 'water',
        key,
        label,
        opensAt,
        dueAt,
        locksAt,
        playbook: 'made',
        spec: null,
        unitId: null,
      };
      county.apply([put('period', row)]);
    }
  }
  return county;
}

const latest = (county: County, day: CivilDate, at: string): string | undefined =>
  county.latestOf('water', day, shanghai(at))?.period.key;

describe('the period of a form that holds a day', () => {
  it('is that of the day where each day has its own', () => {
    const county = countyWith(formOf('day'), ['2026-11-22', MONDAY]);
    expect(latest(county, MONDAY, '2026-11-23T09:00')).toBe(MONDAY);
    expect(latest(county, '2026-11-22', '2026-11-23T09:00')).toBe('2026-11-22');
    expect(latest(county, '2026-11-24', '2026-11-24T00:00')).toBeUndefined();
  });

  it('is the latest that was open by then, of several a day', () => {
    const county = countyWith(formOf(SESSIONS), ['2026-11-22', MONDAY]);
    expect(latest(county, MONDAY, '2026-11-23T11:00')).toBe('2026-11-23.1');
    expect(latest(county, MONDAY, '2026-11-23T12:00')).toBe('2026-11-23.2');
    expect(latest(county, '2026-11-22', '2026-11-23T11:00')).toBe('2026-11-22.2');
  });

  it("is last night's shift until that is due", () => {
    const shifts = formOf([{ name: '夜班', opens: '20:00', due: '+1d 08:00', locks: '+1d 10:00' }]);
    const county = countyWith(shifts, ['2026-11-22', MONDAY]);
    expect(latest(county, MONDAY, '2026-11-23T06:00')).toBe('2026-11-22.1');
    expect(latest(county, MONDAY, '2026-11-23T21:00')).toBe('2026-11-23.1');
  });

  it('is the week or the month that began on or before it', () => {
    const weekly = countyWith(formOf('week', { due: '+4d 18:00', locks: '+7d 12:00' }), ['2026-11-16', MONDAY]);
    expect(latest(weekly, '2026-11-26', '2026-11-26T09:00')).toBe('2026-11-23.w');
    expect(latest(weekly, '2026-11-22', '2026-11-26T09:00')).toBe('2026-11-16.w');
    expect(latest(weekly, '2026-11-30', '2026-11-30T00:00')).toBeUndefined();
    const monthly = countyWith(formOf('month', { due: '+4d 18:00', locks: '+7d 12:00' }), ['2026-11-01']);
    expect(latest(monthly, '2026-11-30', '2026-11-30T09:00')).toBe('2026-11-01.m');
    expect(latest(monthly, '2026-12-01', '2026-12-01T00:00')).toBeUndefined();
  });

  it('is a sweep until it is locked', () => {
    const period: PeriodRow = {
      id: `water@${MONDAY}.s1`,
      form: 'water',
      key: `${MONDAY}.s1`,
      label: '外来人员',
      opensAt: shanghai('2026-11-23T09:00'),
      dueAt: shanghai('2026-11-25T18:00'),
      locksAt: shanghai('2026-11-27T12:00'),
      playbook: 'made',
      spec: null,
      unitId: null,
    };
    const sweep = new PeriodBook(period, { ...formOf('day'), every: { kind: 'sweep' } });
    const days: CivilDate[] = [MONDAY, '2026-11-26', '2026-11-27', '2026-11-28'];
    expect(days.map((day) => holds(sweep, day))).toEqual([true, true, true, false]);
  });

  it('is gone with its book', () => {
    const county = countyWith(formOf('day'), ['2026-11-22', MONDAY]);
    county.forget(MONDAY);
    expect(latest(county, '2026-11-22', '2026-11-23T09:00')).toBeUndefined();
    expect(latest(county, MONDAY, '2026-11-23T09:00')).toBe(MONDAY);
  });

  it('is known by its key before it is read from the store', () => {
    const at = shanghai('2026-11-26T11:00');
    expect(keyHolding(formOf('day'), '2026-11-25', at)).toBe('2026-11-25');
    expect(keyHolding(formOf('day', { opens: '12:00' }), '2026-11-26', at)).toBe('2026-11-26');
    expect(keyHolding(formOf(SESSIONS), '2026-11-25', at)).toBe('2026-11-25.2');
    expect(keyHolding(formOf('week', { due: '+4d 18:00', locks: '+7d 12:00' }), '2026-11-26', at)).toBe('2026-11-23.w');
    expect(keyHolding(formOf('week', { due: '+4d 18:00', locks: '+7d 12:00' }), addDays(MONDAY, -1), at)).toBe(
      '2026-11-16.w',
    );
  });
});
