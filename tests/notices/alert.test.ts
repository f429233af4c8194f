import { describe, expect, it } from 'vitest';
import type { AlertWords } from '../../src/core/alert-words.ts';
import { type AlertRow, put } from '../../src/core/rows/index.ts';
import { composeAlert } from '../../src/notices/alert.ts';
import { countyOf, shanghai } from '../jobs/facts.ts';

const NOW = shanghai('2026-11-23T10:00');
const WORDS: AlertWords = { name: '高烧', form: '体温', days: 1, what: '体温', above: 37.3, unit: '℃', measure: null };

/** What the group of the alert's township hears. */
function composed({ words = WORDS, again, ...change }: Partial<AlertRow> & { words?: AlertWords; again?: true }) {
  const county = countyOf(NOW);
  const view = county.viewAt(NOW);
  const unitOf = (name: string): string => view.findUnits(name)[0]?.id ?? '';
  const row: AlertRow = {
    id: 'alert',
    rule: 'rule',
    unitId: unitOf('福山地村/一网格'),
    day: '2026-11-23',
    number: 2,
    value: 3,
    raisedAt: NOW,
    toldAt: NOW,
    personId: null,
    acknowledgedAt: null,
    ...change,
  };
  county.apply([put('alert', row)]);
  const here = unitOf('林东镇');
  const all = () => true;
  const spoken = { forms: new Map(), registers: new Map(), alerts: new Map(), slices: new Map() };
  const context = { county, view, ...spoken, now: NOW, here, reachable: all, known: all };
  const more = again ? { again } : {};
  return composeAlert({ kind: 'alert', alertId: 'alert', unitId: here, words, before: null, ...more }, context);
}

describe('an alert in words', () => {
  it.each([
    [{}, '福山地村一网格 当天体温高于37.3℃ 3 个(体温,高烧)'],
    [{ above: 37.3, below: 35 }, '当天体温高于37.3℃或低于35℃ 3 个'],
    [{ days: 3, measure: '人' }, '3天内体温高于37.3℃ 3 人'],
    [{ what: '消毒', no: true, above: undefined, unit: undefined, measure: '家' }, '当天消毒× 3 家'],
    [{ what: '降雨', above: undefined, unit: undefined, measure: '' }, '当天降雨 3(体温,高烧)'],
  ] as const)('says what is counted, over which days: %o', (more, text) => {
    const words = { ...WORDS, ...more } as AlertWords;
    expect(composed({ words })?.text).toContain(text);
  });

  it('says the day where it is not today', () => {
    expect(composed({ day: '2026-11-22' })?.text).toContain('11月22日体温高于37.3℃ 3 个');
  });

  it('is no longer wanted where the area is gone', () => {
    expect(composed({ unitId: 'merged away' })).toBeNull();
  });

  it('is not told again once somebody has acknowledged it; the first word still is, and asks nobody', () => {
    const acknowledged = { personId: 'p', acknowledgedAt: NOW };
    expect(composed({ again: true })?.mentions).toHaveLength(1);
    expect(composed({ ...acknowledged, again: true })).toBeNull();
    expect(composed(acknowledged)).toMatchObject({ text: expect.not.stringContaining('/收到'), mentions: [] });
  });
});
