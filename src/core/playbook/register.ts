/** Registers: what a practice keeps a list of, and looks after: households, watched people, checkpoints, premises. */
import { z } from 'zod';
import { field } from './field.ts';
import { days, identifier, level, word } from './scalars.ts';

/** What is done with an entry, the words for it, and the levels whose heads may. */
const act = z.strictObject({
  aliases: z.array(word).min(1),
  by: z.array(level).default(['grid', 'village']),
});

export const register = z.strictObject({
  name: word,
  /** The words with which an entry is looked up: `/户 12`. */
  aliases: z.array(word).min(1),
  /** A name that stands for any entry's in lines shown as examples. */
  sample: word.optional(),
  /** Entries have a number within their unit, and are called by it. */
  numbered: z.boolean().default(false),
  /** How entries are counted: 户, 人, 家. */
  measure: word.default('个'),
  /** The level whose units the entries stand in. */
  of: z.enum(['grid', 'village']).default('grid'),
  fields: z.record(identifier, field).default({}),
  /** Taking an entry in: `/登记 张三 武汉`. */
  add: act.optional(),
  /** Letting one go: `/解除 张三`. */
  end: act.optional(),
  /** Who covers an entry (包户人): how that is called, and who says so: `/包户 12 李四`. Without one it is a gap. */
  cover: act.extend({ name: word }).optional(),
  /** An entry ends by itself after so many days, the day it is taken in included. */
  lasts: days.optional(),
  /** Days after its end when all that names somebody is erased; counts stay. */
  keep: days.optional(),
});

export type Register = z.infer<typeof register>;
export type RegisterAct = 'look' | 'add' | 'end' | 'cover';
