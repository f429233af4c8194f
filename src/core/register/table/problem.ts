/** What can be wrong with the table of a register, and what a good one asks for. */
import type { Value } from '../../playbook/index.ts';
import type { PersonId, UnitId } from '../../rows/index.ts';
import type { CivilDate } from '../../time.ts';

export type RegisterProblemCode =
  | 'empty-sheet'
  | 'header-missing'
  | 'header-twice'
  | 'unit-missing'
  | 'unit-unknown'
  | 'unit-several'
  | 'number-invalid'
  | 'number-twice'
  | 'name-missing'
  | 'name-twice'
  | 'cover-unknown'
  | 'cover-several'
  | 'required'
  | 'over'
  | ValueFaultCode;

/** Why a cell does not hold what its column asks for. */
export type ValueFaultCode =
  | 'value-count'
  | 'value-number'
  | 'value-choice'
  | 'value-yesno'
  | 'value-date'
  | 'value-household'
  | 'value-plate'
  | 'too-long'
  | 'formula'
  | 'bad-character';

/** One thing that is wrong; `column` is what its head is called, null where the whole row or sheet is meant. */
export interface RegisterProblem {
  row: number;
  column: string | null;
  code: RegisterProblemCode;
  params: Record<string, string>;
}

/** One row of a table, read. */
export interface PlannedEntry {
  /** The sheet's row, for telling people about it. */
  row: number;
  unitId: UnitId;
  /** Null where the table gives none. */
  number: string | null;
  /** Empty where the table gives none. */
  name: string;
  /** Field id → what the table says; null takes away what was known. A blank cell says nothing. */
  values: Readonly<Record<string, Value | null>>;
  /** Null says that nobody covers it; undefined where the table says nothing. */
  coverId: PersonId | null | undefined;
  /** The day from which it is looked after, where the table says one. */
  since: CivilDate | null;
}

export function problem(
  row: number,
  column: string | null,
  code: RegisterProblemCode,
  params: Record<string, string> = {},
): RegisterProblem {
  return { row, column, code, params };
}
