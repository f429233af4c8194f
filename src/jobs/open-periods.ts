/**
 * Opens the periods of every form. When a period opens, who is expected is written down and stays so: later merges,
 * moves and new holders never change it; and so does the form itself: a changed playbook holds from the next one on.
 */

import type { County } from '../core/county.ts';
import type { Decision } from '../core/notices.ts';
import { expectedIn } from '../core/rounds/expected.ts';
import { type NamedForm, openingOf, periodRow } from '../core/rounds/opening.ts';
import { nextOpening, type Round, roundsToOpen } from '../core/rounds/rounds.ts';
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
        for (const write of openingFor(county, { id, form, playbookId: playbook.id }, round)) writes.push(write);
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

/** Where nobody owes anything there is nothing to open: what is reported all the same opens it. */
function openingFor(county: County, named: NamedForm, round: Round): Write[] {
  const expected = expectedIn(named.form, round, county);
  const isOfUnits = 'level' in named.form.subject && named.form.owed && !named.form.while;
  return expected.length > 0 || isOfUnits ? openingOf(county, named, periodRow(named, round), expected) : [];
}

const cursor = (formId: string): string => `lastOpened:${formId}`;
const lastOpened = (county: County, formId: string): PeriodKey | null =>
  county.meta(cursor(formId)) as PeriodKey | null;
const lastOpenedIs = (formId: string, key: PeriodKey): Write => put('meta', { id: cursor(formId), value: key });
