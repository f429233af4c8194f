/** Which of the bot's accounts people write to in private. */

export class Correspondents {
  readonly #most: number;
  /** From contact to account, the latest last. */
  readonly #wrote = new Map<string, string>();

  constructor(most: number) {
    this.#most = most;
  }

  wrote(contact: string, account: string): void {
    this.#wrote.delete(contact);
    this.#wrote.set(contact, account);
    if (this.#wrote.size <= this.#most) return;
    const [longestAgo = ''] = this.#wrote.keys();
    this.#wrote.delete(longestAgo);
  }

  /** The account they last wrote to; null when they have not, as far as is remembered. */
  accountOf(contact: string): string | null {
    return this.#wrote.get(contact) ?? null;
  }
}
