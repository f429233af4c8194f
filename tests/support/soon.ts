/** Waits for what will come about by itself. */

/** Only something broken makes anybody wait that long, ms. */
const PATIENCE = 15_000;
const PAUSE = 5;

/**
 * Tries again and again until `check` does not throw, and gives what it came to. Between two tries, and at each, no
 * timer of its own is set that `check` could see.
 * @throws what `check` threw last
 */
export async function soon<T>(check: () => T | Promise<T>, patience = PATIENCE): Promise<T> {
  for (const deadline = Date.now() + patience; ; ) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
}

/** The same for something that is true some day. */
export async function until(isSo: () => boolean | Promise<boolean>, what: string, patience?: number): Promise<void> {
  await soon(async () => {
    if (!(await isSo())) throw new Error(`it never came about: ${what}`);
  }, patience);
}

/** Rejects when `work` takes longer than it may, ms. */
export async function inTime<T>(work: Promise<T>, most: number, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} took longer than ${most} ms`)), most);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
