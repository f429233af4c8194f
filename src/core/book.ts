/**
 * The book of one period: its frozen obligations, every version said about them, and the tallies of every unit above,
 * kept up to date as versions come so that nothing asked at the peak walks the whole county.
 */
import { type Due, type FrozenUnit, Link, NO_UNITS, Owed } from './frozen.ts';
import type { Form } from './playbook/index.ts';
import type { ExemptionRow, GapRow, ObligationRow, PeriodRow, ReportRow, SlotRow, UnitId } from './rows/index.ts';
import { add, count, emptyTally, type Tally } from './tally.ts';

export type { Due, FrozenUnit } from './frozen.ts';

export class PeriodBook {
  readonly period: PeriodRow;
  /** The form as it was when the period opened; null where that was not kept or cannot be read any more. */
  readonly form: Form | null;
  /** Ladder steps already decided, by slot id. */
  readonly slots = new Map<string, SlotRow>();
  readonly #links = new Map<UnitId, Link>();
  readonly #gaps = new Map<UnitId, Map<UnitId, GapRow>>();
  #openGaps = 0;
  #size = 0;
  /** The unit right above the one frozen last: of most, the next one is below it too. */
  #beside: Link | null = null;

  constructor(period: PeriodRow, form: Form | null = null) {
    this.period = period;
    this.form = form;
  }

  addObligation(obligation: ObligationRow, exemption: ExemptionRow | null): void {
    const link = this.#freeze(obligation);
    if (!link || link.due) return;
    link.due = new Owed(this.period, link, exemption);
    this.#size += 1;
    tell(link.due, 1, this.form);
  }

