/** The clock of the process. Only the edges hold one; the core is told the time. */
import type { Instant } from './core/time.ts';

export interface Clock {
  now(): Instant;
}

/** Calls `run` once after `ms` milliseconds of real time, unless the function it returns is called before. */
export type SetTimer = (run: () => void, ms: number) => () => void;

/** Real time. */
export const systemTimer: SetTimer = (run, ms) => {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
};

/** The machine's own clock. */
export const systemClock: Clock = { now: () => Date.now() };

/** A clock that stands still until it is moved; for rehearsals, the console and tests. */
export class SteppedClock implements Clock {
  #now: Instant;
  constructor(start: Instant) {
    this.#now = start;
  }
  now(): Instant {
    return this.#now;
  }
  /** Moves on to `to`; never back. */
  moveTo(to: Instant): void {
    this.#now = Math.max(this.#now, to);
  }
}
