/** Finding units and people by what others call them, and the shortest words that name only one of them. */

import { NUMERAL_CHARS } from '../numerals.ts';
import type { PersonId, UnitId } from '../rows/index.ts';
import { nameKey } from '../text.ts';
import { GrowingHash, hashOf, Notes } from './endings.ts';
import { keyOf } from './keys.ts';
import type { Seats } from './seats.ts';
import type { Unit, UnitTree } from './tree.ts';

const NUMERALS = `\\d${NUMERAL_CHARS}`;
const NUMERAL: ReadonlySet<string> = new Set(`0123456789${NUMERAL_CHARS}`);
const ONLY_NUMERALS = new RegExp(`^[${NUMERALS}]+$`, 'u');
/** A number counts as a whole, for what its first character becomes depends on all of it: 八一 stays, 八十一 is 81. */
const NUMBER = new RegExp(`^[${NUMERALS}][${NUMERALS}\\s]*`, 'u');
/** A character that stands beside a name's first one, or beside its number. */
const NEXT = `(?:\\p{Script=Han}(?<![${NUMERALS}]))`;
/** A name's first two characters. */
const HEAD = new RegExp(`^\\p{L}\\s*${NEXT}`, 'u');
const NUMBERED_HEAD = new RegExp(`${NUMBER.source}${NEXT}`, 'u');
const LONGEST_HEAD = 12;

/** Look-ups by name over one {@link UnitTree}. Every look-up costs what it returns, not what the county holds. */
export class NameIndex {
  private readonly tree: UnitTree;
  private readonly seats: Seats;
  /** Under every ending of a unit's path, written without slashes, the places of the units it ends. */
  private readonly endings = new Notes();
  /** Under every holder's name their seats. */
  private readonly holders = new Notes();
  /** What any key begins with: its first two characters, and the first of them alone. */
  private readonly beginnings = new Set<string>();
  /** Keys of one character; in a path anything may follow them. */
  private readonly single = new Set<string>();
  /** Whether a key is a number from end to end, so that a text may go on with another one. */
  private hasNumber = false;

  constructor(tree: UnitTree, seats: Seats) {
    this.tree = tree;
    this.seats = seats;
    // Names come again and again, in a county's grids as in the paths of all that is below a unit.
    const hashes = new Map<string, GrowingHash>();
    const ofPlaces: GrowingHash[] = [];
    tree.order.forEach((unit, place) => {
      let own = hashes.get(unit.name);
      if (own === undefined) {
        const key = keyOf(unit.name);
        own = new GrowingHash().prepend(key);
        hashes.set(unit.name, own);
        this.begin(key);
      }
      ofPlaces.push(own);
      this.endings.add(own.value, place);
      const ending = new GrowingHash().prependHashed(own);
      // The county's name would lengthen every key and tell nothing apart: findUnits takes it off instead.
      for (let at = tree.placeAbove(place); at > 0; at = tree.placeAbove(at)) {
        this.endings.add(ending.prependHashed(ofPlaces[at] ?? own).value, place);
      }
    });
    for (let seat = 0; seat < seats.count; seat += 1) {
      const holder = seats.holder(seat);
      if (holder === null) continue;
      const key = keyOf(holder.name);
      this.holders.add(hashOf(key), seat);
      this.begin(key);
    }
    this.endings.seal();
    this.holders.seal();
  }

  /**
   * Whether any name of a unit or a person could begin at a place of a normalised text; most of what people write does
   * not. Wherever a name begins that can be found it is true.
   */
  mayBegin(text: string, at: number): boolean {
    const first = nameKey(text.charAt(at)).slice(0, 1);
    if (NUMERAL.has(first)) return this.mayBeginWithNumber(text.slice(at, at + LONGEST_HEAD));
    if (!this.beginnings.has(first)) return false;
    const head = HEAD.exec(text.slice(at, at + LONGEST_HEAD))?.[0];
    return head === undefined || this.single.has(first) || this.beginnings.has(nameKey(head).slice(0, 2));
  }

  private mayBeginWithNumber(near: string): boolean {
    const number = NUMBER.exec(near)?.[0];
    if (this.hasNumber || number === undefined || number.length === LONGEST_HEAD) return true;
    // Nobody is called a number and nothing else.
    if (number.length === near.length) return false;
    const head = NUMBERED_HEAD.exec(near)?.[0];
    return this.beginnings.has(head === undefined ? nameKey(number).slice(0, 1) : nameKey(head).slice(0, 2));
  }

  private begin(key: string): void {
    if (!this.hasNumber && ONLY_NUMERALS.test(key)) this.hasNumber = true;
    if (key.length === 1) this.single.add(key);
    const head = key.slice(0, 2);
    if (!this.beginnings.has(head)) this.beginnings.add(key.slice(0, 1)).add(head);
  }

  /** Units of this name or path: those at or below `below`, or, when there are none, those of the whole county. */
  findUnits(name: string, below?: UnitId): Unit[] {
    const parts = name.normalize('NFKC').split('/').map(nameKey).filter(Boolean);
    const written = parts.join('');
    const hash = hashOf(written);
    const near = below === undefined ? undefined : this.tree.span(below);
    const found = near ? this.ended(written, hash, near, parts) : [];
    if (found.length > 0) return found;
    if (this.ended(written, hash, EVERYWHERE, [], 1).length > 0) {
      return this.ended(written, hash, EVERYWHERE, parts);
    }
    const all = this.belowCounty(written, parts);
    const nearest = near ? all.filter((unit) => this.tree.isWithin(unit.id, below ?? '')) : [];
    return nearest.length > 0 ? nearest : all;
  }

