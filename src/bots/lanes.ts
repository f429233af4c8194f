/** Works of one chat run one after the other, those of different chats side by side. */

export class Lanes {
  readonly #tails = new Map<string, Promise<void>>();

  /** Runs `work` when everything put into this lane before has ended, however it ended. Settles as the work does. */
  run<T>(lane: string, work: () => Promise<T>): Promise<T> {
    const before = this.#tails.get(lane) ?? Promise.resolve();
    const own = before.then(work);
    const tail = own.then(
      () => undefined,
      () => undefined,
    );
    this.#tails.set(lane, tail);
    void tail.then(() => {
      if (this.#tails.get(lane) === tail) this.#tails.delete(lane);
    });
    return own;
  }

  /** Resolves when nothing is under way any more. */
  async idle(): Promise<void> {
    while (this.#tails.size > 0) await Promise.all(this.#tails.values());
  }
}
