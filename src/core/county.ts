/**
 * What one process knows of its county: the durable facts, indexed for the questions that commands and jobs ask.
 * It is read from the store at start and takes in, through {@link County.apply}, the very writes the store is about to
 * commit; old periods come and go with {@link County.remember} and {@link County.forget}. All else only reads.
 */
import { Accounts } from './accounts.ts';
import { Alerts } from './alerts.ts';
import type { PeriodBook } from './book.ts';
import { partsOf } from './obligation-id.ts';
import { OutTray } from './out-tray.ts';
import { type PeriodRows, Periods } from './periods.ts';
import { Phases } from './phases.ts';
import { Entries } from './register/entries.ts';
import { RosterFacts } from './roster/facts.ts';
import type { RosterRows, RosterView } from './roster/view.ts';
import type {
  AccountRow,
  BindingRow,
  ChatKey,
  ClaimCodeRow,
  ConfirmationRow,
  ExemptionRow,
  PeriodId,
  PersonId,
  PersonRow,
  TableName,
  Tables,
  UnitId,
  Write,
} from './rows/index.ts';
import { type CivilDate, civilDateOf, type Instant } from './time.ts';

export type { PeriodRows } from './periods.ts';

export type Rows = { readonly [T in TableName]?: readonly Tables[T][] };

/** Tables in an order in which no row comes before one it refers to; what is many thousand rows is not among them. */
const BEFORE_PERIODS = [
  'meta',
  'claimCode',
  'binding',
  'exemption',
  'spec',
  'entry',
  'entryEvent',
  'phase',
  'alert',
] as const satisfies TableName[];
const AFTER_PERIODS = ['slot', 'gap', 'confirmation', 'outbox'] as const satisfies TableName[];

const emptyPeriod = (period: Tables['period']) => ({
  period,
  obligations: [] as Tables['obligation'][],
  reports: [] as Tables['report'][],
  slots: [],
  gaps: [],
});

/** Latest tries at a claim code held per account. */
const MOST_TRIES_HELD = 20;

export class County {
  /** Notices on their way out. */
  readonly tray = new OutTray();
  /** What the registers hold. */
  readonly entries = new Entries();
  /** Thresholds that were passed. */
  readonly alerts = new Alerts();
  /** States that were declared. */
  readonly phases = new Phases();
  readonly #roster: RosterFacts;
  readonly #accounts: Accounts;
  readonly #codes = new Map<string, ClaimCodeRow>();
  readonly #bindings = new Map<ChatKey, BindingRow>();
  readonly #chatOf = new Map<UnitId, BindingRow>();
  readonly #periods = new Periods();
  readonly #confirmations = new Map<string, ConfirmationRow>();
  readonly #tries = new Map<string, Instant[]>();
  readonly #meta = new Map<string, string>();

  constructor(rows: Rows = {}) {
    this.#roster = new RosterFacts(rows);
    this.#accounts = new Accounts(rows.account);
    for (const table of BEFORE_PERIODS) this.#takeAll(table, rows[table]);
    const ofPeriods = new Map((rows.period ?? []).map((period) => [period.id, emptyPeriod(period)]));
    for (const row of rows.obligation ?? []) ofPeriods.get(row.periodId)?.obligations.push(row);
    for (const row of rows.report ?? []) ofPeriods.get(partsOf(row.obligationId).period)?.reports.push(row);
    for (const period of ofPeriods.values()) this.remember(period);
    for (const table of AFTER_PERIODS) this.#takeAll(table, rows[table]);
  }

  // ── roster ────────────────────────────────────────────────────────────────────────────────────────────────────

  /** The roster as it holds on a civil day. */
  view(day: CivilDate): RosterView {
    return this.#roster.view(day);
  }

  viewAt(at: Instant): RosterView {
    return this.#roster.view(civilDateOf(at));
  }

  /** Every row the roster consists of, past and future ones included. */
  rosterRows(): RosterRows {
    return this.#roster.rows();
  }

  /** A person's leaves that were not ended. */
  leavesOf(personId: PersonId): Tables['leave'][] {
    return this.#roster.leavesOf(personId);
  }

  // ── people and groups ─────────────────────────────────────────────────────────────────────────────────────────

  /** Who claimed this account (`platform:id`), or null for a stranger. */
  personOf(accountId: string): PersonRow | null {
    const account = this.#accounts.live(accountId);
    return account && this.#roster.person(account.personId);
  }

  /** A person's live accounts, all platforms. */
  accountsOf(personId: PersonId): AccountRow[] {
    return this.#accounts.of(personId);
  }

  /** Every account that was ever claimed, as it stands now. */
  accounts(): AccountRow[] {
    return this.#accounts.all();
  }

