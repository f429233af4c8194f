/** The roster as it holds on one civil day: units, posts, who holds them, who is away and who stands in. */
import type { Level } from '../playbook/index.ts';
import type { HoldingRow, LeaveRow, PersonId, PersonRow, PostRow, UnitId, UnitRow } from '../rows/index.ts';
import type { CivilDate } from '../time.ts';
import { type Acting, actingFor, type ReportingRight, reportingRight } from './acting.ts';
import { LeaveBook } from './leaves.ts';
import { pathOf } from './names.ts';
import type { PostOn } from './seats.ts';
import { Shelf } from './shelf.ts';
import { Structure } from './structure.ts';
import type { Unit } from './tree.ts';

export type { Acting, ReportingRight } from './acting.ts';
export type { PostOn } from './seats.ts';
export { holdsOn } from './span.ts';
export { leadOrder, type Rank, rankOf } from './titles.ts';
export type { Unit } from './tree.ts';
export type Person = PersonRow;

/** The rows a roster consists of, past and future ones included. */
export interface RosterRows {
  unit: UnitRow[];
  person: PersonRow[];
  post: PostRow[];
  holding: HoldingRow[];
  leave: LeaveRow[];
}

/**
 * The roster on one day. Each look-up costs what it returns. Lists of units keep the order of the rows; an unknown id
 * gives an empty answer, never an error. The structure never changes; who is away is as the leaves say when it is asked.
 */
export class RosterView {
  readonly day: CivilDate;
  /** The top of the chain; null while there is no roster. */
  readonly county: Unit | null;
  /** Shared by the views of all days on which the same rows hold. */
  readonly structure: Structure;
  private readonly leaves: LeaveBook;

  /**
   * The roster as it holds on `day`, linear in the rows. Leaves count by what was still in force on that day.
   */
  static on(day: CivilDate, rows: RosterRows): RosterView {
    const { unit, person, post, holding, leave } = rows;
    const shelves = {
      unit: new Shelf(unit),
      person: new Shelf(person),
      post: new Shelf(post),
      holding: new Shelf(holding),
    };
    return new RosterView(day, new Structure(day, shelves), new LeaveBook(leave));
  }

  /** @param structure one that covers the day */
  constructor(day: CivilDate, structure: Structure, leaves: LeaveBook) {
    this.day = day;
    this.county = structure.tree.county;
    this.structure = structure;
    this.leaves = leaves;
  }

  /** The unit, if it exists on this day. */
  unit(id: UnitId): Unit | undefined {
    return this.structure.tree.unit(id);
  }

  /** Anybody ever in the roster, with or without a post today. */
  person(id: PersonId): Person | undefined {
    return this.structure.people.get(id);
  }

  /** Every unit of a level, walking the chain from the top. */
  units(level: Level): readonly Unit[] {
    return this.structure.tree.units(level);
  }

  /** The units directly below. */
  children(id: UnitId): readonly Unit[] {
    return this.structure.tree.children(id);
  }

  /** The units above, county first, the unit itself left out. */
  ancestors(id: UnitId): readonly Unit[] {
    return this.structure.tree.line(id).slice(0, -1);
  }

  /** Whether a unit is the other one or lies below it. */
  isWithin(id: UnitId, ancestorId: UnitId): boolean {
    return this.structure.tree.isWithin(id, ancestorId);
  }

  /** Ids from the county down to the unit itself. */
  chain(id: UnitId): UnitId[] {
    return this.structure.tree.line(id).map((unit) => unit.id);
  }

  /** Names below the county: `林东镇/福山地村/一网格`; for the county its own name, for an unknown unit nothing. */
  path(id: UnitId): string {
    const line = this.structure.tree.line(id);
    return pathOf(line.length > 1 ? line.slice(1) : line);
  }

  /**
   * How a unit is called among people of another: a grid by its name alone in its village and below, with its village
   * in the groups above, where several villages have a grid of that name.
   */
  nameAmong(id: UnitId, here: UnitId | null): string {
    const unit = this.unit(id);
    if (!unit || here === null || here === id || here === unit.parentId) return unit?.name ?? '';
    const village = this.ancestors(id).find((each) => each.level === 'village');
    if (!village || this.isWithin(here, village.id)) return unit.name;
    return `${village.name}${unit.name}`;
  }

