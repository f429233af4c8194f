/** Who takes a step that falls to a unit, and who may speak for a grid: heads, deputies, those standing in. */
import type { PersonId, UnitId } from '../rows/index.ts';
import { leadOrder } from './titles.ts';
import type { PostOn, RosterView } from './view.ts';

/**
 * Who takes a step.
 * - `lead`: the unit's heads (with those standing in for heads on leave)
 * - `leave-deputy`: those whom heads on leave named
 * - `deputy`: holders of the unit's deputy posts, or, in a grid without one, its staff
 * - `above`: the level above, found the same way
 * - `none`: nobody up to the county
 */
export interface Acting {
  personIds: PersonId[];
  /** The unit whose post takes the step; with `none` the unit that was asked for. */
  unitId: UnitId;
  via: 'lead' | 'leave-deputy' | 'deputy' | 'above' | 'none';
}

/** By what right a report is given: one's own grid, standing in for a holder, or as a level above. */
export type ReportingRight = 'own' | 'deputy' | 'above';

/** See {@link RosterView.whoActs}. */
export function actingFor(
  view: RosterView,
  unitId: UnitId,
  reachable: (personId: PersonId) => boolean = () => true,
): Acting {
  for (const id of view.chain(unitId).reverse()) {
    const acting = actingWithin(view, id, reachable);
    if (acting !== null) return id === unitId ? acting : { ...acting, via: 'above' };
  }
  return { personIds: [], unitId, via: 'none' };
}

function actingWithin(view: RosterView, unitId: UnitId, reachable: (personId: PersonId) => boolean): Acting | null {
  const present = (id: PersonId): boolean => view.awayOn(id) === null && reachable(id);
  const held = view.posts(unitId).flatMap(({ post, rank, holder }) => (holder === null ? [] : { post, rank, holder }));

  // Posts come sorted, so the best order of heads of whom anybody can act is met first.
  const leads = held.filter((entry) => entry.rank === 'lead');
  for (const order of new Set(leads.map(({ post }) => leadOrder(post.title)))) {
    const heads = leads.filter(({ post }) => leadOrder(post.title) === order).map(({ holder }) => holder.id);
    const there = heads.filter(present);
    const standIns = heads.flatMap((id) => standInFor(view, id) ?? []).filter(present);
    const personIds = [...new Set([...there, ...standIns])];
    if (personIds.length > 0) return { personIds, unitId, via: there.length > 0 ? 'lead' : 'leave-deputy' };
  }

  const ranks = view.unit(unitId)?.level === 'grid' ? (['deputy', 'staff'] as const) : (['deputy'] as const);
  for (const rank of ranks) {
    const there = held.filter((entry) => entry.rank === rank).map(({ holder }) => holder.id);
    const personIds = [...new Set(there.filter(present))];
    if (personIds.length > 0) return { personIds, unitId, via: 'deputy' };
  }
  return null;
}

/** Who stands in for somebody on leave: the deputy named, or, while that one is away too, theirs; null where it ends. */
export function standInFor(view: RosterView, personId: PersonId): PersonId | null {
  const asked = new Set<PersonId>();
  let id: PersonId | null = view.awayOn(personId)?.deputyId ?? null;
  while (id !== null && !asked.has(id)) {
    asked.add(id);
    const away = view.awayOn(id);
    if (!away) return id;
    id = away.deputyId;
  }
  return null;
}

/** See {@link RosterView.mayReportFor}. */
export function reportingRight(view: RosterView, personId: PersonId, gridId: UnitId): ReportingRight | null {
  const posts = view.posts(gridId);
  if (posts.some(({ holder }) => holder?.id === personId)) return 'own';
  if (posts.some((held) => standsInFor(view, personId, held))) return 'deputy';
  return view.ancestors(gridId).some((unit) => view.leads(personId, unit.id)) ? 'above' : null;
}

function standsInFor(view: RosterView, personId: PersonId, { holder }: PostOn): boolean {
  if (holder === null || !view.awayOn(holder.id)) return false;
  return view.awayOn(holder.id)?.deputyId === personId || standInFor(view, holder.id) === personId;
}
