/** The names of small durable values that more than one part of the program asks for. */
import { put, type Write } from './rows.ts';

/** Another token whenever the roster or the claim codes were changed from outside the running bot. */
export const ROSTER_REVISION = 'rosterRevision';

/** How far a simulated clock is ahead of the machine's, milliseconds. */
export const SIMULATED_AHEAD = 'simulatedAhead';

/** Names the chat of a unit's group that the bot found itself out of; empty when it is back. */
export const lostGroup = (unitId: string): string => `lostGroup:${unitId}`;

/**
 * Marks the roster as changed, so that the running bot reads it anew.
 * @param token one never used before; a number counted on would be the same in two processes that counted at once
 */
export function newRevision(token: string): Write {
  return put('meta', { id: ROSTER_REVISION, value: token });
}
