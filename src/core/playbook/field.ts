/** The fields of forms and registers: what kinds of answers there are. */
import { z } from 'zod';
import { identifier, word } from './scalars.ts';

/** What a field holds: a number, words, or yes and no. A date is its civil day, a photo field how many came. */
export type Value = number | string | boolean;
/** Field id → value, only of the fields that were said. */
export type Values = Readonly<Record<string, Value>>;

const common = {
  name: word,
  /** Other words people use for it. */
  aliases: z.array(word).default([]),
  required: z.boolean().default(false),
  /** A value without a label means this field. */
  bare: z.boolean().default(false),
  /** The entry of the data dictionary it is: given once, it fills every form that asks for it. */
  figure: identifier.optional(),
};

/** People and words of people stay at their level: upwards they are left out, or shown as 张*. */
const upward = z.enum(['hidden', 'masked']).default('hidden');

const option = z.union([
  word.transform((name) => ({ name, words: [name] })),
  z
    .strictObject({ name: word, words: z.array(word).default([]) })
    .transform(({ name, words }) => ({ name, words: [name, ...words] })),
]);

export const field = z.discriminatedUnion('type', [
  /** A whole number from 0 to 99999, summed up level by level. */
  z.strictObject({ ...common, type: z.literal('count'), measures: z.array(word).default([]) }),
  /** A measured number: summed up never, at most its highest or lowest is shown above. */
  z.strictObject({
    ...common,
    type: z.literal('number'),
    unit: word.optional(),
    min: z.number(),
    max: z.number(),
    decimals: z.int().min(0).max(3).default(1),
    /** What is usual; lines shown as examples say it. */
    usual: z.number().optional(),
    upward: z.enum(['hidden', 'max', 'min', 'sum']).default('hidden'),
  }),
  /** One of some words; each is counted level by level. */
  z.strictObject({
    ...common,
    type: z.literal('choice'),
    options: z.array(option).min(2, 'two-options'),
    /** The option meant where only other words are given: 血压高 for 有情况. */
    otherwise: word.optional(),
    /** Options after which somebody has to come again: 无人, 拒访. */
    again: z.array(word).default([]),
  }),
  /** Yes or no, `√` or `×`; the yeses are counted. */
  z.strictObject({
    ...common,
    type: z.literal('yesno'),
    yes: z.array(word).default([]),
    no: z.array(word).default([]),
  }),
  /** Words as they come; a `rest` field takes whatever no other field does. */
  z.strictObject({ ...common, type: z.literal('text'), rest: z.boolean().default(false), upward }),
  z.strictObject({ ...common, type: z.literal('date') }),
  z.strictObject({ ...common, type: z.literal('person'), upward }),
  z.strictObject({ ...common, type: z.literal('household'), upward }),
  z.strictObject({ ...common, type: z.literal('plate'), upward }),
  /** How many pictures came with it. */
  z.strictObject({ ...common, type: z.literal('photo') }),
]);

export type Field = z.infer<typeof field>;

/** Words that mean yes, and no, in every such field. */
export const YES = ['√', '✓', '✔', '☑', '✅', '是', '有', '合格', '到位'] as const;
export const NO = ['×', '✗', '✘', '❌', 'x', 'X', '否', '无', '没有', '不合格', '不到位'] as const;
