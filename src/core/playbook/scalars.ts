/**
 * The small words of the playbook language. A message of an issue is a code that the locales have a sentence for: office
 * people read it, not programmers.
 */
import { z } from 'zod';
import { DAY, HOUR, MINUTE } from '../time.ts';

/** The levels of the chain, from the top; a cluster (联户) is the contact household's ten or so families. */
export const LEVELS = ['county', 'township', 'village', 'grid', 'cluster'] as const;
export type Level = (typeof LEVELS)[number];

/** A word as people type it. */
export const word = z.string().trim().min(1, 'word').max(20, 'word');
/** An id that only the playbook and the database know. */
export const identifier = z.string().regex(/^[a-z][a-z0-9-]*$/, 'identifier');

export const level = z.enum(LEVELS);

/** A time of a period as milliseconds after it begins: `18:00`, or `+1d 12:00` for the next day. */
export const dayTime = z
  .string()
  .regex(/^(\+\d{1,2}d )?([01]\d|2[0-3]):[0-5]\d$/, 'day-time')
  .transform((text) => {
    const [, days, hours, minutes] = /^(?:\+(\d+)d )?(\d\d):(\d\d)$/.exec(text) ?? [];
    return Number(days ?? 0) * DAY + Number(hours) * HOUR + Number(minutes) * MINUTE;
  });

/** A time of day as milliseconds after midnight: `18:30`. */
export const clockTime = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'clock-time')
  .transform((text) => Number(text.slice(0, 2)) * HOUR + Number(text.slice(3)) * MINUTE);

const UNITS = new Map([
  ['m', MINUTE],
  ['h', HOUR],
]);

/** A span within a day: `30m`, `2h`; ms. */
export const span = z
  .string()
  .regex(/^[1-9]\d{0,3}[mh]$/, 'span')
  .transform((text) => Number(text.slice(0, -1)) * (UNITS.get(text.slice(-1)) ?? MINUTE));

/** Whole days: `14d`. */
export const days = z
  .string()
  .regex(/^[1-9]\d{0,3}d$/, 'days')
  .transform((text) => Number(text.slice(0, -1)));

/** When a step is taken: a time of the period, or a span before or after the due moment (`due-30m`, `due`, `due+1h`). */
export const stepTime = z.union(
  [
    dayTime.transform((at): { from?: 'due'; at: number } => ({ at })),
    z
      .string()
      .regex(/^due(?:[+-][1-9]\d{0,3}[mh])?$/)
      .transform((text): { from?: 'due'; at: number } => {
        const [, sign, count, unit = ''] = /^due([+-])?(\d+)?([mh])?$/.exec(text) ?? [];
        const at = Number(count ?? 0) * (UNITS.get(unit) ?? 0);
        return { from: 'due', at: sign === '-' ? 0 - at : at };
      }),
  ],
  'step-time',
);
