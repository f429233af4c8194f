/** Which period of a form a day falls into, where several go on at once or one goes on for days. */
import type { PeriodBook } from '../book.ts';
import type { Form } from '../playbook/index.ts';
import type { PeriodKey, PeriodRow } from '../rows/index.ts';
import { addDays, type CivilDate, type Instant, startOfDay } from '../time.ts';
import { dayOf } from './period.ts';
import { roundFor } from './rounds.ts';

const DAY_LENGTH = 10;
const suffixOf = ({ key }: Pick<PeriodRow, 'key'>): string => key.slice(DAY_LENGTH + 1);

/** What tells periods apart that go on side by side: weeks and months from those of a day. */
export function rhythmOf(period: Pick<PeriodRow, 'key'>): 'day' | 'week' | 'month' {
  const suffix = suffixOf(period);
  return suffix === 'w' ? 'week' : suffix === 'm' ? 'month' : 'day';
}

/**
 * Whether a day falls into a period: it begins on that day, or began before and still went on as the day did. A week
 * and a month go on to their end, all else until it is due, and what is swept until it is locked.
 */
export function holds({ period, form }: Pick<PeriodBook, 'period' | 'form'>, day: CivilDate): boolean {
  const first = dayOf(period);
  if (day <= first) return day === first;
  const rhythm = rhythmOf(period);
  if (rhythm === 'week') return day < addDays(first, 7);
  if (rhythm === 'month') return day.slice(0, 7) === first.slice(0, 7);
  return startOfDay(day) < (form?.every.kind === 'sweep' ? period.locksAt : period.dueAt);
}

const ORDER = ['month', 'week', 'day'] as const;

/** The later one of two periods of a form; of those that begin on one day that of a day before that of a week. */
export function laterOf<T extends Pick<PeriodBook, 'period'>>(a: T, b: T): T {
  const [one, other] = [a.period, b.period];
  const days = dayOf(one).localeCompare(dayOf(other));
  const rhythms = ORDER.indexOf(rhythmOf(one)) - ORDER.indexOf(rhythmOf(other));
  const order = days || rhythms || one.opensAt - other.opensAt || one.key.localeCompare(other.key);
  return order > 0 ? a : b;
}

/** The key of the period that holds a day, as of a moment, where it may have to be read from the store first. */
export function keyHolding(form: Form, day: CivilDate, at: Instant): PeriodKey {
  const { kind } = form.every;
  // What is owed on each day by itself is never taken for the day before.
  if (kind === 'day' || kind === 'workday' || kind === 'nth' || kind === 'each') return day;
  return roundFor(form, day, at)?.key ?? day;
}
