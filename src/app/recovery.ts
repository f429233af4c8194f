/** What a stop left between claim and answer: the rule of each kind of notice says what becomes of it. */
import { mannerOf } from '../core/notices.ts';
import { type OutboxRow, put, type Write } from '../core/rows/index.ts';
import type { Instant } from '../core/time.ts';

/** For rows found being sent of which nobody will ever say more. */
export function recover(abandoned: readonly OutboxRow[], now: Instant): Write[] {
  return abandoned.map((row) => {
    const again = mannerOf(row).whenUnknown === 'resend';
    return put('outbox', {
      ...row,
      state: again ? 'pending' : 'dropped',
      settledAt: again ? null : now,
      error: 'unknown: stopped while sending',
    });
  });
}
