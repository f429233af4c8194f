/** What the network does to calls: what has surely not left, what may have, and that nothing of it stays behind. */
import { once } from 'node:events';
import { createServer as createHttp, type Server as HttpServer, type RequestListener } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { type AddressInfo, createServer as createTcp, type Server, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Api } from '../../../src/bots/telegram/api.ts';
import { CallError, failureOf } from '../../../src/bots/telegram/failure.ts';
import type { TelegramTimes } from '../../../src/bots/telegram/times.ts';
import { systemTimer } from '../../../src/clock.ts';
import { freePort } from '../../counterparts/process.ts';
import { certificate } from './certificate.ts';
import { PROMPTLY, QUICK, TOKEN, until } from './desk.ts';

const closers: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function portOf(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

const apiAt = (root: string, times: Partial<TelegramTimes> = {}): Api => {
  const api = new Api({ token: TOKEN, apiRoot: `${root}/`, webhook: null }, { ...QUICK, ...times }, systemTimer);
  closers.push(() => api.close());
  return api;
};
/** A server of a test's own, answering as it likes. */
const answering = async (
  answer: RequestListener,
  times: Partial<TelegramTimes> = {},
): Promise<{ api: Api; server: HttpServer; count: () => number }> => {
  const server = createHttp(answer);
  let connections = 0;
  server.on('connection', () => {
    connections += 1;
  });
  const port = await portOf(server);
  return { api: apiAt(`http://127.0.0.1:${port}`, times), server, count: () => connections };
};
const ask = (api: Api, options = {}) => api.call('getMe', {}, z.object({ id: z.number() }), options);
const failure = (asked: Promise<unknown>): Promise<CallError> =>
  asked.then(
    () => Promise.reject(new Error('it was answered')),
    (error: CallError) => error,
  );
const failing = async (api: Api, options = {}): Promise<string> => {
  const error = await failure(ask(api, options));
  expect(error).toBeInstanceOf(CallError);
  expect(`${error.message} ${error.stack} ${JSON.stringify(error)} ${String(error.cause)}`).not.toContain(
    TOKEN.slice(11),
  );
  return `${error.kind} ${error.message}`;
};
const OK = JSON.stringify({ ok: true, result: { id: 1 } });

describe('nothing has left this machine', () => {
  it('when the port is closed', async () => {
    expect(await failing(apiAt(`http://127.0.0.1:${await freePort()}`))).toBe('unsent refused');
    expect(await failing(apiAt(`https://127.0.0.1:${await freePort()}`))).toBe('unsent refused');
  });

  it('when the name is unknown', async () => {
    expect(await failing(apiAt('https://telegram.invalid', { connect: 20_000, call: 20_000 }))).toBe('unsent dns');
  });

  it('when the certificate is not trusted', async () => {
    const port = await portOf(createHttps(certificate, (_, response) => response.end(OK)));
    expect(await failing(apiAt(`https://127.0.0.1:${port}`))).toBe('unsent tls');
  });

  it('when the other side speaks no TLS', async () => {
    const port = await portOf(createHttp((_, response) => response.end(OK)));
    expect(await failing(apiAt(`https://127.0.0.1:${port}`))).toBe('unsent tls');
  });

  it('when the connection breaks before TLS stands', async () => {
    const reset = await portOf(createTcp((socket) => void socket.once('data', () => socket.resetAndDestroy())));
    expect(await failing(apiAt(`https://127.0.0.1:${reset}`))).toBe('unsent network');
    const ended = await portOf(createTcp((socket) => void socket.end()));
    expect(await failing(apiAt(`https://127.0.0.1:${ended}`))).toBe('unsent network');
  });

  it('when the connection does not come to stand in its time', async () => {
    const port = await portOf(createTcp(() => undefined));
    const start = performance.now();
    expect(await failing(apiAt(`https://127.0.0.1:${port}`, { connect: 100, call: 25_000 }))).toBe(
      'unsent unreachable',
    );
    expect(performance.now() - start).toBeLessThan(PROMPTLY);
  });

  it.each([
    ['EHOSTUNREACH', 'network'],
    ['ENETUNREACH', 'network'],
    ['ETIMEDOUT', 'unreachable'],
    ['EAI_AGAIN', 'dns'],
    ['CERT_HAS_EXPIRED', 'tls'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls'],
  ])('when connecting ends in %s', (code, word) => {
    const error = failureOf(Object.assign(new Error('x'), { code: `UNSENT_${code}` }), null);
    expect([error.kind, error.message]).toEqual(['unsent', word]);
    // The same code of a connection that stood proves nothing.
    expect(failureOf(Object.assign(new Error('x'), { code }), null).kind).toBe('lost');
  });
});

describe('it may have arrived', () => {
  it.each<[string, RequestListener, string]>([
    ['the connection breaks', (request) => request.socket.destroy(), 'cut'],
    [
      'an answer of known length is cut',
      (_, response) => {
        response.writeHead(200, { 'content-length': OK.length });
        response.write(OK.slice(0, 9), () => response.destroy());
      },
      'cut',
    ],
    [
      'an answer of unknown length is cut',
      (_, response) => void response.write(OK.slice(0, 9), () => response.destroy()),
      'cut',
    ],
    ['the answer is no JSON', (_, response) => void response.end('<html>502</html>'), 'garbage'],
    ['the answer is null', (_, response) => void response.end('null'), 'garbage'],
    ['the answer is empty', (_, response) => void response.end(), 'garbage'],
    [
      'the answer is of another shape',
      (_, response) => void response.end('{"ok":true,"result":{"id":"x"}}'),
      'garbage',
    ],
    ['the refusal has no code', (_, response) => void response.end('{"ok":false}'), 'garbage'],
    ['the answer never ends', (_, response) => void response.write(OK.slice(0, 9)), 'silent'],
    ['no answer begins', () => undefined, 'silent'],
  ])('when %s', async (_, answer, word) => {
    const { api } = await answering(answer);
    const start = performance.now();
    expect(await failing(api, { limit: word === 'silent' ? 400 : 25_000 })).toBe(`lost ${word}`);
    // A cut answer is noticed at once, not when its time is over.
    expect(performance.now() - start).toBeLessThan(PROMPTLY);
  });

  it('when TLS answers where HTTP was spoken to', async () => {
    const port = await portOf(
      createTcp((socket) => void socket.once('data', () => socket.end(Buffer.from([0x15, 3, 1, 0, 2, 2, 70])))),
    );
    expect(await failing(apiAt(`http://127.0.0.1:${port}`))).toBe('lost no http');
  });

  it('when the caller has no more time', async () => {
    const { api } = await answering(() => undefined);
    const ending = new AbortController();
    const asked = failing(api, { until: ending.signal });
    ending.abort();
    expect(await asked).toBe('lost stopped');
    expect(await failing(api, { until: ending.signal })).toBe('unsent stopped');
  });

  it('when the answer is longer than any of Telegram', async () => {
    const { api } = await answering((_, response) => {
      const more = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(1_000_000, 32)));
        response.once('drain', more);
      };
      more();
    });
    expect(await failing(api, { limit: 25_000 })).toBe('lost garbage');
  });
});

