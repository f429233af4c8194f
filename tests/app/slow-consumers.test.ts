import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, describe, expect, it } from 'vitest';
import { settle, walkThrough } from '../../src/app/walk.ts';
import { type App, createApp } from '../../src/app.ts';
import type { Pace } from '../../src/bots/adapter.ts';
import { SteppedClock } from '../../src/clock.ts';
import { type Body, MANNERS, outboxRow } from '../../src/core/notices.ts';
import { type OutboxRow, put } from '../../src/core/rows/index.ts';
import { type Instant, MINUTE, SECOND } from '../../src/core/time.ts';
import { loadPlaybook } from '../../src/playbook-file.ts';
import { openStore } from '../../src/store/prisma.ts';
import type { Store } from '../../src/store/store.ts';
import { startBot } from '../support/bot.ts';
import { type Fault, RecordingAdapter } from '../support/recording-adapter.ts';
import { rawSql } from '../support/sqlite.ts';
import { tempDatabaseUrl } from '../support/temp-database.ts';
import { withCommit } from '../support/with-commit.ts';
import { OutboxDesk, rowFor } from './outbox-desk.ts';

const START = Date.parse('2026-11-23T10:00:00+08:00');
const CHATS = 200;
const ANSWERS = 500;
/** Some 500 to 800 bytes is what a message takes that waits. */
const BYTES_EACH = 1_500;

/** What waits for a chat: made some time before the start, in the order of their numbers, all of it due. */
function waiting(platform: string, chat: number, kind: 'answer' | 'table', number: number, at: Instant): OutboxRow {
  const id = `${kind} ${number} of ${chat}`;
  const body: Body = { kind: 'answer', text: id, of: id };
  const to = { chat: { platform, id: `g${chat}`, kind: 'group' as const } };
  return { ...outboxRow({ to, body, dedupeKey: `${platform} ${id}` }, at), kind, priority: MANNERS[kind].priority };
}

/** A hundred thousand answers, oldest first, and after all of them a table for each chat. */
function* everything(): Iterable<OutboxRow> {
  const made = START - CHATS * ANSWERS;
  for (let number = 0; number < ANSWERS; number += 1) {
    for (let chat = 0; chat < CHATS; chat += 1) {
      yield waiting('slow', chat, 'answer', number, made + number * CHATS + chat);
    }
  }
  for (let chat = 0; chat < CHATS; chat += 1) yield waiting('slow', chat, 'table', 0, START - 1);
}

const open: { app: App; store: Store }[] = [];
afterEach(async () => {
  for (const { app, store } of open.splice(0)) {
    await app.stop();
    await store.close();
  }
});

/** Bytes on the heap that somebody still holds. */
function heapHeld(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}

/** An app whose platform `slow` takes nothing yet, over an outbox that holds a hundred thousand messages for it. */
async function overFull(fault: Fault, pace: Partial<Pace> = {}) {
  const url = tempDatabaseUrl();
  const store = await openStore({ url });
  const clock = new SteppedClock(START);
  const later = { ...waiting('quick', 1, 'answer', 1, START), notBefore: START + MINUTE };
  let rows = [put('outbox', later)];
  for (const row of everything()) {
    if (rows.push(put('outbox', row)) < 10_000) continue;
    await store.commit(rows);
    rows = [];
  }
  await store.commit(rows);
  const slow = new RecordingAdapter('slow', clock, pace);
  const quick = new RecordingAdapter('quick', clock);
  slow.fault = () => fault;
  const app = await createApp({
    store,
    clock,
    playbook: await loadPlaybook('epidemic'),
    adapters: [slow, quick],
    log: () => undefined,
    random: () => 0,
  });
  open.push({ app, store });
  await app.start();
  return { app, clock, slow, quick, url };
}

/** Everything one chat was told, line by line. */
function told(platform: RecordingAdapter, chat: number): string[] {
  return platform.delivered.filter(({ to }) => to.id === `g${chat}`).flatMap(({ message }) => message.text.split('\n'));
}

