/** Rounds that somebody ended before their time: they take no more reports, and their ladder stops. */
import type { County } from '../county.ts';
import { type PeriodId, put, type Write } from '../rows/index.ts';
import type { Instant } from '../time.ts';

const mark = (periodId: PeriodId): string => `ended:${periodId}`;

export function isEnded(county: County, periodId: PeriodId): boolean {
  return county.meta(mark(periodId)) !== null;
}

export function endedAt(periodId: PeriodId, at: Instant): Write {
  return put('meta', { id: mark(periodId), value: String(at) });
}
