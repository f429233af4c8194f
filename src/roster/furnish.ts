/** Gives every unit a group and every person an account on one platform: for rehearsals and the sample county. */
import { accountKey, chatKey } from '../core/chat.ts';
import { LEVELS } from '../core/playbook/index.ts';
import type { RosterView } from '../core/roster/view.ts';
import { put, type Write } from '../core/rows/index.ts';
import type { Instant } from '../core/time.ts';

/** A unit's group has the unit's id, a person's account the person's. */
export function furnish(view: RosterView, platform: string, now: Instant): Write[] {
  const units = LEVELS.flatMap((level) => view.units(level));
  const people = new Map(
    units
      .flatMap((unit) => view.posts(unit.id))
      .flatMap(({ holder }) => (holder ? [[holder.id, holder.name] as const] : [])),
  );
  return [
    ...units.map((unit) =>
      put('binding', {
        id: `${platform}#${unit.id}`,
        chat: chatKey({ platform, id: unit.id }),
        unitId: unit.id,
        title: unit.name,
        boundBy: null,
        boundAt: now,
        releasedAt: null,
      }),
    ),
    ...[...people].map(([personId, displayName]) =>
      put('account', { id: accountKey(platform, personId), personId, displayName, claimedAt: now, releasedAt: null }),
    ),
  ];
}
