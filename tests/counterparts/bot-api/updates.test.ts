/** Updates reach the bot by polling or by a webhook, and are forgotten when it has them. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { freePort } from '../process.ts';
import {
  api,
  call,
  GROUP,
  OTHER,
  refused,
  type SeenUpdate,
  telegram,
  texts,
  until,
  updates,
  useBotApi,
  ZHANG,
} from './bench.ts';

useBotApi();

describe('getUpdates', () => {
  it('delivers again what is not acknowledged, and forgets what is', async () => {
    const said = await api.saysMany(['一', '二', '三'].map((text) => ({ chat: GROUP, from: ZHANG, text })));
    const ids = said.map(({ updateId }) => Number(updateId));
    expect(await texts()).toEqual(['一', '二', '三']);
    expect(await texts({ limit: 2 })).toEqual(['一', '二']);
    expect(await texts({ offset: Number(ids[0]) + 1 })).toEqual(['二', '三']);
    expect(await api.acknowledged()).toBe(ids[0]);
    expect(await api.pending()).toBe(2);
    expect(await texts({ offset: Number(ids[0]) })).toEqual(['二', '三']);
    expect(await texts({ offset: Number(ids[2]) + 1 })).toEqual([]);
    expect(await api.pending()).toBe(0);
  });

  it('counts a negative offset from the end, and takes one of the far future for none', async () => {
    await api.saysMany(['一', '二', '三'].map((text) => ({ chat: GROUP, from: ZHANG, text })));
    expect(await texts({ offset: 2_000_000_000 })).toEqual(['一', '二', '三']);
    expect(await texts({ offset: -1 })).toEqual(['三']);
    expect(await texts()).toEqual(['三']);
  });

  it('gives at most a hundred at a time', async () => {
    await api.saysMany(Array.from({ length: 130 }, (_, each) => ({ chat: GROUP, from: ZHANG, text: `第${each}` })));
    const first = await updates({ limit: 1_000 });
    expect(first).toHaveLength(100);
    expect(await updates({ offset: Number(first.at(-1)?.update_id) + 1 })).toHaveLength(30);
  });

  it('waits for something to be said, and for as long as it was asked when nothing is', async () => {
    const began = Date.now();
    expect(await texts({ timeout: 1 })).toEqual([]);
    expect(Date.now() - began).toBeGreaterThanOrEqual(990);
    const poll = texts({ timeout: 20 });
    await until(async () => (await api.calls()).getUpdates === 2);
    await api.says({ chat: GROUP, from: ZHANG, text: '来了' });
    expect(await poll).toEqual(['来了']);
  });

  it('ends a poll that waits when another one comes', async () => {
    const first = call('getUpdates', { timeout: 20 });
    await until(async () => (await api.calls()).getUpdates === 1);
    const second = texts({ timeout: 20 });
    expect(await first).toEqual(
      refused(409, 'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running'),
    );
    await api.says({ chat: GROUP, from: ZHANG, text: '来了' });
    expect(await second).toEqual(['来了']);
  });

  it('keeps what comes after the poller has hung up', async () => {
    const { updateId } = await api.says({ chat: GROUP, from: ZHANG, text: '旧的' });
    const offset = Number(updateId) + 1;
    const leaving = new AbortController();
    const poll = telegram.callApi('getUpdates', { offset, timeout: 20 }, { signal: leaving.signal as never });
    await until(async () => (await api.calls()).getUpdates === 1);
    leaving.abort();
    await expect(poll).rejects.toThrow();
    // The server has heard of the hang-up by the time it answers a later call.
    await call('getMe');
    await api.says({ chat: GROUP, from: ZHANG, text: '还在' });
    await api.repeat(updateId);
    // Time enough to answer the poll, were it still there.
    for (let each = 0; each < 20; each += 1) await call('getMe');
    expect(await texts({ offset })).toEqual(['旧的', '还在']);
  });

  it('delivers only the kinds asked for, and remembers them', async () => {
    await updates({ allowed_updates: ['edited_message'] });
    const { messageId } = await api.says({ chat: GROUP, from: ZHANG, text: '/日报 0' });
    await api.edits(messageId, '/日报 1');
    expect((await updates()).map((update) => Object.keys(update))).toEqual([['update_id', 'edited_message']]);
  });

  it('delivers an update once more under its number when told to', async () => {
    const { updateId } = await api.says({ chat: GROUP, from: ZHANG, text: '/日报 0' });
    const [first] = await updates();
    expect(await updates({ offset: Number(updateId) + 1 })).toEqual([]);
    await api.repeat(updateId);
    await api.says({ chat: GROUP, from: ZHANG, text: '新的' });
    const again = await updates({ offset: Number(updateId) + 1 });
    expect(again[0]).toEqual(first);
    expect(again[1]?.message?.text).toBe('新的');
    expect(await texts({ offset: Number(updateId) + 1 })).toEqual(['新的']);
  });
});

describe('a webhook', () => {
  interface Delivery {
    update: SeenUpdate;
    secret: string | undefined;
  }
  let taken: Delivery[];
  let respond: (delivery: Delivery, response: ServerResponse) => void;
  let url: string;
  const hook = createServer((request: IncomingMessage, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const update = JSON.parse(Buffer.concat(chunks).toString()) as SeenUpdate;
      const delivery = { update, secret: request.headers['x-telegram-bot-api-secret-token']?.toString() };
      taken.push(delivery);
      respond(delivery, response);
    });
  });
  beforeAll(async () => {
    const port = await freePort();
    hook.listen(port, '127.0.0.1');
    url = `http://127.0.0.1:${port}/hook`;
  });
  beforeEach(() => {
    taken = [];
    respond = (_, response) => response.end();
  });
  afterEach(() => telegram.deleteWebhook());
  afterAll(() => hook.close());
  const seen = (): unknown[] => taken.map(({ update }) => update.message?.text);

  it('is delivered to with its secret, what had waited first, and ends polling', async () => {
    await api.says({ chat: GROUP, from: ZHANG, text: '一' });
    const poll = call('getUpdates', { offset: -1, timeout: 20 });
    expect((await poll).ok).toBe(true);
    const { updateId } = await api.says({ chat: GROUP, from: ZHANG, text: '二' });
    await telegram.setWebhook(url, { secret_token: 's-1', max_connections: 3 });
    await until(async () => (await api.pending()) === 0);
    expect(seen()).toEqual(['一', '二']);
    expect(taken[0]?.secret).toBe('s-1');
    expect(await api.acknowledged()).toBe(updateId);
    expect((await call('getUpdates')).description).toContain("can't use getUpdates method while webhook is active");
    expect(await telegram.getWebhookInfo()).toMatchObject({ url, pending_update_count: 0, max_connections: 3 });
    await api.repeat(updateId);
    await until(() => seen().length === 3);
    expect(seen()).toEqual(['一', '二', '二']);
    await until(async () => (await api.pending()) === 0);
  });

  it('is tried again in order until it takes an update, and keeps up no other chat', async () => {
    let failures = 3;
    respond = ({ update }, response) => {
      if (update.message?.text !== '一' || failures === 0) return response.end();
      failures -= 1;
      if (failures === 0) return response.destroy();
      return response.writeHead(500).end();
    };
    await telegram.setWebhook(url);
    await api.saysMany([
      { chat: GROUP, from: ZHANG, text: '一' },
      { chat: GROUP, from: ZHANG, text: '二' },
      { chat: OTHER, from: ZHANG, text: '别处' },
    ]);
    await until(async () => (await api.pending()) === 0);
    expect(seen().filter((text) => text !== '别处')).toEqual(['一', '一', '一', '一', '二']);
    expect(seen().indexOf('别处')).toBeLessThan(seen().lastIndexOf('一'));
    expect(await telegram.getWebhookInfo()).toMatchObject({ last_error_message: 'Connection reset by peer' });
  });

  it('may answer with a call, and takes nothing along when it is dropped', async () => {
    respond = (_, response) => response.end(JSON.stringify({ method: 'sendMessage', chat_id: GROUP, text: '收到' }));
    await telegram.setWebhook(url);
    await api.says({ chat: GROUP, from: ZHANG, text: '一' });
    await until(async () => (await api.sent()).length === 1);
    respond = (_, response) => response.writeHead(503).end();
    await api.says({ chat: GROUP, from: ZHANG, text: '二' });
    await until(() => seen().includes('二'));
    await telegram.deleteWebhook({ drop_pending_updates: true });
    expect(await updates()).toEqual([]);
    expect(await call('setWebhook', { url: 'ftp://x' })).toMatchObject({ status: 400 });
    expect(await call('setWebhook', { url, secret_token: 'a b' })).toMatchObject({ status: 400 });
  });
});
