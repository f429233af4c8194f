/**
 * Opens the periods of every form. When a period opens, who is expected is written down and stays so: later merges,
 * moves and new holders never change it; and so does the form itself: a changed playbook holds from the next one on.
 */

import type { County } from '../core/county.ts';
import type { Decision } from '../core/notices.ts';
import type { Form } from '../core/playbook/index.ts';
import { expectedIn, obligationRow } from '../core/rounds/expected.ts';
import { nextOpening, type Round, roundsToOpen } from '../core/rounds/rounds.ts';
import { specIdOf } from '../core/rounds/spec.ts';
import { type PeriodKey, put, type Write } from '../core/rows/index.ts';
import type { Job } from './job.ts';

/** The meta row that says when this county's first period was opened. */
export const FIRST_OPENING = 'firstOpening';

export const openPeriods: Job = {
  id: 'open-periods',

  nextDue({ county, playbook, now }) {
    let next: number | null = null;
    for (const [id, form] of Object.entries(playbook.forms)) {
      const at = nextOpening(form, lastOpened(county, id), now);
      if (at !== null && (next === null || at < next)) next = at;
    }
    return next !== null && county.viewAt(now).county ? next : null;
  },

  decide({ county, playbook, now }) {
    const writes: Write[] = [];
    if (!county.viewAt(now).county) return { writes, notices: [] } satisfies Decision;
    // Steps from before the first opening never were due.
    if (county.meta(FIRST_OPENING) === null) writes.push(put('meta', { id: FIRST_OPENING, value: String(now) }));
    for (const [id, form] of Object.entries(playbook.forms)) {
      const rounds = roundsToOpen(form, lastOpened(county, id), now);
      for (const round of rounds) {
        // One by one: a province opens more than one call can be handed.
        for (const write of openingOf(county, id, form, playbook.id, round)) writes.push(write);
      }
      const last = rounds
        .map(({ key }) => key)
        .sort()
        .at(-1);
      if (last !== undefined) writes.push(lastOpenedIs(id, last));
    }
    return { writes, notices: [] } satisfies Decision;
  },
};

function openingOf(county: County, formId: string, form: Form, playbookId: string, round: Round): Write[] {
  const periodId = `${formId}@${round.key}`;
  const expected = expectedIn(form, round, county);
  // While its phase is not on anywhere nobody is asked anything, and there is nothing to show.
  if (form.while && expected.length === 0) return [];
  const spec = specIdOf(form);
  const { key, label, opensAt, dueAt, locksAt } = round;
  const period = { id: periodId, form: formId, key, opensAt, dueAt, locksAt, playbook: playbookId };
  return [
    ...(county.hasSpec(spec) ? [] : [put('spec', { id: spec, form: formId, source: form.source })]),
    put('period', { ...period, spec, label, unitId: null }),
    ...expected.map((each) => put('obligation', obligationRow(periodId, each))),
  ];
}

const cursor = (formId: string): string => `lastOpened:${formId}`;
const lastOpened = (county: County, formId: string): PeriodKey | null =>
  county.meta(cursor(formId)) as PeriodKey | null;
const lastOpenedIs = (formId: string, key: PeriodKey): Write => put('meta', { id: cursor(formId), value: key });
