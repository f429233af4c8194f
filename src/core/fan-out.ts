/** How long it takes to say something to many groups at a platform's pace, and with how many accounts. */
import { MINUTE } from './time.ts';

/** As much of a platform's pace as counts where every message goes to another chat. */
export interface FanOutPace {
  perAccountMs: number;
  betweenChatsMs: number;
  /** Most messages of one account in any minute. */
  perMinute: number;
}

/** Milliseconds from the first to the last of `messages` messages of one account, each to another chat. */
export function fanOutMs(messages: number, { perAccountMs, betweenChatsMs, perMinute }: FanOutPace): number {
  if (messages <= 1) return 0;
  const step = Math.max(perAccountMs, betweenChatsMs);
  if (!Number.isFinite(perMinute)) return (messages - 1) * step;
  // The first of every `perMinute` messages leaves a minute after the first of those before, or as the steps allow.
  const full = Math.floor((messages - 1) / perMinute);
  const rest = (messages - 1) % perMinute;
  return full * Math.max(MINUTE, step * perMinute) + rest * step;
}

/** The fewest accounts that share `messages` messages evenly and are done within `goalMs`. */
export function accountsFor(messages: number, pace: FanOutPace, goalMs: number): number {
  let low = 1;
  let high = Math.max(1, messages);
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (fanOutMs(Math.ceil(messages / middle), pace) <= goalMs) high = middle;
    else low = middle + 1;
  }
  return low;
}
