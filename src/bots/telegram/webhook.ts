/** Has Telegram push updates to us, and looks from time to time whether it still does. */
import { z } from 'zod';
import { pause } from '../deadline.ts';
import { CallError } from './failure.ts';
import type { Reading } from './inbound.ts';
import { Intake } from './intake.ts';
import { Order } from './order.ts';
import { Session, type SessionDeps } from './session.ts';
import type { WebhookSettings } from './settings.ts';
import { ALLOWED_UPDATES, type RawUpdate } from './updates.ts';
import { WebhookServer } from './webhook-server.ts';

/** Updates that Telegram may push side by side. */
const MAX_CONNECTIONS = 40;

const infoShape = z.object({ url: z.string() });

export class Webhook {
  readonly #deps: SessionDeps;
  readonly #settings: WebhookSettings;
  readonly #session: Session;
  readonly #intake: Intake;
  readonly #order: Order;
  readonly #server: WebhookServer;
  /** Null until Telegram has told who we are. */
  #reading: Reading | null = null;
  #asked = false;

  constructor(deps: SessionDeps, settings: WebhookSettings) {
    this.#deps = deps;
    this.#settings = settings;
    this.#session = new Session(deps);
    this.#intake = new Intake({ ...deps, held: deps.times.held });
    this.#order = new Order(deps.times.hole, deps.setTimer);
    this.#server = new WebhookServer(settings, deps.times.body, (update) => this.#take(update));
  }

  /**
   * Asks to be pushed to, and asks again when somebody else has changed that, until everything ends.
   * @throws {Error} when the port cannot be listened on, and for no other reason
   */
  async run(onFirst: () => void): Promise<void> {
    const { until, times, setTimer } = this.#deps;
    await this.#server.listen();
    while (!until.aborted) {
      try {
        this.#reading ??= await this.#session.whoAmI();
        await this.#ask();
        onFirst();
        await this.#session.good();
        await pause(times.webhookCheck, setTimer, until);
      } catch (error) {
        onFirst();
        if (error instanceof CallError && [401, 404].includes(error.status)) this.#reading = null;
        await this.#session.bad(error);
      }
    }
    this.#order.flush();
    await this.#server.close();
  }

  async #ask(): Promise<void> {
    const { api, log, until } = this.#deps;
    const { url, secret } = this.#settings;
    const info = await api.call('getWebhookInfo', {}, infoShape, { until });
    if (this.#asked && isSame(info.url, url)) return;
    if (this.#asked) log('warn', 'telegram.webhook.changed');
    const wanted = { url, secret_token: secret, allowed_updates: ALLOWED_UPDATES, max_connections: MAX_CONNECTIONS };
    await api.call('setWebhook', wanted, z.unknown(), { until });
    this.#asked = true;
  }

  #take(update: RawUpdate): Promise<boolean> {
    const reading = this.#reading;
    if (!reading || this.#deps.until.aborted) return Promise.resolve(false);
    return new Promise((resolve) => {
      this.#order.add(update.update_id, () => resolve(this.#intake.take(update, reading)));
    });
  }
}

function isSame(told: string, wanted: string): boolean {
  return URL.canParse(told) && new URL(told).href === wanted;
}
