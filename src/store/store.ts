/** The store's boundary: what any database must do for the one process that owns a county. */
import type {
  ErasureRow,
  InboundRow,
  OutageRow,
  OutboxRow,
  PeriodId,
  PeriodRow,
  ReportRow,
  SubjectId,
  TableName,
  Tables,
  Write,
} from '../core/rows/index.ts';
import type { CivilDate } from '../core/time.ts';

export { StoreError, type StoreErrorCode } from './errors.ts';

/** Every row a process needs in memory to take up work. */
export type Snapshot = { [T in Exclude<TableName, 'inbound' | 'claimTry' | 'outage' | 'erasure'>]: Tables[T][] };

/** The obligations of one period with every version reported on them, in order of arrival. */
export interface PeriodRecord {
  period: Tables['period'];
  obligations: Tables['obligation'][];
  reports: Tables['report'][];
  slots: Tables['slot'][];
  gaps: Tables['gap'][];
}

/** An `insert` met a row that was already there. Nothing of the commit was kept. */
export class DuplicateError extends Error {
  override readonly name = 'DuplicateError';
  readonly table: TableName;
  constructor(table: TableName, options?: ErrorOptions) {
    super(`a row of ${table} was already there`, options);
    this.table = table;
  }
}

/** What is read only when the time of something is over. Ids of what is not there are passed over. */
export interface Past {
  /** The period of a form that locked next after another, by moment and then by id, until a moment (UTC ms); null when there is none. */
  nextLocked(form: string, after: Pick<PeriodRow, 'locksAt' | 'id'>, until: number): Promise<PeriodRow | null>;
  periods(ids: readonly PeriodId[]): Promise<PeriodRow[]>;
  /** Versions of a period in which words may stand, or in whose messages they do, by id from the one after `afterId` on. */
  reportsIn(periodId: PeriodId, afterId: string, limit: number): Promise<ReportRow[]>;
  /** Every version about these subjects in periods of these forms that locked at or after a moment (UTC ms). */
  reportsAbout(subjects: readonly SubjectId[], forms: readonly string[], lockedSince: number): Promise<ReportRow[]>;
  /** Messages that were heard. */
  heard(ids: readonly string[]): Promise<InboundRow[]>;
  /** Notices that are done with, whose id is one of these keys, or one of them with `#` and more. */
  settled(keys: readonly string[]): Promise<OutboxRow[]>;
  /** What was erased since a moment (UTC ms), in the order in which it was. */
  erasures(since: number): Promise<ErasureRow[]>;
}

export interface Store {
  /** See {@link Past}. */
  readonly past: Past;

  /**
   * Reads what is needed to start: roster, accounts, codes, bindings, leaves, exemptions, registers, phases, alerts, versions of forms and meta whole; periods whose
   * key is `since` or later with all that hangs on them, the oldest ones beyond so many obligations left out, but for the
   * last two days, and whatever their key those that are not locked at a moment (UTC ms); confirmations not used; outbox rows still pending or sending.
   */
  load(since: CivilDate, mostObligations?: number, unlockedAt?: number): Promise<Snapshot>;

  /** One period with all that hangs on it, however old; null when it never existed. */
  period(id: PeriodId): Promise<PeriodRecord | null>;

  /**
   * Which of these inbound ids were committed before, and the token of the roster's revision as another process may
   * have left it; null before the first.
   */
  check(inboundIds: readonly string[]): Promise<{ known: Set<string>; rosterRevision: string | null }>;

  /** How many tries at a claim code an account has made since a moment (UTC ms). */
  claimTries(accountId: string, since: number): Promise<number>;

  /** Outbox rows given up, those given up last first; at most `limit`. */
  dead(limit: number): Promise<OutboxRow[]>;

  /** Outages that ended at or after a moment (UTC ms), in the order in which they began. */
  outages(since: number): Promise<OutageRow[]>;

  /**
   * Applies all writes or none, durably: when it resolves they survive a power cut. Text comes back as it was given,
   * save NUL and halves of surrogate pairs: those come back as U+FFFD.
   * Of several `put`s, `update`s or `erase`s on one id the last holds. Within one table inserts come before puts.
   * @throws {DuplicateError} when an `insert` finds its id taken, also by a write of the same commit
   * @throws {StoreError} when the database cannot take it: `busy`, `full`, `reference` and so on
   */
  commit(writes: readonly Write[]): Promise<void>;

  /**
   * The same in two steps: what can be done beforehand is done now, the rest when what it returns is called, once.
   * @throws {DuplicateError} when the writes themselves insert an id twice
   */
  prepare(writes: readonly Write[]): () => Promise<void>;

  /** Finishes what was begun and lets go of the database; a second call changes nothing. */
  close(): Promise<void>;
}
