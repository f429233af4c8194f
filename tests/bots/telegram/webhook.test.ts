/** Updates that Telegram pushes: the same promises as for those that are fetched. */
import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { WebhookSettings } from '../../../src/bots/telegram/settings.ts';
import { BotApi } from '../../counterparts/bot-api.ts';
import { freePort } from '../../counterparts/process.ts';
import { Desk, type DeskOptions, GROUP, OTHER, PROMPTLY, people, TOKEN, until, ZHANG } from './desk.ts';

const SECRET = 'a_Secret-9';

let api: BotApi;
let desk: Desk;
let webhook: WebhookSettings;

beforeAll(async () => {
  api = await BotApi.start({ token: TOKEN });
});
beforeEach(async () => {
  await people(api);
  const port = await freePort();
  webhook = { url: `http://127.0.0.1:${port}/hooks/telegram`, host: '127.0.0.1', port, secret: SECRET };
});
afterEach(async () => {
  await api.up();
  await desk.stop();
  expect(desk.openTimers).toBe(0);
});
afterAll(() => api.end());

const open = async (options: DeskOptions = {}): Promise<void> => {
  desk = new Desk(api.root, { webhook, ...options });
  await desk.start();
};
const connected = () => until(() => expect(desk.state).toBe('connected'));
const says = (text: string, chat = GROUP) => api.says({ chat, from: ZHANG, text });

/** What Telegram would push, pushed by the test; the status of the answer. */
const push = async (update: object | string, init: { secret?: string | null; path?: string; method?: string } = {}) => {
  const { secret = SECRET, path = '/hooks/telegram', method = 'POST' } = init;
  const headers = { ...(secret === null ? {} : { 'x-telegram-bot-api-secret-token': secret }) };
  const body = typeof update === 'string' ? update : JSON.stringify(update);
  const options = method === 'POST' ? { method, headers, body } : { method, headers };
  const response = await fetch(`http://127.0.0.1:${webhook.port}${path}`, options);
  await response.text();
  return response.status;
};
const update = (id: number, text: string, chat = GROUP) => ({
  update_id: id,
  message: {
    message_id: id,
    date: 1_700_000_000,
    chat: { id: chat, type: 'group', title: '福山地村' },
    from: { id: ZHANG, is_bot: false, first_name: '张三' },
    text,
  },
});

describe('what Telegram pushes', () => {
  it('is told and acknowledged, also what was said before', async () => {
    await says('一');
    await open();
    await says('二');
    await until(() => expect(desk.texts).toEqual(['一', '二']));
    await until(async () => expect(await api.pending()).toBe(0));
    expect((await api.calls()).getUpdates).toBeUndefined();
  });

  it('is not acknowledged before the app has it, and comes again when it could not be kept', async () => {
    let fails = 2;
    desk = new Desk(api.root, { webhook });
    desk.onEvent = async () => {
      if (fails === 0) return;
      fails -= 1;
      throw new Error('the disk is full');
    };
    await says('一');
    await desk.start();
    await until(() => expect(desk.texts).toEqual(['一']));
    expect(fails).toBe(0);
    await until(async () => expect(await api.pending()).toBe(0));
  });

  it('comes in its order, however it was pushed', async () => {
    await open({ times: { hole: 2_000 } });
    await connected();
    expect(await push(update(100, '零'))).toBe(200);
    const statuses = [103, 102, 104, 101].map((id) => push(update(id, String(id))));
    expect(await Promise.all(statuses)).toEqual([200, 200, 200, 200]);
    expect(desk.texts).toEqual(['零', '101', '102', '103', '104']);
  });

  it('waits no longer than its time for what does not come', async () => {
    await open();
    await connected();
    await push(update(100, '零'));
    expect(await push(update(105, '五'))).toBe(200);
    expect(desk.texts).toEqual(['零', '五']);
  });

  it('is held back behind what could not be kept of its chat, and not behind that of another', async () => {
    let isFull = true;
    await open({ times: { hole: 0 } });
    await connected();
    desk.onEvent = async (event) => {
      if (isFull && event.type === 'message' && event.text === '一') throw new Error('the disk is full');
    };
    expect(await push(update(1, '一'))).toBe(500);
    expect(await push(update(2, '二'))).toBe(500);
    expect(await push(update(3, '三', OTHER))).toBe(200);
    isFull = false;
    expect(await push(update(2, '二'))).toBe(500);
    expect(await push(update(1, '一'))).toBe(200);
    expect(await push(update(2, '二'))).toBe(200);
    expect(desk.texts).toEqual(['三', '一', '二']);
  });

  it('does not wait for ever behind what Telegram has given up', async () => {
    await open({ times: { hole: 0, held: 0 } });
    await connected();
    desk.onEvent = async (event) => {
      if (event.type === 'message' && event.text === '一') throw new Error('the disk is full');
    };
    expect(await push(update(1, '一'))).toBe(500);
    expect(await push(update(2, '二'))).toBe(200);
  });

  it('may be repeated, and keeps its id', async () => {
    await open();
    await connected();
    expect([await push(update(1, '一')), await push(update(1, '一'))]).toEqual([200, 200]);
    expect(desk.messages.map(({ id }) => id)).toEqual(['1', '1']);
  });

  it("and nobody can read stands in nobody's way", async () => {
    await open();
    await connected();
    expect(await push({ update_id: 1, message: { text: 7 } })).toBe(200);
    expect(desk.logged('telegram.update.unreadable')).toMatchObject([{ details: { updateId: 1 } }]);
  });
});

