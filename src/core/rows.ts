/**
 * The durable facts, one row type per table. Nothing is ever deleted: what ends gets an end, what changes gets a
 * new row that supersedes the old. Instants are UTC milliseconds, days are civil dates of Asia/Shanghai.
 */
import type { Body } from './notices.ts';
import type { Level } from './playbook.ts';
import type { CivilDate, Instant } from './time.ts';

export type UnitId = string;
export type PersonId = string;
export type PeriodId = string;
export type ObligationId = string;
/** `platform:chat id`, the key of a group or of a direct chat. */
export type ChatKey = string;

/** Half-open range of civil days in which a row holds: `since` included, `until` excluded, null for open-ended. */
export interface Tenure {
  since: CivilDate;
  until: CivilDate | null;
}

/** A link of the chain: county, township, village, grid or cluster. */
export interface UnitRow extends Tenure {
  id: UnitId;
  parentId: UnitId | null;
  level: Level;
  name: string;
}

export interface PersonRow {
  id: PersonId;
  name: string;
  phone: string | null;
}

/** A post exists in a unit whether or not somebody holds it; without a current holding it is vacant. */
export interface PostRow extends Tenure {
  id: string;
  unitId: UnitId;
  /** As the office writes it: 书记, 网格长, 副网格长… */
  title: string;
}

export interface HoldingRow extends Tenure {
  id: string;
  postId: string;
  personId: PersonId;
}

/** A person's account on one platform. */
export interface AccountRow {
  /** `platform:account id` */
  id: string;
  personId: PersonId;
  displayName: string;
  claimedAt: Instant;
  releasedAt: Instant | null;
}

/** A code with which a person claims their posts from chat; only its hash is kept. */
export interface ClaimCodeRow {
  id: string;
  personId: PersonId;
  issuedAt: Instant;
  expiresAt: Instant;
  usedAt: Instant | null;
  /** The account that claimed with it. */
  usedBy: string | null;
}

/** A failed try at a claim code, kept so that guessing can be stopped. */
export interface ClaimTryRow {
  id: string;
  accountId: string;
  at: Instant;
}

/** A group belongs to a unit from `boundAt` until `releasedAt`. */
export interface BindingRow {
  id: string;
  chat: ChatKey;
  unitId: UnitId;
  title: string;
  boundBy: PersonId | null;
  boundAt: Instant;
  releasedAt: Instant | null;
}

/** Absence of a person, both days included. */
export interface LeaveRow {
  id: string;
  personId: PersonId;
  deputyId: PersonId | null;
  fromDay: CivilDate;
  toDay: CivilDate;
  saidAt: Instant;
  endedAt: Instant | null;
}

/** One round of a form, e.g. the daily report of one day. */
export interface PeriodRow {
  /** `form@key` */
  id: PeriodId;
  form: string;
  /** The period's key; for daily forms its civil day. */
  key: CivilDate;
  opensAt: Instant;
  dueAt: Instant;
  locksAt: Instant;
  /** The playbook id this period was opened under. */
  playbook: string;
}

/** Someone owes a form for a period. Written once when the period opens: the frozen set. */
export interface ObligationRow {
  /** `form@key@subject` */
  id: ObligationId;
  periodId: PeriodId;
  subjectId: UnitId;
  /** Names from below the county down to the subject, as they were when the period opened: `林东镇/福山地村/一网格`. */
  path: string;
  /** The ids along {@link path}, county first, subject last. */
  chain: UnitId[];
}

export type ReportVia = 'self' | 'behalf' | 'phone' | 'chain';

/**
 * One version of a report. A withdrawal is a version too; the one sent last counts. `unparsed` keeps that a line came
 * which could not be read: it changes no state, and tells an attempt from silence.
 */
export interface ReportRow {
  /** `obligation#message`: those of a period are found by how their ids begin. */
  id: string;
  obligationId: ObligationId;
  kind: 'report' | 'withdrawal' | 'unparsed';
  values: Record<string, number>;
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
  unitId: UnitId;
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

/** Something shown first that waits for its sender's `/确认`. */
export interface ConfirmationRow {
  id: string;
  chat: ChatKey;
  personId: PersonId;
  payload: string;
  askedAt: Instant;
  expiresAt: Instant;
  usedAt: Instant | null;
}

/** A message that took effect or was answered. Plain talk is never kept. */
export interface InboundRow {
  /** `platform:chat:message id` */
  id: string;
  chat: ChatKey;
  accountId: string;
  text: string;
  sentAt: Instant;
  receivedAt: Instant;
}

export type OutboxState = 'pending' | 'sending' | 'sent' | 'dropped' | 'dead';

/** A notice on its way out. The text is rendered only when the item is claimed for sending. */
export interface OutboxRow {
  /** The notice's dedupe key: the same notice decided twice is one row. */
  id: string;
  kind: string;
  /** JSON of the address: a unit's group, a person, or a chat. */
  address: string;
  body: Body;
  /** Smaller goes first. */
  priority: number;
  createdAt: Instant;
  /** Never sent before this moment; moved on by gathering, quiet hours and retries. */
  notBefore: Instant;
  state: OutboxState;
  attempts: number;
  /** When the state became final, or the send began. */
  settledAt: Instant | null;
  /** The chat it was sent to. */
  chat: ChatKey | null;
  platformMessageId: string | null;
  error: string | null;
}

/** An account of the bot could not hear on its platform for a while. */
export interface OutageRow {
  /** `platform:account:since` */
  id: string;
  platform: string;
  /** Which of the bot's accounts there. */
  account: string;
  since: Instant;
  until: Instant;
  cause: string;
  /** `yes`: what was said meanwhile may never have arrived. */
  lossy: 'yes' | 'no';
}

/** Small durable values: cursors, the roster's revision. */
export interface MetaRow {
  id: string;
  value: string;
}

export interface Tables {
  unit: UnitRow;
  person: PersonRow;
  post: PostRow;
  holding: HoldingRow;
  account: AccountRow;
  claimCode: ClaimCodeRow;
  claimTry: ClaimTryRow;
  binding: BindingRow;
  leave: LeaveRow;
  period: PeriodRow;
  obligation: ObligationRow;
  report: ReportRow;
  exemption: ExemptionRow;
  slot: SlotRow;
  gap: GapRow;
  confirmation: ConfirmationRow;
  inbound: InboundRow;
  outbox: OutboxRow;
  outage: OutageRow;
  meta: MetaRow;
}
export type TableName = keyof Tables;

/** What changes of an outbox row on its way; all else of it stays as it was first written. */
export const CHANGING = ['notBefore', 'state', 'attempts', 'settledAt', 'chat', 'platformMessageId', 'error'] as const;

/**
 * One change of the durable facts. `put` inserts or replaces by id; `insert` claims the id and fails the whole
 * commit when it is taken; `update` changes what is {@link CHANGING} of a row that is there.
 */
export type Write =
  | { [T in TableName]: { table: T; op: 'put' | 'insert'; row: Tables[T] } }[TableName]
  | { table: 'outbox'; op: 'update'; row: OutboxRow };

/** Shorthand for a `put`. */
export function put<T extends TableName>(table: T, row: Tables[T]): Write {
  return { table, op: 'put', row } as Write;
}
