/** The chain of units as it stands on one day: who is above and below whom, in constant or near constant time. */
import type { Level } from '../playbook.ts';
import type { UnitId, UnitRow } from '../rows.ts';

/** A link of the chain. */
export type Unit = UnitRow;

const NONE: readonly Unit[] = [];

interface Place {
  readonly unit: Unit;
  readonly parent: Place | null;
  /** Position in a walk that visits a unit before what is below it. */
  readonly first: number;
  /** The position just after the last unit below. */
  after: number;
}

/**
 * An immutable tree of units. A unit whose chain does not reach the county is not in it. Among siblings the order
 * of the rows is kept.
 */
export class UnitTree {
  readonly county: Unit | null;
  /** Every unit, each before those below it. */
  readonly order: readonly Unit[];
  private readonly places: ReadonlyMap<UnitId, Place>;
  private readonly below: ReadonlyMap<UnitId, readonly Unit[]>;
  private readonly byLevel: ReadonlyMap<Level, readonly Unit[]>;

  /** Indexes units that all hold on the same day; linear in their number. */
  constructor(units: readonly Unit[]) {
    const below = new Map<UnitId, Unit[]>();
    let county: Unit | null = null;
    for (const unit of units) {
      if (unit.parentId === null) county ??= unit;
      else pushTo(below, unit.parentId, unit);
    }
    const order: Unit[] = [];
    const places = new Map<UnitId, Place>();
    const byLevel = new Map<Level, Unit[]>();
    const enter = (unit: Unit, parent: Place | null): Place => {
      const place: Place = { unit, parent, first: order.length, after: order.length + 1 };
      order.push(unit);
      places.set(unit.id, place);
      pushTo(byLevel, unit.level, unit);
      return place;
    };
    // A stack instead of recursion: the depth of hand-made data is nothing to rely on.
    const stack = county === null ? [] : [{ place: enter(county, null), next: 0 }];
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const child = below.get(top.place.unit.id)?.[top.next];
      top.next += 1;
      if (child !== undefined) {
        stack.push({ place: enter(child, top.place), next: 0 });
      } else {
        top.place.after = order.length;
        stack.pop();
      }
    }
    this.county = county;
    this.order = order;
    this.places = places;
    this.below = below;
    this.byLevel = byLevel;
  }

  unit(id: UnitId): Unit | undefined {
    return this.places.get(id)?.unit;
  }

  units(level: Level): readonly Unit[] {
    return this.byLevel.get(level) ?? NONE;
  }

  children(id: UnitId): readonly Unit[] {
    return this.places.has(id) ? (this.below.get(id) ?? NONE) : NONE;
  }

  /** County first, the unit itself last; empty for an unknown unit. */
  line(id: UnitId): Unit[] {
    const line: Unit[] = [];
    for (let place = this.places.get(id) ?? null; place !== null; place = place.parent) line.push(place.unit);
    return line.reverse();
  }

  /** The range of {@link order} that holds the unit and all below it: from `first`, up to but not including `after`. */
  span(id: UnitId): { first: number; after: number } | undefined {
    return this.places.get(id);
  }

  isWithin(id: UnitId, ancestorId: UnitId): boolean {
    const place = this.places.get(id);
    const above = this.places.get(ancestorId);
    return place !== undefined && above !== undefined && above.first <= place.first && place.first < above.after;
  }
}

/** Appends to the list a map holds under a key. */
export function pushTo<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
