/** Every time limit and every bound of the WeChat adapter, in one place; tests bring shorter ones. */
import type { SetTimer } from '../../clock.ts';
import { MINUTE, SECOND } from '../../core/time.ts';
import type { Backoff } from '../backoff.ts';
import type { AdapterDeps } from '../platform.ts';

/** All in ms. */
export interface WechatTimes {
  /** The start of the bot waits no longer for its accounts. */
  start: number;
  /** A service may take this long to start its account. */
  attach: number;
  /** After that, an account that is not logged in is told of as logged out; then it is looked at from time to time. */
  login: number;
  /** Any question to the service. */
  call: number;
  /** A message on its way to the service. */
  send: number;
  /** A file on its way, either direction. */
  transfer: number;
  /** Nothing heard for this long, though asked for a sign of life: the session is given up. */
  silence: number;
  /** The library's own clearing up, before it is left to itself. */
  stop: number;
  /** Between two sessions. */
  reconnect: Backoff;
  /** A session that lasted this long is a fresh start for `reconnect`. */
  steady: number;
  /** Outages no longer than this are not told. */
  outage: number;
  /** A message that cannot be read holds up those after it no longer than this. */
  hole: number;
  /** Before a message that could not be read is read again. */
  reread: number;
  /** Before an event that the app could not keep is offered again. */
  offer: Backoff;
  /** An account that is lost for this long gives its groups to another one in them. */
  handover: number;
  /** What to wait when the service says that it is too much. */
  busy: number;
  /** A whole examination. */
  examine: number;
}

export const WECHAT_TIMES: WechatTimes = {
  start: 8 * SECOND,
  attach: 20 * SECOND,
  login: 5 * SECOND,
  call: 10 * SECOND,
  send: 20 * SECOND,
  transfer: 25 * SECOND,
  silence: MINUTE,
  stop: 3 * SECOND,
  reconnect: { first: SECOND, longest: MINUTE },
  steady: MINUTE,
  outage: 3 * SECOND,
  hole: 2 * SECOND,
  reread: SECOND,
  offer: { first: 200, longest: 10 * SECOND },
  handover: 2 * MINUTE,
  busy: MINUTE,
  examine: MINUTE,
};

export interface WechatBounds {
  /** Questions about messages, rooms and contacts under way at once, per account. */
  sideBySide: number;
  /** Readings of one message, sessions that broke meanwhile not counted. */
  readings: number;
  /** Messages in memory because they cannot be read yet, or the app cannot keep them; beyond it the oldest go. */
  mostHeld: number;
  /** Largest file taken from a chat, bytes. */
  largestFile: number;
  /** People of whom it is remembered which account they write to. */
  correspondents: number;
}

export const WECHAT_BOUNDS: WechatBounds = {
  sideBySide: 16,
  readings: 3,
  mostHeld: 10_000,
  largestFile: 64 * 1024 * 1024,
  correspondents: 20_000,
};

/** What every part of the adapter is given. */
export interface Surroundings extends AdapterDeps {
  times: WechatTimes;
  bounds: WechatBounds;
}

/** Calls `run` every `ms` milliseconds until the function it returns is called. */
export function every(ms: number, setTimer: SetTimer, run: () => void): () => void {
  let cancel = setTimer(tick, ms);
  function tick(): void {
    cancel = setTimer(tick, ms);
    run();
  }
  return () => cancel();
}
