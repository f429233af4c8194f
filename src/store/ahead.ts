/** Having what comes next made ready while what came before is worked on. */

/**
 * Hands on what a source gives, in order; up to `most` items are asked for before they are wanted. When whoever wants
 * them stops, so does the source, and nothing of it is under way any more.
 */
export async function* ahead<T>(source: AsyncIterator<T, void, void>, most: number): AsyncGenerator<T, void, void> {
  const coming: Promise<IteratorResult<T, void>>[] = [];
  const ask = (): void => {
    const next = source.next();
    // Where an item before it fails nobody waits for this one any more.
    next.catch(() => undefined);
    coming.push(next);
  };
  try {
    while (coming.length < most) ask();
    for (let next = await coming.shift(); next && !next.done; next = await coming.shift()) {
      ask();
      yield next.value;
    }
  } finally {
    await source.return?.();
    await Promise.allSettled(coming);
  }
}
