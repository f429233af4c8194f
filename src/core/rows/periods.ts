/** Periods, what is owed in them, and what was said. */
import type { Values } from '../playbook/index.ts';
import type { CivilDate, Instant } from '../time.ts';
import type { ObligationId, PeriodId, PersonId, SubjectId, UnitId } from './ids.ts';

/**
 * The key of a period: the day it begins, and where a form has several that begin on one day a dot and what tells them
 * apart: `2026-11-23`, `2026-11-23.2`, `2026-11-23.w`. Keys compare like their days.
 */
export type PeriodKey = CivilDate | `${CivilDate}.${string}`;

/** One round of a form, e.g. the daily report of one day. */
export interface PeriodRow {
  /** `form@key` */
  id: PeriodId;
  form: string;
  /** Its first civil day, with what tells it from others that begin on it: see {@link PeriodKey}. */
  key: PeriodKey;
  opensAt: Instant;
  dueAt: Instant;
  locksAt: Instant;
  /** The playbook id this period was opened under. */
  playbook: string;
  /** The version of the form it was opened under; null in databases from before versions were kept. */
  spec: string | null;
  /** What it is called beside its day: 早, 本周, the topic of a sweep; null where the day says it all. */
  label: string | null;
  /** The area it is about; null for the whole county. */
  unitId: UnitId | null;
}

/** A version of a form, kept for as long as anything was reported under it. */
export interface SpecRow {
  /** Of its very text. */
  id: string;
  form: string;
  /** The form as its playbook declared it, JSON. */
  source: string;
}

/** Someone owes a form for a period. Written once when the period opens: the frozen set. */
export interface ObligationRow {
  /** `form@key@subject` */
  id: ObligationId;
  periodId: PeriodId;
  subjectId: SubjectId;
  /** Names from below the county down to the subject, as they were when the period opened: `林东镇/福山地村/一网格`. */
  path: string;
  /** The ids along {@link path}, county first, subject last. */
  chain: SubjectId[];
}

/** `filled`: its figures were given in the report of another form. */
export type ReportVia = 'self' | 'behalf' | 'phone' | 'chain' | 'filled';

/**
 * One version of a report. A withdrawal is a version too; the one sent last counts. `unparsed` keeps that a line came
 * which could not be read: it changes no state, and tells an attempt from silence.
 */
export interface ReportRow {
  /** `obligation#message`: those of a period are found by how their ids begin. */
  id: string;
  obligationId: ObligationId;
  /** A `correction` takes the place of the report before it, also where reports add up. */
  kind: 'report' | 'correction' | 'withdrawal' | 'unparsed';
  values: Values;
  items: string[];
  /** Free text that came with it, and the reason where one is owed. */
  note: string | null;
  sentAt: Instant;
  receivedAt: Instant;
  personId: PersonId;
  via: ReportVia;
  /** The message that said it. */
  message: string;
}

/** A level above declared that a subject owes nothing on these days, both included. */
export interface ExemptionRow {
  id: string;
  form: string;
  unitId: SubjectId;
  fromDay: CivilDate;
  toDay: CivilDate;
  reason: string;
  personId: PersonId;
  saidAt: Instant;
}

/** A ladder step that came due, and what became of it. */
export interface SlotRow {
  /** `period#17:45-remind-village`: the period and what the step is. */
  id: string;
  dueAt: Instant;
  decidedAt: Instant;
  outcome: 'fired' | 'skipped';
}

/** A table that was sent showed this row with a gap. */
export interface GapRow {
  /** `period#unit of the group#unit of the row` */
  id: string;
  periodId: PeriodId;
  unitId: UnitId;
  rowUnitId: UnitId;
  shownAt: Instant;
  madeGoodAt: Instant | null;
}
