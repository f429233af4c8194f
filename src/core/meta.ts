/** The names of small durable values that more than one part of the program asks for. */
import { put, type Write } from './rows/index.ts';
import type { Instant } from './time.ts';

/** Another token whenever the roster or the claim codes were changed from outside the running bot. */
export const ROSTER_REVISION = 'rosterRevision';

/** How far a simulated clock is ahead of the machine's, milliseconds. */
export const SIMULATED_AHEAD = 'simulatedAhead';

/** Names the chat of a unit's group that the bot found itself out of; empty when it is back. */
export const lostGroup = (unitId: string): string => `lostGroup:${unitId}`;

/** The day on which the level above was last told of a unit's lost group. */
export const lostGroupTold = (unitId: string): string => `lostGroupTold:${unitId}`;

/** The chats of all groups the bot was in on a platform when it last knew them all; JSON. */
export const knownGroups = (platform: string): string => `knownGroups:${platform}`;

/** The bot's own ids on a platform when it last knew all its groups there; JSON. */
export const ownIds = (platform: string): string => `ownIds:${platform}`;

/** The day on which a group that belongs to no unit was last greeted. */
export const greeted = (chat: string): string => `greeted:${chat}`;

/** From when on a slice of the playbook falls due, UTC ms. */
export const sliceSince = (sliceId: string): string => `sliceSince:${sliceId}`;

/** What became of a slice on a day: `fired` or `skipped`. */
export const sliceOn = (sliceId: string, day: string): string => `slice:${sliceId}@${day}`;

/** How the bot's own accounts stood when that last changed; see {@link readAccounts}. */
export const ACCOUNTS = 'accounts';

/** When the store was last tried after it had failed, UTC ms, and spaces that ask for room. */
export const STORE_TRIED = 'storeTried';

/** When the bot was last known to run, UTC ms. */
export const ALIVE = 'alive';

/** The last night in which everything whose time was over was erased. */
export const ERASED_ON = 'erasedOn';

/** How far the periods of a form have been gone through for what is to be erased; JSON. */
export const erasedUpTo = (form: string): string => `erasedUpTo:${form}`;

/** One of the bot's own accounts, as other processes may know of it. */
export interface AccountNote {
  platform: string;
  account: string;
  state: string;
  /** UTC ms. */
  since: Instant;
  problem: string | null;
}

/** What was noted under {@link ACCOUNTS}; nothing when it never was. */
export function readAccounts(noted: string | null): AccountNote[] {
  return noted === null ? [] : (JSON.parse(noted) as AccountNote[]);
}

/**
 * Marks the roster as changed, so that the running bot reads it anew.
 * @param token one never used before; a number counted on would be the same in two processes that counted at once
 */
export function newRevision(token: string): Write {
  return put('meta', { id: ROSTER_REVISION, value: token });
}
