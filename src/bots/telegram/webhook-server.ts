/** Where Telegram pushes updates to: plain HTTP behind the office's own proxy. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { WebhookSettings } from './settings.ts';
import { updateShape } from './updates.ts';
import type { TakeUpdate } from './window.ts';

/** Updates hold a few kilobytes; bytes. */
const LARGEST_BODY = 1024 * 1024;
const SECRET_HEADER = 'x-telegram-bot-api-secret-token';

export class WebhookServer {
  readonly #server: Server;
  readonly #path: string;
  readonly #secret: Buffer;
  readonly #take: TakeUpdate;
  readonly #settings: WebhookSettings;
  /** Requests whose update is being taken, until their answer has left. */
  readonly #taking = new Set<ServerResponse>();

  /** @param bodyLimit how long a request may take to arrive, ms */
  constructor(settings: WebhookSettings, bodyLimit: number, take: TakeUpdate) {
    this.#settings = settings;
    this.#path = new URL(settings.url).pathname;
    this.#secret = digest(settings.secret);
    this.#take = take;
    const limits = { requestTimeout: bodyLimit, headersTimeout: bodyLimit, connectionsCheckingInterval: bodyLimit / 2 };
    this.#server = createServer(limits, (request, response) => void this.#answer(request, response));
  }

  /** @throws {Error} when the port cannot be listened on */
  async listen(): Promise<void> {
    this.#server.listen(this.#settings.port, this.#settings.host);
    await once(this.#server, 'listening');
  }

  /** Takes nothing more, answers what is under way, and closes. */
  async close(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = once(this.#server, 'close');
    this.#server.close();
    await Promise.all(
      [...this.#taking].map((response) => new Promise((resolve) => void response.once('close', resolve))),
    );
    this.#server.closeAllConnections();
    await closed;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const status = await this.#statusOf(request, response).catch(() => 400);
    if (response.destroyed) return;
    // What was not read to its end must not be taken for the next request.
    if (status !== 200) response.setHeader('connection', 'close');
    response.writeHead(status).end();
  }

  async #statusOf(request: IncomingMessage, response: ServerResponse): Promise<number> {
    const [path] = (request.url ?? '').split('?', 1);
    if (path !== this.#path) return 404;
    if (request.method !== 'POST') return 405;
    const secret = request.headers[SECRET_HEADER];
    if (!timingSafeEqual(digest(typeof secret === 'string' ? secret : ''), this.#secret)) return 401;
    const body = await bodyOf(request);
    if (body === null) return 413;
    const update = updateShape.safeParse(JSON.parse(body));
    if (!update.success) return 400;
    this.#taking.add(response);
    response.once('close', () => this.#taking.delete(response));
    return (await this.#take(update.data)) ? 200 : 500;
  }
}

/** Of one length, whatever is compared. */
function digest(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** Null: it is too large. Rejects when it does not come to its end. */
async function bodyOf(request: IncomingMessage): Promise<string | null> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > LARGEST_BODY) return null;
    parts.push(part);
  }
  return Buffer.concat(parts).toString();
}
