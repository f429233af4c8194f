import { describe, expect, it } from 'vitest';
import { addressOf, type Decision, outboxRow } from '../../src/core/notices.ts';
import type { Write } from '../../src/core/rows/index.ts';
import { HOUR, MINUTE, SECOND } from '../../src/core/time.ts';
import { GRACE, ladder } from '../../src/jobs/ladder.ts';
import { openPeriods } from '../../src/jobs/open-periods.ts';
import { loadPlaybook } from '../../src/playbook-file.ts';
import { type At, countyOf, factsAt, shanghai, take } from './facts.ts';

const playbook = await loadPlaybook('epidemic');

/** A county whose first period was opened at a moment. */
function openedAt(text: string): At {
  const at = factsAt(countyOf(shanghai(text)), playbook);
  take(openPeriods, at(text));
  return at;
}

const outcomes = (writes: readonly Write[]): string[] =>
  writes.flatMap(({ table, row }) => (table === 'slot' ? [`${row.id.replace(/.*#/, '')} ${row.outcome}`] : []));

/** What is said to which unit, `reminder 福山地村`. */
function said(decision: Decision, at: ReturnType<At>): string[] {
  return decision.notices.map((notice) => {
    const address = addressOf(outboxRow(notice, at.now));
    const unit = 'unit' in address ? at.county.viewAt(at.now).unit(address.unit)?.name : '?';
    return `${notice.body.kind} ${unit}`;
  });
}

describe('the ladder', () => {
  it('takes each step at its moment, in every group of its level', () => {
    const at = openedAt('2026-11-23T07:00');
    const day: Record<string, string[]> = {};
    for (const time of ['16:59', '17:00', '17:45', '18:00', '18:30', '19:30', '23:00']) {
      const facts = at(`2026-11-23T${time}`);
      day[time] = said(take(ladder, facts), facts);
    }
    expect(day).toEqual({
      '16:59': [],
      '17:00': ['reminder 福山地村', 'reminder 大新庄村'],
      '17:45': ['reminder 福山地村', 'reminder 大新庄村'],
      '18:00': ['table 福山地村', 'table 大新庄村'],
      '18:30': ['table 林东镇'],
      '19:30': ['table 巴林左旗'],
      '23:00': [],
    });
  });

  it('decides nothing when it decides again', () => {
    const at = openedAt('2026-11-23T07:00');
    expect(take(ladder, at('2026-11-23T18:00')).writes.length).toBeGreaterThan(0);
    expect(ladder.decide(at('2026-11-23T18:00'))).toEqual({ writes: [], notices: [] });
    expect(ladder.decide(at('2026-11-23T18:29'))).toEqual({ writes: [], notices: [] });
  });

  it('names the next step that nothing was decided about, one that is overdue included', () => {
    const at = openedAt('2026-11-23T07:00');
    expect(ladder.nextDue(at('2026-11-23T07:00'))).toBe(shanghai('2026-11-23T17:00'));
    expect(ladder.nextDue(at('2026-11-23T20:00'))).toBe(shanghai('2026-11-23T17:00'));
    take(ladder, at('2026-11-23T20:00'));
    expect(ladder.nextDue(at('2026-11-23T20:00'))).toBeNull();
  });

  it('takes a step that is exactly an hour late, and skips it a millisecond later', () => {
    expect(GRACE).toBe(60 * MINUTE);
    const onEdge = openedAt('2026-11-23T07:00')('2026-11-23T18:00');
    expect(outcomes(ladder.decide(onEdge).writes)).toEqual([
      '17:00-remind-village fired',
      '17:45-remind-village fired',
      '18:00-table-village fired',
    ]);
    const beyond = openedAt('2026-11-23T07:00')('2026-11-23T18:00:00.001');
    expect(outcomes(ladder.decide(beyond).writes)).toEqual([
      '17:00-remind-village skipped',
      '17:45-remind-village fired',
      '18:00-table-village fired',
    ]);
  });

  it('records when a step was due and when it was decided about', () => {
    const facts = openedAt('2026-11-23T07:00')('2026-11-23T17:20');
    expect(ladder.decide(facts).writes).toEqual([
      {
        table: 'slot',
        op: 'put',
        row: {
          id: 'daily@2026-11-23#17:00-remind-village',
          dueAt: shanghai('2026-11-23T17:00'),
          decidedAt: shanghai('2026-11-23T17:20'),
          outcome: 'fired',
        },
      },
    ]);
  });

  it('takes no step of before it was started for the first time, nor counts it as skipped', () => {
    const at = openedAt('2026-11-23T17:50');
    expect(ladder.decide(at('2026-11-23T17:50'))).toEqual({ writes: [], notices: [] });
    expect(outcomes(ladder.decide(at('2026-11-23T18:00')).writes)).toEqual(['18:00-table-village fired']);
  });

  it('takes the step of the very moment at which it was started', () => {
    const at = openedAt('2026-11-23T17:00');
    expect(outcomes(ladder.decide(at('2026-11-23T17:00')).writes)).toEqual(['17:00-remind-village fired']);
  });

  it('keeps the ladder a period was opened under when the playbook is changed in the middle of a day', () => {
    const at = openedAt('2026-11-23T07:00');
    take(ladder, at('2026-11-23T17:46'));
    const changed = structuredClone(playbook);
    changed.forms.daily?.ladder.unshift({ at: 17 * HOUR + 50 * MINUTE, do: 'remind', in: 'village' });
    const later = (time: string) => ({ ...at(`2026-11-23T${time}`), playbook: changed });
    expect(ladder.decide(later('17:46'))).toEqual({ writes: [], notices: [] });
    expect(outcomes(take(ladder, later('18:00')).writes)).toEqual(['18:00-table-village fired']);
  });

  it('keeps the steps of two days apart', () => {
    const at = openedAt('2026-11-23T07:00');
    take(ladder, at('2026-11-23T19:29'));
    const next = at('2026-11-24T17:00');
    take(openPeriods, next);
    expect(ladder.decide(next).writes.map(({ row }) => row.id)).toEqual([
      'daily@2026-11-23#19:30-table-county',
      'daily@2026-11-24#17:00-remind-village',
    ]);
    expect(next.now - shanghai('2026-11-23T19:30')).toBeGreaterThan(GRACE + SECOND);
  });
});
