/** What registers hold, alerts that were raised, phases that were declared, and what was erased. */
import type { Values } from '../playbook/index.ts';
import type { CivilDate, Instant } from '../time.ts';
import type { EntryId, PersonId, UnitId } from './ids.ts';

/** Somebody or something a register keeps, as it stands now; how it came to stand so is in its {@link EntryEventRow}s. */
export interface EntryRow {
  id: EntryId;
  register: string;
  unitId: UnitId;
  /** Its number within its unit, where the register numbers its entries. */
  number: string | null;
  name: string;
  values: Values;
  /** Who covers it; null is a gap where the register asks for one. */
  coverId: PersonId | null;
  since: CivilDate;
  /** The first day on which it is no longer looked after; null while no end is in sight. */
  until: CivilDate | null;
  /** When all that names somebody was taken out of it. */
  erasedAt: Instant | null;
}

/** One thing that happened to an entry, with what was said. Never changed, save that it is erased with its entry. */
export interface EntryEventRow {
  /** `entry#message` */
  id: string;
  entryId: EntryId;
  kind: 'added' | 'changed' | 'covered' | 'ended' | 'imported';
  /** The fields that were said. */
  values: Values;
  note: string | null;
  /** Null for an import. */
  personId: PersonId | null;
  at: Instant;
  message: string | null;
}

/** A threshold was passed. A later row of the same rule, area and day tells that it grew. */
export interface AlertRow {
  /** `rule@unit@day` */
  id: string;
  rule: string;
  unitId: UnitId;
  day: CivilDate;
  /** A short number to speak of it by, within the county and day. */
  number: number;
  /** What was counted or summed up when it was told last. */
  value: number;
  raisedAt: Instant;
  toldAt: Instant;
  /** Who acknowledged it first, at the level that was told. */
  personId: PersonId | null;
  acknowledgedAt: Instant | null;
}

/** Somebody entitled declared a state for a unit and all below it; it holds until the next row of that unit. */
export interface PhaseRow {
  id: string;
  phase: string;
  unitId: UnitId;
  state: string;
  since: Instant;
  personId: PersonId;
}

/** A record of what was erased when its time was over: how many, never whom. */
export interface ErasureRow {
  id: string;
  /** `register:watched`, `form:visit` */
  what: string;
  at: Instant;
  entries: number;
  reports: number;
  messages: number;
}
