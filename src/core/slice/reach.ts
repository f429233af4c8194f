/** Whom a unit's slice of a register goes to: the holders of posts whose titles have a declared word in them. */
import { standInFor } from '../roster/acting.ts';
import type { PostOn, RosterView } from '../roster/view.ts';
import type { PersonId, UnitId } from '../rows/index.ts';

export interface Reach {
  /** Each person once, with the declared words by which they get it. */
  people: Map<PersonId, string[]>;
  /** Words by which nobody can be given it. */
  unfilled: string[];
}

/** The posts of a unit that a declared word means. */
export function postsCalled(view: RosterView, unitId: UnitId, title: string): PostOn[] {
  return view.posts(unitId).filter(({ post }) => post.title.includes(title));
}

/**
 * Who gets it as things stand: for a holder on leave whoever stands in.
 * @param known whether a person can be reached in private
 */
export function reachOf(
  view: RosterView,
  unitId: UnitId,
  titles: readonly string[],
  known: (personId: PersonId) => boolean,
): Reach {
  const people: Reach['people'] = new Map();
  const unfilled: string[] = [];
  for (const title of titles) {
    const ids = postsCalled(view, unitId, title)
      .flatMap(({ holder }) => (holder ? (present(view, holder.id) ?? []) : []))
      .filter(known);
    for (const id of new Set(ids)) people.set(id, [...(people.get(id) ?? []), title]);
    if (ids.length === 0) unfilled.push(title);
  }
  return { people, unfilled };
}

/** The person themselves, or who stands in while they are away; null where nobody does. */
function present(view: RosterView, personId: PersonId): PersonId | null {
  return view.awayOn(personId) ? standInFor(view, personId) : personId;
}
