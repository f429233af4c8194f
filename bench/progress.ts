/** Says on standard error how far a run is: one line that is written over, plain lines where that cannot be. */

const WIDTH = 24;
/** Shortest time between two lines, milliseconds: on a terminal, and where each line stays. */
const PAUSE = { terminal: 100, plain: 5_000 };

interface Out {
  isTTY?: boolean | undefined;
  write: (text: string) => unknown;
}

export class Progress {
  readonly #out: Out;
  readonly #stages: number;
  readonly #now: () => number;
  readonly #began: number;
  #stage = 0;
  #shownAt = Number.NEGATIVE_INFINITY;
  #shown = '';

  /** @param stages how many stages the whole run has; @param now milliseconds, from anywhere */
  constructor(out: Out, stages: number, now: () => number) {
    this.#out = out;
    this.#stages = stages;
    this.#now = now;
    this.#began = now();
  }

  /** Within the present stage: what is being done and how much of it is done. Shown now and then. */
  show(text: string, done: number, total: number): void {
    const pause = this.#out.isTTY ? PAUSE.terminal : PAUSE.plain;
    if (this.#now() - this.#shownAt < pause && this.#shown.startsWith(text)) return;
    this.#shownAt = this.#now();
    this.#shown = text;
    const share = total > 0 ? Math.min(done / total, 1) : 0;
    const filled = Math.round((WIDTH * (this.#stage + share)) / Math.max(this.#stages, 1));
    const bar = '█'.repeat(Math.min(filled, WIDTH)).padEnd(WIDTH, '░');
    const seconds = ((this.#now() - this.#began) / 1_000).toFixed(0);
    const line = `${bar} ${seconds.padStart(4)} s  ${text}${total > 1 ? ` ${(100 * share).toFixed(0)} %` : ''}`;
    this.#out.write(this.#out.isTTY ? `\r\u001b[K${line}` : `${line}\n`);
  }

  /** The present stage is over. */
  next(): void {
    this.#stage += 1;
  }

  /** Takes the line away. */
  end(): void {
    if (this.#out.isTTY) this.#out.write('\r\u001b[K');
  }
}
