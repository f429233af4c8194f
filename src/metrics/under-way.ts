/** What has begun and not ended yet, and for how long that has been so. */
export class UnderWay {
  readonly #elapsed: () => number;
  /** When each began, oldest first. */
  readonly #begun = new Set<{ at: number }>();

  /** @param elapsed milliseconds from any fixed moment, never going back */
  constructor(elapsed: () => number) {
    this.#elapsed = elapsed;
  }

  /** Something begins; what this returns ends it and gives the milliseconds it took, or null when it was over already. */
  begin(): () => number | null {
    const own = { at: this.#elapsed() };
    this.#begun.add(own);
    return () => (this.#begun.delete(own) ? this.#elapsed() - own.at : null);
  }

  /** How long the oldest has taken so far, milliseconds; 0 where there is none. */
  get ms(): number {
    const [oldest] = this.#begun;
    return oldest ? this.#elapsed() - oldest.at : 0;
  }

  get isIdle(): boolean {
    return this.#begun.size === 0;
  }
}
