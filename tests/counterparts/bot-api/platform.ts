/** The platform as one thing: its memory with everything that works on it. */
import { ApiError } from './error.ts';
import type { Journal } from './journal.ts';
import { Memory } from './memory.ts';
import { type Method, methodsOf } from './methods.ts';
import { People } from './people.ts';
import { Params } from './request.ts';
import { Sending } from './sending.ts';
import type { BotOptions, User } from './types.ts';
import { Updates } from './updates.ts';
import { WebhookPump } from './webhook.ts';

/** What a webhook may not ask for in its answer. */
const NOT_IN_REPLIES = /^(get|setWebhook$|deleteWebhook$|close$|logOut$)/i;

export class Platform {
  readonly memory: Memory;
  readonly updates: Updates;
  readonly people: People;
  readonly methods: ReadonlyMap<string, Method>;
  readonly #webhook: WebhookPump;

  /** Goes on where the journal ends. */
  constructor(journal: Journal, options: BotOptions) {
    const bot: User = {
      id: Number(options.token.split(':')[0]),
      is_bot: true,
      first_name: options.username,
      username: options.username,
    };
    const memory = new Memory(journal);
    const webhook = new WebhookPump(memory, async (reply) => this.#runReply(reply));
    const updates = new Updates(memory, webhook);
    const sending = new Sending(memory, journal, bot);
    const people = new People(memory, journal, updates, bot, options);
    this.memory = memory;
    this.updates = updates;
    this.people = people;
    this.#webhook = webhook;
    this.methods = methodsOf({ memory, updates, webhook, sending, people, bot, options });
    webhook.restart();
  }

  /** The method of that name, however its letters are written. */
  methodNamed(name: string): { name: string; run: Method } {
    const run = this.methods.get(name);
    if (run) return { name, run };
    for (const [known, method] of this.methods)
      if (known.toLowerCase() === name.toLowerCase()) return { name: known, run: method };
    throw new ApiError(404, 'Not Found: method not found');
  }

  stop(): void {
    this.updates.endPoll('terminated');
    this.#webhook.stop();
  }

  #runReply({ method, ...values }: Record<string, unknown>): unknown {
    if (NOT_IN_REPLIES.test(String(method))) return null;
    return this.methodNamed(String(method)).run(new Params(new Map(Object.entries(values))), () => undefined);
  }
}