describe('whoever else pushes', () => {
  beforeEach(async () => {
    await open();
    await connected();
  });

  it.each<[number, string, Parameters<typeof push>[1]]>([
    [401, 'no secret', { secret: null }],
    [401, 'another secret', { secret: 'a_Secret-8' }],
    [401, 'a longer secret', { secret: `${SECRET}x` }],
    [404, 'another path', { path: '/hooks/telegram/x' }],
    [404, 'the root', { path: '/' }],
    [405, 'another method', { method: 'GET' }],
  ])('is answered %s, with %s', async (status, _, init) => {
    expect(await push(update(1, '一'), init)).toBe(status);
    expect(desk.events).toEqual([]);
  });

  it('is answered 400 for no JSON, and for no update', async () => {
    expect(await push('{')).toBe(400);
    expect(await push('[]')).toBe(400);
    expect(await push('{"update_id":"1"}')).toBe(400);
  });

  it('is answered 413 for too much', async () => {
    // The answer may come, and the connection close, while the rest is still on its way.
    const status = await push(`{"update_id":1,"x":"${'x'.repeat(2_000_000)}"}`).catch(() => 413);
    expect(status).toBe(413);
    expect(await push(update(1, '一'))).toBe(200);
  });

  it('and never finishes is hung up on', async () => {
    const socket = connect(webhook.port, '127.0.0.1');
    socket.write(
      `POST /hooks/telegram HTTP/1.1\r\nHost: x\r\nX-Telegram-Bot-Api-Secret-Token: ${SECRET}\r\nContent-Length: 99\r\n\r\n{`,
    );
    socket.on('error', () => undefined).resume();
    await new Promise((resolve) => void socket.once('close', resolve));
  });
});

describe('the webhook', () => {
  const info = async () => {
    const response = await fetch(`${api.root}/bot${TOKEN}/getWebhookInfo`);
    return ((await response.json()) as { result: Record<string, unknown> }).result;
  };

  it('is asked for with its address, side by side, and only for what is read', async () => {
    await open();
    await connected();
    expect(await info()).toMatchObject({
      url: webhook.url,
      max_connections: 40,
      allowed_updates: ['message', 'edited_message', 'my_chat_member'],
    });
  });

  it('is asked for again when somebody took it away', async () => {
    await open();
    await connected();
    await fetch(`${api.root}/bot${TOKEN}/deleteWebhook`);
    await until(async () => expect(await info()).toMatchObject({ url: webhook.url }));
    await until(() => expect(desk.logged('telegram.webhook.changed')).toHaveLength(1));
    await says('一');
    await until(() => expect(desk.texts).toEqual(['一']));
  });

  it('is left alone while it stands', async () => {
    await open();
    await connected();
    const looked = (await api.calls()).getWebhookInfo ?? 0;
    await until(async () => expect((await api.calls()).getWebhookInfo).toBeGreaterThan(looked + 2));
    expect((await api.calls()).setWebhook).toBe(1);
  });

  it('is asked for until Telegram answers, and what is pushed before is not acknowledged', async () => {
    await api.kill();
    await open();
    expect([desk.state, desk.problem]).toEqual(['lost', 'refused']);
    expect(await push(update(1, '一'))).toBe(500);
    expect(desk.events).toEqual([]);
    await api.up();
    await connected();
    expect(desk.of('outage')).toMatchObject([{ cause: 'refused', lossy: false }]);
    await says('二');
    await until(() => expect(desk.texts).toEqual(['二']));
  });

  it('that cannot be listened for is an error at the start', async () => {
    await open();
    const second = new Desk(api.root, { webhook });
    await expect(second.start()).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await second.stop();
    expect(second.openTimers).toBe(0);
  });
});

describe('a stop', () => {
  it('waits for what is under way, takes no more, and closes', async () => {
    let go: () => void = () => undefined;
    const going = new Promise<void>((resolve) => {
      go = resolve;
    });
    const begun: string[] = [];
    await open({ times: { hole: 0 } });
    await connected();
    desk.onEvent = (event) => {
      begun.push(event.type);
      return going;
    };
    const first = push(update(1, '一'));
    await until(() => expect(begun).toHaveLength(1));
    const second = push(update(2, '二')).catch(() => 0);
    const stopping = desk.stop();
    go();
    await stopping;
    expect(await first).toBe(200);
    expect(await second).toBeOneOf([500, 0]);
    expect(desk.texts).toEqual(['一']);
    await expect(push(update(3, '三'))).rejects.toThrow();
  });

  it('does not wait for a request that never ends, nor for a hole', async () => {
    await open({ times: { body: 60_000, hole: 60_000, webhookCheck: 60_000 } });
    await connected();
    const socket = connect(webhook.port, '127.0.0.1');
    socket.write(
      `POST /hooks/telegram HTTP/1.1\r\nHost: x\r\nX-Telegram-Bot-Api-Secret-Token: ${SECRET}\r\nContent-Length: 99\r\n\r\n{`,
    );
    socket.on('error', () => undefined);
    const held = push(update(9, '九')).catch(() => 0);
    await until(() => expect(desk.openTimers).toBeGreaterThan(1));
    const start = performance.now();
    await desk.stop();
    expect(performance.now() - start).toBeLessThan(PROMPTLY);
    expect(await held).toBe(500);
    socket.destroy();
  });

  it('can be followed by another start', async () => {
    await open();
    await connected();
    await desk.stop();
    await says('一');
    await desk.start();
    // What was being pushed while Telegram is asked anew may come once more: the app takes it once.
    await until(() => expect(new Set(desk.texts)).toEqual(new Set(['一'])));
    await until(async () => expect(await api.pending()).toBe(0));
  });
});
