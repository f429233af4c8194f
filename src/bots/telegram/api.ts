/** Calls of the Bot API through telegraf's client, each with a time limit and an answer that was looked at. */
import { get as httpGet, type IncomingMessage } from 'node:http';
import { get as httpsGet } from 'node:https';
import { isAbsolute } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { Telegram } from 'telegraf';
import type { ZodType } from 'zod';
import { z } from 'zod';
import type { SetTimer } from '../../clock.ts';
import { Connections } from './connections.ts';
import { CallError, failureOf } from './failure.ts';
import type { TelegramSettings } from './settings.ts';
import type { TelegramTimes } from './times.ts';

export type Method = Parameters<Telegram['callApi']>[0];
export type Payload<M extends Method> = Parameters<typeof Telegram.prototype.callApi<M>>[1];

/** Telegraf names the type of a shim; any signal will do. */
type TelegrafSignal = NonNullable<NonNullable<Parameters<Telegram['callApi']>[2]>['signal']>;

export interface CallOptions {
  /** Milliseconds; by default that of a call without a file. */
  limit?: number;
  /** Ends the call before its time. */
  until?: AbortSignal | undefined;
}

/** Bots may fetch no more of a file, bytes. */
const LARGEST_FILE = 20 * 1024 * 1024;

const fileShape = z.object({ file_path: z.string().min(1), file_size: z.number().optional() });

export class Api {
  /** For operators: where the calls go. */
  readonly host: string;
  readonly #client: Telegram;
  readonly #connections: Connections;
  readonly #times: TelegramTimes;
  readonly #setTimer: SetTimer;

  constructor({ token, apiRoot }: TelegramSettings, times: TelegramTimes, setTimer: SetTimer) {
    this.host = new URL(apiRoot).host;
    this.#times = times;
    this.#setTimer = setTimer;
    this.#connections = new Connections(apiRoot, times, setTimer);
    this.#client = new Telegram(token, { apiRoot });
    // Given to the constructor, it would be dropped for http.
    this.#client.options.agent = this.#connections.agent;
  }

  /** @throws {CallError} */
  async call<M extends Method, T>(
    method: M,
    payload: Payload<M>,
    shape: ZodType<T>,
    { limit = this.#times.call, until }: CallOptions = {},
  ): Promise<T> {
    const result = await this.#limited(limit, until, (signal) =>
      this.#client.callApi(method, payload, { signal: signal as unknown as TelegrafSignal }),
    );
    const read = shape.safeParse(result);
    if (!read.success) throw new CallError('lost', 'garbage');
    return read.data;
  }

  /**
   * The content of a file that somebody sent.
   * @throws {CallError} also when it is too large, or stands on the disk of a Bot API server of one's own
   */
  async download(fileId: string, until: AbortSignal): Promise<Uint8Array> {
    const file = await this.call('getFile', { file_id: fileId }, fileShape, { until });
    if ((file.file_size ?? 0) > LARGEST_FILE) throw new CallError('answered', 'too large');
    if (isAbsolute(file.file_path)) throw new CallError('answered', 'not served');
    const link = await this.#client.getFileLink({ file_path: file.file_path, file_id: fileId, file_unique_id: '' });
    return this.#limited(this.#times.download, until, (signal) => this.#fetch(link, signal));
  }

  /** Closes what is open; calls under way fail. */
  close(): Promise<void> {
    return this.#connections.close();
  }

  async #fetch(link: URL, signal: AbortSignal): Promise<Uint8Array> {
    const get = link.protocol === 'https:' ? httpsGet : httpGet;
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      get(link, { agent: this.#connections.agent, signal }, resolve).on('error', reject);
    });
    const bytes = await buffer(answer);
    if (answer.statusCode !== 200) throw new CallError('answered', `status ${answer.statusCode}`);
    if (bytes.length > LARGEST_FILE) throw new CallError('answered', 'too large');
    return bytes;
  }

  async #limited<T>(
    limit: number,
    until: AbortSignal | undefined,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    if (until?.aborted) throw new CallError('unsent', 'stopped');
    const ending = new AbortController();
    let ended: 'silent' | 'stopped' | null = null;
    const end = (why: 'silent' | 'stopped'): void => {
      ended = why;
      ending.abort();
    };
    const stop = (): void => end('stopped');
    const cancel = this.#setTimer(() => end('silent'), limit);
    until?.addEventListener('abort', stop);
    try {
      return await work(ending.signal);
    } catch (error) {
      throw error instanceof CallError ? error : failureOf(error, ended);
    } finally {
      cancel();
      until?.removeEventListener('abort', stop);
    }
  }
}
