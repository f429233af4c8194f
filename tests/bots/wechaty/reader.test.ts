import { beforeEach, describe, expect, it } from 'vitest';
import type { InboundEvent } from '../../../src/bots/adapter.ts';
import { Reader, type Reading, SessionOver, type Told } from '../../../src/bots/wechaty/reader.ts';
import { WECHAT_BOUNDS, WECHAT_TIMES } from '../../../src/bots/wechaty/tuning.ts';
import { StepTimers, settled } from './step-timers.ts';

const HOLE = 1_000;
const REREAD = 400;

/** One announced message that a test answers when it likes. */
class Announced {
  asked = 0;
  #settle: { resolve: (told: Told | null) => void; reject: (error: Error) => void } | null = null;
  readonly #chat: string;
  readonly #id: string;

  constructor(id: string, chat = 'a') {
    this.#id = id;
    this.#chat = chat;
  }

  readonly reading: Reading = () => {
    this.asked += 1;
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
  };

  async answers(): Promise<void> {
    this.#settle?.resolve({ lane: this.#chat, event: { type: 'left', chat: { id: this.#id } } as InboundEvent });
    await settled();
  }

  async says(nothing: null): Promise<void> {
    this.#settle?.resolve(nothing);
    await settled();
  }

  async fails(error: Error = new Error('no payload')): Promise<void> {
    this.#settle?.reject(error);
    await settled();
  }
}

describe('what a service announces', () => {
  let timers: StepTimers;
  let delivered: string[];
  let logged: [string, unknown][];
  let reader: Reader;

  const open = (bounds: Partial<typeof WECHAT_BOUNDS> = {}): void => {
    timers = new StepTimers();
    delivered = [];
    logged = [];
    reader = new Reader({
      account: '1',
      setTimer: timers.setTimer,
      times: { ...WECHAT_TIMES, hole: HOLE, reread: REREAD },
      bounds: { ...WECHAT_BOUNDS, ...bounds },
      log: (_, event, details) => logged.push([event, details]),
      deliver: ({ event }) => delivered.push(event.type === 'left' ? event.chat.id : event.type),
    });
    reader.resume();
  };
  beforeEach(() => open());

  const announce = (...ids: string[]): Announced[] => {
    const announced = ids.map((id) => new Announced(id));
    for (const { reading } of announced) reader.take(reading);
    return announced;
  };

  it('is delivered in its order, whatever comes back first', async () => {
    const [one, two, three] = announce('1', '2', '3');
    await three?.answers();
    await two?.answers();
    expect(delivered).toEqual([]);
    await one?.answers();
    expect(delivered).toEqual(['1', '2', '3']);
  });

  it('goes on past what is of no interest', async () => {
    const [one, two] = announce('1', '2');
    await two?.answers();
    await one?.says(null);
    expect(delivered).toEqual(['2']);
  });

  it('waits for a missing one no longer than the hole may last, and tells it late', async () => {
    const [one, two, three] = announce('1', '2', '3');
    await two?.answers();
    await three?.answers();
    await timers.pass(HOLE - 1);
    expect(delivered).toEqual([]);
    await timers.pass(1);
    expect(delivered).toEqual(['2', '3']);
    await one?.answers();
    expect(delivered).toEqual(['2', '3', '1']);
  });

  it('is asked for again, and given up after the last reading with a line in the log', async () => {
    open({ readings: 3 });
    const [one, two] = announce('1', '2');
    await two?.answers();
    await one?.fails();
    expect(one?.asked).toBe(1);
    await timers.pass(REREAD);
    expect(one?.asked).toBe(2);
    await one?.fails();
    await timers.pass(REREAD);
    expect(logged).toEqual([]);
    await one?.fails();
    expect(logged).toEqual([['wechat.message.unreadable', { account: '1', readings: 3, code: null }]]);
    expect(delivered).toEqual(['2']);
  });

  it('is asked for some at a time, in its order', async () => {
    open({ sideBySide: 2 });
    const all = announce('1', '2', '3', '4');
    expect(all.map(({ asked }) => asked)).toEqual([1, 1, 0, 0]);
    await all[1]?.answers();
    expect(all.map(({ asked }) => asked)).toEqual([1, 1, 1, 0]);
  });

  it('is not held up by messages that hang: those passed over no longer count among the some', async () => {
    open({ sideBySide: 2 });
    const all = announce('1', '2', '3', '4');
    await timers.pass(HOLE);
    expect(all.map(({ asked }) => asked)).toEqual([1, 1, 1, 1]);
    await all[2]?.answers();
    expect(delivered).toEqual(['3']);
  });

  it('that a session’s end kept from being read is read in the next one, without counting as a failure', async () => {
    open({ readings: 1 });
    const [one, two] = announce('1', '2');
    reader.suspend();
    await one?.fails(new SessionOver('over'));
    await two?.fails(new SessionOver('over'));
    await timers.pass(10 * HOLE);
    expect([one?.asked, two?.asked, delivered, logged]).toEqual([1, 1, [], []]);
    const [three] = announce('3');
    reader.resume();
    await three?.answers();
    await two?.answers();
    await one?.answers();
    expect(delivered).toEqual(['1', '2', '3']);
  });

  it('waits while there is no session', async () => {
    reader.suspend();
    const [one] = announce('1');
    await settled();
    expect(one?.asked).toBe(0);
    reader.resume();
    expect(one?.asked).toBe(1);
  });

  it('is dropped, the oldest first, when too much is held, and counted in the log', async () => {
    open({ mostHeld: 3 });
    reader.suspend();
    const all = announce('1', '2', '3', '4', '5');
    reader.resume();
    for (const each of all) await each.answers();
    expect(delivered).toEqual(['3', '4', '5']);
    expect(logged).toEqual([
      ['wechat.inbound.dropped', { account: '1', count: 1 }],
      ['wechat.inbound.dropped', { account: '1', count: 2 }],
    ]);
  });

  it('goes on when the one that held it up is dropped', async () => {
    open({ mostHeld: 2 });
    const [, two] = announce('1', '2');
    await two?.answers();
    announce('3');
    expect(delivered).toEqual(['2']);
  });

  it('leaves no timer behind once forgotten', async () => {
    const [one] = announce('1', '2');
    await one?.fails();
    reader.clear();
    expect(timers.waiting).toBe(0);
    await one?.answers();
    expect(delivered).toEqual([]);
  });
});
