/** The rounds of a form: when each begins, opens, falls due and locks, and which of them are to be opened at a moment. */
import type { Every, Form } from '../playbook/index.ts';
import type { PeriodKey } from '../rows/index.ts';
import {
  addDays,
  type CivilDate,
  civilDateOf,
  DAY,
  daysBetween,
  HOUR,
  type Instant,
  MINUTE,
  partsOf,
  startOfDay,
} from '../time.ts';
import { dayOf } from './period.ts';
import { isWorkday } from './workdays.ts';

/** Days a bot may have been down and still open every period it missed; older ones stay unopened. */
const MOST_DAYS_BACK = 31;
/** The longest way from one round to the next: a month, with a holiday at its end. */
const FARTHEST = 45;

/** Which entries a round is for, where they have rhythms of their own. */
export type Rhythm = 'day' | 'week' | 'month';

export interface Round {
  key: PeriodKey;
  /** What it is called beside its day; null where the day says it all. */
  label: string | null;
  opensAt: Instant;
  dueAt: Instant;
  locksAt: Instant;
  rhythm: Rhythm;
}

type Timed = Pick<Form, 'every' | 'opens' | 'due' | 'locks'>;

const two = (n: number): string => String(n).padStart(2, '0');
const clock = (span: number): string => `${two(Math.floor(span / HOUR))}:${two((span % HOUR) / MINUTE)}`;
const isMonday = (day: CivilDate): boolean => partsOf(day).weekday === 1;
const isFirst = (day: CivilDate): boolean => partsOf(day).day === 1;

/** The rounds that begin on a day, in the order of their keys. */
export function roundsOn(form: Timed, day: CivilDate): Round[] {
  const { every } = form;
  const round = (
    suffix: string,
    label: string | null,
    start = 0,
    times: Omit<Timed, 'every'> = form,
    rhythm: Rhythm = 'day',
  ): Round => {
    const from = startOfDay(day) + start;
    return {
      key: suffix === '' ? day : `${day}.${suffix}`,
      label,
      opensAt: from + times.opens,
      dueAt: from + times.due,
      locksAt: from + times.locks,
      rhythm,
    };
  };
  const weekly = (): Round[] => (isMonday(day) ? [round('w', 'week', 0, form, 'week')] : []);
  const monthly = (): Round[] => (isFirst(day) ? [round('m', 'month', 0, form, 'month')] : []);
  switch (every.kind) {
    case 'day':
    case 'nth':
    case 'each':
      return [round('', null)];
    case 'workday':
      return isWorkday(day) ? [round('', null)] : [];
    case 'week':
      return weekly();
    case 'month':
      return monthly();
    case 'sessions':
      return every.sessions.map((session, i) => round(String(i + 1), session.name, 0, session));
    case 'span':
      return Array.from({ length: Math.ceil(DAY / every.each) }, (_, i) =>
        round(clock(i * every.each).replace(':', ''), clock(i * every.each), i * every.each),
      );
    case 'rhythm':
      return rhythmic(every, form, round, weekly, monthly);
    case 'sweep':
      return [];
  }
}

/** A day's round falls due on the day itself; the others when the form says, counted from their first day. */
function rhythmic(
  every: Extract<Every, { kind: 'rhythm' }>,
  form: Timed,
  round: (suffix: string, label: string | null, start: number, times: Omit<Timed, 'every'>, rhythm: Rhythm) => Round,
  weekly: () => Round[],
  monthly: () => Round[],
): Round[] {
  const kinds = new Set(Object.values(every.rhythms));
  const within = { opens: form.opens % DAY, due: form.due % DAY, locks: (form.due % DAY) + DAY };
  return [
    ...(kinds.has('day') ? [round('', null, 0, within, 'day')] : []),
    ...(kinds.has('month') ? monthly().map((each) => lastingTo(each, form)) : []),
    ...(kinds.has('week') ? weekly() : []),
  ];
}

/** A month's round falls due on its last day, at the form's hour. */
function lastingTo(round: Round, { due, locks }: Timed): Round {
  const first = dayOf(round);
  const { year, month } = partsOf(first);
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate() - 1;
  const dueAt = startOfDay(addDays(first, last)) + (due % DAY);
  return { ...round, dueAt, locksAt: dueAt + (locks - due) };
}

/**
 * Rounds not opened yet, oldest first, after the one with the key `last`. The first time only the latest of each rhythm:
 * earlier periods do not exist.
 */
export function roundsToOpen(form: Timed, last: PeriodKey | null, now: Instant): Round[] {
  const today = civilDateOf(now);
  const oldest = addDays(today, -MOST_DAYS_BACK);
  const lastDay = last === null ? null : dayOf({ key: last });
  const from = lastDay !== null && lastDay > oldest ? lastDay : oldest;
  const open: Round[] = [];
  for (let day = from; day <= today; day = addDays(day, 1)) {
    for (const round of roundsOn(form, day)) {
      if (round.opensAt <= now && (last === null || round.key > last)) open.push(round);
    }
  }
  if (last !== null)
    return open.filter((round) => daysBetween(dayOf(round), today) < MOST_DAYS_BACK || round.rhythm !== 'day');
  return [...new Map(open.map((round) => [round.rhythm, round])).values()];
}

/**
 * The round a report said at a moment and about a day belongs to: the latest of that day which was open by then; of a day
 * on which none began the one before it, since it still goes on. Null where none is in sight.
 */
export function roundFor(form: Timed, day: CivilDate, at: Instant, rhythm: Rhythm = 'day'): Round | null {
  for (let n = 0; n <= MOST_DAYS_BACK; n += 1) {
    const begun = roundsOn(form, addDays(day, -n)).filter((round) => round.opensAt <= at && isOf(round, form, rhythm));
    const latest = begun.at(-1);
    if (latest) return latest;
  }
  return null;
}

const isOf = (round: Round, { every }: Timed, rhythm: Rhythm): boolean =>
  every.kind !== 'rhythm' || round.rhythm === rhythm;

/** When the next round after `last` opens, past moments included; null when none is in sight. */
export function nextOpening(form: Timed, last: PeriodKey | null, now: Instant): Instant | null {
  if (form.every.kind === 'sweep') return null;
  if (last === null) return roundsToOpen(form, null, now).length > 0 ? now : firstAfter(form, civilDateOf(now), '');
  // Asked before every batch of messages: it changes only when a round is opened.
  const known = nextOpenings.get(form);
  if (known?.last === last) return known.at;
  const at = firstAfter(form, dayOf({ key: last }), last);
  nextOpenings.set(form, { last, at });
  return at;
}

const nextOpenings = new WeakMap<Timed, { last: PeriodKey; at: Instant | null }>();

function firstAfter(form: Timed, day: CivilDate, last: string): Instant | null {
  for (let n = 0; n < FARTHEST; n += 1) {
    const next = roundsOn(form, addDays(day, n)).find((round) => round.key > last);
    if (next) return next.opensAt;
  }
  return null;
}
