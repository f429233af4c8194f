/**
 * The durable facts, one row type per table. Nothing is ever deleted: what ends gets an end, what changes gets a
 * new row that supersedes the old. Instants are UTC milliseconds, days are civil dates of Asia/Shanghai.
 */
import type { ConfirmationRow, InboundRow, MetaRow, OutageRow, OutboxRow } from './messages.ts';
import type { ExemptionRow, GapRow, ObligationRow, PeriodRow, ReportRow, SlotRow, SpecRow } from './periods.ts';
import type { AlertRow, EntryEventRow, EntryRow, ErasureRow, PhaseRow } from './registers.ts';
import type {
  AccountRow,
  BindingRow,
  ClaimCodeRow,
  ClaimTryRow,
  HoldingRow,
  LeaveRow,
  PersonRow,
  PostRow,
  UnitRow,
} from './roster.ts';

export type * from './ids.ts';
export type * from './messages.ts';
export type * from './periods.ts';
export type * from './registers.ts';
export type * from './roster.ts';

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
  spec: SpecRow;
  period: PeriodRow;
  obligation: ObligationRow;
  report: ReportRow;
  exemption: ExemptionRow;
  slot: SlotRow;
  gap: GapRow;
  entry: EntryRow;
  entryEvent: EntryEventRow;
  alert: AlertRow;
  phase: PhaseRow;
  erasure: ErasureRow;
  confirmation: ConfirmationRow;
  inbound: InboundRow;
  outbox: OutboxRow;
  outage: OutageRow;
  meta: MetaRow;
}
export type TableName = keyof Tables;

/** What changes of an outbox row on its way; all else of it stays as it was first written. */
export const CHANGING = ['notBefore', 'state', 'attempts', 'settledAt', 'chat', 'platformMessageId', 'error'] as const;

/** What an erasure takes the words out of, and which of its fields hold them; all else of a row stays. */
export const WORDS = { inbound: ['text'], outbox: ['body'], report: ['values', 'items', 'note'] } as const;

/**
 * One change of the durable facts. `put` inserts or replaces by id; `insert` claims the id and fails the whole
 * commit when it is taken; `update` changes what is {@link CHANGING} of a row that is there, `erase` its {@link WORDS}.
 */
export type Write =
  | { [T in TableName]: { table: T; op: 'put' | 'insert'; row: Tables[T] } }[TableName]
  | { table: 'outbox'; op: 'update'; row: OutboxRow }
  | { [T in keyof typeof WORDS]: { table: T; op: 'erase'; row: Tables[T] } }[keyof typeof WORDS];

/** Shorthand for a `put`. */
export function put<T extends TableName>(table: T, row: Tables[T]): Write {
  return { table, op: 'put', row } as Write;
}
