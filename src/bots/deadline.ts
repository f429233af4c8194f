/** Waits no longer than is sensible. */
import type { SetTimer } from '../clock.ts';

/** The time was over before the work was. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError';
}

/**
 * Settles as `work` does, or rejects with a {@link DeadlineError} after `ms` milliseconds, or as soon as the signal is
 * aborted; what the work comes to after that is heard by nobody, and is no unhandled rejection.
 */
export function within<T>(ms: number, setTimer: SetTimer, work: Promise<T>, until?: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const over = (): void => {
      done();
      reject(new DeadlineError(`no answer within ${ms} ms`));
    };
    const cancel = setTimer(over, ms);
    function done(): void {
      cancel();
      until?.removeEventListener('abort', over);
    }
    until?.addEventListener('abort', over);
    if (until?.aborted) over();
    work.then(resolve, reject).finally(done);
  });
}

/** Resolves after `ms` milliseconds, or as soon as the signal is aborted. */
export function pause(ms: number, setTimer: SetTimer, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const cancel = setTimer(over, ms);
    function over(): void {
      cancel();
      signal.removeEventListener('abort', over);
      resolve();
    }
    signal.addEventListener('abort', over);
  });
}
