/**
 * Civil time of the People's Republic: Asia/Shanghai, UTC+8 all year (no daylight saving since 1991).
 *
 * An `Instant` is a moment, a `CivilDate` is a day on the wall calendar. The core never asks what time it is.
 */

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number & { readonly __instant?: never };

/** A day in Asia/Shanghai, written `YYYY-MM-DD`; compares correctly as a string. */
export type CivilDate = `${number}-${number}-${number}`;

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const OFFSET = 8 * HOUR;
const pad = (n: number): string => String(n).padStart(2, '0');

/** The civil day that holds `at`. */
export function civilDateOf(at: Instant): CivilDate {
  // Asked several times a message, and nearly always of the same day.
  if (at >= lastDay.from && at < lastDay.until) return lastDay.date;
  const date = new Date(at + OFFSET).toISOString().slice(0, 10) as CivilDate;
  const from = startOfDay(date);
  lastDay = { from, until: from + DAY, date };
  return date;
}

let lastDay: { from: Instant; until: Instant; date: CivilDate } = { from: 0, until: 0, date: '1970-01-01' };

/** The moment at which a civil day begins. */
export function startOfDay(date: CivilDate): Instant {
  return Date.parse(`${date}T00:00:00+08:00`);
}

/** The civil day `days` after (or, negative, before) `date`. */
export function addDays(date: CivilDate, days: number): CivilDate {
  return civilDateOf(startOfDay(date) + days * DAY);
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: CivilDate, to: CivilDate): number {
  return Math.round((startOfDay(to) - startOfDay(from)) / DAY);
}

/** Milliseconds since the civil midnight before `at`. */
export function timeOfDay(at: Instant): number {
  return (((at + OFFSET) % DAY) + DAY) % DAY;
}

/** Whether year, month and day name a day that exists; months count from 1. */
export function isRealDay(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false;
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** Builds a civil day from numbers; the caller has checked it with {@link isRealDay}. */
export function civilDate(year: number, month: number, day: number): CivilDate {
  return `${String(year).padStart(4, '0')}-${pad(month)}-${pad(day)}` as CivilDate;
}

/** Year, month (from 1), day and weekday (0 = Sunday) of a civil day. */
export function partsOf(date: CivilDate): { year: number; month: number; day: number; weekday: number } {
  const at = new Date(`${date}T00:00:00Z`);
  return { year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, day: at.getUTCDate(), weekday: at.getUTCDay() };
}

/** `18:02`, civil time. */
export function clockText(at: Instant): string {
  const t = timeOfDay(at);
  return `${pad(Math.floor(t / HOUR))}:${pad(Math.floor((t % HOUR) / MINUTE))}`;
}

/** `2026-11-23T18:00:00+08:00`, whole seconds. */
export function isoShanghai(at: Instant): string {
  return `${new Date(at + OFFSET).toISOString().slice(0, 19)}+08:00`;
}
