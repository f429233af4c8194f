/** Timers that a test lets run out when it likes. */
export class ManualTimers {
  readonly #waiting = new Map<number, { run: () => void; ms: number }>();
  #next = 0;

  readonly setTimer = (run: () => void, ms: number): number => {
    this.#next += 1;
    this.#waiting.set(this.#next, { run, ms });
    return this.#next;
  };
  readonly clearTimer = (timer: number): void => void this.#waiting.delete(timer);

  /** How long each timer that is set was set for, milliseconds. */
  get waits(): number[] {
    return [...this.#waiting.values()].map(({ ms }) => ms);
  }

  /** Lets every timer that is set run out. */
  fire(): void {
    const due = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { run } of due) run();
  }
}
