/** What polling and being pushed to have in common: who the bot is, and what is done when Telegram does not answer. */
import { z } from 'zod';
import type { InboundSink, Outage } from '../adapter.ts';
import { backoff } from '../backoff.ts';
import { pause } from '../deadline.ts';
import type { AdapterDeps } from '../platform.ts';
import type { Api } from './api.ts';
import { CallError } from './failure.ts';
import type { Reading } from './inbound.ts';
import type { Standing } from './standing.ts';
import type { TelegramTimes } from './times.ts';

export const meShape = z.object({
  id: z.int(),
  username: z.string().min(1),
  can_join_groups: z.boolean().default(true),
  can_read_all_group_messages: z.boolean().default(true),
});

export interface SessionDeps extends AdapterDeps {
  api: Api;
  times: TelegramTimes;
  standing: Standing;
  sink: InboundSink;
  /** Ends everything. */
  until: AbortSignal;
}

export class Session {
  readonly #deps: SessionDeps;
  #failures = 0;
  #toldPrivacy = false;
  /** Outages that the app could not keep yet. */
  #untold: Outage[] = [];

  constructor(deps: SessionDeps) {
    this.#deps = deps;
  }

  /** @throws {CallError} */
  async whoAmI(): Promise<Reading> {
    const { api, log, botName, until } = this.#deps;
    const me = await api.call('getMe', {}, meShape, { until });
    if (!me.can_read_all_group_messages && !this.#toldPrivacy) {
      this.#toldPrivacy = true;
      log('warn', 'telegram.privacy', { account: String(me.id) });
    }
    return {
      bot: { id: me.id, username: me.username, name: botName, hearsAll: me.can_read_all_group_messages },
      readFile: (fileId) => api.download(fileId, until),
    };
  }

  /** Telegram hears us and lets us hear; an outage is told, now or with the next good answer. */
  async good(): Promise<void> {
    this.#failures = 0;
    const outage = this.#deps.standing.good();
    if (outage) this.#untold.push(outage);
    for (const each of this.#untold.splice(0)) {
      await this.#deps.sink(each).catch(() => this.#untold.push(each));
    }
  }

  /** Waits as long as is sensible after a failure; returns at once when everything ends. */
  async bad(error: unknown): Promise<void> {
    const { standing, setTimer, until } = this.#deps;
    if (until.aborted) return;
    this.#failures += 1;
    standing.bad(error instanceof CallError ? error.message : 'error');
    await pause(this.#waitAfter(error), setTimer, until);
  }

  #waitAfter(error: unknown): number {
    const { times, random } = this.#deps;
    if (error instanceof CallError) {
      if (error.status === 409) return times.conflict;
      if (error.status === 401 || error.status === 404) return times.token;
      if (error.retryAfterMs !== undefined) return error.retryAfterMs;
    }
    return backoff(this.#failures, times.retry, random());
  }
}
