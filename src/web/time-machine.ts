/** Takes a simulated clock to the moments of a day at which something is to be seen. */

import type { Driver } from '../app/driver.ts';
import { walkBefore, walkThrough } from '../app/walk.ts';
import type { App } from '../app.ts';
import { SIMULATED_AHEAD } from '../core/meta.ts';
import { addDays, civilDateOf, HOUR, type Instant, MINUTE, startOfDay } from '../core/time.ts';
import type { SimulatedClock } from './simulated-clock.ts';

const NEXT_MORNING = 7 * HOUR;
const FIRST_MORNING = 8 * HOUR;

/** Where one may go, as milliseconds after midnight. */
const STOPS = {
  '17:00': 17 * HOUR,
  '18:00': 18 * HOUR,
  '18:30': 18 * HOUR + 30 * MINUTE,
  '19:30': 19 * HOUR + 30 * MINUTE,
} as const;

export const STOP_NAMES = ['17:00', '18:00', '18:30', '19:30', 'next-day'] as const;
export type StopName = (typeof STOP_NAMES)[number];

/** The next moment after `now` with that name; `next-day` is tomorrow at 07:00, Asia/Shanghai. */
export function momentOf(stop: StopName, now: Instant): Instant {
  const today = civilDateOf(now);
  const tomorrow = addDays(today, 1);
  if (stop === 'next-day') return startOfDay(tomorrow) + NEXT_MORNING;
  const at = startOfDay(today) + STOPS[stop];
  return at > now ? at : startOfDay(tomorrow) + STOPS[stop];
}

/** Where a first visit begins: now if there is a working day's afternoon to look forward to, else at 08:00. */
export function firstMoment(now: Instant): Instant {
  const today = civilDateOf(now);
  const time = now - startOfDay(today);
  if (time < NEXT_MORNING) return startOfDay(today) + FIRST_MORNING;
  return time < STOPS['17:00'] ? now : startOfDay(addDays(today, 1)) + FIRST_MORNING;
}

/** Somebody else is moving the clock. */
export class MovingError extends Error {
  override readonly name = 'MovingError';
}

/** This clock is not to be moved: what it times is real. */
export class FixedError extends Error {
  override readonly name = 'FixedError';
}

export interface ClockState {
  /** The simulated time, UTC ms. */
  now: Instant;
  /** Whether it may be moved at all. */
  movable: boolean;
  /** It is being walked on, and does not flow. */
  moving: boolean;
}

export interface TimeMachineDeps {
  app: App;
  clock: SimulatedClock;
  driver: Pick<Driver<unknown>, 'pause' | 'resume'>;
  /** Whether the county is made up, so that its time may be too. */
  movable: boolean;
  /** What others do on the way from one moment to another, in order; nothing by default. */
  others?: (from: Instant, to: Instant) => readonly Errand[];
}

/** Something done at a moment that a walk passes. */
export interface Errand {
  at: Instant;
  run: () => Promise<void>;
}

export class TimeMachine {
  readonly #deps: TimeMachineDeps;
  readonly #listeners = new Set<(state: ClockState) => void>();
  #walk: Promise<void> | null = null;

  constructor(deps: TimeMachineDeps) {
    this.#deps = deps;
  }

  state(): ClockState {
    return { now: this.#deps.clock.now(), movable: this.#deps.movable, moving: this.#walk !== null };
  }

  /**
   * Walks to a moment, doing on the way all that falls due, and keeps where it came to. Resolves when it is there.
   * @throws {MovingError} while another walk is under way
   * @throws {FixedError} when the clock may not be moved
   */
  async goTo(stop: StopName): Promise<ClockState> {
    if (!this.#deps.movable) throw new FixedError('the clock is not to be moved');
    if (this.#walk) throw new MovingError('the clock is being moved');
    const walk = this.#walkTo(stop).finally(() => {
      this.#walk = null;
      this.#tell();
    });
    this.#walk = walk;
    this.#tell();
    await walk;
    return this.state();
  }

  /** Tells when a walk begins and ends; call what it returns to end that. A listener must not throw. */
  subscribe(listener: (state: ClockState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Resolves when no walk is under way, however the last one ended. */
  async idle(): Promise<void> {
    await Promise.allSettled(this.#walk ? [this.#walk] : []);
  }

  async #walkTo(stop: StopName): Promise<void> {
    const { app, clock, driver } = this.#deps;
    await driver.pause();
    clock.hold();
    try {
      const to = momentOf(stop, clock.now());
      for (const { at, run } of this.#deps.others?.(clock.now(), to) ?? []) {
        await walkBefore(app, clock, at);
        await run();
      }
      await walkThrough(app, clock, to);
    } finally {
      clock.release();
      driver.resume();
    }
    await app.remember(SIMULATED_AHEAD, String(clock.ahead));
  }

  #tell(): void {
    for (const listener of this.#listeners) listener(this.state());
  }
}
