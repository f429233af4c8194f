/** Opens the database that the environment names, for commands that look or change and then end. */

import { memorySince } from '../app/memory.ts';
import { systemClock } from '../clock.ts';
import { readConfig } from '../config.ts';
import { County } from '../core/county.ts';
import { SIMULATED_AHEAD } from '../core/meta.ts';
import type { Instant } from '../core/time.ts';
import { openStore } from '../store/prisma.ts';
import type { Store } from '../store/store.ts';

export interface Opened {
  store: Store;
  county: County;
  now: Instant;
}

/**
 * Runs `work` on the county as it stands and closes the store afterwards, whatever happens. `asItIs`: a database of an
 * older version is not brought up to date.
 */
export async function withCounty<T>(
  work: (opened: Opened) => Promise<T>,
  options: { asItIs?: boolean } = {},
): Promise<T> {
  const store = await openStore({ url: readConfig().databaseUrl, ...options });
  try {
    const real = systemClock.now();
    const first = new County(await store.load(memorySince(real)));
    // The sample's clock runs ahead of the real one.
    const now = real + Number(first.meta(SIMULATED_AHEAD) ?? 0);
    return await work({ store, county: now === real ? first : new County(await store.load(memorySince(now))), now });
  } finally {
    await store.close();
  }
}
