import { describe, expect, it } from 'vitest';
import { type AlertRow, put } from '../../src/core/rows/index.ts';
import { alertsAgain } from '../../src/jobs/alerts-again.ts';
import { alertPlaybook } from '../support/alert-playbook.ts';
import { type At, countyOf, factsAt, shanghai, take } from './facts.ts';

const TOLD = '2026-11-23T10:00';

/** The facts of a county with one alert of 福山地村, told at ten. */
function alerted(change: Partial<AlertRow> = {}, playbook = alertPlaybook()): At {
  const county = countyOf(shanghai('2026-11-23T07:00'));
  const unitId = county.view('2026-11-23').findUnits('福山地村')[0]?.id ?? '';
  const at = shanghai(TOLD);
  county.apply([
    put('alert', {
      id: `fevers@${unitId}@2026-11-23`,
      rule: 'fevers',
      unitId,
      day: '2026-11-23',
      number: 1,
      value: 3,
      raisedAt: at,
      toldAt: at,
      personId: null,
      acknowledgedAt: null,
      ...change,
    }),
  ]);
  return factsAt(county, playbook);
}

describe('an alert nobody has acknowledged', () => {
  it('is due once more half an hour after it was told, and never again', () => {
    const at = alerted();
    expect(alertsAgain.nextDue(at(TOLD))).toBe(shanghai('2026-11-23T10:30'));
    expect(take(alertsAgain, at('2026-11-23T10:29')).writes).toEqual([]);
    const { notices } = take(alertsAgain, at('2026-11-23T10:30'));
    expect(notices.map(({ body }) => body)).toMatchObject([
      { kind: 'alert', again: true, words: { form: '日报', what: '发热', days: 2, measure: '人' } },
      { kind: 'alert', again: true },
    ]);
    expect(alertsAgain.nextDue(at('2026-11-23T10:30'))).toBeNull();
    expect(take(alertsAgain, at('2026-11-23T11:30'))).toEqual({ writes: [], notices: [] });
  });

  it('is made up for after a stop, but not a day later', () => {
    expect(take(alertsAgain, alerted()('2026-11-23T22:00')).notices).toHaveLength(2);
    expect(alertsAgain.nextDue(alerted()('2026-11-24T10:01'))).toBeNull();
  });

  it('is not due where somebody has, and nobody is told where its rule is no longer in force', () => {
    const known = alerted({ personId: 'p', acknowledgedAt: shanghai('2026-11-23T10:05') });
    expect(alertsAgain.nextDue(known(TOLD))).toBeNull();
    const gone = alerted({}, { ...alertPlaybook(), alerts: {} });
    expect(take(alertsAgain, gone('2026-11-23T10:30')).notices).toEqual([]);
    expect(alertsAgain.nextDue(gone('2026-11-23T10:30'))).toBeNull();
  });
});
