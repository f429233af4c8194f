/** Groups that are bound to a unit and that the bot is no longer in. */
import type { County } from './county.ts';
import { lostGroup, lostGroupTold } from './meta.ts';
import type { Decision, Notice } from './notices.ts';
import { type BindingRow, put, type UnitId, type Write } from './rows/index.ts';
import { civilDateOf, type Instant, MINUTE } from './time.ts';

/** Whether a unit's group is known to be one the bot is not in. */
export function isLost(county: County, unitId: UnitId): boolean {
  const binding = county.groupOf(unitId);
  return binding !== null && county.meta(lostGroup(unitId)) === binding.chat;
}

/** Out and in again is no news. */
const GRACE = 5 * MINUTE;

/**
 * Marks the groups as lost and tells the units above them after a while, all of one in one notice, if they are lost
 * still. A group marked before is not told again, and no group twice on a day.
 */
export function loseGroups(county: County, bindings: readonly BindingRow[], now: Instant): Decision {
  const today = civilDateOf(now);
  const fresh = bindings.filter(({ unitId, chat }) => county.meta(lostGroup(unitId)) !== chat);
  const untold = fresh.filter(({ unitId }) => county.meta(lostGroupTold(unitId)) !== today);
  const byParent = new Map<UnitId, UnitId[]>();
  for (const { unitId } of untold) {
    const parent = county.viewAt(now).ancestors(unitId).at(-1);
    if (parent) byParent.set(parent.id, [...(byParent.get(parent.id) ?? []), unitId]);
  }
  return {
    writes: [
      ...fresh.map(({ unitId, chat }) => put('meta', { id: lostGroup(unitId), value: chat })),
      ...untold.map(({ unitId }) => put('meta', { id: lostGroupTold(unitId), value: today })),
    ],
    notices: [...byParent].map(
      ([parentId, unitIds]): Notice => ({
        to: { unit: parentId },
        body: { kind: 'groupsLost', unitIds },
        dedupeKey: `groupsLost#${parentId}#${now}`,
        notBefore: now + GRACE,
      }),
    ),
  };
}

/** The bot is (again) in the group of this binding. */
export function found(county: County, { unitId }: BindingRow): Write[] {
  return county.meta(lostGroup(unitId)) ? [put('meta', { id: lostGroup(unitId), value: '' })] : [];
}
