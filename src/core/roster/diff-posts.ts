/** The part of an import that concerns posts and who holds them. */
import type { HoldingRow, PersonId, PostRow, UnitId } from '../rows/index.ts';
import { type Draft, shownPath, slotKey } from './change.ts';
import type { PlannedPost, RosterPlan } from './plan.ts';
import { pushTo } from './tree.ts';
import { holdsOn, type RosterRows } from './view.ts';

/** What the other parts of the import have found out. */
export interface Found {
  /** The unit at a path of the plan. */
  unitId(path: readonly string[]): UnitId;
  /** Who is to hold a planned post; null for nobody. */
  holderId(post: PlannedPost): PersonId | null;
  /** How the path of a unit already in the roster is shown. */
  path(unitId: UnitId): string;
}

/** Starts and ends posts and holdings so that from the effective day on they are what the plan says. */
export function planPosts(draft: Draft, current: RosterRows, plan: RosterPlan, found: Found): void {
  const here = new Map<string, PostRow[]>();
  const endedToday = new Map<string, PostRow[]>();
  for (const post of current.post) {
    const key = slotKey(post.unitId, post.title);
    if (holdsOn(post, draft.effective)) pushTo(here, key, post);
    else if (post.until === draft.effective) pushTo(endedToday, key, post);
  }
  const wanted = new Map<string, PlannedPost[]>();
  for (const post of plan.posts) pushTo(wanted, slotKey(found.unitId(post.path), post.title), post);

  const holders = new Holders(draft, current);
  const start = (row: PostRow, { path, name }: PlannedPost, personId: PersonId | null): void => {
    draft.posts.push(row);
    holders.take(row.id, personId);
    draft.added.push({ what: 'post', path: shownPath(path), title: row.title, from: null, to: name });
  };
  for (const [key, posts] of wanted) {
    const kept = pairUp(posts, found.holderId, here.get(key) ?? [], (row) => holders.now(row.id));
    const back = pairUp(kept.posts, found.holderId, endedToday.get(key) ?? [], (row) => holders.untilToday(row.id));
    here.set(key, kept.rows);
    for (const [post, row] of kept.pairs) {
      const personId = found.holderId(post);
      if (holders.now(row.id) === personId) continue;
      const from = holders.release(row.id);
      holders.take(row.id, personId);
      const to = post.name;
      const list = from === null ? draft.added : to === null ? draft.removed : draft.changed;
      list.push({ what: 'holder', path: found.path(row.unitId), title: row.title, from, to });
    }
    for (const [post, row] of back.pairs) start({ ...row, until: null }, post, found.holderId(post));
    for (const post of back.posts) {
      const place = { unitId: found.unitId(post.path), title: post.title };
      start({ id: draft.newId(), ...place, since: draft.effective, until: null }, post, found.holderId(post));
    }
  }
  for (const row of [...here.values()].flat()) {
    const from = holders.release(row.id);
    draft.posts.push({ ...row, until: draft.effective });
    draft.removed.push({ what: 'post', path: found.path(row.unitId), title: row.title, from, to: null });
  }
}

/** Who holds which post as the import begins, and the changes to that. */
class Holders {
  private readonly draft: Draft;
  private readonly rows = new Map<string, HoldingRow[]>();
  private readonly names: ReadonlyMap<PersonId, string>;

  constructor(draft: Draft, current: RosterRows) {
    this.draft = draft;
    this.names = new Map(current.person.map(({ id, name }) => [id, name]));
    for (const row of current.holding) pushTo(this.rows, row.postId, row);
  }

  now(postId: string): PersonId | null {
    return this.current(postId).at(-1)?.personId ?? null;
  }

  /** Who held the post up to the effective day, but no longer on it. */
  untilToday(postId: string): PersonId | null {
    const ended = (this.rows.get(postId) ?? []).filter((row) => row.until === this.draft.effective);
    return ended.at(-1)?.personId ?? null;
  }

  /** Ends what holds now; gives the name of who held the post. */
  release(postId: string): string | null {
    for (const row of this.current(postId)) this.draft.holdings.push({ ...row, until: this.draft.effective });
    return this.names.get(this.now(postId) ?? '') ?? null;
  }

  take(postId: string, personId: PersonId | null): void {
    if (personId === null) return;
    const since = this.draft.effective;
    const back = (this.rows.get(postId) ?? []).find((row) => row.personId === personId && row.until === since);
    const row = back ?? { id: this.draft.newId(), postId, personId, since };
    this.draft.holdings.push({ ...row, until: null });
  }

  private current(postId: string): HoldingRow[] {
    return (this.rows.get(postId) ?? []).filter((row) => holdsOn(row, this.draft.effective));
  }
}

/** Pairs posts of one unit and title with rows: first those with the same holder, then in order. Says what is left. */
function pairUp(
  posts: readonly PlannedPost[],
  holderOfPost: (post: PlannedPost) => PersonId | null,
  rows: readonly PostRow[],
  holderOfRow: (row: PostRow) => PersonId | null,
): { pairs: [PlannedPost, PostRow][]; posts: PlannedPost[]; rows: PostRow[] } {
  const byHolder = new Map<PersonId | null, PostRow[]>();
  for (const row of rows.toReversed()) pushTo(byHolder, holderOfRow(row), row);
  const pairs: [PlannedPost, PostRow][] = [];
  const taken = new Set<PostRow>();
  const open: PlannedPost[] = [];
  for (const post of posts) {
    const row = byHolder.get(holderOfPost(post))?.pop();
    if (row === undefined) {
      open.push(post);
    } else {
      pairs.push([post, row]);
      taken.add(row);
    }
  }
  const free = rows.filter((row) => !taken.has(row));
  open.slice(0, free.length).forEach((post, at) => {
    const row = free[at];
    if (row !== undefined) pairs.push([post, row]);
  });
  return { pairs, posts: open.slice(free.length), rows: free.slice(open.length) };
}
