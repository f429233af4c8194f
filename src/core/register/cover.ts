/** Who covers whom (包保): for an entry everybody from its cover up to the county, for a person what they cover. */
import { standInFor } from '../roster/acting.ts';
import { leadOrder, type Person, type RosterView, type Unit } from '../roster/view.ts';
import type { EntryRow, PersonId, UnitId } from '../rows/index.ts';
import { byNumber, type Entries } from './entries.ts';
import { isAlive } from './entry.ts';

/** How somebody who covers an entry stands on a day: at their post, on leave (with whoever stands in), or without any. */
export type CoverState = { is: 'there' } | { is: 'away'; standIn: Person | null } | { is: 'gone' };

/** One unit of the chain, with whoever answers for it. */
export interface CoverLevel {
  unit: Unit;
  /** Its heads; where it has none, their deputies, in a grid without those its staff. */
  heads: Person[];
  /** Whom a post's title names as looking after it: 包村干部. */
  charged: { person: Person; title: string }[];
}

export interface CoverChain {
  /** Null is a gap where the register asks for somebody. */
  cover: { person: Person; state: CoverState } | null;
  /** From the unit of the entry up to the county. */
  levels: CoverLevel[];
}

/** Titles of those who were told off to look after a unit from above it. */
const CHARGED = /包[村片组格保联]|联村|挂村/u;

/** See {@link CoverState}. */
export function coverState(view: RosterView, personId: PersonId): CoverState {
  if (view.postsOf(personId).length === 0) return { is: 'gone' };
  if (view.awayOn(personId) === null) return { is: 'there' };
  const standIn = standInFor(view, personId);
  return { is: 'away', standIn: standIn === null ? null : (view.person(standIn) ?? null) };
}

/** Everybody from the cover of an entry up to the county. */
export function coverChain(view: RosterView, { unitId, coverId }: EntryRow): CoverChain {
  const person = coverId === null ? undefined : view.person(coverId);
  return {
    cover: person ? { person, state: coverState(view, person.id) } : null,
    levels: levelsFrom(view, unitId),
  };
}

/** Who answers for a unit and for those above it, the unit itself first. */
export function levelsFrom(view: RosterView, unitId: UnitId): CoverLevel[] {
  return view
    .chain(unitId)
    .reverse()
    .flatMap((id) => view.unit(id) ?? [])
    .map((unit) => levelOf(view, unit));
}

/** Who answers for one unit. */
export function levelOf(view: RosterView, unit: Unit): CoverLevel {
  const held = view.posts(unit.id).flatMap(({ post, rank, holder }) => (holder ? [{ post, rank, holder }] : []));
  const charged = held.filter(({ post }) => CHARGED.test(post.title));
  // A grid without a head is looked after by its staff; posts come sorted, so the best are met first.
  const answering = held.filter((each) => !charged.includes(each) && (each.rank !== 'staff' || unit.level === 'grid'));
  const best = answering[0];
  const heads = answering.filter(
    ({ post, rank }) => rank === best?.rank && leadOrder(post.title) === leadOrder(best.post.title),
  );
  return {
    unit,
    heads: [...new Set(heads.map(({ holder }) => holder))],
    charged: charged.map(({ post, holder }) => ({ person: holder, title: post.title })),
  };
}

/** The entries that a person covers on the roster's day, of all registers, by where they stand and their numbers. */
export function coveredBy(view: RosterView, entries: Entries, personId: PersonId): EntryRow[] {
  const alive = entries.coveredBy(personId).filter((entry) => isAlive(entry, view.day));
  const units = [...new Set(alive.map(({ unitId }) => unitId))];
  return units.flatMap((id) => alive.filter(({ unitId }) => unitId === id).sort(byNumber));
}
