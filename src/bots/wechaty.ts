/**
 * WeChat, by wechaty and the puppet services it speaks to: one bot with one account or several, each behind a service of
 * its own.
 */
import type { ChatRef } from '../core/chat.ts';
import type { AccountState, ChatAdapter, InboundSink, OutboundMessage } from './adapter.ts';
import { WECHAT_LIMITS } from './limits.ts';
import type { AdapterDeps, Configuration, ConfiguredPlatform, Platform } from './platform.ts';
import { Bot } from './wechaty/bot.ts';
import { examine } from './wechaty/examine.ts';
import { send } from './wechaty/sending.ts';
import { readSettings, type WechatAccount } from './wechaty/settings.ts';
import { PLATFORM } from './wechaty/translate.ts';
import {
  type Surroundings,
  WECHAT_BOUNDS,
  WECHAT_TIMES,
  type WechatBounds,
  type WechatTimes,
} from './wechaty/tuning.ts';

export type { WechatAccount } from './wechaty/settings.ts';
export { WECHAT_BOUNDS, WECHAT_TIMES, type WechatBounds, type WechatTimes } from './wechaty/tuning.ts';

export interface WechatTuning {
  times?: Partial<WechatTimes>;
  bounds?: Partial<WechatBounds>;
}

/** WeChat with other limits than the usual ones, for tests. */
export function wechatyWith(times: Partial<WechatTimes>, bounds: Partial<WechatBounds> = {}): Platform {
  const tuning = { times, bounds };
  return {
    id: PLATFORM,
    configure: (environment): Configuration => {
      const settings = readSettings(environment);
      if (settings.state !== 'ready') return settings;
      const { accounts } = settings;
      const platform: ConfiguredPlatform = {
        accounts: accounts.length,
        open: (deps) => new WechatyAdapter(accounts, deps, tuning),
        examine: (deps, groups, isRunning) => examine(accounts, groups, isRunning, surroundings(deps, tuning)),
      };
      return { state: 'ready', platform };
    },
  };
}

export const wechaty: Platform = wechatyWith({});

function surroundings(deps: AdapterDeps, { times, bounds }: WechatTuning): Surroundings {
  return { ...deps, times: { ...WECHAT_TIMES, ...times }, bounds: { ...WECHAT_BOUNDS, ...bounds } };
}

export class WechatyAdapter implements ChatAdapter {
  readonly platform = PLATFORM;
  readonly pace = WECHAT_LIMITS.pace;
  readonly shape = WECHAT_LIMITS.shape;
  readonly forgets = true;
  readonly #settings: readonly WechatAccount[];
  readonly #around: Surroundings;
  #bot: Bot;

  constructor(accounts: readonly WechatAccount[], deps: AdapterDeps, tuning: WechatTuning = {}) {
    this.#settings = accounts;
    this.#around = surroundings(deps, tuning);
    this.#bot = new Bot(accounts, this.#around, async () => undefined);
  }

  /** May follow a {@link stop}: it begins from nothing each time. */
  async start(sink: InboundSink): Promise<void> {
    this.#bot = new Bot(this.#settings, this.#around, sink);
    await this.#bot.start();
  }

  stop(): Promise<void> {
    return this.#bot.stop();
  }

  accounts(): readonly AccountState[] {
    return this.#bot.states();
  }

  accountFor(to: ChatRef): string {
    return this.#bot.speakerOf(to)?.name ?? this.#settings[0]?.name ?? '';
  }

  async send(to: ChatRef, message: OutboundMessage): Promise<{ messageId: string | null }> {
    return send(await this.#bot.stayFor(to), to, message, this.#around.times.busy);
  }
}
