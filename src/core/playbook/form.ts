/** Forms: what is owed, by whom, how often, and what happens when it is not in. */
import { z } from 'zod';
import { field } from './field.ts';
import { dayTime, identifier, span, stepTime, word } from './scalars.ts';

const step = z
  .strictObject({
    at: stepTime,
    do: z.enum(['remind', 'table']),
    in: z.enum(['county', 'township', 'village', 'grid']),
  })
  .transform(({ at, ...rest }) => ({ ...at, ...rest }));

/** Whose report it is: of a unit of the chain, or of each entry of a register. */
const subject = z.union(
  [
    z.enum(['township', 'village', 'grid']).transform((level) => ({ level })),
    z.strictObject({
      register: identifier,
      /** Only entries with these values: `{ tags: [独居] }`. */
      where: z.record(identifier, z.union([word.transform((one) => [one]), z.array(word).min(1)])).default({}),
    }),
  ],
  'subject',
);

const rhythm = z.enum(['day', 'week', 'month']);

/** How often. Hours of `opens`, `due` and `locks` count from the beginning of each period. */
const every = z.union(
  [
    z.enum(['day', 'workday', 'week', 'month', 'sweep']).transform((kind) => ({ kind })),
    /** Every so many minutes of the day. */
    span.transform((each) => ({ kind: 'span' as const, each })),
    /** Several times a day, each with a name. */
    z
      .array(z.strictObject({ name: word, opens: dayTime, due: dayTime, locks: dayTime }))
      .min(1)
      .transform((sessions) => ({ kind: 'sessions' as const, sessions })),
    /** Entries of one register in different rhythms: a field says which. */
    z
      .strictObject({ by: identifier, rhythms: z.record(word, rhythm) })
      .transform(({ by, rhythms }) => ({ kind: 'rhythm' as const, by, rhythms })),
    /** On the nth days of an entry, the day it was taken in being the first. */
    z.strictObject({ days: z.array(z.int().min(1)).min(1) }).transform(({ days }) => ({ kind: 'nth' as const, days })),
    z.strictObject({ each: z.int().min(1) }).transform(({ each }) => ({ kind: 'each' as const, each })),
  ],
  'every',
);

export const form = z.strictObject({
  name: word,
  aliases: z.array(word).default([]),
  zeroNames: z.array(word).default([]),
  zeroWords: z.array(word).default([]),
  measureWords: z.array(word).default([]),
  subject,
  every,
  /** Owed only while a phase is one of these: `{ phase: response, is: [红色] }`. */
  while: z.strictObject({ phase: identifier, is: z.array(word).min(1) }).optional(),
  /** Nobody owes it: whoever has something to say says it. */
  owed: z.boolean().default(true),
  /** Reports of one period add up instead of taking each other's place. */
  adds: z.boolean().default(false),
  /** May be said in a group without a slash, where the whole line is plainly one. */
  spoken: z.boolean().default(false),
  fields: z.record(identifier, field),
  opens: dayTime,
  due: dayTime,
  locks: dayTime,
  ladder: z.array(step).default([]),
  /** Its reminders and tables do not wait for the morning: people are up for it. */
  urgent: z.boolean().default(false),
  /** The titles of those who answer for it in a unit, where not everybody of the unit does: 消防员. */
  posts: z.array(word).optional(),
  /** Days after the period when words that may name somebody are erased; counts stay. */
  keep: z.int().min(1).optional(),
});

export type FormSpec = z.infer<typeof form>;
export type Subject = FormSpec['subject'];
export type Every = FormSpec['every'];
export type LadderStep = FormSpec['ladder'][number];

/** A form with the very text it was declared in: old reports stay readable under it. */
export type Form = FormSpec & { readonly source: string };
