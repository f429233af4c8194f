/** What can be made to go wrong, and what a platform that is killed remembers. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { freePort } from '../process.ts';
import { api, call, GROUP, LI, OTHER, refused, telegram, texts, until, updates, useBotApi, ZHANG } from './bench.ts';
import { Journal } from './journal.ts';

useBotApi();

describe('faults', () => {
  const send = (signal?: AbortSignal) =>
    telegram.callApi('sendMessage', { chat_id: GROUP, text: '在' }, signal ? { signal: signal as never } : {});
  const accepted = async () => (await api.sent()).length;

  it('answer with a status, as often as ordered and in the order of the orders', async () => {
    await api.fault({ method: 'sendMessage', kind: 'status', status: 429, parameters: { retry_after: 7 }, times: 2 });
    await api.fault({ kind: 'status', status: 502 });
    await api.fault({ chat: OTHER, kind: 'status', status: 403, description: 'Forbidden: x', times: 'always' });
    const to = (chat_id: number) => call('sendMessage', { chat_id, text: '在' });
    expect(await to(GROUP)).toEqual(refused(429, 'Too Many Requests', { retry_after: 7 }));
    expect((await to(GROUP)).status).toBe(429);
    expect((await to(GROUP)).status).toBe(502);
    expect((await to(GROUP)).ok).toBe(true);
    for (const _ of [1, 2, 3]) expect(await to(OTHER)).toEqual(refused(403, 'Forbidden: x'));
    await api.clearFaults();
    expect((await to(OTHER)).ok).toBe(true);
    expect(await api.calls()).toEqual({ sendMessage: 8 });
    expect(await accepted()).toBe(2);
  });

  it('lose the call or only its answer', async () => {
    await api.fault({ kind: 'drop' });
    await expect(send()).rejects.toMatchObject({ name: 'FetchError' });
    expect(await accepted()).toBe(0);
    await api.fault({ kind: 'deliverThenDrop' });
    await expect(send()).rejects.toMatchObject({ name: 'FetchError' });
    expect(await accepted()).toBe(1);
    await api.fault({ kind: 'cut' });
    // Not through telegraf: its HTTP client does not notice, and waits for the rest of the answer for minutes.
    await expect(call('sendMessage', { chat_id: GROUP, text: '在' })).rejects.toThrow();
    expect(await accepted()).toBe(2);
    await api.fault({ kind: 'garbage' });
    await expect(send()).rejects.toThrow(/not valid JSON|invalid json/i);
    expect(await accepted()).toBe(2);
  });

  it('hang, with or without having done it, and let the next call pass', async () => {
    for (const [kind, count] of [
      ['hang', 0],
      ['deliverThenHang', 1],
    ] as const) {
      await api.reset();
      await api.addGroup({ id: GROUP, title: '群' });
      await api.fault({ kind });
      const impatient = new AbortController();
      const hanging = send(impatient.signal);
      await until(async () => (await api.calls()).sendMessage === 1);
      expect((await call('getMe')).ok).toBe(true);
      expect(await accepted()).toBe(count);
      impatient.abort();
      await expect(hanging).rejects.toMatchObject({ name: 'AbortError' });
    }
  });

  it('slow a call down, which is done even if the caller has gone', async () => {
    await api.fault({ kind: 'slow', ms: 150, times: 2 });
    const began = Date.now();
    await send();
    expect(Date.now() - began).toBeGreaterThanOrEqual(149);
    const impatient = new AbortController();
    const gone = send(impatient.signal);
    await until(async () => (await api.calls()).sendMessage === 2);
    impatient.abort();
    await expect(gone).rejects.toMatchObject({ name: 'AbortError' });
    await until(async () => (await accepted()) === 2);
    expect((await call('getMe')).ok).toBe(true);
  });
});

describe('the process', () => {
  it('remembers after a kill what it has accepted, queued and been told', async () => {
    const picture = Buffer.from([1, 2, 3]);
    await api.addUser({ id: 103, first_name: '王五' });
    await api.says({ chat: 103, text: '你好' });
    const [, second] = await api.saysMany(['一', '二', '三'].map((text) => ({ chat: GROUP, from: ZHANG, text })));
    await updates({ offset: Number(second?.updateId), allowed_updates: ['message', 'edited_message'] });
    const photo = await telegram.sendPhoto(GROUP, { source: picture });
    await api.renames(GROUP, '新名');
    await api.blocks(LI);
    await api.fault({ kind: 'drop', times: 'always' });
    const sent = await api.sent();
    await api.kill();
    await expect(call('getMe')).rejects.toThrow();
    await api.up();
    expect(await api.sent()).toEqual(sent);
    expect(await texts()).toEqual(['二', '三', undefined]);
    expect(await api.acknowledged()).toBe(Number(second?.updateId) - 1);
    expect(Buffer.from(await api.fileOf(photo.message_id)).equals(picture)).toBe(true);
    expect(await telegram.getChat(GROUP)).toMatchObject({ title: '新名' });
    expect((await telegram.sendMessage(103, '在')).message_id).toBeGreaterThan(photo.message_id);
    expect((await call('sendMessage', { chat_id: LI, text: '在' })).description).toContain('blocked');
    const last = await api.says({ chat: GROUP, from: ZHANG, text: '四' });
    expect(last.updateId).toBe(Number(second?.updateId) + 3);
    expect((await telegram.getWebhookInfo()).allowed_updates).toEqual(['message', 'edited_message']);
  });

  it('goes on with a webhook after a kill', async () => {
    const port = await freePort();
    await telegram.setWebhook(`http://127.0.0.1:${port}/`, { secret_token: 'again' });
    await api.says({ chat: GROUP, from: ZHANG, text: '一' });
    await until(async () => (await telegram.getWebhookInfo()).last_error_message === 'Connection refused');
    await api.kill();
    await api.up();
    const secrets: unknown[] = [];
    const hook = createServer((request, response) => {
      secrets.push(request.headers['x-telegram-bot-api-secret-token']);
      response.end();
    }).listen(port, '127.0.0.1');
    try {
      await until(async () => (await api.pending()) === 0);
      expect(secrets).toEqual(['again']);
    } finally {
      await telegram.deleteWebhook();
      hook.close();
    }
  });

  it('cuts off what a kill left half written', () => {
    const folder = mkdtempSync(join(tmpdir(), 'gridbot-journal-'));
    try {
      const path = join(folder, 'journal.jsonl');
      writeFileSync(path, '{"一":1}\n{"二":');
      const journal = new Journal(path);
      expect([...journal.read()]).toEqual([{ 一: 1 }]);
      journal.write({ 三: 3 });
      expect([...journal.read()]).toEqual([{ 一: 1 }, { 三: 3 }]);
      journal.close();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('answers nothing while it is frozen, and everything after', async () => {
    api.freeze();
    const sending = telegram.sendMessage(GROUP, '在');
    const first = await Promise.race([sending, new Promise((resolve) => setTimeout(resolve, 100, 'silence'))]);
    api.thaw();
    expect(first).toBe('silence');
    expect(await sending).toMatchObject({ text: '在' });
  });

  it('carries thousands of messages in seconds', async () => {
    const count = 5_000;
    const began = performance.now();
    const sayings = Array.from({ length: count }, (_, each) => ({
      chat: each % 2 ? GROUP : OTHER,
      from: each % 3 ? ZHANG : LI,
      text: `/日报 ${each}`,
    }));
    await api.saysMany(sayings);
    const said = performance.now();
    let offset = 0;
    let taken = 0;
    while (taken < count) {
      const batch = await updates({ offset, timeout: 10 });
      taken += batch.length;
      offset = Number(batch.at(-1)?.update_id) + 1;
    }
    const polled = performance.now();
    const rate = (from: number, to: number) => (count / (to - from)) * 1000;
    if (process.env.MEASURE) process.stderr.write(`said ${rate(began, said)}/s, polled ${rate(said, polled)}/s\n`);
    // Far below what an idle machine does, so that a busy one does not fail.
    expect(rate(began, polled)).toBeGreaterThan(250);
  });
});
