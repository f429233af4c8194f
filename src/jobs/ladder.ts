/**
 * The ladder of every open period: reminders and tables at their moments. A step missed while the bot was down is
 * taken once when it is back, if no more than an hour has gone by; what was swallowed is recorded and shown.
 */
import type { PeriodBook } from '../core/book.ts';
import type { Notice } from '../core/notices.ts';
import { type Form, type LadderStep, LEVELS } from '../core/playbook/index.ts';
import { isEnded } from '../core/rounds/ended.ts';
import { startOf } from '../core/rounds/period.ts';
import { phaseOn } from '../core/rounds/phase-on.ts';
import { type PeriodRow, put, type SlotRow, type Write } from '../core/rows/index.ts';
import { slotId } from '../core/slots.ts';
import { HOUR, type Instant } from '../core/time.ts';
import type { Job, JobFacts } from './job.ts';
import { FIRST_OPENING } from './open-periods.ts';

/** How long after its moment a missed step is still worth taking. */
export const GRACE = HOUR;

interface Slot {
  id: string;
  dueAt: Instant;
  step: LadderStep;
  book: PeriodBook;
  form: Form;
}

export const ladder: Job = {
  id: 'ladder',

  nextDue(facts) {
    const moments = undecided(facts).map((slot) => slot.dueAt);
    return moments.length > 0 ? Math.min(...moments) : null;
  },

  decide(facts) {
    const { now } = facts;
    const writes: Write[] = [];
    const notices: Notice[] = [];
    for (const slot of undecided(facts).filter(({ dueAt }) => dueAt <= now)) {
      const outcome: SlotRow['outcome'] = now - slot.dueAt <= GRACE ? 'fired' : 'skipped';
      writes.push(put('slot', { id: slot.id, dueAt: slot.dueAt, decidedAt: now, outcome }));
      if (outcome === 'fired') for (const notice of noticesOf(slot, facts)) notices.push(notice);
    }
    return { writes, notices };
  },
};

/** Slots nothing was decided about yet, in the order in which they fall due. */
function undecided({ county, playbook }: JobFacts): Slot[] {
  const since = Number(county.meta(FIRST_OPENING) ?? 0);
  return county
    .books()
    .flatMap((book) => {
      const form = book.form ?? playbook.forms[book.period.form];
      if (!form) return [];
      return form.ladder.map((step) => ({
        id: slotId(book.period.id, step),
        dueAt: momentOf(step, book.period, form.every),
        step,
        book,
        form,
      }));
    })
    .filter(({ id, dueAt, book }) => dueAt >= since && !book.slots.has(id) && !isEnded(county, book.period.id))
    .sort((a, b) => a.dueAt - b.dueAt);
}

function momentOf({ from, at }: LadderStep, period: PeriodRow, every: Form['every']): Instant {
  return (from === 'due' ? period.dueAt : startOf(period, every)) + at;
}

/** One notice per group of the step's level. A reminder with nobody missing is dropped when it is rendered. */
function noticesOf({ id, step, book, form }: Slot, { county, now }: JobFacts): Notice[] {
  const periodId = book.period.id;
  // What is not asked for any more nobody is reminded of; its table still says what came.
  const isWanted = step.do === 'remind' ? phaseOn(form, county, county.viewAt(now)) : () => true;
  const urgent = form.urgent ? ({ urgent: true } as const) : {};
  return book
    .unitsAt(LEVELS.indexOf(step.in))
    .filter(({ id: unitId }) => isWanted(unitId))
    .map((unit) => ({
      to: { unit: unit.id },
      body: { kind: step.do === 'remind' ? 'reminder' : 'table', periodId, unitId: unit.id, ...urgent },
      dedupeKey: `${id}#${unit.id}`,
    }));
}
