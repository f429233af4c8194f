/** Whether what is due by the clock is done: the jobs, and each step of the ladder. */
import type { PeriodBook } from '../core/book.ts';
import { periodOfSlot } from '../core/slots.ts';
import { type Instant, MINUTE } from '../core/time.ts';
import { JOBS } from '../jobs/index.ts';
import type { JobFacts } from '../jobs/job.ts';
import { ladder } from '../jobs/ladder.ts';

/** A step is taken within the minute of its moment. */
const IN_TIME = MINUTE;

/** The moment at which the job fell due that waits for longest; null where none is due. */
export function jobDueSince(facts: JobFacts): Instant | null {
  const due = JOBS.flatMap((job) => job.nextDue(facts) ?? []).filter((at) => at <= facts.now);
  return due.length > 0 ? Math.min(...due) : null;
}

/** How many ladder steps are more than a minute late and not yet decided, by form; forms without any are absent. */
export function overdueSlots({ now, ...facts }: JobFacts): ReadonlyMap<string, number> {
  const before = { ...facts, now: now - IN_TIME };
  const next = ladder.nextDue(before);
  if (next === null || next > before.now) return new Map();
  const counts = new Map<string, number>();
  for (const write of ladder.decide(before).writes) {
    if (write.table !== 'slot') continue;
    const form = facts.county.book(periodOfSlot(write.row.id))?.period.form;
    if (form !== undefined) counts.set(form, (counts.get(form) ?? 0) + 1);
  }
  return counts;
}

/** How many ladder steps of these periods were skipped because their time was long over, by form. */
export function missedSlots(books: readonly PeriodBook[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { period, slots } of books) {
    const missed = [...slots.values()].filter(({ outcome }) => outcome === 'skipped').length;
    counts.set(period.form, (counts.get(period.form) ?? 0) + missed);
  }
  return counts;
}
