/** What a stop left between claim and answer: the rule of each kind of notice says what becomes of it. */
import type { County } from '../core/county.ts';
import { type Decision, mannerOf } from '../core/notices.ts';
import { put, type Write } from '../core/rows.ts';
import type { Instant } from '../core/time.ts';

/** Items found being sent at start: their result is unknown for ever. */
export function recover(county: County, now: Instant): Decision {
  const writes = [...county.tray.pending()]
    .filter((row) => row.state === 'sending')
    .map((row): Write => {
      const again = mannerOf(row).whenUnknown === 'resend';
      return put('outbox', {
        ...row,
        state: again ? 'pending' : 'dropped',
        settledAt: again ? null : now,
        error: 'unknown: stopped while sending',
      });
    });
  return { writes, notices: [] };
}
