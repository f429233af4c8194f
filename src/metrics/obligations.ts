/** How many reports are owed and in: the county's totals, never those of a part of it. */
import type { PeriodBook } from '../core/book.ts';
import { type Counts, countsOf, emptyTally } from '../core/tally.ts';
import type { Instant } from '../core/time.ts';

/** `latest` is the period of a form that opened last, `earlier` those before it that are not locked yet, together. */
export const ROUNDS = ['latest', 'earlier'] as const;
export type Round = (typeof ROUNDS)[number];

/** @param books oldest first */
export function openObligations(books: readonly PeriodBook[], form: string, now: Instant): Record<Round, Counts> {
  const open = books.filter(({ period }) => period.form === form && period.opensAt <= now && now < period.locksAt);
  const last = open.at(-1);
  return { latest: sum(last ? [last] : []), earlier: sum(open.slice(0, -1)) };
}

function sum(books: readonly PeriodBook[]): Counts {
  const total = countsOf(emptyTally());
  for (const book of books) {
    for (const { id, parentId } of book.units()) {
      if (parentId !== null) continue;
      const counts = countsOf(book.tally(id));
      for (const key of Object.keys(total) as (keyof Counts)[]) total[key] += counts[key];
    }
  }
  return total;
}
