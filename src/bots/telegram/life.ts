/** The adapter between one start and its stop. */
import { setMaxListeners } from 'node:events';
import { z } from 'zod';
import type { ChatRef, InboundSink, OutboundMessage } from '../adapter.ts';
import { within } from '../deadline.ts';
import type { AdapterDeps } from '../platform.ts';
import { Api } from './api.ts';
import { groupRef } from './inbound.ts';
import { Poller } from './poller.ts';
import { Sender } from './sender.ts';
import type { SessionDeps } from './session.ts';
import type { TelegramSettings } from './settings.ts';
import type { Standing } from './standing.ts';
import type { TelegramTimes } from './times.ts';
import { Webhook } from './webhook.ts';

const chatShape = z.object({ title: z.string().default('') });

export interface LifeDeps extends AdapterDeps {
  settings: TelegramSettings;
  times: TelegramTimes;
  standing: Standing;
  sink: InboundSink;
}

export class Life {
  readonly #deps: LifeDeps;
  readonly #api: Api;
  readonly #sender: Sender;
  /** Ends what comes in. */
  readonly #stopping = new AbortController();
  /** Ends what goes out. */
  readonly #silencing = new AbortController();
  readonly #sending = new Set<Promise<void>>();
  /** Groups whose moving is being told, by their old id. */
  readonly #moving = new Map<string, Promise<void>>();
  #running: Promise<void> = Promise.resolve();

  constructor(deps: LifeDeps) {
    const { settings, times, setTimer } = deps;
    this.#deps = deps;
    // Every call under way listens to one of them, and many are at once when tables go out.
    setMaxListeners(0, this.#stopping.signal, this.#silencing.signal);
    this.#api = new Api(settings, times, setTimer);
    const until = this.#silencing.signal;
    const onMoved = (from: ChatRef, to: string): void => this.#tellMoved(from, to);
    this.#sender = new Sender({ api: this.#api, times, setTimer, until, onMoved });
  }

  /**
   * Resolves when the first answer, or the first failure, is there; the rest goes on by itself.
   * @throws {Error} when pushed updates cannot be listened for on the configured port
   */
  begin(): Promise<void> {
    const session: SessionDeps = { ...this.#deps, api: this.#api, until: this.#stopping.signal };
    const { webhook } = this.#deps.settings;
    const source = webhook ? new Webhook(session, webhook) : new Poller(session);
    return new Promise((resolve, reject) => {
      this.#running = source.run(resolve).then(resolve, reject);
    });
  }

  /** @throws {SendError} */
  send(to: ChatRef, message: OutboundMessage): Promise<{ messageId: string | null }> {
    const sending = this.#sender.send(to, message);
    const settled = sending.then(
      () => undefined,
      () => undefined,
    );
    this.#sending.add(settled);
    void settled.then(() => this.#sending.delete(settled));
    return sending;
  }

  /** Ends after what is under way; sends that do not end soon are given up. */
  async end(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
    const { times, setTimer } = this.#deps;
    const settled = Promise.all(this.#sending);
    await within(times.lastSends, setTimer, settled).catch(() => undefined);
    this.#silencing.abort();
    await settled;
    await Promise.all(this.#moving.values());
    await this.#api.close();
  }

  /** A send found that the group has another id. When this does not reach the app, the next send finds it again. */
  #tellMoved(from: ChatRef, to: string): void {
    if (this.#moving.has(from.id)) return;
    const telling = async (): Promise<void> => {
      const options = { until: this.#silencing.signal };
      const { title } = await this.#api.call('getChat', { chat_id: Number(to) }, chatShape, options);
      await this.#deps.sink({ type: 'renamed', chat: groupRef(to), title, movedFrom: from });
    };
    const told = telling()
      .catch(() => this.#deps.log('warn', 'telegram.move.untold'))
      .finally(() => this.#moving.delete(from.id));
    this.#moving.set(from.id, told);
  }
}
