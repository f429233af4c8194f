/** Nothing is acknowledged to Telegram that the app does not have. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { InboundEvent } from '../../../src/bots/adapter.ts';
import { BotApi } from '../../counterparts/bot-api.ts';
import { Desk, type DeskOptions, GROUP, LI, OTHER, PROMPTLY, people, setWebhook, TOKEN, until, ZHANG } from './desk.ts';

let api: BotApi;
let desk: Desk;

beforeAll(async () => {
  api = await BotApi.start({ token: TOKEN });
});
beforeEach(() => people(api));
afterEach(async () => {
  await desk.stop();
  expect(desk.openTimers).toBe(0);
});
afterAll(() => api.end());

const open = async (options: DeskOptions = {}): Promise<Desk> => {
  desk = new Desk(api.root, options);
  await desk.start();
  return desk;
};
const says = (text: string, chat = GROUP, from = ZHANG) => api.says({ chat, from, text });
const text = (event: InboundEvent): string => (event.type === 'message' ? event.text : event.type);
/** Promises of sinks, ended when the test likes. */
const gate = () => {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
};

describe('what is said', () => {
  it('is told and acknowledged', async () => {
    await open();
    await says('/日报 0');
    const { updateId } = await says('/进度', OTHER, LI);
    await until(() => expect(desk.texts).toEqual(['/日报 0', '/进度']));
    expect(desk.messages.map(({ chatTitle, sender }) => [chatTitle, sender.displayName])).toEqual([
      ['福山地村', '张三'],
      ['林东镇', '李四'],
    ]);
    await until(async () => expect(await api.acknowledged()).toBe(updateId));
  });

  it('while the bot was away is told when it is back', async () => {
    await says('/日报 0');
    await says('/日报 1');
    await open();
    await until(() => expect(desk.texts).toEqual(['/日报 0', '/日报 1']));
  });

  it('comes in its order in each chat, and one slow chat holds up no other', async () => {
    const slow = gate();
    const sayings = Array.from({ length: 240 }, (_, n) => ({
      chat: n % 3 === 0 ? GROUP : OTHER,
      from: ZHANG,
      text: `/日报 ${n}`,
    }));
    const heard = (chat: number) =>
      desk.messages.filter((each) => each.chat.id === String(chat)).map((each) => each.text);
    const expected = (chat: number) => sayings.filter((each) => each.chat === chat).map((each) => each.text);
    desk = new Desk(api.root);
    let isHeldUp = false;
    desk.onEvent = async (event) => {
      if (event.type !== 'message' || event.chat.id !== String(GROUP)) return;
      isHeldUp = true;
      await slow.opened;
    };
    await says('先说的');
    await desk.start();
    await until(() => expect(isHeldUp).toBe(true));
    await api.saysMany(sayings.slice(0, 90));
    // What came after the slow one is heard, though nothing is acknowledged.
    await until(() => expect(heard(OTHER)).toEqual(expected(OTHER).slice(0, 60)));
    expect(heard(GROUP)).toEqual([]);
    expect(await api.pending()).toBe(91);
    slow.open();
    await api.saysMany(sayings.slice(90));
    await until(() => expect(heard(OTHER)).toEqual(expected(OTHER)));
    await until(() => expect(heard(GROUP)).toEqual(['先说的', ...expected(GROUP)]));
    await until(async () => expect(await api.pending()).toBe(0));
  });

  it('is not acknowledged before the app has it, however long that takes', async () => {
    const store = gate();
    desk = new Desk(api.root);
    let offered = 0;
    desk.onEvent = () => {
      offered += 1;
      return store.opened;
    };
    const { updateId } = await says('/日报 0');
    await desk.start();
    await until(async () => expect((await api.calls()).getUpdates).toBeGreaterThan(4));
    expect(await api.pending()).toBe(1);
    expect(await api.acknowledged()).toBeLessThan(updateId ?? 0);
    expect(offered).toBe(1);
    store.open();
    await until(async () => expect(await api.acknowledged()).toBe(updateId));
    expect(desk.texts).toEqual(['/日报 0']);
  });

  it('comes again when the app could not keep it, and nothing of its chat overtakes it', async () => {
    const tried: string[] = [];
    let fails = 3;
    desk = new Desk(api.root);
    desk.onEvent = async (event) => {
      tried.push(text(event));
      if (text(event) === '二' && fails > 0) {
        fails -= 1;
        throw new Error('the disk is full');
      }
    };
    await api.saysMany(['一', '二', '三', '四'].map((each) => ({ chat: GROUP, from: ZHANG, text: each })));
    await desk.start();
    await until(() => expect(desk.texts).toContain('四'));
    expect(tried.slice(0, 5)).toEqual(['一', '二', '二', '二', '二']);
    expect(desk.texts).toEqual(['一', '二', '三', '四']);
    expect(new Set(desk.messages.map(({ id }) => id)).size).toBe(4);
    await until(async () => expect(await api.pending()).toBe(0));
  });

  it('is not offered in a frenzy to an app that cannot keep it', async () => {
    const tries: number[] = [];
    desk = new Desk(api.root, { times: { store: { first: 80, longest: 80 } } });
    desk.onEvent = () => {
      tries.push(performance.now());
      return Promise.reject(new Error('the disk is full'));
    };
    await says('一');
    await desk.start();
    await until(() => expect(tries.length).toBeGreaterThan(3));
    // The jitter takes a quarter off.
    expect((tries[3] ?? 0) - (tries[0] ?? 0)).toBeGreaterThan(3 * 55);
  });

  it('is acknowledged up to what could not be kept, and not beyond', async () => {
    desk = new Desk(api.root);
    let tries = 0;
    desk.onEvent = async (event) => {
      if (text(event) !== '乙') return;
      tries += 1;
      throw new Error('the disk is full');
    };
    await says('甲', GROUP);
    const { updateId } = await says('乙', GROUP);
    await says('丙', OTHER);
    await desk.start();
    await until(() => expect(desk.texts).toContain('丙'));
    await until(() => expect(tries).toBeGreaterThan(2));
    expect(desk.logged('telegram.update.notKept')).toHaveLength(1);
    expect(await api.acknowledged()).toBe((updateId ?? 0) - 1);
    await desk.stop();
    expect(await api.acknowledged()).toBe((updateId ?? 0) - 1);
  });

  it("that nobody can read stands in nobody's way", async () => {
    await open();
    const { updateId } = await api.says({ chat: GROUP, from: ZHANG, text: 'x', extra: { date: 'no date' } });
    await says('/日报 0');
    await until(() => expect(desk.texts).toEqual(['/日报 0']));
    expect(desk.logged('telegram.update.unreadable')).toEqual([
      { level: 'error', event: 'telegram.update.unreadable', details: { updateId, reason: 'ZodError' } },
    ]);
  });

  it('is told with the same id when Telegram repeats it', async () => {
    await open();
    const { updateId } = await says('/日报 0');
    await until(async () => expect(await api.acknowledged()).toBe(updateId));
    await api.repeat(updateId);
    await until(() => expect(desk.messages).toHaveLength(2));
    expect(new Set(desk.messages.map(({ id, sentAt }) => `${id} ${sentAt}`)).size).toBe(1);
  });

  it('leaves no trace of itself in the log', async () => {
    desk = new Desk(api.root);
    desk.onEvent = async (event) => {
      if (text(event) === '/日报 8 张三发热') throw new Error('张三');
    };
    await says('/日报 8 张三发热');
    await api.says({ chat: GROUP, from: ZHANG, text: '李四 13800000001', extra: { date: '李四' } });
    await desk.start();
    await until(() => expect(desk.logged('telegram.update.unreadable')).toHaveLength(1));
    expect(desk.logged('telegram.update.notKept')).toHaveLength(1);
    expect(JSON.stringify(desk.logs)).not.toMatch(/张三|李四|福山地|日报|138/);
  });
});

