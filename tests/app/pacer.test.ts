import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Pacer } from '../../src/app/pacer.ts';
import { retryAfter } from '../../src/app/retry.ts';
import type { Pace } from '../../src/bots/adapter.ts';
import type { ChatRef } from '../../src/core/chat.ts';
import { MINUTE, SECOND } from '../../src/core/time.ts';

const chat = (id: string): ChatRef => ({ platform: 'p', id, kind: 'group' });
const pace: Pace = {
  perChatMs: 1_000,
  perGroupPerMinute: Number.POSITIVE_INFINITY,
  perAccountMs: 100,
  betweenChatsMs: 0,
  perMinute: 20,
  gatherMs: 0,
};
const pacer = (with_: Partial<Pace> = {}, accountFor?: (chat: ChatRef) => string): Pacer =>
  new Pacer(new Map([['p', { pace: { ...pace, ...with_ }, ...(accountFor ? { accountFor } : {}) }]]));

describe('the pacer', () => {
  it('lets a chat rest after a message, and the account for a shorter while', () => {
    const paced = pacer();
    paced.reserve(chat('a'), 5_000);
    paced.sent(chat('a'), 5_000);
    expect([paced.freeAt(chat('a')), paced.freeAt(chat('b'))]).toEqual([6_000, 5_100]);
  });

  it('never shortens a wait it was told', () => {
    const paced = pacer();
    paced.wait(chat('a'), 90_000);
    paced.sent(chat('a'), 5_000);
    expect(paced.freeAt(chat('a'))).toBe(90_000);
  });

  it('frees the account a minute after the twentieth message before', () => {
    const paced = pacer();
    for (let i = 0; i < 20; i += 1) paced.reserve(chat(`${i}`), 1_000 + 100 * i);
    expect(paced.freeAt(chat('x'))).toBe(1_000 + MINUTE);
  });

  it('writes to another chat only after the pause between chats, to the same one as before', () => {
    const paced = pacer({ betweenChatsMs: 3_000 });
    paced.reserve(chat('a'), 5_000);
    expect([paced.freeAt(chat('a')), paced.freeAt(chat('b'))]).toEqual([5_100, 8_000]);
    expect(paced.freeAt(chat('a'), true)).toBe(8_000);
  });

  it('lets no lively chat keep the others from being written to', () => {
    const paced = pacer({ betweenChatsMs: 3_000, perChatMs: 0, perAccountMs: 1_000, perMinute: 40 });
    let now = 10_000;
    let otherWaited = 0;
    for (let i = 0; i < 30; i += 1) {
      // The other chat is the older one: it goes as soon as both may.
      const lively = Math.max(now, paced.freeAt(chat('lively')));
      const other = Math.max(now, paced.freeAt(chat('other')));
      now = Math.min(lively, other);
      if (other <= lively) break;
      paced.reserve(chat('lively'), now);
      otherWaited = i + 1;
    }
    expect(otherWaited).toBeLessThanOrEqual(4);
  });

  it('lets each of its accounts have the pace for itself', () => {
    const paced = pacer({ betweenChatsMs: 3_000 }, ({ id }) => id.slice(0, 1));
    paced.reserve(chat('a1'), 5_000);
    expect([paced.freeAt(chat('a2')), paced.freeAt(chat('b1'))]).toEqual([8_000, 0]);
  });

  it('writes no more to one group in a minute than it may, and counts no direct chat so', () => {
    const paced = pacer({ perGroupPerMinute: 2 });
    const direct: ChatRef = { platform: 'p', id: 'd', kind: 'direct' };
    for (const at of [5_000, 6_000]) {
      paced.reserve(chat('a'), at);
      paced.reserve(direct, at);
    }
    expect([paced.freeAt(chat('a')), paced.freeAt(chat('b')), paced.freeAt(direct)]).toEqual([65_000, 6_100, 6_100]);
  });

  it('keeps platforms apart, and knows nothing of one it was not told about', () => {
    const paced = pacer();
    paced.reserve(chat('a'), 5_000);
    expect(paced.freeAt({ platform: 'q', id: 'a', kind: 'group' })).toBe(0);
  });

  it('allows no more than its limits, whatever wants to be sent where and when', () => {
    const wanted = fc.array(fc.tuple(fc.nat(400), fc.constantFrom('a', 'b', 'c', 'd')), { maxLength: 120 });
    fc.assert(
      fc.property(wanted, (list) => {
        const paced = pacer();
        const sends: { at: number; id: string }[] = [];
        let now = 1_000;
        for (const [pause, id] of list) {
          now = Math.max(now + pause, paced.freeAt(chat(id)));
          paced.reserve(chat(id), now);
          paced.sent(chat(id), now);
          sends.push({ at: now, id });
        }
        sends.forEach(({ at, id }, i) => {
          const before = sends.slice(0, i);
          expect(before.filter((send) => at - send.at < MINUTE).length).toBeLessThan(20);
          expect(before.filter((send) => at - send.at < 100)).toEqual([]);
          expect(before.filter((send) => send.id === id && at - send.at < 1_000)).toEqual([]);
        });
      }),
      { numRuns: 60 },
    );
  });
});

describe('waiting before another try', () => {
  it('never waits a whole minute, and never less than four seconds', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
        (tries, x) => {
          expect(retryAfter(tries, x)).toBeLessThan(MINUTE);
          expect(retryAfter(tries, x)).toBeGreaterThanOrEqual(4 * SECOND);
        },
      ),
    );
  });

  it('waits longer after each failure until it has reached its longest', () => {
    expect([1, 2, 3, 4, 5, 6].map((tries) => retryAfter(tries, 0) / SECOND)).toEqual([5, 10, 20, 40, 55, 55]);
  });
});
