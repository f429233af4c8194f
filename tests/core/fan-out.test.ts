import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accountsFor, type FanOutPace, fanOutMs } from '../../src/core/fan-out.ts';
import { MINUTE } from '../../src/core/time.ts';

const pace: FanOutPace = { perAccountMs: 1_000, betweenChatsMs: 3_000, perMinute: 40 };

const anyPace = fc.record({
  perAccountMs: fc.nat(5_000),
  betweenChatsMs: fc.nat(5_000),
  perMinute: fc.oneof(fc.integer({ min: 1, max: 100 }), fc.constant(Number.POSITIVE_INFINITY)),
});

/** Message by message, as they would leave. */
function played(messages: number, { perAccountMs, betweenChatsMs, perMinute }: FanOutPace): number {
  const left: number[] = [];
  for (let i = 0; i < messages; i += 1) {
    const before = left[i - 1];
    const oldest = Number.isFinite(perMinute) ? left[i - perMinute] : undefined;
    const bySteps = before === undefined ? 0 : before + Math.max(perAccountMs, betweenChatsMs);
    left.push(Math.max(bySteps, oldest === undefined ? 0 : oldest + MINUTE));
  }
  return left.at(-1) ?? 0;
}

describe('a fan-out', () => {
  it('takes as long as the messages do that leave one after the other', () => {
    fc.assert(
      fc.property(fc.nat(600), anyPace, (messages, any) => {
        expect(fanOutMs(messages, any)).toBe(played(messages, any));
      }),
    );
  });

  it('needs just as many accounts as finish in time, and not one fewer', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_500 }),
        anyPace,
        fc.integer({ min: 0, max: 900_000 }),
        (messages, any, goal) => {
          const accounts = accountsFor(messages, any, goal);
          expect(fanOutMs(Math.ceil(messages / accounts), any)).toBeLessThanOrEqual(goal);
          if (accounts > 1) expect(fanOutMs(Math.ceil(messages / (accounts - 1)), any)).toBeGreaterThan(goal);
        },
      ),
    );
  });

  it('to a county’s 1,400 groups takes one account over an hour, and fourteen five minutes', () => {
    expect(fanOutMs(1_400, pace)).toBe(1_399 * 3_000);
    expect(accountsFor(1_400, pace, 5 * MINUTE)).toBe(14);
  });
});
