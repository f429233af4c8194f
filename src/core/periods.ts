/** The periods in memory: their books, the versions of forms they were opened under, and who is exempt in them. */
import { PeriodBook } from './book.ts';
import { partsOf } from './obligation-id.ts';
import { type Form, formOfSource } from './playbook/index.ts';
import { holds, laterOf, rhythmOf } from './rounds/holding.ts';
import { dayOf } from './rounds/period.ts';
import type { ExemptionRow, PeriodId, SpecRow, SubjectId, Tables } from './rows/index.ts';
import { periodOfSlot } from './slots.ts';
import type { CivilDate, Instant } from './time.ts';

/** All rows that hang on one period. */
export interface PeriodRows {
  period: Tables['period'];
  obligations: readonly Tables['obligation'][];
  reports: readonly Tables['report'][];
  slots: readonly Tables['slot'][];
  gaps: readonly Tables['gap'][];
}

export type PeriodTable = 'spec' | 'period' | 'obligation' | 'report' | 'exemption' | 'slot' | 'gap';
type PeriodWrite = { [T in PeriodTable]: { table: T; row: Tables[T] } }[PeriodTable];

export class Periods {
  readonly #specs = new Map<string, SpecRow>();
  readonly #exemptions = new Map<string, ExemptionRow[]>();
  readonly #books = new Map<PeriodId, PeriodBook>();
  readonly #ofForm = new Map<string, Set<PeriodBook>>();
  /** Worked out when it is asked for. */
  #lastVersions: ReadonlyMap<string, Form> | null = null;

  book(id: PeriodId): PeriodBook | undefined {
    return this.#books.get(id);
  }

  /** Books in memory, oldest first. */
  books(): PeriodBook[] {
    return [...this.#books.values()].sort((a, b) => a.period.opensAt - b.period.opensAt);
  }

  /**
   * The periods of a form in memory that hold a day, as it stood at a moment: of those opened by then the latest, one for
   * each rhythm a form's entries have.
   */
  holding(form: string, day: CivilDate, at: Instant): PeriodBook[] {
    const latest = new Map<string, PeriodBook>();
    for (const book of this.#ofForm.get(form) ?? []) {
      if (!holds(book, day) || book.period.opensAt > at) continue;
      const rhythm = rhythmOf(book.period);
      const known = latest.get(rhythm);
      latest.set(rhythm, known ? laterOf(known, book) : book);
    }
    return [...latest.values()];
  }

  /** The latest of {@link holding}. */
  latestOf(form: string, day: CivilDate, at: Instant): PeriodBook | undefined {
    const [first, ...others] = this.holding(form, day, at);
    return first && others.reduce(laterOf, first);
  }

  /** Whether a version of a form has been kept. */
  hasSpec(id: string): boolean {
    return this.#specs.has(id);
  }

  /** The versions of all forms that were ever kept, those kept first first. */
  specs(): Iterable<SpecRow> {
    return this.#specs.values();
  }

  /** The last version of each form that was kept and can be read. */
  lastVersions(): ReadonlyMap<string, Form> {
    const last = new Map<string, Form>();
    for (const { form, source } of this.#lastVersions ? [] : this.#specs.values()) {
      const version = formOfSource(source);
      if (version) last.set(form, version);
    }
    this.#lastVersions ??= last;
    return this.#lastVersions;
  }

  exemptionOn(form: string, unitId: SubjectId, day: CivilDate): ExemptionRow | null {
    const list = this.#exemptions.get(unitId) ?? [];
    return list.findLast((row) => row.form === form && row.fromDay <= day && day <= row.toDay) ?? null;
  }

  /** Takes in a period read back from the store. */
  remember({ period, obligations, reports, slots, gaps }: PeriodRows): void {
    if (this.#books.has(period.id)) {
      for (const row of obligations) this.take({ table: 'obligation', row });
      for (const row of reports) this.take({ table: 'report', row });
    } else {
      const book = new PeriodBook(period, this.#formOf(period));
      book.fill(obligations, reports, (subjectId) => this.exemptionOn(period.form, subjectId, dayOf(period)));
      this.#hold(book);
    }
    for (const row of slots) this.take({ table: 'slot', row });
    for (const row of gaps) this.take({ table: 'gap', row });
  }

  /**
   * Lets go of books whose key is before `since`, and of the oldest ones beyond so many obligations, but for those of the
   * last two days and for those that are not locked at `now`; they are read back from the store when asked for.
   */
  forget(since: CivilDate, most = Number.POSITIVE_INFINITY, now: Instant = Number.POSITIVE_INFINITY): void {
    const days = new Set<CivilDate>();
    let held = 0;
    for (const { period, size } of this.books().reverse()) {
      days.add(dayOf(period));
      held += size;
      // A month, or a long sweep, goes on though it began long ago.
      if (period.locksAt > now) continue;
      if (period.key < since || (days.size > 2 && held > most)) this.#letGo(period.id);
    }
  }

  take(write: PeriodWrite): void {
    switch (write.table) {
      case 'spec':
        this.#specs.set(write.row.id, write.row);
        this.#lastVersions = null;
        return;
      case 'period':
        if (!this.#books.has(write.row.id)) {
          this.#hold(new PeriodBook(write.row, this.#formOf(write.row)));
        }
        return;
      case 'obligation': {
        const book = this.#books.get(write.row.periodId);
        if (!book) return;
        book.addObligation(write.row, this.exemptionOn(book.period.form, write.row.subjectId, dayOf(book.period)));
        return;
      }
      case 'report':
        this.#books.get(partsOf(write.row.obligationId).period)?.addVersion(write.row);
        return;
      case 'exemption':
        this.#exempt(write.row);
        return;
      case 'slot':
        this.#books.get(periodOfSlot(write.row.id))?.slots.set(write.row.id, write.row);
        return;
      case 'gap':
        this.#books.get(write.row.periodId)?.addGap(write.row);
        return;
    }
  }

  #hold(book: PeriodBook): void {
    const { id, form } = book.period;
    this.#books.set(id, book);
    this.#ofForm.set(form, (this.#ofForm.get(form) ?? new Set()).add(book));
  }

  #letGo(id: PeriodId): void {
    const book = this.#books.get(id);
    if (!book) return;
    this.#books.delete(id);
    this.#ofForm.get(book.period.form)?.delete(book);
  }

  #formOf({ spec }: Tables['period']): Form | null {
    const kept = spec === null ? undefined : this.#specs.get(spec);
    return kept ? formOfSource(kept.source) : null;
  }

  #exempt(row: ExemptionRow): void {
    const list = this.#exemptions.get(row.unitId) ?? [];
    this.#exemptions.set(row.unitId, [...list.filter((known) => known.id !== row.id), row]);
    for (const book of this.#books.values()) {
      const day = dayOf(book.period);
      if (book.period.form === row.form && row.fromDay <= day && day <= row.toDay) book.exempt(row.unitId, row);
    }
  }
}