describe('a platform that takes nothing while a hundred thousand messages wait for it', { timeout: MINUTE * 2 }, () => {
  it.each<[string, Fault, number]>([
    ['is away', 'unavailable', 2 * 5],
    ['asks to wait', { busy: 30 * SECOND }, 5],
  ])('and %s is asked seldom, holds up no other, and at last is told everything once', async (_, fault, mostTries) => {
    const before = heapHeld();
    const { app, clock, slow, quick, url } = await overFull(fault);
    await walkThrough(app, clock, START + 2 * MINUTE - SECOND);
    expect((heapHeld() - before) / app.county().tray.size).toBeLessThan(BYTES_EACH);
    expect(app.county().tray.size).toBe(CHATS * (ANSWERS + 1));
    expect(slow.delivered).toEqual([]);
    expect(slow.tried.length).toBeGreaterThanOrEqual(CHATS);
    expect(slow.tried.length).toBeLessThanOrEqual(CHATS * mostTries);
    expect(quick.delivered.map(({ at }) => at)).toEqual([START + MINUTE]);

    slow.fault = () => null;
    await walkThrough(app, clock, START + 4 * MINUTE);
    await settle(app, clock);
    const answers = Array.from({ length: ANSWERS }, (__, number) => `answer ${number}`);
    for (let chat = 0; chat < CHATS; chat += 1) {
      const lines = told(slow, chat).map((line) => line.replace(` of ${chat}`, ''));
      expect(lines.filter((line) => line.startsWith('answer'))).toEqual(answers);
      expect(lines.filter((line) => line.startsWith('table'))).toEqual(['table 0']);
    }
    const longest = Math.max(...slow.delivered.map(({ message }) => message.text.split('\n').length));
    expect(longest).toBe(40);
    expect(app.county().tray.size).toBe(0);
    expect(await rawSql(url, 'SELECT state, count(*) FROM outbox GROUP BY state')).toEqual([
      ['sent', CHATS * (ANSWERS + 1) + 1],
    ]);
  });

  it('is told the tables first when it is back', async () => {
    const { app, clock, slow } = await overFull('unavailable', { perAccountMs: 34, perChatMs: SECOND });
    slow.fault = () => null;
    await walkThrough(app, clock, START + 10 * SECOND);
    const kinds = slow.delivered.map(({ at, message }) => ({ at, kind: message.text.split(' ')[0] }));
    const last = kinds.findLastIndex(({ kind }) => kind === 'table');
    // Those who have waited for an answer have every other three seconds.
    const tablesTurn = kinds.slice(0, last).filter(({ at }) => Math.floor(at / (3 * SECOND)) % 2 === 0);
    expect(tablesTurn.length).toBeGreaterThan(CHATS / 4);
    expect(new Set(tablesTurn.map(({ kind }) => kind))).toEqual(new Set(['table']));
  });
});

describe('a send that fails while the store fails too', () => {
  it('is tried again once that could be kept, though everybody has looked at it meanwhile', async () => {
    let broken = false;
    const bot = await startBot({
      wrapStore: (store) =>
        withCommit(store, async (writes) => {
          if (broken) throw new Error('the disk is full');
          await store.commit(writes);
        }),
    });
    bot.platform.fault = () => 'unavailable';
    bot.platform.beforeDelivery = async () => {
      broken = true;
    };
    expect(await bot.says('张三', '福山地村', '/日报 0')).toEqual([]);
    bot.platform.fault = () => null;
    bot.platform.beforeDelivery = () => Promise.resolve();
    broken = false;
    await bot.walkTo('07:02');
    expect(bot.heard('福山地村')).toHaveLength(1);
    expect(await bot.rows(`SELECT state FROM outbox WHERE kind = 'receipt'`)).toEqual([['sent']]);
  });
});

describe('what waits', { timeout: MINUTE * 2 }, () => {
  const ROWS = 100_000;
  const GROUPS_TOLD = 500;

  /** Bytes that each of many answers takes where somebody looks at the outbox after every so many of them. */
  async function bytesEach(lookEvery: number): Promise<number> {
    const before = heapHeld();
    const desk = new OutboxDesk({ perMinute: 1 });
    for (let i = 0; i < ROWS; i += 1) {
      const to = { person: `p${i % GROUPS_TOLD}` };
      desk.put(rowFor(desk, { kind: 'answer', to, id: `answer ${i}`, text: `✅ 已收到 ${i}` }));
      if (i % lookEvery === 0) desk.nextDue();
    }
    await desk.pumpAll();
    const each = (heapHeld() - before) / ROWS;
    expect(desk.county.tray.size).toBe(ROWS);
    return each;
  }

  it('takes no more memory than a kilobyte or so a message, a hundred thousand of them', async () => {
    expect(await bytesEach(ROWS)).toBeLessThan(BYTES_EACH);
  });

  it('takes no more when somebody has looked at it after every one', async () => {
    const seldom = await bytesEach(ROWS);
    const often = await bytesEach(1);
    // A place in a queue in which nobody stands any more takes some 300 bytes.
    expect(often - seldom).toBeLessThan(60);
  });
});
