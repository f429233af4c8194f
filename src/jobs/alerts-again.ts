/** An alert that nobody has acknowledged is told once more, to the same groups. */
import { alertWords } from '../core/alert-words.ts';
import type { Notice } from '../core/notices.ts';
import { alertNotices, toldOf } from '../core/raised-alerts.ts';
import { type AlertRow, put, type Write } from '../core/rows/index.ts';
import { DAY, MINUTE } from '../core/time.ts';
import type { Job, JobFacts } from './job.ts';

/** So long somebody has to say that they know. */
export const TIME_TO_ACKNOWLEDGE = 30 * MINUTE;

/** The meta row that says when an alert was told once more. */
const toldAgain = (id: string): string => `alertAgain:${id}`;

export const alertsAgain: Job = {
  id: 'alerts-again',

  nextDue(facts) {
    const moments = unanswered(facts).map(({ toldAt }) => toldAt + TIME_TO_ACKNOWLEDGE);
    return moments.length > 0 ? Math.min(...moments) : null;
  },

  decide(facts) {
    const { now } = facts;
    const writes: Write[] = [];
    const notices: Notice[] = [];
    for (const row of unanswered(facts).filter(({ toldAt }) => toldAt + TIME_TO_ACKNOWLEDGE <= now)) {
      writes.push(put('meta', { id: toldAgain(row.id), value: String(now) }));
      for (const notice of noticesOf(row, facts)) notices.push(notice);
    }
    return { writes, notices };
  },
};

/** Alerts of the last day nobody has acknowledged, and that were not told once more: what is older nobody can help. */
function unanswered({ county, now }: JobFacts): AlertRow[] {
  return county.alerts.open(now - DAY).filter(({ id }) => county.meta(toldAgain(id)) === null);
}

function noticesOf(row: AlertRow, { county, playbook, now }: JobFacts): Notice[] {
  const alert = playbook.alerts[row.rule];
  const form = alert && playbook.forms[alert.form];
  if (!alert || !form) return [];
  const told = toldOf(county.viewAt(now), alert, row.unitId);
  return alertNotices(county, row, alertWords(alert, form), told, { before: null, again: true });
}
