/**
 * Coverage gaps (格不漏户、户不漏人): grids in which nobody holds a post, grids without a single household, entries that
 * nobody covers. Each gap belongs to one unit, so the counts of units add up level by level.
 */
import type { Level, Playbook } from '../playbook/index.ts';
import type { RosterView } from '../roster/view.ts';
import type { EntryRow, UnitId, UnitRow } from '../rows/index.ts';
import { coverState } from './cover.ts';
import type { Entries } from './entries.ts';
import { isAlive } from './entry.ts';

/** Why nobody covers an entry; `moved`: the unit it stands in is no more. */
export type Uncovered = 'nobody' | 'gone' | 'away' | 'moved';

export type Gap =
  | { kind: 'vacant'; unitId: UnitId }
  | { kind: 'empty'; unitId: UnitId; register: string }
  | { kind: 'uncovered'; unitId: UnitId; register: string; entry: EntryRow; why: Uncovered };

export type GapCounts = Record<Gap['kind'], number>;

export interface GapFacts {
  registers: Playbook['registers'];
  entries: Entries;
  view: RosterView;
  /** Every unit there ever was; asked only where an entry stands in one that is no more. */
  units: () => readonly UnitRow[];
}

/**
 * The gaps at or below a unit, by the order of the units. A register that numbers its entries counts everything in its
 * units, so one of them without any is a gap, once the register is kept at all.
 */
export function findGaps(facts: GapFacts, unitId: UnitId): Gap[] {
  const { view, registers } = facts;
  const within = (level: Level): UnitId[] =>
    view
      .units(level)
      .map(({ id }) => id)
      .filter((id) => view.isWithin(id, unitId));
  const units = (['county', 'township', 'village', 'grid'] as const).flatMap(within);
  const order = new Map(units.map((id, at) => [id, at]));
  const gaps: Gap[] = within('grid').flatMap((id) =>
    view.posts(id).every(({ holder }) => holder === null) ? { kind: 'vacant', unitId: id } : [],
  );
  const parents = parentsOnce(facts);
  for (const [register, spec] of Object.entries(registers)) {
    const all = facts.entries.of(register).filter((entry) => isAlive(entry, view.day));
    for (const id of within(spec.of)) {
      const here = facts.entries.inUnit(register, id).filter((entry) => isAlive(entry, view.day));
      if (here.length === 0 && spec.numbered && all.length > 0) gaps.push({ kind: 'empty', unitId: id, register });
      if (spec.cover) gaps.push(...here.flatMap((entry) => uncovered(entry, view)));
    }
    const homeless = all.filter((entry) => !view.unit(entry.unitId));
    gaps.push(...homeless.flatMap((entry) => moved(entry, view, parents)).filter((gap) => order.has(gap.unitId)));
  }
  return gaps.sort((a, b) => (order.get(a.unitId) ?? 0) - (order.get(b.unitId) ?? 0));
}

function uncovered(entry: EntryRow, view: RosterView): Gap[] {
  const { register, unitId, coverId } = entry;
  const gap = (why: Uncovered): Gap[] => [{ kind: 'uncovered', unitId, register, entry, why }];
  if (coverId === null) return gap('nobody');
  const state = coverState(view, coverId);
  if (state.is === 'gone') return gap('gone');
  return state.is === 'away' && state.standIn === null ? gap('away') : [];
}

/** An entry whose unit is no more, as a gap of the nearest one above that is still there. */
function moved(entry: EntryRow, view: RosterView, parents: () => Parents): Gap[] {
  const asked = new Set<UnitId>();
  let id: UnitId | null = entry.unitId;
  while (id !== null && !view.unit(id) && !asked.has(id)) {
    asked.add(id);
    id = parents().get(id) ?? null;
  }
  const { register } = entry;
  return id === null || asked.has(id) ? [] : [{ kind: 'uncovered', unitId: id, register, entry, why: 'moved' }];
}

type Parents = ReadonlyMap<UnitId, UnitId | null>;

function parentsOnce({ units }: GapFacts): () => Parents {
  let made: Parents | null = null;
  return () => {
    made ??= new Map(units().map(({ id, parentId }) => [id, parentId]));
    return made;
  };
}

/** How many of each kind. */
export function countGaps(gaps: readonly Gap[]): GapCounts {
  const counts: GapCounts = { vacant: 0, empty: 0, uncovered: 0 };
  for (const { kind } of gaps) counts[kind] += 1;
  return counts;
}

/** The gaps of each unit directly below one, and those that are the unit's own under its own id. */
export function gapsByChild(gaps: readonly Gap[], view: RosterView, unitId: UnitId): Map<UnitId, Gap[]> {
  const groups = new Map<UnitId, Gap[]>();
  for (const gap of gaps) {
    const chain = view.chain(gap.unitId);
    const child = chain[chain.indexOf(unitId) + 1] ?? unitId;
    groups.set(child, [...(groups.get(child) ?? []), gap]);
  }
  return groups;
}
