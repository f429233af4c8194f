/**
 * The book of one period: its frozen obligations, every version said about them, and the tallies of every unit above,
 * kept up to date as versions come so that nothing asked at the peak walks the whole county.
 */
import type { ExemptionRow, GapRow, ObligationRow, PeriodRow, ReportRow, SlotRow, UnitId } from './rows.ts';
import { type Standing, standingOf } from './standing.ts';
import { count, emptyTally, type Tally } from './tally.ts';

/** One obligation with what became of it. */
export interface Due {
  readonly obligation: ObligationRow;
  readonly versions: readonly ReportRow[];
  readonly exemption: ExemptionRow | null;
  readonly standing: Standing;
}

type MutableDue = { -readonly [K in keyof Due]: Due[K] } & { versions: ReportRow[] };

/** A unit as it stood when the period opened. */
export interface FrozenUnit {
  readonly id: UnitId;
  readonly parentId: UnitId | null;
  readonly name: string;
  /** Names below the county joined with `/`; empty for the county. */
  readonly path: string;
  readonly children: readonly UnitId[];
}

type MutableUnit = { -readonly [K in keyof FrozenUnit]: FrozenUnit[K] } & { children: UnitId[] };

export class PeriodBook {
  readonly period: PeriodRow;
  /** Ladder steps already decided, by slot id. */
  readonly slots = new Map<string, SlotRow>();
  readonly #dues = new Map<UnitId, MutableDue>();
  readonly #bySubjectOf = new Map<string, MutableDue>();
  readonly #units = new Map<UnitId, MutableUnit>();
  readonly #tallies = new Map<UnitId, Tally>();
  readonly #gaps = new Map<UnitId, Map<UnitId, GapRow>>();

  constructor(period: PeriodRow) {
    this.period = period;
  }

  addObligation(obligation: ObligationRow, exemption: ExemptionRow | null): void {
    if (this.#dues.has(obligation.subjectId)) return;
    const due: MutableDue = {
      obligation,
      versions: [],
      exemption,
      standing: standingOf(this.period, [], exemption),
    };
    this.#dues.set(obligation.subjectId, due);
    this.#bySubjectOf.set(obligation.id, due);
    this.#freeze(obligation);
    this.#tell(due, 1);
  }

  addVersion(version: ReportRow): void {
    const due = this.#bySubjectOf.get(version.obligationId);
    if (!due) return;
    const at = due.versions.findIndex((known) => known.id === version.id);
    this.#change(due, () => {
      if (at >= 0) due.versions[at] = version;
      else due.versions.push(version);
    });
  }

  exempt(subjectId: UnitId, exemption: ExemptionRow): void {
    const due = this.#dues.get(subjectId);
    if (!due) return;
    this.#change(due, () => {
      due.exemption = exemption;
    });
  }

  addGap(gap: GapRow): void {
    const rows = this.#gaps.get(gap.unitId) ?? new Map<UnitId, GapRow>();
    rows.set(gap.rowUnitId, gap);
    this.#gaps.set(gap.unitId, rows);
  }

  due(subjectId: UnitId): Due | undefined {
    return this.#dues.get(subjectId);
  }

  /** Whether a version that counts was said by this message, or by an edit of it (`id#…`). */
  countsByMessage(id: string): boolean {
    for (const { standing } of this.#dues.values()) {
      const message = standing.current?.message;
      if (message === id || message?.startsWith(`${id}#`)) return true;
    }
    return false;
  }

  unit(id: UnitId): FrozenUnit | undefined {
    return this.#units.get(id);
  }

  /** Every frozen unit, each after the one above it. */
  units(): Iterable<FrozenUnit> {
    return this.#units.values();
  }

  /** The tally of a unit's whole subtree; all zero for a unit that owed nothing in this period. */
  tally(id: UnitId): Readonly<Tally> {
    return this.#tallies.get(id) ?? emptyTally();
  }

  /** Obligations whose subject stands directly below `id`, in the order they were frozen. */
  duesBelow(id: UnitId): Due[] {
    return (this.#units.get(id)?.children ?? []).flatMap((child) => this.#dues.get(child) ?? []);
  }

  /** The unit's own obligation where it owes one, else those directly below. */
  duesAt(id: UnitId): Due[] {
    const own = this.#dues.get(id);
    return own ? [own] : this.duesBelow(id);
  }

  /** Frozen units of a depth: 0 the county, 1 townships, 2 villages, 3 grids. */
  unitsAt(depth: number): FrozenUnit[] {
    return [...this.#units.values()].filter((unit) => depthOf(unit.path) === depth);
  }

  /** Rows that a table in this unit's group showed with a gap and that were not announced as made good. */
  openGaps(unitId: UnitId): GapRow[] {
    return [...(this.#gaps.get(unitId)?.values() ?? [])].filter((gap) => gap.madeGoodAt === null);
  }

  gap(unitId: UnitId, rowUnitId: UnitId): GapRow | undefined {
    return this.#gaps.get(unitId)?.get(rowUnitId);
  }

  #change(due: MutableDue, change: () => void): void {
    this.#tell(due, -1);
    change();
    due.standing = standingOf(this.period, due.versions, due.exemption);
    this.#tell(due, 1);
  }

  #tell(due: Due, sign: 1 | -1): void {
    for (const id of due.obligation.chain) {
      const tally = this.#tallies.get(id) ?? emptyTally();
      this.#tallies.set(id, tally);
      count(tally, due.standing, sign);
    }
  }

  #freeze({ chain, path }: ObligationRow): void {
    const names = path.split('/');
    let parentId: UnitId | null = null;
    chain.forEach((id, depth) => {
      if (!this.#units.has(id)) {
        const own = names.slice(0, depth);
        this.#units.set(id, { id, parentId, name: own.at(-1) ?? '', path: own.join('/'), children: [] });
        if (parentId !== null) this.#units.get(parentId)?.children.push(id);
      }
      parentId = id;
    });
  }
}

function depthOf(path: string): number {
  return path === '' ? 0 : path.split('/').length;
}
