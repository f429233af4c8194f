/**
 * The connections to the Bot API. Telegraf's client (node-fetch 2 below it) leaves three things to whoever gives it an
 * agent: it cannot tell a request that never left from one whose answer was lost; an answer that is cut short keeps it
 * waiting for 500 s; and a timer of as long survives every such answer.
 */
import { type ClientRequest, Agent as HttpAgent, IncomingMessage } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { Readable } from 'node:stream';
import { TLSSocket } from 'node:tls';
import type { SetTimer } from '../../clock.ts';
import type { TelegramTimes } from './times.ts';

/** What the code of an error begins with that came before the connection stood: nothing can have been sent. */
export const UNSENT = 'UNSENT_';
/** No answer of the Bot API is longer, and no file that it lets bots fetch, bytes. */
const LONGEST_ANSWER = 24 * 1024 * 1024;
/**
 * Node gives the first address of a host a quarter of a second before it tries the next kind: too little for a far
 * server, and with no IPv6 at home the whole attempt then fails.
 */
const PER_ADDRESS = 2_500;

/** Every request goes through this method; Node's types leave it out. */
interface RequestTaker {
  addRequest: (request: ClientRequest, ...rest: unknown[]) => void;
}

/** The connections to one Bot API server; one is used again, but not after it was left alone for a while. */
export class Connections {
  readonly agent: HttpAgent;
  readonly #open = new Set<Connection>();

  constructor(root: string, times: Pick<TelegramTimes, 'connect' | 'idleSocket'>, setTimer: SetTimer) {
    const options = { keepAlive: true, timeout: times.idleSocket, autoSelectFamilyAttemptTimeout: PER_ADDRESS };
    this.agent = root.startsWith('https:') ? new HttpsAgent(options) : new HttpAgent(options);
    const connect = this.agent.createConnection.bind(this.agent);
    this.agent.createConnection = (...args) => {
      const socket = connect(...args);
      if (!socket) return socket;
      this.#open.add(socket);
      socket.once('close', () => this.#open.delete(socket));
      markUntilConnected(socket, times.connect, setTimer);
      return socket;
    };
    const taker = this.agent as HttpAgent & RequestTaker;
    const take = taker.addRequest.bind(this.agent);
    taker.addRequest = (request, ...rest) => {
      holdAnswer(request);
      take(request, ...rest);
    };
  }

  /** Closes every connection; requests under way fail. */
  async close(): Promise<void> {
    // Not by `once`, which would take the error of a connection that breaks meanwhile for its own.
    const closed = [...this.#open].map((socket) => new Promise((resolve) => void socket.once('close', resolve)));
    for (const socket of this.#open) socket.destroy();
    await Promise.all(closed);
  }
}

type Connection = NonNullable<ReturnType<HttpAgent['createConnection']>>;

/** Ends a connection that does not come to stand, and marks errors from before it did. */
function markUntilConnected(socket: Connection, limit: number, setTimer: SetTimer): void {
  const cancel = setTimer(
    () => socket.destroy(Object.assign(new Error('no connection'), { code: 'ETIMEDOUT' })),
    limit,
  );
  const fail = (error: NodeJS.ErrnoException): void => {
    cancel();
    error.code = `${UNSENT}${error.code ?? 'ERROR'}`;
  };
  socket.prependListener('error', fail);
  socket.once(socket instanceof TLSSocket ? 'secureConnect' : 'connect', () => {
    cancel();
    socket.off('error', fail);
  });
  // Of a call that was given up.
  socket.once('close', cancel);
}

/** Hands the answer on when all of it has come; one that is cut short, or too long, is an error of the request. */
function holdAnswer(request: ClientRequest): void {
  const emit = request.emit.bind(request);
  request.emit = (event: string | symbol, ...args: unknown[]): boolean => {
    const [answer] = args;
    if (event !== 'response' || !(answer instanceof IncomingMessage)) return emit(event, ...args);
    wholeOf(answer).then(
      (bytes) => emit('response', replayOf(answer, bytes)),
      (error: unknown) => emit('error', error),
    );
    return true;
  };
}

/** @throws {Error} with the code of a cut connection, or `TOO_LONG` */
async function wholeOf(answer: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of answer as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > LONGEST_ANSWER) throw Object.assign(new Error('too long'), { code: 'TOO_LONG' });
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/**
 * The answer as it would have come, from memory. It says of itself that it is not in chunks any more: node-fetch would
 * watch the connection for the end of the last one, and by then that serves another request.
 */
function replayOf({ statusCode, statusMessage, headers }: IncomingMessage, bytes: Buffer): Readable {
  const { 'transfer-encoding': _, ...plain } = headers;
  return Object.assign(Readable.from([bytes]), { statusCode, statusMessage, headers: plain });
}
