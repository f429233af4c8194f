/** What is said of some entries at once, as a line is cut. */
import type { Value } from '../../playbook/index.ts';
import type { CivilDate } from '../../time.ts';
import type { EntryRef } from '../types.ts';
import type { Span } from './line.ts';

export interface Segment extends Span {
  refs: EntryRef[];
  values: Record<string, Value>;
  /** Where each value stands. */
  places: Record<string, Span>;
  /** Words no field was named for. */
  words: (Span & { text: string })[];
}

export interface Segments {
  segments: Segment[];
  /** The day the line is about; null where it names none. */
  day: (Span & { date: CivilDate; text: string }) | null;
}

/** Nothing is said yet. */
export const blank = (start: number): Segment => ({ refs: [], values: {}, places: {}, words: [], start, end: start });
/** Something is said of those that are named. */
export const isSaid = ({ values, words }: Segment): boolean => words.length > 0 || Object.keys(values).length > 0;
/** Neither is anybody named nor anything said. */
export const isEmpty = (segment: Segment): boolean => segment.refs.length === 0 && !isSaid(segment);
