/** A clock that runs with another one, some way ahead of it, and can be held still while it is walked on. */
import type { MovableClock } from '../app/walk.ts';
import type { Clock } from '../clock.ts';
import type { Instant } from '../core/time.ts';

export class SimulatedClock implements Clock, MovableClock {
  readonly #base: Clock;
  #ahead: number;
  #heldAt: Instant | null = null;

  /** @param ahead how far ahead of `base` it begins, milliseconds */
  constructor(base: Clock, ahead = 0) {
    this.#base = base;
    this.#ahead = ahead;
  }

  now(): Instant {
    return this.#heldAt ?? this.#base.now() + this.#ahead;
  }

  /** Milliseconds ahead of the base clock; grows when it is moved, never by itself. */
  get ahead(): number {
    return this.now() - this.#base.now();
  }

  /** Stands still until {@link release}; moved only by {@link moveTo}. */
  hold(): void {
    this.#heldAt = this.now();
  }

  /** Flows on from where it stands. */
  release(): void {
    this.#ahead = this.ahead;
    this.#heldAt = null;
  }

  /** Moves on to `to`; never back. */
  moveTo(to: Instant): void {
    const further = Math.max(0, to - this.now());
    if (this.#heldAt === null) this.#ahead += further;
    else this.#heldAt += further;
  }
}
