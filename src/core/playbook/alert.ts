/** Thresholds: what is worth an alert, and to whom; and the phases that change what is owed. */
import { z } from 'zod';
import { identifier, level, word } from './scalars.ts';

export const alert = z.strictObject({
  name: word,
  form: identifier,
  field: identifier,
  /** Only reports whose choice is this one are counted, or whose yes-or-no is. */
  is: z.union([word, z.boolean()]).optional(),
  /** Only readings beyond these are counted. */
  above: z.number().optional(),
  below: z.number().optional(),
  /** The area the figures are put together over. */
  in: level,
  /** Over so many days, the report's own included. */
  days: z.int().min(1).max(7).default(1),
  /** From how many on; what is counted, or the sum of the field where nothing narrows it. */
  atLeast: z.number().min(1).default(1),
  /** The levels that are told, of the chain the area stands in. */
  tell: z.array(level).min(1),
});
export type Alert = z.infer<typeof alert>;

/** A state that somebody entitled declares for their unit: 应急响应 红色. */
export const phase = z.strictObject({
  name: word,
  aliases: z.array(word).min(1),
  /** Its states, the one that ends it last. */
  states: z.array(word).min(2),
  by: z.array(level).min(1),
});
export type Phase = z.infer<typeof phase>;
