/** Notices that fall due because rows shown with a gap have become complete. */
import type { PeriodBook } from './book.ts';
import type { County } from './county.ts';
import { addressText, type Notice } from './notices.ts';
import type { UnitId } from './rows/index.ts';
import { type Instant, MINUTE } from './time.ts';

/** Completions of one table are told together after this while. */
export const GATHERING = 2 * MINUTE;

/**
 * For each unit on a chain whose group was shown a gap that is closed now: one notice, unless one is on its way.
 * Asked after the change has been applied; `cause` is what made the change, and makes the notice's key its own.
 */
export function madeGoodNotices(
  county: County,
  book: PeriodBook,
  chain: readonly UnitId[],
  now: Instant,
  cause: string,
): Notice[] {
  if (!book.hasOpenGaps) return [];
  return chain.flatMap((unitId, at) => {
    // Only the row this chain runs through can have been closed by the change.
    const row = chain[at + 1];
    const closed = row !== undefined && book.gap(unitId, row)?.madeGoodAt === null && book.tally(row).missing === 0;
    const prefix = `madeGood#${book.period.id}#${unitId}#`;
    const to = { unit: unitId };
    if (!closed || county.tray.isOnItsWay(addressText(to), prefix)) return [];
    return {
      to,
      body: { kind: 'madeGood', periodId: book.period.id, unitId },
      dedupeKey: `${prefix}${cause}`,
      notBefore: now + GATHERING,
    } satisfies Notice;
  });
}
