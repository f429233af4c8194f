/** What a roster file asks for, and what can be wrong with one. */
import type { Level } from '../playbook/index.ts';
import type { Column } from './cells.ts';

/** A unit the sheet names; `path` goes from the county down to the unit itself. */
export interface PlannedUnit {
  path: string[];
  level: Level;
}

/** A post the sheet names. Without a name it is vacant. `path` is its unit's. */
export interface PlannedPost {
  path: string[];
  title: string;
  name: string | null;
  phone: string | null;
  /** The sheet's row, for telling people about it. */
  row: number;
}

/** What a roster file asks for: units with those above before those below, posts in the order of the rows. */
export interface RosterPlan {
  units: PlannedUnit[];
  posts: PlannedPost[];
}

export type RosterProblemCode =
  | 'empty-sheet'
  | 'header-missing'
  | 'header-unknown'
  | 'header-twice'
  | 'level-missing'
  | 'county-several'
  | 'title-missing'
  | 'too-long'
  | 'formula'
  | 'bad-character'
  | 'phone-malformed'
  | 'phone-without-name'
  | 'post-twice'
  | 'person-unclear';

/** One thing that is wrong; `column` is null where the whole row or sheet is meant. */
export interface RosterProblem {
  row: number;
  column: Column | null;
  code: RosterProblemCode;
  params: Record<string, string>;
}

/**
 * Why a file could not be read at all.
 * - `missing`: no file there, or it cannot be opened
 * - `too-large`: more than 20 MB
 * - `old-excel`: the format of Excel before 2007 (also that of WPS and of workbooks with a password)
 * - `unknown-kind`: neither CSV nor xlsx
 * - `corrupt`: says it is one of them, but cannot be read as such
 * - `encoding`: text in neither UTF-8 nor GB18030
 */
export type RosterFileErrorCode = 'missing' | 'too-large' | 'old-excel' | 'unknown-kind' | 'corrupt' | 'encoding';
