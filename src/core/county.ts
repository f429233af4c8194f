/**
 * What one process knows of its county: the durable facts, indexed for the questions that commands and jobs ask.
 * It is read from the store at start and takes in, through {@link County.apply}, the very writes the store is about to
 * commit; old periods come and go with {@link County.remember} and {@link County.forget}. All else only reads.
 */
import { Accounts } from './accounts.ts';
import { PeriodBook } from './book.ts';
import { partsOf } from './obligation-id.ts';
import { OutTray } from './out-tray.ts';
import { RosterFacts } from './roster/facts.ts';
import type { RosterRows, RosterView } from './roster/view.ts';
import {
  type AccountRow,
  type BindingRow,
  type ChatKey,
  type ClaimCodeRow,
  type ConfirmationRow,
  type ExemptionRow,
  type PeriodId,
  type PersonId,
  type PersonRow,
  put,
  type TableName,
  type Tables,
  type UnitId,
  type Write,
} from './rows.ts';
import { periodOfSlot } from './slots.ts';
import { type CivilDate, civilDateOf, type Instant } from './time.ts';

export type Rows = { readonly [T in TableName]?: readonly Tables[T][] };

/** All rows that hang on one period. */
export interface PeriodRows {
  period: Tables['period'];
  obligations: readonly Tables['obligation'][];
  reports: readonly Tables['report'][];
  slots: readonly Tables['slot'][];
  gaps: readonly Tables['gap'][];
}

/** Tables in an order in which no row comes before one it refers to; what is many thousand rows is not among them. */
const BEFORE_PERIODS = ['meta', 'claimCode', 'binding', 'exemption'] as const satisfies TableName[];
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
  readonly #roster: RosterFacts;
  readonly #accounts: Accounts;
  readonly #codes = new Map<string, ClaimCodeRow>();
  readonly #bindings = new Map<ChatKey, BindingRow>();
  readonly #chatOf = new Map<UnitId, BindingRow>();
  readonly #exemptions = new Map<string, ExemptionRow[]>();
  readonly #books = new Map<PeriodId, PeriodBook>();
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
    return this.#books.get(id);
  }

  /** Books in memory, oldest first. */
  books(): PeriodBook[] {
    return [...this.#books.values()].sort((a, b) => a.period.opensAt - b.period.opensAt);
  }

  exemptionOn(form: string, unitId: UnitId, day: CivilDate): ExemptionRow | null {
    const list = this.#exemptions.get(unitId) ?? [];
    return list.findLast((row) => row.form === form && row.fromDay <= day && day <= row.toDay) ?? null;
  }

  /** Takes in a period read back from the store. */
  remember({ period, obligations, reports, slots, gaps }: PeriodRows): void {
    if (this.#books.has(period.id)) {
      for (const row of obligations) this.#take(put('obligation', row));
      for (const row of reports) this.#take(put('report', row));
    } else {
      const book = new PeriodBook(period);
      book.fill(obligations, reports, (subjectId) => this.exemptionOn(period.form, subjectId, period.key));
      this.#books.set(period.id, book);
    }
    this.#takeAll('slot', slots);
    this.#takeAll('gap', gaps);
  }

  /**
   * Lets go of books whose key is before `since`, and of the oldest ones beyond so many obligations, but for those of the
   * last two days; they are read back from the store when asked for.
   */
  forget(since: CivilDate, most = Number.POSITIVE_INFINITY): void {
    const days = new Set<CivilDate>();
    let held = 0;
    for (const { period, size } of this.books().reverse()) {
      days.add(period.key);
      held += size;
      if (period.key < since || (days.size > 2 && held > most)) this.#books.delete(period.id);
    }
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
      case 'exemption':
        this.#exempt(write.row);
        return;
      case 'period':
        if (!this.#books.has(write.row.id)) this.#books.set(write.row.id, new PeriodBook(write.row));
        return;
      case 'obligation': {
        const book = this.#books.get(write.row.periodId);
        if (!book) return;
        const { form, key } = book.period;
        book.addObligation(write.row, this.exemptionOn(form, write.row.subjectId, key));
        return;
      }
      case 'report':
        this.#books.get(partsOf(write.row.obligationId).period)?.addVersion(write.row);
        return;
      case 'slot':
        this.#books.get(periodOfSlot(write.row.id))?.slots.set(write.row.id, write.row);
        return;
      case 'gap':
        this.#books.get(write.row.periodId)?.addGap(write.row);
        return;
      case 'confirmation':
        this.#confirmations.set(`${write.row.chat} ${write.row.personId}`, write.row);
        return;
      case 'outbox':
        this.tray.take(write.row);
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

  #exempt(row: ExemptionRow): void {
    const list = this.#exemptions.get(row.unitId) ?? [];
    this.#exemptions.set(row.unitId, [...list.filter((known) => known.id !== row.id), row]);
    for (const book of this.#books.values()) {
      const { form, key } = book.period;
      if (form === row.form && row.fromDay <= key && key <= row.toDay) book.exempt(row.unitId, row);
    }
  }
}
