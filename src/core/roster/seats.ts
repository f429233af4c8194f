/** Posts and who holds them on one day. */
import type { HoldingRow, PersonId, PersonRow, PostRow, UnitId } from '../rows/index.ts';
import type { Shelf } from './shelf.ts';
import type { Span } from './span.ts';
import { leadOrder, type Rank, rankOf } from './titles.ts';
import type { Unit, UnitTree } from './tree.ts';

/** A post with what its title makes of it and who holds it; `holder` is null while it is vacant. */
export interface PostOn {
  readonly post: PostRow;
  readonly rank: Rank;
  readonly holder: PersonRow | null;
}

const NOBODY = -1;

/**
 * The posts of a {@link UnitTree}, numbered as its units are and, within a unit, heads before deputies before staff.
 * All is kept by number, in a few bytes a post.
 */
export class Seats {
  private readonly tree: UnitTree;
  private readonly posts: Shelf<PostRow>;
  private readonly people: Shelf<PersonRow>;
  /** By place of a unit: the number of its first seat; one more stands at the end. */
  private readonly starts: Int32Array;
  /** By number: the place of the unit, and the slots of post and holder. */
  private readonly places: Int32Array;
  private readonly seats: Int32Array;
  private readonly holders: Int32Array;
  /** By slot of a person: where in {@link held} the numbers of their seats begin; one more stands at the end. */
  private readonly heldStarts: Int32Array;
  private readonly held: Int32Array;

  /** Linear in the rows; the shelves of posts and people are lent for the life of it. */
  constructor(
    tree: UnitTree,
    posts: Shelf<PostRow>,
    holdings: Shelf<HoldingRow>,
    people: Shelf<PersonRow>,
    span: Span,
  ) {
    const places = new Int32Array(posts.rows.length).fill(NOBODY);
    const placeOf = tree.placeFinder();
    posts.rows.forEach((post, slot) => {
      if (span.holds(post)) places[slot] = placeOf(post.unitId);
    });
    const { starts, items } = byOwner(places, tree.order.length);
    inPrecedence(starts, items, posts.rows);

    const holderOf = holdersOf(posts, holdings, people, span);
    this.tree = tree;
    this.posts = posts.lend();
    this.people = people.lend();
    this.starts = starts;
    this.places = items.map((slot) => places[slot] ?? NOBODY);
    this.seats = items;
    this.holders = items.map((slot) => holderOf[slot] ?? NOBODY);
    const byPerson = byOwner(this.holders, people.rows.length);
    this.heldStarts = byPerson.starts;
    this.held = byPerson.items;
    // Asked for by id only while this is made.
    posts.dropIndex();
    holdings.dropIndex();
  }

  /** How many seats there are. */
  get count(): number {
    return this.seats.length;
  }

  /** The number of the first seat at or after a place of the tree. */
  firstAt(place: number): number {
    return this.starts[place] ?? this.seats.length;
  }

  holder(seat: number): PersonRow | null {
    const slot = this.holders[seat] ?? NOBODY;
    return slot === NOBODY ? null : (this.people.rows[slot] ?? null);
  }

  ofUnit(unitId: UnitId): PostOn[] {
    const place = this.tree.placeOf(unitId);
    const posts: PostOn[] = [];
    if (place < 0) return posts;
    const end = this.firstAt(place + 1);
    for (let seat = this.firstAt(place); seat < end; seat += 1) this.pushSeat(posts, seat);
    return posts;
  }

  ofPerson(personId: PersonId): PostOn[] {
    const posts: PostOn[] = [];
    const slot = this.people.slotOf(personId);
    if (slot < 0) return posts;
    const end = this.heldStarts[slot + 1] ?? 0;
    for (let at = this.heldStarts[slot] ?? end; at < end; at += 1) this.pushSeat(posts, this.held[at] ?? NOBODY);
    return posts;
  }

  /** The units in which a person holds a post, from the top of the chain downwards, each once. */
  unitsOf(personId: PersonId): Unit[] {
    const units: Unit[] = [];
    const slot = this.people.slotOf(personId);
    if (slot < 0) return units;
    const end = this.heldStarts[slot + 1] ?? 0;
    for (let at = this.heldStarts[slot] ?? end; at < end; at += 1) {
      const unit = this.tree.order[this.places[this.held[at] ?? NOBODY] ?? NOBODY];
      if (unit !== undefined && units.at(-1) !== unit) units.push(unit);
    }
    return units;
  }

  private pushSeat(posts: PostOn[], seat: number): void {
    const post = this.posts.rows[this.seats[seat] ?? NOBODY];
    if (post !== undefined) posts.push({ post, rank: weigh(post.title).rank, holder: this.holder(seat) });
  }
}

/** Items grouped by owner in the order of their numbers; those whose owner is -1 are left out. */
function byOwner(owners: Int32Array, count: number): { starts: Int32Array; items: Int32Array } {
  const starts = new Int32Array(count + 1);
  for (const owner of owners) if (owner >= 0) starts[owner + 1] = (starts[owner + 1] ?? 0) + 1;
  for (let at = 0; at < count; at += 1) starts[at + 1] = (starts[at + 1] ?? 0) + (starts[at] ?? 0);
  const next = starts.slice();
  const items = new Int32Array(starts[count] ?? 0);
  owners.forEach((owner, item) => {
    if (owner < 0) return;
    const at = next[owner] ?? 0;
    items[at] = item;
    next[owner] = at + 1;
  });
  return { starts, items };
}

/** Sorts the posts of each unit, those of one precedence as the rows have them. */
function inPrecedence(starts: Int32Array, items: Int32Array, posts: readonly PostRow[]): void {
  const order = (slot: number): number => weigh(posts[slot]?.title ?? '').precedence;
  for (let place = 0; place + 1 < starts.length; place += 1) {
    const [first = 0, after = 0] = [starts[place], starts[place + 1]];
    if (after - first > 1) items.subarray(first, after).sort((a, b) => order(a) - order(b) || a - b);
  }
}

/** By slot of a post: the slot of who holds it, of several the one who came last. */
function holdersOf(
  posts: Shelf<PostRow>,
  holdings: Shelf<HoldingRow>,
  people: Shelf<PersonRow>,
  span: Span,
): Int32Array {
  const holding = new Int32Array(posts.rows.length).fill(NOBODY);
  const [postOf, personOf] = [posts.finder(), people.finder()];
  holdings.rows.forEach((row, at) => {
    if (!span.holds(row)) return;
    const post = postOf(row.postId);
    if (post < 0) return;
    const before = holding[post] ?? NOBODY;
    const known = before < 0 ? undefined : holdings.rows[before];
    if (known === undefined || known.since <= row.since) holding[post] = at;
  });
  return holding.map((at) => (at < 0 ? NOBODY : personOf(holdings.rows[at]?.personId ?? '')));
}

interface Weight {
  rank: Rank;
  precedence: number;
}

/** A county has a few dozen titles; what somebody types is none. */
const MOST_TITLES = 1_000;
const weights = new Map<string, Weight>();

function weigh(title: string): Weight {
  const known = weights.get(title);
  if (known) return known;
  const rank = rankOf(title);
  const weight = { rank, precedence: { lead: 0, deputy: 10, staff: 20 }[rank] + leadOrder(title) };
  if (weights.size >= MOST_TITLES) weights.clear();
  weights.set(title, weight);
  return weight;
}
