import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { PLATFORM } from '../../bench/county.ts';
import type { Leg } from '../../bench/plan.ts';
import { BenchPlatform } from '../../bench/platform.ts';
import { rush, stream } from '../../bench/runs.ts';
import type { World } from '../../bench/world.ts';
import type { InboundMessage } from '../../src/bots/adapter.ts';

const GRIDS = 600;
const leg = (count: number): Leg => ({ purpose: 'latency', day: 0, from: 0, count });

/** A world whose app answers each message as `handle` does; grids are named by their ids. */
function worldOf(handle: (message: InboundMessage, answer: () => Promise<void>) => Promise<void>): World {
  const platform = new BenchPlatform();
  const answerTo = async ({ chat, sender }: InboundMessage): Promise<void> => {
    await platform.send(chat, { text: `✅ g${sender.id.slice(1)} `, mentions: [], attachments: [] });
  };
  const app = {
    handle: (message: InboundMessage) => handle(message, () => answerTo(message)),
    county: () => ({ view: () => ({ unit: (id: string) => ({ name: `${id} ` }) }), tray: { pending: () => [] } }),
    dueTimes: () => ({ jobs: null, outbox: null }),
  };
  return { app, platform, clock: { now: () => 0 } } as unknown as World;
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval', 'clearInterval', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Lets time pass until something is settled. */
async function inTime<T>(running: Promise<T>): Promise<T> {
  let over = false;
  const watched = running.finally(() => {
    over = true;
  });
  watched.catch(() => undefined);
  for (let ms = 0; !over && ms < 200_000; ms++) await vi.advanceTimersByTimeAsync(1);
  return watched;
}

describe('messages at moments fixed beforehand', () => {
  test('that are answered at once have waited for nothing', async () => {
    const { waits, unanswered } = await inTime(
      stream(
        worldOf((_, answer) => answer()),
        GRIDS,
        leg(300),
        1_000,
        () => undefined,
      ),
    );
    expect(unanswered).toBe(0);
    expect(Math.max(...waits)).toBeLessThanOrEqual(2);
  });

  test('all pay for a stall in which they were due, also those that could not even be said', async () => {
    let handled = 0;
    const world = worldOf(async (_, answer) => {
      handled += 1;
      // The whole process stands still for 100 ms, and the clock goes on.
      if (handled === 100) vi.advanceTimersByTime(100);
      await answer();
    });
    const { waits } = await inTime(stream(world, GRIDS, leg(300), 1_000, () => undefined));
    const stalled = [...waits].filter((wait) => wait > 10);
    expect(stalled.length).toBeGreaterThan(80);
    expect(Math.max(...waits)).toBeGreaterThan(95);
  });

  test('and never answered count as they waited when the run was given up', async () => {
    let handled = 0;
    const world = worldOf(async (_, answer) => {
      handled += 1;
      if (handled !== 7) await answer();
    });
    const { waits, unanswered } = await inTime(stream(world, GRIDS, leg(20), 1_000, () => undefined));
    expect(unanswered).toBe(1);
    expect(Math.max(...waits)).toBeGreaterThan(5_000);
  });
});

describe('messages as fast as they are answered', () => {
  test('never have more in flight than allowed, and each grid speaks once', async () => {
    let [inFlight, most] = [0, 0];
    const said = new Set<string>();
    const world = worldOf(async ({ sender }, answer) => {
      said.add(sender.id);
      inFlight += 1;
      most = Math.max(most, inFlight);
      await new Promise((resolve) => setTimeout(resolve, 5));
      inFlight -= 1;
      await answer();
    });
    const rushed = await inTime(rush(world, GRIDS, leg(GRIDS), 40, () => undefined));
    expect(rushed.messages).toBe(GRIDS);
    expect(said.size).toBe(GRIDS);
    expect(most).toBe(40);
  });

  test('are taken one after the other in each group', async () => {
    const speaking = new Map<string, number>();
    let most = 0;
    const world = worldOf(async ({ chat }, answer) => {
      speaking.set(chat.id, (speaking.get(chat.id) ?? 0) + 1);
      most = Math.max(most, ...speaking.values());
      await new Promise((resolve) => setTimeout(resolve, 5));
      await answer();
      speaking.set(chat.id, 0);
    });
    await inTime(rush(world, GRIDS, leg(GRIDS), GRIDS, () => undefined));
    expect(most).toBe(1);
  });

  test('that are not answered end the run with what was said instead', async () => {
    const world = worldOf(async ({ chat }) => {
      await world.platform.send({ ...chat, platform: PLATFORM }, { text: '没看懂', mentions: [], attachments: [] });
    });
    await expect(inTime(rush(world, GRIDS, leg(10), 5, () => undefined))).rejects.toThrow('没看懂');
  });

  test('whose handling fails end the run with the failure', async () => {
    const world = worldOf(() => Promise.reject(new Error('disk full')));
    await expect(inTime(rush(world, GRIDS, leg(10), 5, () => undefined))).rejects.toThrow('disk full');
  });
});
