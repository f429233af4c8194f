/** The Telegram adapter beside its counterpart, with quick times, and everything it says and leaves behind written down. */
import { vi } from 'vitest';
import type { ChatAdapter, ChatRef, InboundEvent, InboundMessage, OutboundMessage } from '../../../src/bots/adapter.ts';
import type { AdapterDeps, BoundGroup } from '../../../src/bots/platform.ts';
import { Examination } from '../../../src/bots/telegram/examination.ts';
import type { TelegramSettings, WebhookSettings } from '../../../src/bots/telegram/settings.ts';
import { TelegramAdapter, type TelegramTimes } from '../../../src/bots/telegram.ts';
import { type SetTimer, systemClock, systemTimer } from '../../../src/clock.ts';
import type { BotApi } from '../../counterparts/bot-api.ts';

export const TOKEN = `7000000001:${'AAF00'.repeat(7)}`;
export const BOT_NAME = '网格助手';
export const USERNAME = 'wangge_bot';
export const GROUP = -1001;
export const OTHER = -1002;
export const ZHANG = 101;
export const LI = 102;

/**
 * A second stands for about a minute. What ends a call is long enough for a machine that is busy with other things: a
 * call that is given up there is another course of events.
 */
export const QUICK: TelegramTimes = {
  longPollSeconds: 1,
  stall: 3_000,
  call: 1_500,
  upload: 2_000,
  send: 3_000,
  file: 200,
  download: 3_000,
  connect: 1_200,
  idleSocket: 300,
  retry: { first: 10, longest: 60 },
  conflict: 60,
  token: 60,
  store: { first: 10, longest: 40 },
  idle: 5,
  peek: 20,
  confirm: 2_000,
  outage: 0,
  held: 60_000,
  hole: 60,
  body: 300,
  webhookCheck: 60,
  lastSends: 100,
  examine: 6_000,
};

export interface Logged {
  level: string;
  event: string;
  details: Record<string, unknown>;
}

export interface DeskOptions {
  times?: Partial<TelegramTimes>;
  settings?: Partial<TelegramSettings>;
  webhook?: WebhookSettings;
}

export class Desk {
  readonly adapter: ChatAdapter & Required<Pick<ChatAdapter, 'accounts'>>;
  readonly events: InboundEvent[] = [];
  readonly logs: Logged[] = [];
  /** What the app does with an event before it has it; rejecting stands for a store that fails. */
  onEvent: (event: InboundEvent) => Promise<void> = async () => undefined;
  readonly #settings: TelegramSettings;
  readonly #times: TelegramTimes;
  readonly #timers = new Set<number>();
  #count = 0;

  constructor(root: string, { times = {}, settings = {}, webhook }: DeskOptions = {}) {
    this.#times = { ...QUICK, ...times };
    this.#settings = { token: TOKEN, apiRoot: `${root}/`, webhook: webhook ?? null, ...settings };
    this.adapter = new TelegramAdapter(this.#settings, this.#times, this.deps);
  }

  get deps(): AdapterDeps {
    return {
      clock: systemClock,
      setTimer: this.#setTimer,
      random: () => 0.5,
      botName: BOT_NAME,
      log: (level, event, details = {}) => void this.logs.push({ level, event, details }),
    };
  }

  /** Timers of the adapter that neither fired nor were cancelled. */
  get openTimers(): number {
    return this.#timers.size;
  }

  start(): Promise<void> {
    return this.adapter.start(async (event) => {
      await this.onEvent(event);
      this.events.push(event);
    });
  }

  stop(): Promise<void> {
    return this.adapter.stop();
  }

  examine(groups: readonly BoundGroup[]) {
    return new Examination(this.#settings, this.#times, this.deps).of(groups);
  }

  /** Sends a text, or a message with more to it, to a group. */
  send(message: string | Partial<OutboundMessage>, chat: number = GROUP) {
    const { text = '', mentions = [], attachments = [] } = typeof message === 'string' ? { text: message } : message;
    return this.adapter.send(groupRef(chat), { text, mentions, attachments });
  }

  get messages(): InboundMessage[] {
    return this.events.filter((event) => event.type === 'message');
  }

  /** What people said, as the app was told it. */
  get texts(): string[] {
    return this.messages.map(({ text }) => text);
  }

  of<T extends InboundEvent['type']>(type: T): Extract<InboundEvent, { type: T }>[] {
    return this.events.filter((event): event is Extract<InboundEvent, { type: T }> => event.type === type);
  }

  logged(event: string): Logged[] {
    return this.logs.filter((each) => each.event === event);
  }

  get state(): string | undefined {
    return this.adapter.accounts()[0]?.state;
  }

  get problem(): string | null | undefined {
    return this.adapter.accounts()[0]?.problem;
  }

  readonly #setTimer: SetTimer = (run, ms) => {
    this.#count += 1;
    const id = this.#count;
    this.#timers.add(id);
    const cancel = systemTimer(() => {
      this.#timers.delete(id);
      run();
    }, ms);
    return () => {
      this.#timers.delete(id);
      cancel();
    };
  };
}

export function groupRef(id: number): ChatRef {
  return { platform: 'telegram', id: String(id), kind: 'group' };
}

/** Two people, and two groups with the bot in them. */
export async function people(api: BotApi): Promise<void> {
  await api.reset();
  await api.addUser({ id: ZHANG, first_name: '张三' });
  await api.addUser({ id: LI, first_name: '李四', username: 'li_si' });
  await api.addGroup({ id: GROUP, title: '福山地村' });
  await api.addGroup({ id: OTHER, title: '林东镇' });
}

/** Far longer than anything takes that does not wait for ever, ms. */
export const PROMPTLY = 15_000;

/** Waits until something is so; only a broken test waits to the end. */
export function until<T>(look: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(look, { timeout: 15_000, interval: 5 });
}

/** Somebody has Telegram push elsewhere. */
export async function setWebhook(root: string, url: string): Promise<void> {
  const response = await fetch(`${root}/bot${TOKEN}/setWebhook?url=${encodeURIComponent(url)}`);
  if (!response.ok) throw new Error(await response.text());
}
