/** What becomes of notices once a platform has answered, or has not. */
import type { SendError } from '../bots/adapter.ts';
import { keptBody, mannerOf } from '../core/notices.ts';
import { type OutboxRow, put, type Write } from '../core/rows/index.ts';
import type { Instant } from '../core/time.ts';
import { retryAfter } from './retry.ts';

/** Longest reason kept with a row. */
const KEPT_REASON = 200;

/**
 * Sends of unknown outcome after which a notice is given up: so many copies of it may have arrived already. Spread over
 * more than two minutes, for a gateway that answers 502 for a while has mostly delivered nothing.
 */
const MOST_UNKNOWN = 6;

/** The platform took the message; that somebody saw it is not known. */
export function accepted(rows: readonly OutboxRow[], now: Instant, platformMessageId: string | null): Write[] {
  return rows.map((row) => {
    const sent: OutboxRow = { ...row, state: 'sent', settledAt: now, platformMessageId, error: null };
    const body = keptBody(row);
    return body === row.body ? { table: 'outbox', op: 'update', row: sent } : put('outbox', { ...sent, body });
  });
}

/**
 * The platform did not take it, or nobody knows: given up where the chat will never take it, let be where a second
 * one would nag or after so many that copies of it must be there, else tried again, after as long as the platform asks.
 * @param random 0 ≤ x < 1
 * @param unknownTries how many sends of a row had an unknown outcome, this one included
 */
export function failed(
  rows: readonly OutboxRow[],
  now: Instant,
  failure: SendError,
  random: number,
  unknownTries: (id: string) => number,
): Write[] {
  const error = `${failure.kind}: ${failure.message}`.slice(0, KEPT_REASON);
  return rows.map((row): Write => {
    const lost = failure.kind === 'unknown' && unknownTries(row.id) >= MOST_UNKNOWN;
    if (failure.kind === 'unknown' && mannerOf(row).whenUnknown === 'drop') {
      return put('outbox', { ...row, body: keptBody(row), state: 'dropped', settledAt: now, error });
    }
    if (failure.kind === 'refused' || lost) {
      return put('outbox', { ...row, body: keptBody(row), state: 'dead', settledAt: now, error });
    }
    const attempts = row.attempts + 1;
    const notBefore = now + (failure.retryAfterMs ?? retryAfter(attempts, random));
    return put('outbox', { ...row, state: 'pending', settledAt: null, attempts, notBefore, error });
  });
}
