/**
 * A playbook is a practice written as data: which forms are owed, when, and what happens when one is not in.
 * Code never knows a form's name; it knows playbooks.
 */
import { z } from 'zod';
import { HOUR, MINUTE } from './time.ts';

/** The levels of the chain, from the top; a cluster (联户) is the contact household's ten or so families. */
export const LEVELS = ['county', 'township', 'village', 'grid', 'cluster'] as const;
export type Level = (typeof LEVELS)[number];

const word = z.string().trim().min(1).max(20);
const identifier = z.string().regex(/^[a-z][a-z0-9-]*$/, 'lower-case letters, digits and hyphens');

/** A time of the period's civil day as milliseconds after its midnight: `18:00`, or `+1d 12:00` for the next day. */
const dayTime = z
  .string()
  .regex(/^(\+\d{1,2}d )?([01]\d|2[0-3]):[0-5]\d$/, 'write 18:00, or "+1d 12:00" for the next day')
  .transform((text) => {
    const [, days, hours, minutes] = /^(?:\+(\d+)d )?(\d\d):(\d\d)$/.exec(text) ?? [];
    return Number(days ?? 0) * 24 * HOUR + Number(hours) * HOUR + Number(minutes) * MINUTE;
  });

const field = z.strictObject({
  name: word,
  type: z.literal('count'),
  required: z.boolean().default(false),
  /** A number without a label means this field. */
  bare: z.boolean().default(false),
});

const step = z.strictObject({
  at: dayTime,
  do: z.enum(['remind', 'table']),
  in: z.enum(['county', 'township', 'village']),
});

const form = z.strictObject({
  name: word,
  aliases: z.array(word).min(1),
  zeroNames: z.array(word).default([]),
  zeroWords: z.array(word).default([]),
  measureWords: z.array(word).default([]),
  subject: z.literal('grid'),
  every: z.literal('day'),
  fields: z.record(identifier, field),
  opens: dayTime,
  due: dayTime,
  locks: dayTime,
  ladder: z.array(step),
});

const playbook = z
  .strictObject({ id: identifier, name: word, forms: z.record(identifier, form) })
  .superRefine((book, context) => {
    for (const [id, spec] of Object.entries(book.forms)) {
      const at = (...path: string[]) => ['forms', id, ...path];
      const fields = Object.values(spec.fields);
      if (fields.filter((f) => f.bare).length > 1) {
        context.addIssue({ code: 'custom', path: at('fields'), message: 'only one field may be bare' });
      }
      if (new Set(fields.map((f) => f.name)).size < fields.length) {
        context.addIssue({ code: 'custom', path: at('fields'), message: 'two fields share one name' });
      }
      if (!(spec.opens < spec.due && spec.due < spec.locks)) {
        context.addIssue({ code: 'custom', path: at('due'), message: 'must lie after opens and before locks' });
      }
      const steps = spec.ladder.map((step) => `${step.at} ${step.do} ${step.in}`);
      if (new Set(steps).size < steps.length) {
        context.addIssue({ code: 'custom', path: at('ladder'), message: 'one step is written twice' });
      }
      if (!spec.zeroNames.every((name) => spec.aliases.includes(name))) {
        context.addIssue({ code: 'custom', path: at('zeroNames'), message: 'must be among the aliases' });
      }
    }
  });

export type Playbook = z.infer<typeof playbook>;
export type Form = Playbook['forms'][string];
export type Field = Form['fields'][string];
export type LadderStep = Form['ladder'][number];

/**
 * Checks data (already read from YAML) as a playbook.
 * @throws {z.ZodError} naming the path and what to write instead.
 */
export function checkPlaybook(data: unknown): Playbook {
  return playbook.parse(data);
}
