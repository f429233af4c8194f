/** Telegram as the app sees it. */
import {
  type AccountState,
  type ChatAdapter,
  type ChatRef,
  type InboundSink,
  type OutboundMessage,
  SendError,
} from '../adapter.ts';
import { TELEGRAM_LIMITS } from '../limits.ts';
import type { AdapterDeps } from '../platform.ts';
import { PLATFORM } from './inbound.ts';
import { Life } from './life.ts';
import { accountOf, type TelegramSettings } from './settings.ts';
import { Standing } from './standing.ts';
import type { TelegramTimes } from './times.ts';

export class TelegramAdapter implements ChatAdapter {
  readonly platform = PLATFORM;
  readonly pace = TELEGRAM_LIMITS.pace;
  readonly shape = TELEGRAM_LIMITS.shape;
  readonly #settings: TelegramSettings;
  readonly #times: TelegramTimes;
  readonly #deps: AdapterDeps;
  #standing: Standing;
  #life: Life | null = null;
  #ending: Promise<void> = Promise.resolve();

  constructor(settings: TelegramSettings, times: TelegramTimes, deps: AdapterDeps) {
    this.#settings = settings;
    this.#times = times;
    this.#deps = deps;
    this.#standing = this.#newStanding();
  }

  /** @throws {Error} when it runs already, or pushed updates cannot be listened for on the configured port */
  async start(sink: InboundSink): Promise<void> {
    if (this.#life) throw new Error('Telegram is started already');
    this.#standing = this.#newStanding();
    const standing = this.#standing;
    const life = new Life({ ...this.#deps, settings: this.#settings, times: this.#times, standing, sink });
    this.#life = life;
    try {
      await life.begin();
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  async send(to: ChatRef, message: OutboundMessage): Promise<{ messageId: string | null }> {
    if (!this.#life) throw new SendError('unavailable', 'stopped');
    return this.#life.send(to, message);
  }

  stop(): Promise<void> {
    const life = this.#life;
    const standing = this.#standing;
    this.#life = null;
    if (life) this.#ending = life.end().then(() => standing.stopped());
    return this.#ending;
  }

  accounts(): readonly AccountState[] {
    return [this.#standing.state];
  }

  #newStanding(): Standing {
    return new Standing(accountOf(this.#settings), this.#times.outage, this.#deps);
  }
}
