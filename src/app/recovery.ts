/** What a stop left between claim and answer: the rule of each kind of notice says what becomes of it. */
import type { County } from '../core/county.ts';
import { type Decision, mannerOf } from '../core/notices.ts';
import { type OutboxRow, put, type Write } from '../core/rows.ts';
import type { Instant } from '../core/time.ts';

/**
 * Items found being sent of which nobody will ever say more: at start all of them, later those that `abandoned` says
 * nobody holds.
 */
export function recover(county: County, now: Instant, abandoned: (row: OutboxRow) => boolean = () => true): Decision {
  const writes = [...county.tray.pending()]
    .filter((row) => row.state === 'sending' && abandoned(row))
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
