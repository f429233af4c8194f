/** Counts over a set of obligations; tallies of the parts add up to the tally of the whole. */
import { figuresOf } from './figures.ts';
import type { Form } from './playbook/index.ts';
import type { Standing, State } from './standing.ts';

export interface Counts {
  expected: number;
  /** In, and on time. */
  reported: number;
  late: number;
  exempt: number;
  /** Not in, locked or not. */
  missing: number;
}

export interface Tally extends Counts {
  /** Sum per column over what counts; a column nobody gave is absent, which is not zero. */
  sums: Map<string, { sum: number; given: number }>;
}

export function emptyTally(): Tally {
  return { expected: 0, reported: 0, late: 0, exempt: 0, missing: 0, sums: new Map() };
}

/** Adds (`sign` 1) or takes out (-1) one obligation's standing. Changes `tally` in place. */
export function count(tally: Tally, standing: Standing, sign: 1 | -1, form: Form | null = null): void {
  tally.expected += sign;
  tally[standing.state] += sign;
  if (standing.current === null) return;
  const values = figuresOf(form, standing.current.values);
  for (const field in values) {
    const value = values[field] ?? 0;
    const entry = tally.sums.get(field) ?? { sum: 0, given: 0 };
    entry.sum += sign * value;
    entry.given += sign;
    if (entry.given === 0) tally.sums.delete(field);
    else tally.sums.set(field, entry);
  }
}

/** Adds the tally of a part. Changes `tally` in place. */
export function add(tally: Tally, part: Readonly<Tally>): void {
  tally.expected += part.expected;
  tally.reported += part.reported;
  tally.late += part.late;
  tally.exempt += part.exempt;
  tally.missing += part.missing;
  for (const [field, { sum, given }] of part.sums) {
    const entry = tally.sums.get(field);
    if (entry === undefined) tally.sums.set(field, { sum, given });
    else {
      entry.sum += sum;
      entry.given += given;
    }
  }
}

/** The five counts alone. */
export function countsOf({ expected, reported, late, exempt, missing }: Counts): Counts {
  return { expected, reported, late, exempt, missing };
}

/** The counts of a single obligation. */
export function countsOfOne(state: State): Counts {
  return {
    expected: 1,
    reported: state === 'reported' ? 1 : 0,
    late: state === 'late' ? 1 : 0,
    exempt: state === 'exempt' ? 1 : 0,
    missing: state === 'missing' ? 1 : 0,
  };
}

/** How many are in, late or not. */
export const inCount = (counts: Counts): number => counts.reported + counts.late;

/** How many are owed: the expected less the exempt. */
export const owedCount = (counts: Counts): number => counts.expected - counts.exempt;

/** `7/12`: in, of those owed. */
export const ratioText = (counts: Counts): string => `${inCount(counts)}/${owedCount(counts)}`;
