/** Delivery by webhook: in order within a chat, several chats side by side, again and again until the bot takes it. */
import { Agent, request } from 'node:http';
import type { Memory, Webhook } from './memory.ts';
import type { Millis, Seconds, Update } from './types.ts';

/** How long a bot may take to answer. */
const PATIENCE: Millis = 60_000;
/** The first wait after a failure and the longest; Telegram itself waits from one second to more than a minute. */
const BACK_OFF: { first: Millis; longest: Millis } = { first: 20, longest: 500 };

/** The updates of one chat. */
interface Line {
  chat: number;
  waiting: Update[];
  backOff: Millis;
}

/** What a bot answers to an update may be a call. */
export type RunReply = (reply: Record<string, unknown>) => Promise<unknown>;

export class WebhookPump {
  lastError: { date: Seconds; message: string } | null = null;
  readonly #memory: Memory;
  readonly #runReply: RunReply;
  #lines = new Map<number, Line>();
  #ready: Line[] = [];
  #timers = new Set<NodeJS.Timeout>();
  #agent = new Agent({ keepAlive: true });
  #active = 0;
  /** Counts the settings: what belongs to earlier ones is of no interest any more. */
  #generation = 0;

  constructor(memory: Memory, runReply: RunReply) {
    this.#memory = memory;
    this.#runReply = runReply;
  }

  /** Begins, begins anew or ends, as the settings now say. */
  restart(): void {
    this.stop();
    this.lastError = null;
    if (!this.#memory.webhook) return;
    for (const update of [...this.#memory.again, ...this.#memory.pending.values()]) this.take(update);
  }

  stop(): void {
    this.#generation += 1;
    this.#agent.destroy();
    this.#agent = new Agent({ keepAlive: true });
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers = new Set();
    this.#lines = new Map();
    this.#ready = [];
    this.#active = 0;
  }

  take(update: Update): void {
    const chat = (update.message ?? update.edited_message ?? update.my_chat_member)?.chat.id ?? 0;
    const line = this.#lines.get(chat);
    if (line) {
      line.waiting.push(update);
      return;
    }
    const fresh: Line = { chat, waiting: [update], backOff: BACK_OFF.first };
    this.#lines.set(chat, fresh);
    this.#ready.push(fresh);
    this.#pump();
  }

  #pump(): void {
    const { webhook } = this.#memory;
    while (webhook && this.#active < webhook.maxConnections) {
      const line = this.#ready.shift();
      const [update] = line?.waiting ?? [];
      if (!line || !update) return;
      this.#active += 1;
      this.#deliver(line, update, webhook, this.#generation).catch((error: unknown) => {
        // The counterpart itself is broken; a test must not go on as if it were not.
        setImmediate(() => {
          throw error;
        });
      });
    }
  }

  async #deliver(line: Line, update: Update, webhook: Webhook, generation: number): Promise<void> {
    const outcome = await post(webhook, JSON.stringify(update), this.#agent);
    if (generation !== this.#generation) return;
    this.#active -= 1;
    if (outcome.ok) {
      this.#memory.record({ k: 'taken', id: update.update_id });
      this.#done(line);
      // What becomes of such a call nobody hears.
      const reply = callIn(outcome.body);
      if (reply) this.#runReply(reply).catch(() => undefined);
    } else this.#failed(line, outcome);
    this.#pump();
  }

  #done(line: Line): void {
    line.waiting.shift();
    line.backOff = BACK_OFF.first;
    if (line.waiting.length > 0) this.#ready.push(line);
    else this.#lines.delete(line.chat);
  }

  #failed(line: Line, { reason, retryAfter }: { reason: string; retryAfter: Millis }): void {
    this.lastError = { date: Math.floor(Date.now() / 1000), message: reason };
    const timer = setTimeout(
      () => {
        this.#timers.delete(timer);
        this.#ready.push(line);
        this.#pump();
      },
      Math.max(line.backOff, retryAfter),
    );
    this.#timers.add(timer);
    line.backOff = Math.min(line.backOff * 2, BACK_OFF.longest);
  }
}

type Outcome = { ok: true; body: string } | { ok: false; reason: string; retryAfter: Millis };

function post(webhook: Webhook, body: string, agent: Agent): Promise<Outcome> {
  return new Promise((resolve) => {
    const broken = (error: Error & { code?: string }): void =>
      resolve({ ok: false, reason: REASONS.get(error.code ?? '') ?? error.message, retryAfter: 0 });
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      ...(webhook.secretToken === null ? {} : { 'x-telegram-bot-api-secret-token': webhook.secretToken }),
    };
    const posting = request(webhook.url, { method: 'POST', agent, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', broken);
      response.on('end', () => {
        const { statusCode = 0, statusMessage = '' } = response;
        if (statusCode >= 200 && statusCode <= 299) resolve({ ok: true, body: Buffer.concat(chunks).toString() });
        const reason = `Wrong response from the webhook: ${statusCode} ${statusMessage}`;
        const retryAfter = Number(response.headers['retry-after'] ?? 0) * 1000;
        resolve({ ok: false, reason, retryAfter: Number.isFinite(retryAfter) ? retryAfter : 0 });
      });
    });
    posting.setTimeout(PATIENCE, () => posting.destroy(new Error('Read timeout expired')));
    posting.on('error', broken);
    posting.end(body);
  });
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ['ECONNREFUSED', 'Connection refused'],
  ['ECONNRESET', 'Connection reset by peer'],
]);

function callIn(body: string): Record<string, unknown> | null {
  if (!body.startsWith('{')) return null;
  try {
    const reply = JSON.parse(body) as Record<string, unknown>;
    return typeof reply.method === 'string' ? reply : null;
  } catch {
    return null;
  }
}
