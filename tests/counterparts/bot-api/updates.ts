/** The queue of updates: what goes into it, long polls on it, and repeats of what has been delivered already. */
import { ApiError } from './error.ts';
import type { Memory } from './memory.ts';
import type { News, Update } from './types.ts';
import type { WebhookPump } from './webhook.ts';

/** Longest poll, seconds. */
const LONGEST_POLL = 50;
/** How long a waiting poll gathers further updates after the first, ms. */
const GATHER = 1;
/** An offset this far beyond what there is cannot be meant. */
const FUTURE = 10;
/** What bots are sent without having asked for it. */
const DEFAULT_TYPES = new Set(['message', 'edited_message', 'my_chat_member']);

export interface PollParams {
  offset: number;
  limit: number;
  /** Seconds. */
  timeout: number;
}

export class Updates {
  readonly #memory: Memory;
  readonly #webhook: WebhookPump;
  #poll: { wake: () => void; end: (error: ApiError) => void } | null = null;

  constructor(memory: Memory, webhook: WebhookPump) {
    this.#memory = memory;
    this.#webhook = webhook;
  }

  /** Queues something new; its number, or null when the bot has not asked for this kind. */
  add(news: News): number | null {
    const { allowed, nextUpdate: id } = this.#memory;
    const [type = ''] = Object.keys(news);
    if (!(allowed ? allowed.includes(type) : DEFAULT_TYPES.has(type))) return null;
    const update: Update = { update_id: id, ...news };
    this.#memory.record({ k: 'update', update });
    this.#announce(update);
    return id;
  }

  /** Delivers an update once more, also when it has been acknowledged. */
  repeat(id: number): void {
    const update = this.#memory.updates.get(id);
    if (!update) throw new Error(`no update ${id}`);
    this.#memory.record({ k: 'again', id });
    this.#announce(update);
  }

  /**
   * Acknowledges what stands before the offset and resolves with what follows, waiting for something when there is
   * nothing. A poll that waits is ended by the next one. `onGone` tells when the asker has hung up.
   * @throws {ApiError} 409
   */
  get(params: PollParams, onGone: (act: () => void) => void): Promise<Update[]> {
    if (this.#memory.webhook)
      throw conflict(
        "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
      );
    this.endPoll('terminated by other getUpdates request; make sure that only one bot instance is running');
    const now = this.#take(params);
    if (now.length > 0 || params.timeout <= 0) return Promise.resolve(now);
    return this.#wait(params, onGone);
  }

  endPoll(reason: string): void {
    this.#poll?.end(conflict(reason));
  }

  #announce(update: Update): void {
    if (this.#memory.webhook) this.#webhook.take(update);
    else this.#poll?.wake();
  }

  #wait(params: PollParams, onGone: (act: () => void) => void): Promise<Update[]> {
    return new Promise((resolve, reject) => {
      let gathering: NodeJS.Timeout | null = null;
      const over = (pass: () => void): void => {
        clearTimeout(longest);
        if (gathering) clearTimeout(gathering);
        if (this.#poll === poll) this.#poll = null;
        pass();
      };
      const answer = (): void => over(() => resolve(this.#take(params)));
      const longest = setTimeout(answer, Math.min(params.timeout, LONGEST_POLL) * 1000);
      const poll = {
        wake: () => {
          gathering ??= setTimeout(answer, GATHER);
        },
        end: (error: ApiError) => over(() => reject(error)),
      };
      this.#poll = poll;
      // Nobody hears the answer: what is queued stays queued.
      onGone(() => over(() => resolve([])));
    });
  }

  #take({ offset, limit }: PollParams): Update[] {
    const memory = this.#memory;
    const from = this.#from(offset);
    if (from > memory.head) memory.record({ k: 'acknowledged', below: from });
    const most = Math.min(Math.max(limit, 1), 100);
    const again = memory.again.slice(0, most);
    if (again.length > 0) memory.record({ k: 'handedAgain', ids: again.map((update) => update.update_id) });
    const batch = [...again];
    for (const update of memory.pending.values()) {
      if (batch.length >= most) break;
      if (!again.includes(update)) batch.push(update);
    }
    return batch;
  }

  /** A negative offset counts from the end; one from the past or the far future means everything there is. */
  #from(offset: number): number {
    const { head, nextUpdate } = this.#memory;
    const from = offset < 0 ? nextUpdate + offset : offset;
    return from < head || from > nextUpdate + FUTURE ? head : from;
  }
}

function conflict(reason: string): ApiError {
  return new ApiError(409, `Conflict: ${reason}`);
}
