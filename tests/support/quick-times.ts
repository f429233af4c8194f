/** Time limits of the platforms for tests: quick, but not so quick that a busy machine is taken for a broken one. */
import type { TelegramTimes } from '../../src/bots/telegram.ts';
import type { WechatTimes } from '../../src/bots/wechaty.ts';

export const QUICK_TELEGRAM = {
  longPollSeconds: 1,
  stall: 2_500,
  call: 1_500,
  upload: 2_000,
  send: 2_500,
  file: 1_000,
  download: 2_000,
  connect: 1_000,
  idleSocket: 300,
  retry: { first: 20, longest: 100 },
  conflict: 50,
  token: 50,
  store: { first: 10, longest: 40 },
  peek: 20,
  idle: 5,
  confirm: 1_500,
  outage: 1,
  hole: 250,
  body: 2_000,
  webhookCheck: 100,
  lastSends: 1_000,
} satisfies Partial<TelegramTimes>;

export const QUICK_WECHAT = {
  attach: 4_000,
  login: 600,
  call: 2_000,
  send: 2_000,
  transfer: 2_000,
  silence: 1_200,
  stop: 1_000,
  reconnect: { first: 20, longest: 150 },
  steady: 1_000,
  outage: 1,
  hole: 400,
  reread: 30,
  offer: { first: 10, longest: 40 },
  handover: 400,
  busy: 5_000,
} satisfies Partial<WechatTimes>;
