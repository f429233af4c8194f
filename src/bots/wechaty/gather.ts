/** Asking a service many things. */

/** `ask` for each of `items`, at most `most` at a time; in their order. Rejects with the first that does. */
export async function sideBySide<In, Out>(
  items: readonly In[],
  most: number,
  ask: (item: In) => Promise<Out>,
): Promise<Out[]> {
  const answers: Out[] = [];
  const left = items.entries();
  const worker = async (): Promise<void> => {
    for (const [at, item] of left) answers[at] = await ask(item);
  };
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, worker));
  return answers;
}

/** Answers under way, so that many who want the same thing at once ask for it once. */
export class Asked<T> {
  readonly #under = new Map<string, Promise<T>>();

  get(key: string, ask: () => Promise<T>): Promise<T> {
    const under = this.#under.get(key);
    if (under) return under;
    const asked = ask().finally(() => this.#under.delete(key));
    this.#under.set(key, asked);
    return asked;
  }
}
