import { beforeEach, describe, expect, it } from 'vitest';
import type { InboundEvent } from '../../../src/bots/adapter.ts';
import { Delivery } from '../../../src/bots/wechaty/delivery.ts';
import { WECHAT_BOUNDS, WECHAT_TIMES } from '../../../src/bots/wechaty/tuning.ts';
import { StepTimers, settled } from './step-timers.ts';

const eventOf = (id: string): InboundEvent => ({ type: 'left', chat: { platform: 'wechat', id, kind: 'group' } });

describe('what is handed to the app', () => {
  let timers: StepTimers;
  let logged: [string, string, unknown][];
  let offered: string[];
  let kept: string[];
  /** What the app does with each. */
  let app: (id: string) => Promise<void>;
  let delivery: Delivery;

  const open = (mostHeld = 100): void => {
    timers = new StepTimers();
    [logged, offered, kept] = [[], [], []];
    app = async () => undefined;
    const sink = async (event: InboundEvent): Promise<void> => {
      const id = event.type === 'left' ? event.chat.id : '';
      offered.push(id);
      await app(id);
      kept.push(id);
    };
    delivery = new Delivery(sink, {
      setTimer: timers.setTimer,
      times: { ...WECHAT_TIMES, stop: 100, offer: { first: 100, longest: 400 } },
      bounds: { ...WECHAT_BOUNDS, mostHeld },
      random: () => 0,
      log: (level, event, details) => logged.push([level, event, details]),
    });
  };
  beforeEach(() => open());

  const put = (lane: string, ...ids: string[]): Promise<void>[] =>
    ids.map((id) => delivery.put({ lane, event: eventOf(id) }));

  it('is handed over one after the other in a chat, side by side across chats', async () => {
    const open: (() => void)[] = [];
    app = () => new Promise((resolve) => open.push(resolve));
    put('a', 'a1', 'a2');
    put('b', 'b1');
    await settled();
    expect(offered).toEqual(['a1', 'b1']);
    for (const keep of open) keep();
    await settled();
    expect(offered).toEqual(['a1', 'b1', 'a2']);
  });

  it('is offered again until the app has kept it, and what came after it in the chat waits', async () => {
    let broken = true;
    app = async () => {
      if (broken) throw new Error('disk full');
    };
    const puts = put('a', 'a1', 'a2');
    await timers.pass(250);
    expect(offered).toEqual(['a1', 'a1']);
    broken = false;
    await timers.pass(400);
    await Promise.all(puts);
    expect(kept).toEqual(['a1', 'a2']);
    expect(logged).toEqual([['warn', 'wechat.inbound.held', { held: 2 }]]);
  });

  it('holds up no other chat when the app cannot keep it', async () => {
    app = async (id) => {
      if (id === 'a1') throw new Error('locked');
    };
    put('a', 'a1');
    put('b', 'b1');
    await settled();
    expect(kept).toEqual(['b1']);
  });

  it('survives an app that throws at once', async () => {
    const throwing = new Delivery(
      () => {
        throw new Error('at once');
      },
      { setTimer: timers.setTimer, times: WECHAT_TIMES, bounds: WECHAT_BOUNDS, random: () => 0, log: () => undefined },
    );
    void throwing.put({ lane: 'a', event: eventOf('a1') });
    await settled();
    await throwing.stop();
  });

  it('loses the oldest when too much is held, and says how many', async () => {
    open(3);
    let broken = true;
    app = async () => {
      if (broken) throw new Error('disk full');
    };
    const puts = put('a', '1', '2', '3', '4', '5');
    await settled();
    broken = false;
    await timers.pass(10_000);
    await Promise.all(puts);
    // The first one is in the app's hands and cannot be taken back.
    expect(kept).toEqual(['1', '4', '5']);
    expect(logged.filter(([level]) => level === 'error')).toEqual([
      ['error', 'wechat.inbound.dropped', { count: 1 }],
      ['error', 'wechat.inbound.dropped', { count: 2 }],
    ]);
  });

  it('ends with what is under way, and leaves no timer', async () => {
    let keep: () => void = () => undefined;
    app = () =>
      new Promise((resolve) => {
        keep = resolve;
      });
    const puts = put('a', 'a1', 'a2');
    await settled();
    let over = false;
    const stopping = delivery.stop().then(() => {
      over = true;
    });
    await settled();
    expect(over).toBe(false);
    keep();
    await stopping;
    await Promise.all(puts);
    expect(kept).toEqual(['a1']);
    expect(timers.waiting).toBe(0);
  });

  it('does not wait for ever for an app that hangs', async () => {
    app = () => new Promise(() => undefined);
    put('a', 'a1');
    await settled();
    const stopping = delivery.stop();
    await timers.pass(100);
    await stopping;
  });

  it('takes nothing more once stopped', async () => {
    await delivery.stop();
    await Promise.all(put('a', 'a1'));
    expect(offered).toEqual([]);
  });
});