  addVersion(version: ReportRow): void {
    const due = this.#links.get(this.#subjectOf(version.obligationId))?.due;
    if (!due) return;
    this.#change(due, () => {
      due.versions = withVersion(due.versions, version);
    });
  }

  /**
   * Obligations and versions of a book that holds nothing yet: the same as one after the other, but each obligation is
   * judged and each tally summed up once.
   */
  fill(
    obligations: readonly ObligationRow[],
    versions: readonly ReportRow[],
    exemptionOf: (subjectId: UnitId) => ExemptionRow | null,
  ): void {
    const owing = obligations.map((obligation) => this.#freeze(obligation));
    for (const link of owing) {
      if (link === null || link.due !== null) continue;
      link.due = new Owed(this.period, link, exemptionOf(link.id));
      this.#size += 1;
    }
    for (const version of versions) {
      const due = this.#links.get(this.#subjectOf(version.obligationId))?.due;
      if (due) due.versions = withVersion(due.versions, version);
    }
    // Every link stands after the one above it: from the last to the first each tally is whole before it is added.
    for (const { due, tally, parent } of [...this.#links.values()].reverse()) {
      const above = parent?.tally;
      if (due !== null) {
        due.judge(this.form);
        const nearest = tally ?? above;
        if (nearest) count(nearest, due.standing, 1, this.form);
      }
      if (tally && above) add(above, tally);
    }
  }

  exempt(subjectId: UnitId, exemption: ExemptionRow): void {
    const due = this.#links.get(subjectId)?.due;
    if (!due) return;
    this.#change(due, () => {
      due.exemption = exemption;
    });
  }

  addGap(gap: GapRow): void {
    const rows = this.#gaps.get(gap.unitId) ?? new Map<UnitId, GapRow>();
    if (rows.get(gap.rowUnitId)?.madeGoodAt === null) this.#openGaps -= 1;
    if (gap.madeGoodAt === null) this.#openGaps += 1;
    rows.set(gap.rowUnitId, gap);
    this.#gaps.set(gap.unitId, rows);
  }

  /** How many obligations it holds. */
  get size(): number {
    return this.#size;
  }

  due(subjectId: UnitId): Due | undefined {
    return this.#links.get(subjectId)?.due ?? undefined;
  }

  /** Ids from the top down to a unit; empty for one that was not frozen. */
  chain(id: UnitId): UnitId[] {
    return this.#links.get(id)?.chain ?? [];
  }

  /** Whether a version that counts was said by this message, or by an edit of it (`id#…`). */
  countsByMessage(id: string): boolean {
    for (const { due } of this.#links.values()) {
      const message = due?.standing.current?.message;
      if (message === id || message?.startsWith(`${id}#`)) return true;
    }
    return false;
  }

  unit(id: UnitId): FrozenUnit | undefined {
    return this.#links.get(id);
  }

  /** Every frozen unit, each after the one above it. */
  units(): Iterable<FrozenUnit> {
    return this.#links.values();
  }

  /** The tally of a unit's whole subtree; all zero for a unit that owed nothing in this period. */
  tally(id: UnitId): Readonly<Tally> {
    const link = this.#links.get(id);
    if (link?.tally) return link.tally;
    const tally = emptyTally();
    if (link?.due) count(tally, link.due.standing, 1, this.form);
    return tally;
  }

  /** Obligations whose subject stands directly below `id`, in the order they were frozen. */
  duesBelow(id: UnitId): Due[] {
    const dues: Due[] = [];
    for (const child of this.#links.get(id)?.children ?? NO_UNITS) {
      const due = this.#links.get(child)?.due;
      if (due) dues.push(due);
    }
    return dues;
  }

  /** The unit's own obligation where it owes one, else those directly below. */
  duesAt(id: UnitId): Due[] {
    const own = this.#links.get(id)?.due;
    return own ? [own] : this.duesBelow(id);
  }

  /** Whether {@link duesAt} finds any. */
  owesAt(id: UnitId): boolean {
    const link = this.#links.get(id);
    if (!link) return false;
    return link.due !== null || link.children.some((child) => this.#links.get(child)?.due);
  }

  /** Frozen units of a depth: 0 the county, 1 townships, 2 villages, 3 grids. */
  unitsAt(depth: number): FrozenUnit[] {
    const units: FrozenUnit[] = [];
    for (const link of this.#links.values()) if (link.depth === depth) units.push(link);
    return units;
  }

  /** Whether any table showed a gap that was not announced as made good. */
  get hasOpenGaps(): boolean {
    return this.#openGaps > 0;
  }

  /** Rows that a table in this unit's group showed with a gap and that were not announced as made good. */
  openGaps(unitId: UnitId): GapRow[] {
    return [...(this.#gaps.get(unitId)?.values() ?? [])].filter((gap) => gap.madeGoodAt === null);
  }

  gap(unitId: UnitId, rowUnitId: UnitId): GapRow | undefined {
    return this.#gaps.get(unitId)?.get(rowUnitId);
  }

  /** Of an obligation's id `form@key@subject`, where it is one of this period. */
  #subjectOf(obligationId: string): UnitId {
    return obligationId.slice(this.period.id.length + 1);
  }

  #change(due: Owed, change: () => void): void {
    tell(due, -1, this.form);
    change();
    due.judge(this.form);
    tell(due, 1, this.form);
  }

  /** The subject's link, with those above it; null for an obligation that names nobody. */
  #freeze({ chain, path }: ObligationRow): Link | null {
    const subject = chain.at(-1);
    const known = subject === undefined ? null : this.#links.get(subject);
    if (known !== undefined) return known;
    const names = path.split('/');
    // Where the unit right above is known, so are all above it.
    const above = chain.at(-2);
    let parent = above === undefined ? null : this.#beside?.id === above ? this.#beside : this.#links.get(above);
    parent ??= null;
    for (let depth = parent === null ? 0 : chain.length - 1; depth < chain.length; depth += 1) {
      const id = chain[depth] ?? '';
      parent = this.#links.get(id) ?? this.#add(id, names[depth - 1] ?? '', parent);
    }
    this.#beside = parent?.parent ?? null;
    return parent;
  }

  #add(id: UnitId, name: string, parent: Link | null): Link {
    const link = new Link(id, name, parent);
    this.#links.set(id, link);
    if (parent === null) return link;
    // A unit that owes something itself counts in what it now sums up.
    parent.tally ??= { ...this.tally(parent.id), sums: new Map(this.tally(parent.id).sums) };
    if (parent.children === NO_UNITS) parent.children = [id];
    else (parent.children as UnitId[]).push(id);
    return link;
  }
}

/** A version put in the place of the one with its id, or behind all others. */
function withVersion(versions: readonly ReportRow[], version: ReportRow): readonly ReportRow[] {
  if (versions.length === 0) return [version];
  const at = versions.findIndex((known) => known.id === version.id);
  return at >= 0 ? versions.with(at, version) : [...versions, version];
}

function tell(due: Owed, sign: 1 | -1, form: Form | null): void {
  for (let link: Link | null = due.link; link !== null; link = link.parent) {
    if (link.tally) count(link.tally, due.standing, sign, form);
  }
}
