/** Every time limit of the Telegram adapter. */
import { MINUTE, SECOND } from '../../core/time.ts';
import type { Backoff } from '../backoff.ts';

/** Milliseconds, but for `longPollSeconds`. */
export interface TelegramTimes {
  /** How long Telegram may hold a poll open while nothing is said; whole seconds, as its API counts. */
  longPollSeconds: number;
  /** A poll without an answer for so long is dead; above `longPollSeconds`. */
  stall: number;
  /** Any other call without a file. */
  call: number;
  /** A call that carries a file. */
  upload: number;
  /** A whole send, with second tries under another id or as a file; below what the app waits for. */
  send: number;
  /** Making the bytes of a file that is to be sent. */
  file: number;
  /** Fetching a file that somebody sent. */
  download: number;
  /** Until a connection stands, TLS included; what ends before has surely sent nothing. */
  connect: number;
  /** An unused connection is closed after this, before the other side does it in the middle of our next request. */
  idleSocket: number;
  /** After network errors and answers that are Telegram's own trouble. */
  retry: Backoff;
  /** After another process polled with our token. */
  conflict: number;
  /** After the token was refused. */
  token: number;
  /** After events could not be kept. */
  store: Backoff;
  /** After an empty answer; keeps a server that never waits from being asked in a frenzy. */
  idle: number;
  /** Updates that the app takes its time with are fetched again after this, for those that came since. */
  peek: number;
  /** Telling Telegram at the stop what was taken. */
  confirm: number;
  /** Outages shorter than this are not told. */
  outage: number;
  /** An event that could not be kept holds back the later ones of its chat no longer than this. */
  held: number;
  /** How long an update that was pushed to us waits for one with a lower id. */
  hole: number;
  /** Reading one pushed update. */
  body: number;
  /** Between two looks whether Telegram still pushes to us. */
  webhookCheck: number;
  /** Sends under way at the stop may end by themselves for so long. */
  lastSends: number;
  /** A whole examination. */
  examine: number;
}

export const TELEGRAM_TIMES: TelegramTimes = {
  longPollSeconds: 25,
  stall: 40 * SECOND,
  call: 15 * SECOND,
  upload: 40 * SECOND,
  send: 55 * SECOND,
  file: 20 * SECOND,
  download: 30 * SECOND,
  connect: 8 * SECOND,
  idleSocket: 4 * SECOND,
  retry: { first: SECOND, longest: 30 * SECOND },
  conflict: 10 * SECOND,
  token: MINUTE,
  store: { first: SECOND / 2, longest: 10 * SECOND },
  idle: SECOND / 10,
  peek: SECOND / 4,
  confirm: 2 * SECOND,
  outage: MINUTE,
  held: 5 * MINUTE,
  hole: 0.3 * SECOND,
  body: 10 * SECOND,
  webhookCheck: MINUTE,
  lastSends: 3 * SECOND,
  examine: MINUTE,
};
