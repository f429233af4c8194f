/** Work that falls due by the clock. A job decides from facts and a moment; it never reads a clock and never sends. */
import type { County } from '../core/county.ts';
import type { Decision } from '../core/notices.ts';
import type { Playbook } from '../core/playbook/index.ts';
import type { Instant } from '../core/time.ts';

export interface JobFacts {
  county: County;
  playbook: Playbook;
  now: Instant;
}

export interface Job {
  id: string;
  /** The next moment at which there is something to decide, past moments included; null when there is none in sight. */
  nextDue(facts: JobFacts): Instant | null;
  /** Everything due at `now`; deciding again with the outcome applied decides nothing. */
  decide(facts: JobFacts): Decision;
}