describe('stopping', () => {
  it('waits for what is under way, begins nothing more, and acknowledges what was taken', async () => {
    const first = gate();
    const begun: string[] = [];
    desk = new Desk(api.root);
    desk.onEvent = async (event) => {
      begun.push(text(event));
      await first.opened;
    };
    const { updateId } = await says('一');
    await says('二');
    await desk.start();
    await until(() => expect(begun).toEqual(['一']));
    const stopped = desk.stop();
    first.open();
    await stopped;
    expect(desk.texts).toEqual(['一']);
    expect(begun).toEqual(['一']);
    expect(await api.acknowledged()).toBe(updateId);
    expect(desk.state).toBe('stopped');
  });

  it('needs no answer, and forgets nothing', async () => {
    await open();
    const { updateId } = await says('一');
    await until(() => expect(desk.texts).toEqual(['一']));
    await api.fault({ method: 'getUpdates', kind: 'hang', times: 'always' });
    const start = performance.now();
    await desk.stop();
    expect(performance.now() - start).toBeLessThan(PROMPTLY);
    await api.clearFaults();
    expect([updateId, (updateId ?? 0) - 1]).toContain(await api.acknowledged());
  });

  it('can be followed by another start', async () => {
    await open();
    await says('一');
    await until(() => expect(desk.texts).toEqual(['一']));
    await desk.stop();
    await says('二');
    await desk.start();
    await until(() => expect(desk.texts).toEqual(['一', '二']));
    expect(desk.state).toBe('connected');
  });

  it('twice, or before any start, is no harm', async () => {
    desk = new Desk(api.root);
    await desk.stop();
    await desk.start();
    await Promise.all([desk.stop(), desk.stop()]);
    expect(desk.state).toBe('stopped');
  });
});

describe('starting', () => {
  it('takes a webhook away without what waits behind it', async () => {
    await setWebhook(api.root, 'http://127.0.0.1:1/elsewhere');
    await says('/日报 0');
    await open();
    await until(() => expect(desk.texts).toEqual(['/日报 0']));
  });

  it('says when the bot hears only some of what is said, once', async () => {
    const deaf = await BotApi.start({ token: TOKEN, privacy: true });
    try {
      desk = new Desk(deaf.root);
      await deaf.fault({ method: 'getUpdates', kind: 'status', status: 409, times: 2 });
      await desk.start();
      await until(() => expect(desk.state).toBe('connected'));
      expect(desk.logged('telegram.privacy')).toMatchObject([{ level: 'warn', details: { account: '7000000001' } }]);
    } finally {
      await desk.stop();
      await deaf.end();
    }
  });
});
