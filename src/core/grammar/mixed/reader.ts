/** By what a line about entries is read, and what is read in it. */
import type { Field, Value } from '../../playbook/index.ts';
import type { CivilDate } from '../../time.ts';
import type { EntryRef } from '../types.ts';

/** What a line is read by: a form about entries of a register, or a register itself. */
export interface Reader {
  fields: Readonly<Record<string, Field>>;
  /** The register the names are looked for in; null where units are named. */
  register: string | null;
  /** Entries are called by numbers. */
  numbered: boolean;
  /** How entries are counted: 12户. */
  measure: string;
  zeroWords: readonly string[];
  measureWords: readonly string[];
  /** A day may also stand behind what it is about, where no field takes it: from when on somebody is looked after. */
  dayBehind?: boolean;
}

export interface Segment {
  refs: EntryRef[];
  values: Record<string, Value>;
  /** Words no field was named for. */
  words: string[];
  start: number;
  end: number;
}

export interface Segments {
  segments: Segment[];
  /** The day the line is about; null where it names none. */
  day: { date: CivilDate | null; text: string } | null;
}
