/** Plays time: stops at every moment at which something is due, and nowhere else. */
import type { App } from '../app.ts';
import type { Instant } from '../core/time.ts';

/** A clock that can be moved on. */
export interface MovableClock {
  now(): Instant;
  moveTo(to: Instant): void;
}

/** Walks a clock to `to`, doing on the way everything that falls due before it, in order. What is due at `to` waits. */
export async function walkBefore(app: App, clock: MovableClock, to: Instant): Promise<void> {
  while (clock.now() < to) {
    await app.tick();
    const next = app.nextDue();
    clock.moveTo(next === null ? to : Math.min(Math.max(next, clock.now()), to));
  }
}

/** The same, and what is due at `to` is done too. */
export async function walkThrough(app: App, clock: MovableClock, to: Instant): Promise<void> {
  await walkBefore(app, clock, to);
  await app.tick();
}
