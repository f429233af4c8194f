/** Plays time: stops at every moment at which something is due, and nowhere else. */
import type { App } from '../app.ts';
import type { Instant } from '../core/time.ts';

/** A clock that can be moved on. */
export interface MovableClock {
  now(): Instant;
  moveTo(to: Instant): void;
}

/** Does all that is due now, and waits for what the platforms say of it, until nothing is left for this moment. */
export async function settle(app: App, clock: Pick<MovableClock, 'now'>): Promise<void> {
  let next: Instant | null;
  do {
    await app.tick();
    await app.idle();
    next = app.nextDue();
  } while (next !== null && next <= clock.now());
}

/** Walks a clock to `to`, doing on the way everything that falls due before it, in order. What is due at `to` waits. */
export async function walkBefore(app: App, clock: MovableClock, to: Instant): Promise<void> {
  while (clock.now() < to) {
    await settle(app, clock);
    const next = app.nextDue();
    clock.moveTo(next === null ? to : Math.min(Math.max(next, clock.now()), to));
  }
}

/** The same, and what is due at `to` is done too. */
export async function walkThrough(app: App, clock: MovableClock, to: Instant): Promise<void> {
  await walkBefore(app, clock, to);
  await settle(app, clock);
}