  /** Every code ever issued, by its hash; used and ended ones included. */
  claimCodes(): ClaimCodeRow[] {
    return [...this.#codes.values()];
  }

  claimCode(hash: string): ClaimCodeRow | undefined {
    return this.#codes.get(hash);
  }

  /** Tries at a code since a moment, of the last twenty that this process has seen; those not durable yet included. */
  claimTries(accountId: string, since: Instant): number {
    return (this.#tries.get(accountId) ?? []).filter((at) => at >= since).length;
  }

  /** The live binding of a group. */
  bindingOf(chat: ChatKey): BindingRow | null {
    return this.#bindings.get(chat) ?? null;
  }

  /** The live bindings of all groups. */
  bindings(): BindingRow[] {
    return [...this.#bindings.values()];
  }

  /** The live binding through which a unit's group is reached. */
  groupOf(unitId: UnitId): BindingRow | null {
    return this.#chatOf.get(unitId) ?? null;
  }

  // ── periods ───────────────────────────────────────────────────────────────────────────────────────────────────

  book(id: PeriodId): PeriodBook | undefined {
    return this.#periods.book(id);
  }

  /** Books in memory, oldest first. */
  books(): PeriodBook[] {
    return this.#periods.books();
  }

  /** See {@link Periods.holding}. */
  holding(form: string, day: CivilDate, at: Instant): PeriodBook[] {
    return this.#periods.holding(form, day, at);
  }

  /** See {@link Periods.latestOf}. */
  latestOf(form: string, day: CivilDate, at: Instant): PeriodBook | undefined {
    return this.#periods.latestOf(form, day, at);
  }

  /** Whether a version of a form has been kept. */
  hasSpec(id: string): boolean {
    return this.#periods.hasSpec(id);
  }

  /** The versions of forms that were kept. */
  get versions(): Pick<Periods, 'specs' | 'lastVersions'> {
    return this.#periods;
  }

  exemptionOn(form: string, unitId: UnitId, day: CivilDate): ExemptionRow | null {
    return this.#periods.exemptionOn(form, unitId, day);
  }

  /** Takes in a period read back from the store. */
  remember(rows: PeriodRows): void {
    this.#periods.remember(rows);
  }

  /** See {@link Periods.forget}. */
  forget(since: CivilDate, most = Number.POSITIVE_INFINITY, now: Instant = Number.POSITIVE_INFINITY): void {
    this.#periods.forget(since, most, now);
  }

  // ── the rest ──────────────────────────────────────────────────────────────────────────────────────────────────

  confirmation(chat: ChatKey, personId: PersonId, now: Instant): ConfirmationRow | null {
    const row = this.#confirmations.get(`${chat} ${personId}`);
    return row && row.usedAt === null && row.expiresAt > now ? row : null;
  }

  meta(id: string): string | null {
    return this.#meta.get(id) ?? null;
  }

  /** Takes in committed (or about to be committed) writes, in order. */
  apply(writes: readonly Write[]): void {
    for (const write of writes) this.#take(write);
  }

  #takeAll<T extends TableName>(table: T, rows: readonly Tables[T][] = []): void {
    for (const row of rows) this.#take({ table, op: 'put', row } as Write);
  }

  #take(write: Write): void {
    switch (write.table) {
      case 'unit':
      case 'person':
      case 'post':
      case 'holding':
      case 'leave':
        this.#roster.take(write.table, write.row);
        return;
      case 'account':
        this.#accounts.take(write.row);
        return;
      case 'claimCode':
        this.#codes.set(write.row.id, write.row);
        return;
      case 'binding':
        this.#bind(write.row);
        return;
      case 'spec':
      case 'exemption':
      case 'period':
      case 'obligation':
      case 'report':
      case 'slot':
      case 'gap':
        this.#periods.take(write);
        return;
      case 'entry':
        this.entries.take(write.row);
        return;
      case 'entryEvent':
        this.entries.takeEvent(write.row);
        return;
      case 'phase':
        this.phases.take(write.row);
        return;
      case 'alert':
        this.alerts.take(write.row);
        return;
      case 'confirmation':
        this.#confirmations.set(`${write.row.chat} ${write.row.personId}`, write.row);
        return;
      case 'outbox':
        if (write.op === 'erase') this.tray.erase(write.row);
        else this.tray.take(write.row);
        return;
      case 'meta':
        this.#meta.set(write.row.id, write.row.value);
        return;
      case 'claimTry': {
        const { accountId, at } = write.row;
        this.#tries.set(accountId, [...(this.#tries.get(accountId) ?? []), at].slice(-MOST_TRIES_HELD));
        return;
      }
      case 'inbound':
      case 'outage':
      case 'erasure':
        return; // asked of the store when needed
    }
  }

  #bind(row: BindingRow): void {
    const known = this.#chatOf.get(row.unitId);
    if (known?.id === row.id && known.chat !== row.chat) this.#bindings.delete(known.chat);
    if (row.releasedAt === null) {
      this.#bindings.set(row.chat, row);
      this.#chatOf.set(row.unitId, row);
      return;
    }
    if (this.#bindings.get(row.chat)?.id === row.id) this.#bindings.delete(row.chat);
    if (this.#chatOf.get(row.unitId)?.id === row.id) this.#chatOf.delete(row.unitId);
  }
}
