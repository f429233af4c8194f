/** Work that falls due by the clock. A job decides from facts and a moment; it never reads a clock and never sends. */
import type { County } from '../core/county.ts';
import type { Decision } from '../core/notices.ts';
import type { Playbook } from '../core/playbook/index.ts';
import type { InboundRow, OutboxRow, PeriodRow, ReportRow } from '../core/rows/index.ts';
import type { Instant } from '../core/time.ts';

export interface JobFacts {
  county: County;
  playbook: Playbook;
  now: Instant;
}

/** Reads of what is long over and not in memory any more. */
export interface PastReads {
  /** The period of a form that locked next after another, until a moment; null when there is none. */
  nextLocked(form: string, after: Pick<PeriodRow, 'locksAt' | 'id'>, until: Instant): Promise<PeriodRow | null>;
  periods(ids: readonly string[]): Promise<PeriodRow[]>;
  /** Versions of a period with words in or behind them, by id from the one after `afterId` on. */
  reportsIn(periodId: string, afterId: string, limit: number): Promise<ReportRow[]>;
  /** Every version about these subjects in periods of these forms that locked at or after a moment. */
  reportsAbout(subjects: readonly string[], forms: readonly string[], lockedSince: Instant): Promise<ReportRow[]>;
  heard(ids: readonly string[]): Promise<InboundRow[]>;
  /** Notices that are done with whose id is one of these keys, or one of them with `#` and more. */
  settled(keys: readonly string[]): Promise<OutboxRow[]>;
}

export interface Job<Loaded = unknown> {
  id: string;
  /** The next moment at which there is something to decide, past moments included; null when there is none in sight. */
  nextDue(facts: JobFacts): Instant | null;
  /** What it decides on beyond memory, read before it decides; most have all in memory. */
  load?(facts: JobFacts, past: PastReads): Promise<Loaded>;
  /**
   * Everything due at `now`; deciding again with the outcome applied decides nothing. A job that loads decides nothing
   * without what it has loaded.
   */
  decide(facts: JobFacts, loaded?: Loaded): Decision;
}

/** Checks a job's shape; what it loads is typed within it and forgotten outside. */
export function defineJob<Loaded>(job: Job<Loaded>): Job {
  return job as Job;
}
