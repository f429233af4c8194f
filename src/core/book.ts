/**
 * The book of one period: its frozen obligations, every version said about them, and the tallies of every unit above,
 * kept up to date as versions come so that nothing asked at the peak walks the whole county.
 */
import type { ExemptionRow, GapRow, ObligationRow, PeriodRow, ReportRow, SlotRow, UnitId } from './rows.ts';
import { type Standing, standingOf } from './standing.ts';
import { count, emptyTally, type Tally } from './tally.ts';

/** One obligation with what became of it. */
export interface Due {
  readonly subjectId: UnitId;
  readonly obligation: ObligationRow;
  readonly versions: readonly ReportRow[];
  readonly exemption: ExemptionRow | null;
  readonly standing: Standing;
}

/** A unit as it stood when the period opened. */
export interface FrozenUnit {
  readonly id: UnitId;
  readonly parentId: UnitId | null;
  readonly name: string;
  /** Names below the county joined with `/`; empty for the county. */
  readonly path: string;
  readonly children: readonly UnitId[];
}

const NO_UNITS: readonly UnitId[] = [];
const NO_VERSIONS: readonly ReportRow[] = [];

/** A link of the frozen chain. A county has as many as it has grids, so what can be worked out is not kept. */
class Link implements FrozenUnit {
  readonly id: UnitId;
  readonly name: string;
  readonly parent: Link | null;
  children: readonly UnitId[] = NO_UNITS;
  /** Of everything below and of its own; kept only where there is something below. */
  tally: Tally | null = null;
  due: Owed | null = null;

  constructor(id: UnitId, name: string, parent: Link | null) {
    this.id = id;
    this.name = name;
    this.parent = parent;
  }

  get parentId(): UnitId | null {
    return this.parent?.id ?? null;
  }

  get path(): string {
    return this.parent?.parent ? `${this.parent.path}/${this.name}` : this.parent ? this.name : '';
  }

  get depth(): number {
    let depth = 0;
    for (let above = this.parent; above !== null; above = above.parent) depth += 1;
    return depth;
  }

  get chain(): UnitId[] {
    const ids: UnitId[] = [];
    for (let link: Link | null = this; link !== null; link = link.parent) ids.push(link.id);
    return ids.reverse();
  }
}

class Owed implements Due {
  readonly period: PeriodRow;
  readonly link: Link;
  versions: readonly ReportRow[] = NO_VERSIONS;
  exemption: ExemptionRow | null;
  standing: Standing;

  constructor(period: PeriodRow, link: Link, exemption: ExemptionRow | null) {
    this.period = period;
    this.link = link;
    this.exemption = exemption;
    this.standing = standingOf(period, NO_VERSIONS, exemption);
  }

  get subjectId(): UnitId {
    return this.link.id;
  }

  get obligation(): ObligationRow {
    const { link, period } = this;
    const { id, path, chain } = link;
    return { id: `${period.id}@${id}`, periodId: period.id, subjectId: id, path, chain };
  }
}

export class PeriodBook {
  readonly period: PeriodRow;
  /** Ladder steps already decided, by slot id. */
  readonly slots = new Map<string, SlotRow>();
  readonly #links = new Map<UnitId, Link>();
  readonly #gaps = new Map<UnitId, Map<UnitId, GapRow>>();
  #openGaps = 0;
  #size = 0;

  constructor(period: PeriodRow) {
    this.period = period;
  }

  addObligation(obligation: ObligationRow, exemption: ExemptionRow | null): void {
    const link = this.#freeze(obligation);
    if (!link || link.due) return;
    link.due = new Owed(this.period, link, exemption);
    this.#size += 1;
    tell(link.due, 1);
  }

  addVersion(version: ReportRow): void {
    const due = this.#links.get(this.#subjectOf(version.obligationId))?.due;
    if (!due) return;
    const { versions } = due;
    const at = versions.length === 0 ? -1 : versions.findIndex((known) => known.id === version.id);
    this.#change(due, () => {
      due.versions = at >= 0 ? versions.with(at, version) : [...versions, version];
    });
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
    if (link?.due) count(tally, link.due.standing, 1);
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
    tell(due, -1);
    change();
    due.standing = standingOf(this.period, due.versions, due.exemption);
    tell(due, 1);
  }

  /** The subject's link, with those above it; null for an obligation that names nobody. */
  #freeze({ chain, path }: ObligationRow): Link | null {
    const subject = chain.at(-1);
    const known = subject === undefined ? null : this.#links.get(subject);
    if (known !== undefined) return known;
    const names = path.split('/');
    let parent: Link | null = null;
    for (const [depth, id] of chain.entries()) {
      parent = this.#links.get(id) ?? this.#add(id, names[depth - 1] ?? '', parent);
    }
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

function tell(due: Owed, sign: 1 | -1): void {
  for (let link: Link | null = due.link; link !== null; link = link.parent) {
    if (link.tally) count(link.tally, due.standing, sign);
  }
}
