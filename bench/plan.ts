/** What is done at one size: which messages on which day, and what is measured of them. */

/** Grids that still owe their report when the day's ladder begins: one in ten. */
export const MISSING_SHARE = 0.1;

/** What a run of messages is for. */
export type Purpose = 'warm up' | 'throughput' | 'latency' | 'fill up' | 'late';

/** Some places of a day's order of speaking: the first of them, and how many there are. */
export interface Places {
  from: number;
  count: number;
}

/** Messages of one day, one from each of so many grids. */
export interface Leg extends Places {
  purpose: Purpose;
  /** Days after the first. */
  day: number;
}

export interface Plan {
  grids: number;
  /** Legs before the ladder of the last of their days, in order; all grids but `missing` have reported that day. */
  legs: Leg[];
  /** Whose reports of the first day are in the file from the start, where all legs are of that day and leave some out. */
  written: Places | null;
  missing: number;
  /** Whether ladder, tables and start are measured. */
  whole: boolean;
}

export interface Amounts {
  warmUp: number;
  throughput: number;
  latency: number;
}

/** Days that a measurement may take at most, where a day of the county holds few messages. */
const MOST_DAYS = { warmUp: 5, throughput: 30, latency: 15 } as const;
const QUICK_DAYS = { warmUp: 3, throughput: 8, latency: 4 } as const;
/** Messages of each measurement at most. */
const MOST = { warmUp: 5_000, throughput: 50_000, latency: 30_000 } as const;
/** The fewer messages are measured, the more a cold start would count in them: the warm-up is longer. */
const QUICK_MOST = { warmUp: 6_000, throughput: 14_000, latency: 6_000 } as const;

/**
 * How many messages each measurement takes; in a small county as many as there are in some weeks.
 * @param asked for the throughput, where that was asked for
 * @param whole whether more than throughput is measured
 */
export function amountsFor(grids: number, quick: boolean, whole: boolean, asked: number | null = null): Amounts {
  if (asked !== null)
    return { warmUp: Math.ceil(asked / 4), throughput: asked, latency: whole ? Math.ceil(asked / 2) : 0 };
  const [days, most] = quick ? [QUICK_DAYS, QUICK_MOST] : [MOST_DAYS, MOST];
  const warmUp = Math.min(most.warmUp, days.warmUp * grids);
  if (!whole) return { warmUp, throughput: grids - Math.round(grids * MISSING_SHARE) - warmUp, latency: 0 };
  return {
    warmUp,
    throughput: Math.min(most.throughput, days.throughput * grids),
    latency: Math.min(most.latency, days.latency * grids),
  };
}

/**
 * A grid reports once a day, as in life. Where one day of the county holds all messages, they are legs of that day,
 * and whoever they leave out has reported before; a smaller county goes on reporting day after day, whole days each.
 */
export function planOf(grids: number, amounts: Amounts, whole = true): Plan {
  const missing = Math.round(grids * MISSING_SHARE);
  const speaking = grids - missing;
  const wanted = [
    ['warm up', amounts.warmUp],
    ['throughput', amounts.throughput],
    ['latency', amounts.latency],
  ] as const;
  const total = wanted.reduce((sum, [, count]) => sum + count, 0);
  const legs: Leg[] = [];
  let [day, from] = [0, 0];
  for (const [purpose, count] of wanted) {
    if (total <= speaking) {
      if (count > 0) legs.push({ purpose, day, from, count });
      from += count;
      continue;
    }
    for (let left = count; left > 0; left -= grids) {
      legs.push({ purpose, day, from: 0, count: grids });
      day += 1;
    }
  }
  const rest = { from, count: speaking - from };
  if (total <= speaking) return { grids, legs, written: rest.count > 0 ? rest : null, missing, whole };
  legs.push({ purpose: 'fill up', day, ...rest });
  return { grids, legs, written: null, missing, whole };
}

/** The leg in which those who were missing report after all. */
export function lateLeg({ grids, legs, missing }: Plan): Leg {
  return { purpose: 'late', day: legs.at(-1)?.day ?? 0, from: grids - missing, count: missing };
}
