/** The roster as it holds on one civil day: units, posts, who holds them, who is away and who stands in. */
import type { Level } from '../playbook.ts';
import type { HoldingRow, LeaveRow, PersonId, PersonRow, PostRow, Tenure, UnitId, UnitRow } from '../rows.ts';
import { type CivilDate, civilDateOf } from '../time.ts';
import { type Acting, actingFor, type ReportingRight, reportingRight } from './acting.ts';
import { type NamedHolder, NameIndex, pathOf } from './names.ts';
import { leadOrder, type Rank, rankOf } from './titles.ts';
import { pushTo, type Unit, UnitTree } from './tree.ts';

export type { Acting, ReportingRight } from './acting.ts';
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

/** A post with what its title makes of it and who holds it; `holder` is null while it is vacant. */
export interface PostOn {
  readonly post: PostRow;
  readonly rank: Rank;
  readonly holder: Person | null;
}

const NO_POSTS: readonly PostOn[] = [];

/** Whether a row holds on a day. */
export function holdsOn(row: Tenure, day: CivilDate): boolean {
  return row.since <= day && (row.until === null || day < row.until);
}

/**
 * An immutable index of the roster on one day. Building it is linear in the rows; each look-up costs what it
 * returns. Lists of units keep the order of the rows; an unknown id gives an empty answer, never an error.
 */
export class RosterView {
  readonly day: CivilDate;
  /** The top of the chain; null while there is no roster. */
  readonly county: Unit | null;
  private readonly tree: UnitTree;
  private readonly names: NameIndex;
  private readonly people: ReadonlyMap<PersonId, Person>;
  private readonly postsByUnit: ReadonlyMap<UnitId, readonly PostOn[]>;
  private readonly postsByPerson: ReadonlyMap<PersonId, readonly PostOn[]>;
  private readonly away: ReadonlyMap<PersonId, LeaveRow>;
  private readonly standingIn: ReadonlyMap<PersonId, readonly LeaveRow[]>;

  /** The roster as it holds on `day`. Leaves count by what was still in force on that day. */
  static on(day: CivilDate, rows: RosterRows): RosterView {
    return new RosterView(day, rows);
  }

  private constructor(day: CivilDate, rows: RosterRows) {
    this.day = day;
    this.tree = new UnitTree(rows.unit.filter((row) => holdsOn(row, day)));
    this.county = this.tree.county;
    this.people = new Map(rows.person.map((person) => [person.id, person]));
    this.postsByUnit = postsOn(day, rows, this.tree, this.people);

    const byPerson = new Map<PersonId, PostOn[]>();
    const holders: NamedHolder[] = [];
    this.tree.order.forEach((unit, at) => {
      for (const held of this.posts(unit.id)) {
        if (held.holder === null) continue;
        pushTo(byPerson, held.holder.id, held);
        holders.push({ at, personId: held.holder.id, name: held.holder.name, unitId: unit.id });
      }
    });
    this.postsByPerson = byPerson;
    this.names = new NameIndex(this.tree, holders);
    this.away = leavesOn(day, rows.leave);

    const standingIn = new Map<PersonId, LeaveRow[]>();
    for (const leave of this.away.values()) if (leave.deputyId !== null) pushTo(standingIn, leave.deputyId, leave);
    this.standingIn = standingIn;
  }

  /** The unit, if it exists on this day. */
  unit(id: UnitId): Unit | undefined {
    return this.tree.unit(id);
  }

  /** Anybody ever in the roster, with or without a post today. */
  person(id: PersonId): Person | undefined {
    return this.people.get(id);
  }

  /** Every unit of a level, walking the chain from the top. */
  units(level: Level): readonly Unit[] {
    return this.tree.units(level);
  }

  /** The units directly below. */
  children(id: UnitId): readonly Unit[] {
    return this.tree.children(id);
  }

  /** The units above, county first, the unit itself left out. */
  ancestors(id: UnitId): readonly Unit[] {
    return this.tree.line(id).slice(0, -1);
  }

  /** Whether a unit is the other one or lies below it. */
  isWithin(id: UnitId, ancestorId: UnitId): boolean {
    return this.tree.isWithin(id, ancestorId);
  }

  /** Ids from the county down to the unit itself. */
  chain(id: UnitId): UnitId[] {
    return this.tree.line(id).map((unit) => unit.id);
  }

  /** Names below the county: `林东镇/福山地村/一网格`; for the county its own name, for an unknown unit nothing. */
  path(id: UnitId): string {
    const line = this.tree.line(id);
    return pathOf(line.length > 1 ? line.slice(1) : line);
  }

