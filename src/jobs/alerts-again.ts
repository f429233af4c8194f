/** Alerts that nobody has acknowledged are told once more. */
import { toldUnits } from '../core/alert-rules.ts';
import { alertNotice } from '../core/alert-words.ts';
import { type AlertRow, put } from '../core/rows/index.ts';
import { HOUR, type Instant, MINUTE } from '../core/time.ts';
import type { Job, JobFacts } from './job.ts';

/** How long an alert waits for somebody to say that it has arrived. */
const PATIENCE = 30 * MINUTE;
/** After so long it is history. */
const WORTH_TELLING = 12 * HOUR;

export const alertsAgain: Job = {
  id: 'alerts-again',

  nextDue(facts) {
    const moments = waiting(facts).map(({ toldAt }) => toldAt + PATIENCE);
    return moments.length > 0 ? Math.min(...moments) : null;
  },

  decide(facts) {
    const { county, playbook, now } = facts;
    const due = waiting(facts).filter(({ toldAt }) => toldAt + PATIENCE <= now);
    return {
      writes: due.map((row) => put('meta', { id: mark(row), value: String(now) })),
      notices: due.flatMap((row) => {
        const alert = playbook.alerts[row.rule];
        if (!alert) return [];
        const chain = county.view(row.day).chain(row.unitId);
        return toldUnits(chain, alert).map((to) => alertNotice(row, alert, playbook, to, { again: true }));
      }),
    };
  },
};

/** Of each state of an alert once: one that has grown is told again anyway. */
const mark = ({ id, value }: AlertRow): string => `alertAgain:${id}:${value}`;

function waiting({ county, now }: JobFacts): AlertRow[] {
  const isFresh = (at: Instant): boolean => now - at < WORTH_TELLING;
  return county.alerts.open().filter((row) => isFresh(row.toldAt) && county.meta(mark(row)) === null);
}
