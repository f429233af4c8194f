/**
 * Keeps an app going: one timer for its next moment, one tick at a time. Everything it needs of the world is handed
 * to it, so that a test can be the world.
 */
import type { App, Logger } from '../app.ts';
import type { Clock } from '../clock.ts';
import { errorInLogs } from '../core/error-in-logs.ts';
import { MINUTE, SECOND } from '../core/time.ts';

/** The longest a timer is set for: a machine that slept, or a clock put right, is noticed within it. */
const LONGEST_WAIT = MINUTE;
/** The shortest: a moment that a tick could not settle does not become a spin. */
const SHORTEST_WAIT = 20;
/** After a tick that failed. */
const AFTER_FAILURE = 5 * SECOND;

export interface DriverDeps<Timer> {
  /** Calls `run` once after `ms` milliseconds of real time. */
  setTimer: (run: () => void, ms: number) => Timer;
  clearTimer: (timer: Timer) => void;
  log: Logger;
  /** Calls `beat` about once a minute until the function it returns is called; a safety net for a lost timer. */
  heartbeat?: (beat: () => void) => () => void;
}

export class Driver<Timer> {
  readonly #app: Pick<App, 'tick' | 'nextDue'>;
  readonly #clock: Clock;
  readonly #deps: DriverDeps<Timer>;
  #stopHeartbeat: (() => void) | null = null;
  #active = false;
  #timer: { handle: Timer } | null = null;
  #running: Promise<void> | null = null;
  #again = false;

  constructor(app: Pick<App, 'tick' | 'nextDue'>, clock: Clock, deps: DriverDeps<Timer>) {
    this.#app = app;
    this.#clock = clock;
    this.#deps = deps;
  }

  /** Ticks now and from then on whenever something is due. */
  start(): void {
    this.#stopHeartbeat ??= this.#deps.heartbeat?.(() => this.nudge()) ?? null;
    this.resume();
  }

  /** Something has changed: looks now. Does nothing while paused; during a tick, another follows it. */
  nudge(): void {
    if (!this.#active) return;
    this.#again = true;
    this.#disarm();
    if (this.#running) return;
    this.#running = this.#run().then((failed) => {
      this.#running = null;
      if (!this.#active) return;
      if (this.#again && !failed) this.nudge();
      else this.#arm(failed);
    });
  }

  /** Ticks no more until {@link resume}; resolves when no tick is under way. */
  async pause(): Promise<void> {
    this.#active = false;
    this.#disarm();
    await this.#running;
  }

  resume(): void {
    this.#active = true;
    this.nudge();
  }

  /** Like {@link pause}, and lets go of the heartbeat: nothing of the driver is left. */
  async stop(): Promise<void> {
    this.#stopHeartbeat?.();
    this.#stopHeartbeat = null;
    await this.pause();
  }

  /** Whether the last tick failed. */
  async #run(): Promise<boolean> {
    while (this.#active && this.#again) {
      this.#again = false;
      try {
        await this.#app.tick();
      } catch (error) {
        this.#deps.log('error', 'tick.failed', { error: errorInLogs(error) });
        return true;
      }
    }
    return false;
  }

  #arm(failed: boolean): void {
    const next = this.#app.nextDue();
    const wait = next === null ? LONGEST_WAIT : next - this.#clock.now();
    const ms = failed ? AFTER_FAILURE : Math.min(Math.max(wait, SHORTEST_WAIT), LONGEST_WAIT);
    this.#disarm();
    this.#timer = {
      handle: this.#deps.setTimer(() => {
        this.#timer = null;
        this.nudge();
      }, ms),
    };
  }

  #disarm(): void {
    if (this.#timer) this.#deps.clearTimer(this.#timer.handle);
    this.#timer = null;
  }
}