  /** As much of the end of the path as names this unit alone: `大新庄村`, `大新庄村/一网格`. */
  label(id: UnitId): string {
    return this.structure.names.label(id);
  }

  /** A person's name, with a place where several holders share it: `张三`, `张三@福山地村`. */
  personLabel(id: PersonId): string {
    return this.structure.names.personLabel(id) ?? this.structure.people.get(id)?.name ?? '';
  }

  /**
   * Units called so: by name, by a path with slashes or glued (`大新庄村一网格`), in any spelling of width and numerals.
   * Those at or below `below` win; only when there are none is the whole county asked. Several mean: ask which.
   */
  findUnits(name: string, below?: UnitId): Unit[] {
    return this.structure.names.findUnits(name, below);
  }

  /** Whether the name of a unit or a person could begin at this place of a normalised text. */
  mayBeginName(text: string, at: number): boolean {
    return this.structure.names.mayBegin(text, at);
  }

  /** Holders of a post called so: `张三`, `张三@福山地村`, `张三@福山地村/一网格`; nearest first as in {@link findUnits}. */
  findPersons(name: string, below?: UnitId): Person[] {
    return this.structure.names.findPersons(name, below).flatMap((id) => this.structure.people.get(id) ?? []);
  }

  /** The posts of a unit, heads before deputies before staff. */
  posts(unitId: UnitId): readonly PostOn[] {
    return this.structure.seats.ofUnit(unitId);
  }

  /** The posts a person holds, from the top of the chain downwards. */
  postsOf(personId: PersonId): readonly PostOn[] {
    return this.structure.seats.ofPerson(personId);
  }

  /** The leave a person is on this day, the one said last where several cover it. */
  awayOn(personId: PersonId): LeaveRow | null {
    return this.leaves.on(personId, this.day);
  }

  /** The grids in which a person holds any post. */
  gridsHeldBy(personId: PersonId): Unit[] {
    return this.unitsHeldBy(personId, 'grid');
  }

  /** The units of a level in which a person holds any post. */
  unitsHeldBy(personId: PersonId, level: Level): Unit[] {
    return this.structure.seats.unitsOf(personId).filter((unit) => unit.level === level);
  }

  /** The units a person heads or is deputy head of; see {@link gridsHeldBy} for a grid's staff. */
  unitsLedBy(personId: PersonId): Unit[] {
    return this.unitsOf(this.postsOf(personId).filter((held) => held.rank !== 'staff'));
  }

  /** The units a person leads, or leads today for somebody on leave; see {@link leads}. */
  unitsAnsweredFor(personId: PersonId): Unit[] {
    const standingIn = this.deputizedBy(personId).flatMap(({ unit }) => (this.leads(personId, unit.id) ? unit : []));
    return [...new Set([...this.unitsLedBy(personId), ...standingIn])];
  }

  /** The units of those on leave today who named this person as their deputy. */
  deputizedBy(personId: PersonId): { leave: LeaveRow; unit: Unit }[] {
    const leaves = this.leaves.deputizedBy(personId, this.day);
    return leaves.flatMap((leave) => this.structure.seats.unitsOf(leave.personId).map((unit) => ({ leave, unit })));
  }

  /**
   * Who takes a step that falls to a unit: its heads who are there, or who stands in for them, or the level above.
   * Those for whom `reachable` is false are skipped like those on leave. See {@link Acting}.
   */
  whoActs(unitId: UnitId, reachable?: (personId: PersonId) => boolean): Acting {
    return actingFor(this, unitId, reachable);
  }

  /** By what right a person may report for a grid; null when by none. */
  mayReportFor(personId: PersonId, gridId: UnitId): ReportingRight | null {
    return reportingRight(this, personId, gridId);
  }

  /** Whether a person heads this very unit, is its deputy head, or stands in today for somebody on leave who is. */
  leads(personId: PersonId, unitId: UnitId): boolean {
    return this.posts(unitId).some(
      ({ rank, holder }) =>
        rank !== 'staff' &&
        holder !== null &&
        (holder.id === personId || this.awayOn(holder.id)?.deputyId === personId),
    );
  }

  private unitsOf(posts: readonly PostOn[]): Unit[] {
    const ids = new Set(posts.map((held) => held.post.unitId));
    return [...ids].flatMap((id) => this.structure.tree.unit(id) ?? []);
  }
}
