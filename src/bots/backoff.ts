/** How long to wait before a connection is tried again. */

export interface Backoff {
  /** After the first failure, ms. */
  first: number;
  /** Never longer, ms. */
  longest: number;
}

/**
 * Milliseconds after `failures` failures in a row (from 1): doubling, and up to half shorter by `random` (0 ≤ x < 1), so
 * that many who lost the same server do not come back at once.
 */
export function backoff(failures: number, { first, longest }: Backoff, random: number): number {
  const wait = Math.min(first * 2 ** Math.min(failures - 1, 20), longest);
  return Math.round(wait * (1 - random / 2));
}
