/** Taking turns inside one process. */

/** Waits for its turn; the caller must call what it gets exactly once, when done. */
export type Lock = () => Promise<() => void>;

/** A lock that is handed on in the order it was asked for. */
export function createLock(): Lock {
  let last: Promise<void> = Promise.resolve();
  return async () => {
    const before = last;
    const { promise, resolve } = gate();
    last = promise;
    await before;
    return resolve;
  };
}

function gate(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

const files = new Map<string, Lock>();

/**
 * The lock of all writers on one file in this process. SQLite waits for a lock without giving way to anything else in
 * the process, so a second writer here would keep the first from ever finishing.
 */
export function fileLock(path: string): Lock {
  const known = files.get(path);
  if (known) return known;
  const lock = createLock();
  files.set(path, lock);
  return lock;
}