  /**
   * How a unit is called among people of another: a grid by its name alone in its village and below, with its village
   * in the groups above, where several villages have a grid of that name.
   */
  nameAmong(id: UnitId, here: UnitId | null): string {
    const unit = this.unit(id);
    const village = this.ancestors(id).find((each) => each.level === 'village');
    if (!unit || !village || here === null || this.isWithin(here, village.id)) return unit?.name ?? '';
    return `${village.name}${unit.name}`;
  }

  /** As much of the end of the path as names this unit alone: `大新庄村`, `大新庄村/一网格`. */
  label(id: UnitId): string {
    return this.names.label(id);
  }

  /** A person's name, with a place where several holders share it: `张三`, `张三@福山地村`. */
  personLabel(id: PersonId): string {
    return this.names.personLabel(id) ?? this.people.get(id)?.name ?? '';
  }

  /**
   * Units called so: by name, by a path with slashes or glued (`大新庄村一网格`), in any spelling of width and numerals.
   * Those at or below `below` win; only when there are none is the whole county asked. Several mean: ask which.
   */
  findUnits(name: string, below?: UnitId): Unit[] {
    return this.names.findUnits(name, below);
  }

  /** Whether the name of a unit or a person could begin with this character. */
  mayBeginName(character: string): boolean {
    return this.names.mayBegin(character);
  }

  /** Holders of a post called so: `张三`, `张三@福山地村`, `张三@福山地村/一网格`; nearest first as in {@link findUnits}. */
  findPersons(name: string, below?: UnitId): Person[] {
    return this.names.findPersons(name, below).flatMap((id) => this.people.get(id) ?? []);
  }

  /** The posts of a unit, heads before deputies before staff. */
  posts(unitId: UnitId): readonly PostOn[] {
    return this.postsByUnit.get(unitId) ?? NO_POSTS;
  }

  /** The posts a person holds, from the top of the chain downwards. */
  postsOf(personId: PersonId): readonly PostOn[] {
    return this.postsByPerson.get(personId) ?? NO_POSTS;
  }

  /** The leave a person is on this day, the one said last where several cover it. */
  awayOn(personId: PersonId): LeaveRow | null {
    return this.away.get(personId) ?? null;
  }

  /** The grids in which a person holds any post. */
  gridsHeldBy(personId: PersonId): Unit[] {
    return this.unitsOf(this.postsOf(personId)).filter((unit) => unit.level === 'grid');
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
    const leaves = this.standingIn.get(personId) ?? [];
    return leaves.flatMap((leave) => this.unitsOf(this.postsOf(leave.personId)).map((unit) => ({ leave, unit })));
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
    return [...ids].flatMap((id) => this.tree.unit(id) ?? []);
  }
}

/** The posts of every unit on a day with their holders, heads first. */
function postsOn(
  day: CivilDate,
  rows: RosterRows,
  tree: UnitTree,
  people: ReadonlyMap<PersonId, Person>,
): Map<UnitId, PostOn[]> {
  const holderOf = new Map<string, HoldingRow>();
  for (const holding of rows.holding) {
    if (!holdsOn(holding, day)) continue;
    const known = holderOf.get(holding.postId);
    if (known === undefined || known.since <= holding.since) holderOf.set(holding.postId, holding);
  }
  const posts = new Map<UnitId, PostOn[]>();
  for (const post of rows.post) {
    if (!holdsOn(post, day) || tree.unit(post.unitId) === undefined) continue;
    const holder = people.get(holderOf.get(post.id)?.personId ?? '') ?? null;
    pushTo(posts, post.unitId, { post, rank: rankOf(post.title), holder });
  }
  for (const list of posts.values()) list.sort((a, b) => precedence(a) - precedence(b));
  return posts;
}

function precedence({ post, rank }: PostOn): number {
  return { lead: 0, deputy: 10, staff: 20 }[rank] + leadOrder(post.title);
}

/** The leave that counts for each person away on a day: the one said last. A leave taken back on that day is over. */
function leavesOn(day: CivilDate, leaves: readonly LeaveRow[]): Map<PersonId, LeaveRow> {
  const away = new Map<PersonId, LeaveRow>();
  for (const leave of leaves) {
    if (day < leave.fromDay || leave.toDay < day) continue;
    if (leave.endedAt !== null && civilDateOf(leave.endedAt) <= day) continue;
    const known = away.get(leave.personId);
    if (known === undefined || known.saidAt <= leave.saidAt) away.set(leave.personId, leave);
  }
  return away;
}
