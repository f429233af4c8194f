/** What an import would change, as rows to write and as entries to show. */
import {
  type HoldingRow,
  type PersonRow,
  type PostRow,
  put,
  type UnitId,
  type UnitRow,
  type Write,
} from '../rows/index.ts';
import type { CivilDate } from '../time.ts';
import { keyOf } from './keys.ts';

/**
 * One change in words of the roster. `path` is written below the county, the county's own name for itself. `from` and
 * `to` are a unit's name, a post's holder (null: vacant or not there) or a phone number.
 */
export type RosterEntry =
  | { what: 'unit'; path: string; from: string | null; to: string | null }
  | { what: 'post' | 'holder'; path: string; title: string; from: string | null; to: string | null }
  | { what: 'phone'; path: string; name: string; from: string | null; to: string | null };

export type RosterCounts = Record<RosterEntry['what'], { added: number; removed: number; changed: number }>;

/** What an import would write, and the same told for people to look at first. */
export interface RosterChange {
  effective: CivilDate;
  /** In an order in which no row comes before one it refers to. */
  writes: Write[];
  added: RosterEntry[];
  removed: RosterEntry[];
  changed: RosterEntry[];
  counts: RosterCounts;
}

/** Gathers what an import changes, table by table. */
export class Draft {
  readonly effective: CivilDate;
  /** Gives an id never used before. */
  readonly newId: () => string;
  readonly units: UnitRow[] = [];
  readonly people: PersonRow[] = [];
  readonly posts: PostRow[] = [];
  readonly holdings: HoldingRow[] = [];
  readonly added: RosterEntry[] = [];
  readonly removed: RosterEntry[] = [];
  readonly changed: RosterEntry[] = [];

  constructor(effective: CivilDate, newId: () => string) {
    this.effective = effective;
    this.newId = newId;
  }

  finish(): RosterChange {
    const { effective, added, removed, changed } = this;
    const writes = [
      ...this.units.map((row) => put('unit', row)),
      ...this.people.map((row) => put('person', row)),
      ...this.posts.map((row) => put('post', row)),
      ...this.holdings.map((row) => put('holding', row)),
    ];
    const none = { added: 0, removed: 0, changed: 0 };
    const counts: RosterCounts = { unit: { ...none }, post: { ...none }, holder: { ...none }, phone: { ...none } };
    for (const kind of ['added', 'removed', 'changed'] as const) {
      for (const entry of this[kind]) counts[entry.what][kind] += 1;
    }
    return { effective, writes, added, removed, changed, counts };
  }
}

/** How a path from the county down is shown. */
export function shownPath(path: readonly string[]): string {
  return (path.length > 1 ? path.slice(1) : path).join('/');
}

/** The key under which a post is the same: its unit and its title, however spelled. */
export function slotKey(unitId: UnitId, title: string): string {
  return `${unitId}\n${keyOf(title)}`;
}

/** The names from the county down of every unit there ever was, by id. */
export function unitPaths(units: readonly UnitRow[]): Map<UnitId, readonly string[]> {
  const byId = new Map(units.map((unit) => [unit.id, unit]));
  const paths = new Map<UnitId, readonly string[]>();
  const pathOf = (unit: UnitRow, depth: number): readonly string[] => {
    const known = paths.get(unit.id);
    if (known !== undefined) return known;
    const parent = unit.parentId === null ? undefined : byId.get(unit.parentId);
    // Data edited by hand may go round in a circle; the chain has five levels, so nothing honest is cut off.
    const path = parent === undefined || depth > 9 ? [unit.name] : [...pathOf(parent, depth + 1), unit.name];
    paths.set(unit.id, path);
    return path;
  };
  for (const unit of units) pathOf(unit, 0);
  return paths;
}
