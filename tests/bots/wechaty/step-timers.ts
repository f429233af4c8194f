/** Timers that run out when a test says so. */
import type { SetTimer } from '../../../src/clock.ts';

export class StepTimers {
  #now = 0;
  readonly #set = new Map<symbol, { at: number; run: () => void }>();

  readonly setTimer: SetTimer = (run, ms) => {
    const key = Symbol('timer');
    this.#set.set(key, { at: this.#now + ms, run });
    return () => void this.#set.delete(key);
  };

  get waiting(): number {
    return this.#set.size;
  }

  /** Lets `ms` milliseconds go by, and all that follows from it happen. */
  async pass(ms: number): Promise<void> {
    const until = this.#now + ms;
    await settled();
    for (;;) {
      const [next] = [...this.#set].sort(([, a], [, b]) => a.at - b.at);
      if (!next || next[1].at > until) break;
      this.#set.delete(next[0]);
      this.#now = next[1].at;
      next[1].run();
      await settled();
    }
    this.#now = until;
  }
}

/** Resolves when nothing that was already decided is still to happen. */
export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