describe('a refusal', () => {
  it('is told with its code, its words, and how long to wait', async () => {
    const { api } = await answering((_, response) => {
      const parameters = { retry_after: 3, migrate_to_chat_id: -100777 };
      response
        .writeHead(429)
        .end(JSON.stringify({ ok: false, error_code: 429, description: 'x'.repeat(999), parameters }));
    });
    const error = await failure(ask(api));
    expect(error).toMatchObject({ kind: 'answered', status: 429, retryAfterMs: 3_000, movedTo: '-100777' });
    expect(error.description).toHaveLength(120);
  });

  it('of a server in trouble needs no words, and holds no connection', async () => {
    const { api, server } = await answering((_, response) => void response.writeHead(502).end('x'.repeat(200_000)));
    expect(await failing(api)).toBe('answered status 502');
    server.closeIdleConnections();
    await until(async () => expect(await connectionsOf(server)).toBe(0));
  });
});

const connectionsOf = (server: Server): Promise<number> =>
  new Promise((resolve, reject) => {
    server.getConnections((error, count) => (error ? reject(error) : resolve(count)));
  });

describe('a connection', () => {
  it('is used again while it is fresh, and closed by us before the other side does it', async () => {
    const { api, server, count } = await answering((_, response) => void response.end(OK));
    for (let n = 0; n < 5; n += 1) await ask(api);
    expect(count()).toBe(1);
    await until(async () => expect(await connectionsOf(server)).toBe(0));
    await ask(api);
    expect(count()).toBe(2);
  });

  it('that waits long for its answer is not taken for an idle one', async () => {
    const { api } = await answering((_, response) => void setTimeout(() => response.end(OK), 450));
    expect(await ask(api, { limit: 20_000 })).toEqual({ id: 1 });
  });

  it('carries answers in chunks, one after the other and many side by side', async () => {
    const { api } = await answering((_, response) => {
      response.write(OK.slice(0, 9));
      setImmediate(() => response.end(`${OK.slice(9)}${' '.repeat(100_000)}`));
    });
    const asker = async (): Promise<void> => {
      for (let n = 0; n < 20; n += 1) expect(await ask(api, { limit: 20_000 })).toEqual({ id: 1 });
    };
    await Promise.all(Array.from({ length: 8 }, asker));
  });

  it('is closed with all the others, used or not', async () => {
    let isAsked = false;
    const answer: RequestListener = (request, response) => {
      isAsked = true;
      if (request.url?.endsWith('/getMe')) response.end(OK);
    };
    const { api, server } = await answering(answer, { idleSocket: 60_000, call: 60_000 });
    await ask(api);
    isAsked = false;
    const hanging = failure(api.call('getWebhookInfo', {}, z.unknown()));
    await until(() => expect(isAsked).toBe(true));
    await api.close();
    expect((await hanging).kind).toBe('lost');
    await until(async () => expect(await connectionsOf(server)).toBe(0));
  });

  it('carries compressed answers, over TLS too', async () => {
    const port = await portOf(
      createHttps(certificate, (_, response) => {
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(OK));
      }),
    );
    const { NODE_TLS_REJECT_UNAUTHORIZED: before } = process.env;
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
    closers.push(() => {
      if (before === undefined) delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
      else process.env.NODE_TLS_REJECT_UNAUTHORIZED = before;
    });
    expect(await ask(apiAt(`https://127.0.0.1:${port}`))).toEqual({ id: 1 });
  });
});

describe('nothing stays behind', () => {
  const resources = (): number =>
    process.getActiveResourcesInfo().filter((each) => /^(?:Timeout|TCPSocketWrap|TLSWrap|Immediate)$/.test(each))
      .length;
  const answers: RequestListener[] = [
    (_, response) => void response.end(OK),
    (request) => void request.socket.destroy(),
    (_, response) => {
      response.writeHead(200, { 'content-length': 500 });
      response.write(OK, () => response.destroy());
    },
    (_, response) => void response.write(OK.slice(0, 9), () => response.destroy()),
    (_, response) => void response.write(OK.slice(0, 9)),
    () => undefined,
    (_, response) => void response.writeHead(502).end('x'.repeat(200_000)),
    (_, response) => void response.end('<html>'),
  ];

  it('of calls that went wrong in every way, once it is closed', async () => {
    let at = 0;
    const { api } = await answering((request, response) => answers[at]?.(request, response));
    // The same look before and after, so that what looking itself needs does not count.
    let before = 0;
    await until(() => {
      before = resources();
    });
    for (at = 0; at < answers.length; at += 1) await ask(api, { limit: 100 }).catch(() => undefined);
    await api.close();
    await until(() => expect(resources()).toBeLessThanOrEqual(before));
  });
});