  /** People of this name, a place after `@` narrowing the search; nearest first as with units, each once. */
  findPersons(name: string, below?: UnitId): PersonId[] {
    const [who = '', ...where] = name.normalize('NFKC').split('@');
    const key = nameKey(who);
    if (where.length === 0) {
      const near = below === undefined ? [] : this.called(key, below);
      return near.length > 0 ? near : this.called(key);
    }
    const places = where.length === 1 ? this.findUnits(where[0] ?? '', below) : [];
    return [...new Set(places.flatMap((unit) => this.called(key, unit.id)))];
  }

  /** As much of the end of a unit's path as no other unit shares; down from the county when nothing less will do. */
  label(id: UnitId): string {
    const line = this.tree.line(id);
    const hash = new GrowingHash();
    let ending = '';
    for (let from = line.length - 1; from > 0; from -= 1) {
      const key = keyOf(line[from]?.name ?? '');
      ending = key + ending;
      if (this.ended(ending, hash.prepend(key).value, EVERYWHERE, [], 2).length === 1) return pathOf(line.slice(from));
    }
    return pathOf(line);
  }

  /**
   * A holder's name, followed where others share it by the shortest place that tells them apart; nothing for somebody
   * without a post.
   */
  personLabel(id: PersonId): string | undefined {
    const [home] = this.seats.ofPerson(id);
    if (home?.holder === null || home === undefined) return undefined;
    const { name } = home.holder;
    const key = keyOf(name);
    if (!this.isShared(key, id)) return name;
    const unique = this.tree
      .line(home.post.unitId)
      .filter((unit) => !this.isShared(key, id, unit.id))
      .map((unit) => this.label(unit.id));
    const shortest = unique.reduce<string | null>((a, b) => (a === null || b.length < a.length ? b : a), null);
    return `${name}@${shortest ?? this.label(home.post.unitId)}`;
  }

  private keyAt(place: number): string {
    return keyOf(this.tree.order[place]?.name ?? '');
  }

  /**
   * The units of a range whose path ends so, every slash somebody wrote standing where a name begins; at most `most`.
   */
  private ended(
    written: string,
    hash: number,
    { first, after }: Span,
    parts: readonly string[],
    most = Number.POSITIVE_INFINITY,
  ): Unit[] {
    const found: Unit[] = [];
    this.endings.each(hash, first, after, (place) => {
      const unit = this.tree.order[place];
      if (unit !== undefined && this.isEnd(written, place) && this.endsAt(place, parts)) found.push(unit);
      return found.length >= most;
    });
    return found;
  }

  /** Whether a text is the end of a unit's path, from where one name begins. */
  private isEnd(written: string, place: number): boolean {
    let left = written.length;
    for (let at = place; left > 0; at = this.tree.placeAbove(at)) {
      // Only the county itself is called by the county's name.
      if (at < 0 || (at === 0 && place !== 0)) return false;
      const key = this.keyAt(at);
      if (!written.startsWith(key, left - key.length)) return false;
      left -= key.length;
    }
    return left === 0;
  }

  /** The units whose whole path, the county's name in front, is written so. */
  private belowCounty(written: string, parts: readonly string[]): Unit[] {
    const county = keyOf(this.tree.county?.name ?? '');
    if (!written.startsWith(county)) return [];
    const path = written.slice(county.length);
    return this.ended(path, hashOf(path), EVERYWHERE, []).filter((unit) => {
      const place = this.tree.placeOf(unit.id);
      return this.lengthOf(place) === path.length && this.endsAt(place, parts);
    });
  }

  /** Length of the key of a unit's whole path below the county. */
  private lengthOf(place: number): number {
    let length = this.keyAt(place).length;
    for (let at = this.tree.placeAbove(place); at > 0; at = this.tree.placeAbove(at)) length += this.keyAt(at).length;
    return length;
  }

  /** Who holds a seat, in a unit or below it, under the name of this key; each once. */
  private called(key: string, within?: UnitId): PersonId[] {
    const ids = new Set<PersonId>();
    this.eachCalled(key, within, (id) => {
      ids.add(id);
      return false;
    });
    return [...ids];
  }

  private isShared(key: string, id: PersonId, within?: UnitId): boolean {
    let shared = false;
    this.eachCalled(key, within, (other) => {
      shared = other !== id;
      return shared;
    });
    return shared;
  }

  private eachCalled(key: string, within: UnitId | undefined, take: (id: PersonId) => boolean): void {
    const { first, after } = within === undefined ? EVERYWHERE : (this.tree.span(within) ?? NO_SPAN);
    this.holders.each(hashOf(key), this.seats.firstAt(first), this.seats.firstAt(after), (seat) => {
      const holder = this.seats.holder(seat);
      return holder !== null && keyOf(holder.name) === key && take(holder.id);
    });
  }

  /** Whether every slash somebody wrote stands where one unit's name ends and the next begins. */
  private endsAt(place: number, parts: readonly string[]): boolean {
    if (parts.length < 2) return true;
    const ends = new Set<number>();
    let length = 0;
    for (let at = place; at >= 0; at = this.tree.placeAbove(at)) {
      length += this.keyAt(at).length;
      ends.add(length);
    }
    let written = 0;
    return parts.toReversed().every((part) => {
      written += part.length;
      return ends.has(written);
    });
  }
}

/** A range of places of the tree. */
interface Span {
  first: number;
  after: number;
}
const NO_SPAN: Span = { first: 0, after: 0 };
const EVERYWHERE: Span = { first: 0, after: 2 ** 30 };

/** Names from the top joined by slashes. */
export function pathOf(line: readonly Unit[]): string {
  return line.map((unit) => unit.name).join('/');
}
