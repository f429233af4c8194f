/** The chain of units as it stood when a period opened, and what each of them owes in it. */
import type { Form } from './playbook/index.ts';
import type { ExemptionRow, ObligationRow, PeriodRow, ReportRow, SubjectId, UnitId } from './rows/index.ts';
import { type Standing, standingOf } from './standing.ts';
import type { Tally } from './tally.ts';

/** One obligation with what became of it. */
export interface Due {
  readonly subjectId: SubjectId;
  readonly obligation: ObligationRow;
  readonly versions: readonly ReportRow[];
  readonly exemption: ExemptionRow | null;
  readonly standing: Standing;
}

/** A unit, or an entry below one, as it stood when the period opened. */
export interface FrozenUnit {
  readonly id: SubjectId;
  readonly parentId: UnitId | null;
  readonly name: string;
  /** Names below the county joined with `/`; empty for the county. */
  readonly path: string;
  readonly children: readonly UnitId[];
}

export const NO_UNITS: readonly UnitId[] = [];
const NO_VERSIONS: readonly ReportRow[] = [];

/** A link of the frozen chain. A county has as many as it has grids, so what can be worked out is not kept. */
export class Link implements FrozenUnit {
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

export class Owed implements Due {
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

  /** Judges it anew, by its versions and its exemption. */
  judge(form: Form | null): void {
    this.standing = standingOf(this.period, this.versions, this.exemption, form);
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
