/** Slices of a register: what a department is handed every day, of its own area, and nothing else. */
import { z } from 'zod';
import { clockTime, identifier, level, word } from './scalars.ts';

export const slice = z.strictObject({
  name: word,
  /** A form whose subject is a register: its entries are listed, with the day's readings. */
  form: identifier,
  /** When, every day; milliseconds after midnight. */
  at: clockTime,
  /** Each unit of this level gets its own entries alone. */
  in: level,
  /** Words in the titles of the posts of that unit whose holders get it, in private. */
  to: z.array(word).min(1),
  /** The register's fields that go along; names always do. */
  fields: z.array(identifier).default([]),
});
export type Slice = z.infer<typeof slice>;
