/** The sample's other villages report by themselves, so that the tables above the one played have something to show. */
import type { RosterView } from '../core/roster/view.ts';
import type { PersonId, UnitId } from '../core/rows/index.ts';
import { addDays, type CivilDate, civilDateOf, HOUR, type Instant, MINUTE, startOfDay } from '../core/time.ts';

export interface Said {
  at: Instant;
  /** The village in whose group it is said. */
  unitId: UnitId;
  personId: PersonId;
  name: string;
  line: string;
}

const FROM = 16 * HOUR + 20 * MINUTE;
const MINUTES = 110;

/**
 * What the leaders outside of `village` say after `from` and up to `to`, in order. Most report nothing to report
 * between 16:20 and 18:10, a few something, a few forget. The same day is always the same.
 */
export function neighboursSay(
  view: RosterView,
  village: UnitId,
  lines: { zero: string; some: string },
  from: Instant,
  to: Instant,
): Said[] {
  const said: Said[] = [];
  for (let day = civilDateOf(from); day <= civilDateOf(to); day = addDays(day, 1)) {
    for (const grid of view.units('grid')) {
      const leader = view.posts(grid.id).find(({ rank, holder }) => rank === 'lead' && holder !== null)?.holder;
      const own = view.ancestors(grid.id).at(-1);
      const dice = roll(view.path(grid.id), day);
      if (!leader || !own || own.id === village || dice % 23 === 0) continue;
      const at = startOfDay(day) + FROM + (dice % MINUTES) * MINUTE + (dice % 59) * 1_000;
      if (at <= from || at > to) continue;
      const line = dice % 17 === 0 ? lines.some : lines.zero;
      said.push({ at, unitId: own.id, personId: leader.id, name: leader.name, line });
    }
  }
  return said.sort((a, b) => a.at - b.at);
}

/** A number that looks like chance and is always the same for a place and a day. */
function roll(path: string, day: CivilDate): number {
  let hash = 2_166_136_261;
  for (const char of `${day} ${path}`) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 16_777_619) >>> 0;
  return (hash ^ (hash >>> 15)) >>> 0;
}
