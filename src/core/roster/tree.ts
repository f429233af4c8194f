/** The chain of units as it stands on one day: who is above and below whom, in constant or near constant time. */
import type { Level } from '../playbook/index.ts';
import type { UnitId, UnitRow } from '../rows/index.ts';
import type { Shelf } from './shelf.ts';

/** A link of the chain. */
export type Unit = UnitRow;

const NONE: readonly Unit[] = [];
const NOWHERE = -1;

/**
 * An immutable tree of units. A unit whose chain does not reach the county is not in it. Among siblings the order
 * of the rows is kept. A unit's place is its position in a walk that visits a unit before what is below it; who is
 * above and below is kept by place, in a few bytes a unit.
 */
export class UnitTree {
  readonly county: Unit | null;
  /** Every unit, each before those below it. */
  readonly order: readonly Unit[];
  private readonly shelf: Shelf<Unit>;
  /** By slot on the shelf: the unit's place. */
  private readonly places: Int32Array;
  /** By place: that of the unit above. */
  private readonly above: Int32Array;
  /** By place: the place just after the last unit below. */
  private readonly after: Int32Array;
  private readonly byLevel = new Map<Level, readonly Unit[]>();

  /**
   * Linear in the number of units.
   * @param shelf lent for the life of the tree
   * @param holds which of the units are part of it
   */
  constructor(shelf: Shelf<Unit>, holds: (unit: Unit) => boolean = () => true) {
    const { rows } = shelf;
    const firstBelow = new Int32Array(rows.length).fill(NOWHERE);
    const nextBeside = new Int32Array(rows.length).fill(NOWHERE);
    const slotOf = shelf.finder();
    let county = NOWHERE;
    // From the last to the first, so that each list begins with the first.
    for (let slot = rows.length - 1; slot >= 0; slot -= 1) {
      const unit = rows[slot];
      if (unit === undefined || !holds(unit)) continue;
      if (unit.parentId === null) {
        county = slot;
        continue;
      }
      const parent = slotOf(unit.parentId);
      if (parent === NOWHERE) continue;
      nextBeside[slot] = firstBelow[parent] ?? NOWHERE;
      firstBelow[parent] = slot;
    }
    const order: Unit[] = [];
    const places = new Int32Array(rows.length).fill(NOWHERE);
    const above = new Int32Array(rows.length).fill(NOWHERE);
    const after = new Int32Array(rows.length);
    // A stack instead of recursion: the depth of hand-made data is nothing to rely on.
    const path: { place: number; next: number }[] = [];
    const enter = (slot: number): void => {
      const unit = rows[slot];
      if (unit === undefined) return;
      const place = order.push(unit) - 1;
      places[slot] = place;
      above[place] = path.at(-1)?.place ?? NOWHERE;
      path.push({ place, next: firstBelow[slot] ?? NOWHERE });
    };
    if (county !== NOWHERE) enter(county);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const child = top.next;
      if (child === NOWHERE) {
        after[top.place] = order.length;
        path.pop();
      } else {
        top.next = nextBeside[child] ?? NOWHERE;
        enter(child);
      }
    }
    this.county = order[0] ?? null;
    this.order = order;
    this.shelf = shelf.lend();
    this.places = places;
    this.above = above;
    this.after = after;
  }

  /** The place of a unit in {@link order}; -1 for an unknown one. */
  placeOf(id: UnitId): number {
    const slot = this.shelf.slotOf(id);
    return slot === NOWHERE ? NOWHERE : (this.places[slot] ?? NOWHERE);
  }

  /** {@link placeOf} for many units that come in about the order of the rows. */
  placeFinder(): (id: UnitId) => number {
    const slotOf = this.shelf.finder();
    return (id) => this.places[slotOf(id)] ?? NOWHERE;
  }

  /** The place of the unit above the one at a place; -1 above the county. */
  placeAbove(place: number): number {
    return this.above[place] ?? NOWHERE;
  }

  /** The place just after those of a unit at a place and all below it. */
  placeAfter(place: number): number {
    return this.after[place] ?? place;
  }

  unit(id: UnitId): Unit | undefined {
    const place = this.placeOf(id);
    return place === NOWHERE ? undefined : this.order[place];
  }

  units(level: Level): readonly Unit[] {
    let units = this.byLevel.get(level);
    if (units === undefined) {
      units = this.order.filter((unit) => unit.level === level);
      this.byLevel.set(level, units);
    }
    return units;
  }

  children(id: UnitId): readonly Unit[] {
    const place = this.placeOf(id);
    if (place === NOWHERE) return NONE;
    const children: Unit[] = [];
    const end = this.placeAfter(place);
    for (let at = place + 1; at < end; at = this.placeAfter(at)) {
      const child = this.order[at];
      if (child !== undefined) children.push(child);
    }
    return children;
  }

  /** County first, the unit itself last; empty for an unknown unit. */
  line(id: UnitId): Unit[] {
    const line: Unit[] = [];
    for (let place = this.placeOf(id); place !== NOWHERE; place = this.placeAbove(place)) {
      const unit = this.order[place];
      if (unit !== undefined) line.push(unit);
    }
    return line.reverse();
  }

  /** The range of {@link order} that holds the unit and all below it: from `first`, up to but not including `after`. */
  span(id: UnitId): { first: number; after: number } | undefined {
    const first = this.placeOf(id);
    return first === NOWHERE ? undefined : { first, after: this.placeAfter(first) };
  }

  isWithin(id: UnitId, ancestorId: UnitId): boolean {
    const place = this.placeOf(id);
    const above = this.placeOf(ancestorId);
    return place !== NOWHERE && above !== NOWHERE && above <= place && place < this.placeAfter(above);
  }
}

/** Appends to the list a map holds under a key. */
export function pushTo<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
