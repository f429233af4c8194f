/** Sound files, made by hand of what was said, for the tests of the kill tests themselves. */
import { County } from '../../src/core/county.ts';
import type { ExemptionRow, LeaveRow, ReportRow } from '../../src/core/rows/index.ts';
import { DAY, startOfDay } from '../../src/core/time.ts';
import { mainFormAlone } from '../support/main-form.ts';
import { type Account, accountOf, type Expectation } from './autopsy.ts';
import { outcomesOf } from './model.ts';
import { gridId, leaderOf, parents } from './people.ts';
import type { Remains } from './remains.ts';
import { DAY_SAID, DUE_AT, rawOf, TIMES } from './sayings.ts';
import type { Said } from './talk.ts';

export const GRIDS = 2;
const [found] = Object.values((await mainFormAlone()).forms);
if (!found) throw new Error('a playbook without a form');
export const FORM = found;

const outcomes = (said: readonly Said[]) => [
  ...outcomesOf(said, { grids: GRIDS, days: [DAY_SAID], times: () => TIMES }).values(),
];

export function reportsOf(said: readonly Said[]): ReportRow[] {
  return outcomes(said)
    .flatMap(({ versions }) => versions)
    .map((version) => ({
      ...version,
      id: `${version.message} of ${version.obligationId}`,
      items: [],
      note: null,
      receivedAt: version.sentAt,
      personId: 'p',
      via: 'self',
    }));
}

const leavesOf = (said: readonly Said[]): LeaveRow[] =>
  said
    .filter(({ kind }) => kind === 'leave')
    .map(({ id, grid, day, sentAt }) => ({
      id: `leave#${id}`,
      personId: leaderOf(grid),
      deputyId: null,
      fromDay: day,
      toDay: day,
      saidAt: sentAt,
      endedAt: null,
    }));

function exemptionsOf(said: readonly Said[]): ExemptionRow[] {
  const taken = outcomes(said).flatMap(({ exemptions }) => exemptions);
  return said
    .filter(({ id }) => taken.includes(id))
    .map(({ id, grid, day, sentAt }) => ({
      id: `exempt#${id}`,
      form: 'daily',
      unitId: gridId(grid),
      fromDay: day,
      toDay: day,
      reason: '搬迁',
      personId: 'p',
      saidAt: sentAt,
    }));
}

/** The file of a county of two grids, of one day. */
export function remainsOf(kept: readonly Said[], reports: readonly ReportRow[] = reportsOf(kept)): Remains {
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
    {
      id: periodId,
      form: 'daily',
      key: DAY_SAID,
      opensAt,
      dueAt: DUE_AT,
      locksAt,
      playbook: 'epidemic',
      spec: null,
      label: null,
      unitId: null,
    },
  ];
  const exemptions = exemptionsOf(kept);
  return {
    messages: kept.map(rawOf),
    reports,
    exemptions,
    leaves: leavesOf(kept),
    slots: [],
    gaps: [],
    answers: new Map(kept.map(({ id }) => [id, 'pending'])),
    notices: [],
    county: new County({ period, obligation, report: [...reports], exemption: exemptions }),
    health: [],
  };
}

export function expectationFor(said: readonly Said[], acknowledged: readonly Said[] = []): Expectation {
  const ids = new Set(acknowledged.map(({ id }) => id));
  return { lanes: [said], acknowledged: ids, form: FORM, grids: GRIDS, times: () => TIMES, now: DUE_AT };
}

export const accountFor = (remains: Remains): Account => accountOf(remains, expectationFor([]));
