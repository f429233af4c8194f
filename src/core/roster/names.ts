/** Finding units and people by what others call them, and the shortest words that name only one of them. */
import type { PersonId, UnitId } from '../rows.ts';
import { nameKey } from '../text.ts';
import { keyOf } from './keys.ts';
import { pushTo, type Unit, type UnitTree } from './tree.ts';

/** Something named, with its position in the tree's order. Lists of these are sorted by it. */
interface Placed {
  readonly at: number;
}
interface NamedUnit extends Placed {
  readonly unit: Unit;
  /** Length of the key of its whole path below the county. */
  length: number;
}
/** A person's name in a place: somebody holds a post there. */
export interface NamedHolder extends Placed {
  readonly personId: PersonId;
  readonly name: string;
  readonly unitId: UnitId;
}

/** Look-ups by name over one {@link UnitTree}. Every look-up costs what it returns, not what the county holds. */
export class NameIndex {
  private readonly tree: UnitTree;
  private readonly unitKeys: ReadonlyMap<UnitId, string>;
  /** Under every ending of a unit's path, written without slashes, the units it ends. */
  private readonly endings: ReadonlyMap<string, readonly NamedUnit[]>;
  private readonly holders: ReadonlyMap<string, readonly NamedHolder[]>;
  private readonly homes: ReadonlyMap<PersonId, NamedHolder>;
  /** What any key begins with. */
  private readonly beginnings: ReadonlySet<string>;

  /** @param holders in the order of the tree */
  constructor(tree: UnitTree, holders: readonly NamedHolder[]) {
    const unitKeys = new Map<UnitId, string>();
    const endings = new Map<string, NamedUnit[]>();
    tree.order.forEach((unit, at) => {
      const entry = { at, unit, length: 0 };
      let ending = keyOf(unit.name);
      unitKeys.set(unit.id, ending);
      pushTo(endings, ending, entry);
      // The county's name would lengthen every key and tell nothing apart: findUnits takes it off instead.
      for (let above = parentOf(tree, unit); above !== null && above.parentId !== null; above = parentOf(tree, above)) {
        ending = keyOf(above.name) + ending;
        pushTo(endings, ending, entry);
      }
      entry.length = ending.length;
    });
    const byName = new Map<string, NamedHolder[]>();
    const homes = new Map<PersonId, NamedHolder>();
    for (const holder of holders) {
      pushTo(byName, keyOf(holder.name), holder);
      if (!homes.has(holder.personId)) homes.set(holder.personId, holder);
    }
    this.tree = tree;
    this.unitKeys = unitKeys;
    this.endings = endings;
    this.holders = byName;
    this.homes = homes;
    const county = tree.order.find((unit) => unit.parentId === null);
    const keys = [...endings.keys(), ...byName.keys(), ...(county ? [keyOf(county.name)] : [])];
    this.beginnings = new Set(keys.map((key) => key.slice(0, 1)));
  }

  /** Whether any name of a unit or a person could begin with this character; most of what people write does not. */
  mayBegin(character: string): boolean {
    return this.beginnings.has(nameKey(character).slice(0, 1));
  }

  /** Units of this name or path: those at or below `below`, or, when there are none, those of the whole county. */
  findUnits(name: string, below?: UnitId): Unit[] {
    const parts = name.normalize('NFKC').split('/').map(nameKey).filter(Boolean);
    const written = parts.join('');
    const all = this.endings.get(written) ?? this.belowCounty(written);
    return this.nearest(all, below, ({ unit }) => this.endsAt(unit, parts)).map(({ unit }) => unit);
  }

  /** People of this name, a place after `@` narrowing the search; nearest first as with units, each once. */
  findPersons(name: string, below?: UnitId): PersonId[] {
    const [who = '', ...where] = name.normalize('NFKC').split('@');
    const all = this.holders.get(nameKey(who)) ?? [];
    const ids = (found: readonly NamedHolder[]): PersonId[] => [...new Set(found.map((holder) => holder.personId))];
    if (where.length === 0) return ids(this.nearest(all, below));
    const places = where.length === 1 ? this.findUnits(where[0] ?? '', below) : [];
    return ids(places.flatMap((unit) => this.within(all, unit.id)));
  }

  /** As much of the end of a unit's path as no other unit shares; down from the county when nothing less will do. */
  label(id: UnitId): string {
    const line = this.tree.line(id);
    let ending = '';
    for (let from = line.length - 1; from > 0; from -= 1) {
      const unit = line[from];
      ending = (unit === undefined ? '' : (this.unitKeys.get(unit.id) ?? '')) + ending;
      if (this.endings.get(ending)?.length === 1) return pathOf(line.slice(from));
    }
    return pathOf(line);
  }

  /** A holder's name, followed where others share it by the shortest place that tells them apart. */
  personLabel(id: PersonId): string | undefined {
    const home = this.homes.get(id);
    if (home === undefined) return undefined;
    const all = this.holders.get(keyOf(home.name)) ?? [];
    if (all.every((holder) => holder.personId === id)) return home.name;
    const line = this.tree.line(home.unitId);
    const unique = line
      .filter((unit) => this.within(all, unit.id).every((holder) => holder.personId === id))
      .map((unit) => this.label(unit.id));
    const shortest = unique.reduce<string | null>((a, b) => (a === null || b.length < a.length ? b : a), null);
    return `${home.name}@${shortest ?? this.label(home.unitId)}`;
  }

  /** The units whose whole path, the county's name in front, is written so. */
  private belowCounty(written: string): readonly NamedUnit[] {
    const county = this.unitKeys.get(this.tree.county?.id ?? '') ?? '';
    if (!written.startsWith(county)) return [];
    const path = written.slice(county.length);
    return (this.endings.get(path) ?? []).filter(({ length }) => length === path.length);
  }

  private nearest<T extends Placed>(
    all: readonly T[],
    below: UnitId | undefined,
    fits: (value: T) => boolean = () => true,
  ): T[] {
    const near = below === undefined ? [] : this.within(all, below).filter(fits);
    return near.length > 0 ? near : all.filter(fits);
  }

  /** Those whose place is the unit or below it. */
  private within<T extends Placed>(all: readonly T[], id: UnitId): readonly T[] {
    const span = this.tree.span(id);
    return span === undefined ? [] : all.slice(lowerBound(all, span.first), lowerBound(all, span.after));
  }

  /** Whether every slash somebody wrote stands where one unit's name ends and the next begins. */
  private endsAt(unit: Unit, parts: readonly string[]): boolean {
    if (parts.length < 2) return true;
    const ends = new Set<number>();
    let length = 0;
    for (const above of this.tree.line(unit.id).reverse()) {
      length += this.unitKeys.get(above.id)?.length ?? 0;
      ends.add(length);
    }
    let written = 0;
    return parts.toReversed().every((part) => {
      written += part.length;
      return ends.has(written);
    });
  }
}

/** Names from the top joined by slashes. */
export function pathOf(line: readonly Unit[]): string {
  return line.map((unit) => unit.name).join('/');
}

function parentOf(tree: UnitTree, unit: Unit): Unit | null {
  return unit.parentId === null ? null : (tree.unit(unit.parentId) ?? null);
}

/** The first position in a sorted list that is not before `at`. */
function lowerBound(entries: readonly Placed[], at: number): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((entries[middle]?.at ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
