/**
 * How fast each platform may be spoken to, and what one message may hold, with where each figure is from. Slower than
 * allowed costs minutes; faster costs the account.
 */
import { MINUTE, SECOND } from '../core/time.ts';
import type { Pace, Shape } from './adapter.ts';

export interface Limits {
  pace: Pace;
  shape: Shape;
  /** Where the figures are from; what is a guess says so. */
  sources: readonly string[];
}

/** Official, but given as advice; a `429` with `retry_after` overrules them. */
export const TELEGRAM_LIMITS: Limits = {
  pace: {
    perChatMs: SECOND,
    perGroupPerMinute: 20,
    perAccountMs: 34,
    betweenChatsMs: 0,
    perMinute: 1_800,
    gatherMs: 2 * SECOND,
  },
  shape: { textLimit: 4_096, captionLimit: 1_024, filesTogether: false },
  sources: [
    'one message a second per chat, 20 a minute per group, about 30 a second in all: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this',
    'texts up to 4,096 characters: https://core.telegram.org/bots/api#sendmessage',
    'captions up to 1,024 characters: https://core.telegram.org/bots/api#sendphoto',
  ],
};

/** Nothing official exists: what people who ran such accounts report. */
export const WECHAT_LIMITS: Limits = {
  pace: {
    perChatMs: SECOND,
    perGroupPerMinute: 20,
    perAccountMs: SECOND,
    betweenChatsMs: 3 * SECOND,
    perMinute: 40,
    gatherMs: 2 * SECOND,
  },
  shape: { textLimit: 2_000, captionLimit: 0, filesTogether: false },
  sources: [
    'community: one second to the same chat, 3 to 5 seconds between chats, 40 messages a minute per account; no official figure',
    '20 a minute to one group: half of the account, so that one group cannot use it up; a guess',
    'texts of 2,000 characters: cautious, phones fold longer ones away; no official figure',
  ],
};

/** The page on the same machine has no limits of its own. */
export const CONSOLE_LIMITS: Limits = {
  pace: {
    perChatMs: 0,
    perGroupPerMinute: Number.POSITIVE_INFINITY,
    perAccountMs: 0,
    betweenChatsMs: 0,
    perMinute: Number.POSITIVE_INFINITY,
    gatherMs: SECOND,
  },
  shape: { textLimit: 4_000, captionLimit: 4_000, filesTogether: true },
  sources: ['none'],
};

export const LIMITS: ReadonlyMap<string, Limits> = new Map([
  ['console', CONSOLE_LIMITS],
  ['telegram', TELEGRAM_LIMITS],
  ['wechat', WECHAT_LIMITS],
]);

/** The longest a fan-out should take before another account is worth having. */
export const FAN_OUT_GOAL = 5 * MINUTE;
