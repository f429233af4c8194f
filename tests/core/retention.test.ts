import { describe, expect, it } from 'vitest';
import {
  entriesOver,
  formsAbout,
  formsKept,
  isEntryOver,
  nextErasure,
  reachedAgain,
} from '../../src/core/retention.ts';
import { specIdOf } from '../../src/core/rounds/spec.ts';
import type { EntryRow, SpecRow } from '../../src/core/rows/index.ts';
import { addDays, type CivilDate, DAY } from '../../src/core/time.ts';
import { playbookOf, TEMPERATURE, unitForm, WATCHED } from '../support/forms.ts';

const at = (text: string): number => Date.parse(`${text}+08:00`);

const entry = (id: string, until: CivilDate | null, more: Partial<EntryRow> = {}): EntryRow => ({
  id,
  register: 'watched',
  unitId: 'grid',
  number: null,
  name: id,
  values: {},
  coverId: null,
  since: until === null ? '2026-11-01' : addDays(until, -14),
  until,
  erasedAt: null,
  ...more,
});

describe('an entry', () => {
  it.each<[string, CivilDate | null, number | undefined, CivilDate, boolean]>([
    ['the day before its time is over', '2026-12-07', 30, '2027-01-05', false],
    ['the day on which it is', '2026-12-07', 30, '2027-01-06', true],
    ['long after', '2026-12-07', 30, '2030-01-01', true],
    ['over a leap day', '2028-02-01', 30, '2028-03-01', false],
    ['one day more', '2028-02-01', 30, '2028-03-02', true],
    ['that has not ended', null, 30, '2030-01-01', false],
    ['of a register that keeps for good', '2026-12-07', undefined, '2030-01-01', false],
  ])('%s', (_, until, keep, today, over) => {
    expect(isEntryOver(entry('e', until), { keep }, today)).toBe(over);
  });

  it('is over once', () => {
    expect(isEntryOver(entry('e', '2026-12-07', { erasedAt: 1 }), { keep: 1 }, '2030-01-01')).toBe(false);
  });
});

describe('a portion of entries', () => {
  it('is no more than two hundred, those that ended first', () => {
    const many = Array.from({ length: 450 }, (_, i) => entry(`${i}`, addDays('2026-01-01', (i * 7) % 450)));
    const portion = entriesOver(many, { keep: 1 }, '2030-01-01');
    expect(portion).toHaveLength(200);
    const last =
      portion
        .map(({ until }) => until ?? '')
        .sort()
        .at(-1) ?? '';
    expect(many.filter(({ until }) => (until ?? '') <= last)).toHaveLength(200);
  });

  it('is fewer of those that were looked after for long, and never none', () => {
    const year = (id: string) => entry(id, '2026-12-31', { since: '2026-01-01' });
    const years = Array.from({ length: 100 }, (_, i) => year(`${i}`));
    expect(entriesOver(years, { keep: 1 }, '2030-01-01')).toHaveLength(16);
    const ages = [entry('e', '2026-12-31', { since: '1990-01-01' })];
    expect(entriesOver(ages, { keep: 1 }, '2030-01-01')).toHaveLength(1);
  });
});

describe('forms', () => {
  const before = playbookOf({ visit: unitForm('走访', { keep: 20 }), old: unitForm('旧表', { keep: 5 }) }).forms;
  const specs: SpecRow[] = Object.entries(before).map(([form, each]) => ({
    id: specIdOf(each),
    form,
    source: each.source,
  }));

  const last = new Map(Object.entries(before));

  it('are kept as the playbook in force says, and those it has no more as they said themselves', () => {
    const { forms } = playbookOf({ visit: unitForm('走访', { keep: 60 }), daily: unitForm('日报') });
    expect(Object.fromEntries(formsKept(forms, last))).toEqual({ visit: 60, old: 5 });
    expect(Object.fromEntries(formsKept(playbookOf({ visit: unitForm('走访') }).forms, last))).toEqual({ old: 5 });
  });

  it('of a register are all that ever were about it', () => {
    const { forms } = playbookOf({ daily: unitForm('日报'), temperature: TEMPERATURE }, { watched: WATCHED });
    const temperature = forms.temperature;
    const gone: SpecRow = { id: 's', form: 'pulse', source: temperature?.source ?? '' };
    expect(formsAbout('watched', forms, [...specs, gone])).toEqual(['temperature', 'pulse']);
    expect(formsAbout('shops', forms, [...specs, gone])).toEqual([]);
  });
});

describe('it is done', () => {
  it.each<[string, CivilDate | null, string, string]>([
    ['at three in the next night', '2026-11-23', '2026-11-23T12:00', '2026-11-24T03:00'],
    ['not before three', '2026-11-23', '2026-11-24T01:00', '2026-11-24T03:00'],
    ['from three on until it is done', '2026-11-23', '2026-11-24T04:30', '2026-11-24T04:30'],
    ['no more that night', '2026-11-24', '2026-11-24T04:30', '2026-11-25T03:00'],
    ['in the next night where one was missed', '2026-11-23', '2026-11-24T08:00', '2026-11-25T03:00'],
    ['by day where two were', '2026-11-22', '2026-11-24T08:00', '2026-11-24T08:00'],
    ['not in the evening', '2026-11-22', '2026-11-24T17:45', '2026-11-24T21:00'],
    ['after the evening', '2026-11-22', '2026-11-24T21:30', '2026-11-24T21:30'],
    ['in the next night where nothing is known', null, '2026-11-24T08:00', '2026-11-25T03:00'],
  ])('%s', (_, doneOn, now, due) => {
    expect(nextErasure(doneOn, at(now))).toBe(at(due));
  });

  it('again of what locked within a month, for something may be said of it late', () => {
    const now = at('2026-12-31T03:00');
    const reached = { locksAt: now - 20 * DAY, period: 'visit@2026-12-10', report: '' };
    expect(reachedAgain(reached, now)).toEqual({ locksAt: now - 32 * DAY, period: '', report: '' });
    const older = { ...reached, locksAt: now - 40 * DAY };
    expect(reachedAgain(older, now)).toBe(older);
  });
});
