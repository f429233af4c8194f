/** What is wrong with a file is seen: each kind of harm is done to a sound one. */
import { describe, expect, test } from 'vitest';
import { County } from '../../src/core/county.ts';
import type { ReportRow } from '../../src/core/rows.ts';
import { DAY, startOfDay } from '../../src/core/time.ts';
import { loadPlaybook } from '../../src/playbook-file.ts';
import { faultsOf, type Remains } from './autopsy.ts';
import { outcomeOf } from './model.ts';
import { gridId, parents } from './people.ts';
import { DAY_SAID, DUE_AT, saidOf } from './sayings.ts';
import type { Said } from './talk.ts';

const GRIDS = 2;
const [found] = Object.values((await loadPlaybook('epidemic')).forms);
if (!found) throw new Error('a playbook without a form');
const form = found;

function reportsOf(said: readonly Said[]): ReportRow[] {
  return outcomeOf(said, DUE_AT).versions.map((version) => ({
    ...version,
    items: [],
    note: null,
    receivedAt: version.sentAt,
    personId: 'p',
    via: 'self',
    message: version.id,
  }));
}

function remainsOf(kept: readonly Said[], reports: readonly ReportRow[] = reportsOf(kept)): Remains {
  const above = parents(GRIDS);
  const chainOf = (unit: string): string[] => [...(above.has(unit) ? chainOf(above.get(unit) ?? '') : []), unit];
  const periodId = `daily@${DAY_SAID}`;
  const obligation = [0, 1].map((grid) => ({
    id: `${periodId}@${gridId(grid)}`,
    periodId,
    subjectId: gridId(grid),
    path: `镇/村/${grid}`,
    chain: chainOf(gridId(grid)),
  }));
  const opensAt = startOfDay(DAY_SAID);
  const locksAt = opensAt + 1.5 * DAY;
  const period = [
    { id: periodId, form: 'daily', key: DAY_SAID, opensAt, dueAt: DUE_AT, locksAt, playbook: 'epidemic' },
  ];
  return {
    inbound: new Set(kept.map(({ id }) => id)),
    reports,
    answers: new Map(kept.map(({ id }) => [id, 'pending'])),
    county: new County({ period, obligation, report: reports }),
    health: [],
  };
}

function faults(remains: Remains, said: readonly Said[], acknowledged: readonly Said[] = []): string {
  const ids = new Set(acknowledged.map(({ id }) => id));
  const expectation = { lanes: [said], acknowledged: ids, form, grids: GRIDS, dueAt: () => DUE_AT, now: DUE_AT };
  return faultsOf(remains, expectation).join('\n');
}

describe('a file', () => {
  const first = saidOf(1, 'report', 3);
  const second = saidOf(1, 'correction', 4);
  const both = [first, second];

  test('is sound with all, the first or none of what was said in a chat', () => {
    expect(faults(remainsOf(both), both, both)).toBe('');
    expect(faults(remainsOf([first]), both, [first])).toBe('');
    expect(faults(remainsOf([]), both)).toBe('');
  });

  test('lacks what was acknowledged', () => {
    expect(faults(remainsOf([first]), both, both)).toContain('1 acknowledged and not kept');
  });

  test('holds a message without the one before it', () => {
    expect(faults(remainsOf([second]), both)).toContain('1 kept although what was said before in that chat is not');
  });

  test('holds a message without its report', () => {
    expect(faults(remainsOf(both, reportsOf([first])), both)).toContain('1 messages that took no effect');
  });

  test('holds a report without its message', () => {
    expect(faults(remainsOf([first], reportsOf(both)), both)).toContain('1 reports that no message accounts for');
  });

  test('holds what says something else than the message', () => {
    const altered = reportsOf([first]).map((row) => ({ ...row, values: { abnormal: 99 } }));
    const found = faults(remainsOf([first], altered), both);
    expect(found).toContain('1 reports that say something else');
    expect(found).toContain(`${DAY_SAID} v0: is 2 = 1+0+0+1 abnormal 99 of 1, should be 2 = 1+0+0+1 abnormal 3 of 1`);
  });

  test('holds a message that nobody will be answered for', () => {
    expect(faults({ ...remainsOf([first]), answers: new Map() }, both)).toContain('1 kept without an answer');
  });
});
