/** How fast a bot may write. */
import { ApiError } from './error.ts';
import type { Limits, Millis } from './types.ts';

const SECOND: Millis = 1_000;
const MINUTE: Millis = 60_000;

/** A count within the time that has just passed. */
class Window {
  readonly #length: Millis;
  #times: Millis[] = [];

  constructor(length: Millis) {
    this.#length = length;
  }

  /** How long until one more is within `most`; 0 when it is now. */
  wait(most: number, now: Millis): Millis {
    this.#times = this.#times.filter((at) => at > now - this.#length);
    const oldest = this.#times.at(-most);
    return oldest === undefined ? 0 : oldest + this.#length - now;
  }

  add(count: number, now: Millis): void {
    for (let each = 0; each < count; each += 1) this.#times.push(now);
  }
}

export class Pace {
  readonly #windows = new Map<string, Window>();

  /**
   * Counts `messages` of one call to a chat, unless there have been too many.
   * @throws {ApiError} 429 with `retry_after` in whole seconds; a refused call does not count
   */
  count(chat: number, messages: number, limits: Limits | null, now: Millis): void {
    if (!limits) return;
    const windows = [
      { window: this.#window(`chat ${chat}`, SECOND), most: limits.chatPerSecond, counts: 1 },
      ...(chat < 0
        ? [{ window: this.#window(`group ${chat}`, MINUTE), most: limits.groupPerMinute, counts: messages }]
        : []),
      { window: this.#window('all', SECOND), most: limits.perSecond, counts: messages },
    ];
    const wait = Math.max(...windows.map(({ window, most }) => window.wait(most, now)));
    if (wait > 0) {
      const retryAfter = Math.ceil(wait / SECOND);
      throw new ApiError(429, `Too Many Requests: retry after ${retryAfter}`, { retry_after: retryAfter });
    }
    for (const { window, counts } of windows) window.add(counts, now);
  }

  #window(name: string, length: Millis): Window {
    const window = this.#windows.get(name) ?? new Window(length);
    this.#windows.set(name, window);
    return window;
  }
}
