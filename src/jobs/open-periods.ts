/**
 * Opens the periods of every form. When a period opens, who is expected is written down and stays so: later merges,
 * moves and new holders never change it.
 */

import type { County } from '../core/county.ts';
import type { Decision } from '../core/notices.ts';
import type { Form } from '../core/playbook.ts';
import { put, type Write } from '../core/rows.ts';
import { addDays, type CivilDate, civilDateOf, daysBetween, type Instant, startOfDay } from '../core/time.ts';
import type { Job } from './job.ts';

/** Days a bot may have been down and still open every period it missed; older ones stay unopened. */
const MOST_DAYS_BACK = 31;

/** The meta row that says when this county's first period was opened. */
export const FIRST_OPENING = 'firstOpening';

export const openPeriods: Job = {
  id: 'open-periods',

  nextDue({ county, playbook, now }) {
    const moments = Object.entries(playbook.forms).map(([id, form]) => {
      const last = lastOpened(county, id);
      return last === null ? now : startOfDay(addDays(last, 1)) + form.opens;
    });
    return county.viewAt(now).county && moments.length > 0 ? Math.min(...moments) : null;
  },

  decide({ county, playbook, now }) {
    const writes: Write[] = [];
    if (!county.viewAt(now).county) return { writes, notices: [] } satisfies Decision;
    // Steps from before the first opening never were due.
    if (county.meta(FIRST_OPENING) === null) writes.push(put('meta', { id: FIRST_OPENING, value: String(now) }));
    for (const [id, form] of Object.entries(playbook.forms)) {
      for (const day of daysToOpen(lastOpened(county, id), form, now)) {
        // One by one: a province opens more than one call can be handed.
        for (const write of openingOf(county, id, form, playbook.id, day)) writes.push(write);
        writes.push(lastOpenedIs(id, day));
      }
    }
    return { writes, notices: [] } satisfies Decision;
  },
};

/** The first time only today is opened: earlier periods do not exist. */
export function daysToOpen(last: CivilDate | null, form: Pick<Form, 'opens'>, now: Instant): CivilDate[] {
  const today = civilDateOf(now - form.opens);
  if (last === null) return [today];
  const missed = Math.min(daysBetween(last, today), MOST_DAYS_BACK);
  return Array.from({ length: Math.max(missed, 0) }, (_, i) => addDays(today, i - missed + 1));
}

function openingOf(county: County, formId: string, form: Form, playbookId: string, day: CivilDate): Write[] {
  const midnight = startOfDay(day);
  const periodId = `${formId}@${day}`;
  const view = county.view(day);
  return [
    put('period', {
      id: periodId,
      form: formId,
      key: day,
      opensAt: midnight + form.opens,
      dueAt: midnight + form.due,
      locksAt: midnight + form.locks,
      playbook: playbookId,
    }),
    ...view.units(form.subject).map((unit) =>
      put('obligation', {
        id: `${periodId}@${unit.id}`,
        periodId,
        subjectId: unit.id,
        path: view.path(unit.id),
        chain: view.chain(unit.id),
      }),
    ),
  ];
}

const cursor = (formId: string): string => `lastOpened:${formId}`;
const lastOpened = (county: County, formId: string): CivilDate | null =>
  county.meta(cursor(formId)) as CivilDate | null;
const lastOpenedIs = (formId: string, day: CivilDate): Write => put('meta', { id: cursor(formId), value: day });
