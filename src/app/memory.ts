/** How much of the past the process holds in memory. */
import { County } from '../core/county.ts';
import { put } from '../core/rows/index.ts';
import { addDays, type CivilDate, civilDateOf, type Instant } from '../core/time.ts';
import type { Store } from '../store/store.ts';
import { type Observer, UNOBSERVED } from './observer.ts';

/** Days of books held in memory; older ones are read when asked for. */
const DAYS_IN_MEMORY = 8;

/** Obligations of older days held at most: a province has its last two days in memory, a county all eight. */
export const MOST_OBLIGATIONS = 200_000;

/** Notices given up that are remembered from before the start. */
const DEAD_REMEMBERED = 200;

/** The first day whose books are held in memory. */
export function memorySince(now: Instant): CivilDate {
  return addDays(civilDateOf(now), -DAYS_IN_MEMORY);
}

/** The county as the store has it; `observer` is told how long reading it takes. */
export async function readCounty(
  store: Store,
  now: Instant,
  observer: Pick<Observer, 'reading'> = UNOBSERVED,
): Promise<County> {
  const read = observer.reading();
  try {
    const county = new County(await store.load(memorySince(now), MOST_OBLIGATIONS, now));
    for (const row of (await store.dead(DEAD_REMEMBERED)).reverse()) county.apply([put('outbox', row)]);
    return county;
  } finally {
    read();
  }
}
