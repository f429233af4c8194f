/** How long to wait before a send is tried again. */
import { SECOND } from '../core/time.ts';

const FIRST = 5 * SECOND;
const LONGEST = 55 * SECOND;

/**
 * Milliseconds until try number `attempts` + 1: doubling from five seconds, never a whole minute, and up to a fifth
 * shorter by `random` (0 ≤ x < 1) so that a thousand groups do not knock at once.
 */
export function retryAfter(attempts: number, random: number): number {
  const wait = Math.min(FIRST * 2 ** Math.min(attempts - 1, 10), LONGEST);
  return Math.round(wait * (1 - random / 5));
}
