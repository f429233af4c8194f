import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SteppedClock } from '../../src/clock.ts';
import { SimulatedClock } from '../../src/web/simulated-clock.ts';

const START = Date.parse('2026-11-23T16:00:00+08:00');

describe('a simulated clock', () => {
  it('runs with its base, as far ahead as it was set', () => {
    const base = new SteppedClock(START);
    const clock = new SimulatedClock(base, 5_000);
    base.moveTo(START + 700);
    expect(clock.now()).toBe(START + 5_700);
    expect(clock.ahead).toBe(5_000);
  });

  it('stands still while held and flows on from where it was walked to', () => {
    const base = new SteppedClock(START);
    const clock = new SimulatedClock(base);
    clock.hold();
    base.moveTo(START + 400);
    expect(clock.now()).toBe(START);
    clock.moveTo(START + 60_000);
    expect(clock.now()).toBe(START + 60_000);
    clock.release();
    expect(clock.now()).toBe(START + 60_000);
    base.moveTo(START + 900);
    expect(clock.now()).toBe(START + 60_500);
  });

  it('can be moved without being held', () => {
    const base = new SteppedClock(START);
    const clock = new SimulatedClock(base);
    clock.moveTo(START + 3_000);
    base.moveTo(START + 1_000);
    expect(clock.now()).toBe(START + 4_000);
  });

  it('never goes back, whatever is done to it', () => {
    const deed = fc.oneof(
      fc.record({ do: fc.constant('flow'), ms: fc.nat(100_000) }),
      fc.record({ do: fc.constant('move'), ms: fc.integer({ min: -100_000, max: 100_000 }) }),
      fc.record({ do: fc.constantFrom('hold', 'release'), ms: fc.constant(0) }),
    );
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 40 }), (deeds) => {
        const base = new SteppedClock(START);
        const clock = new SimulatedClock(base);
        let last = clock.now();
        for (const { do: what, ms } of deeds) {
          if (what === 'flow') base.moveTo(base.now() + ms);
          else if (what === 'move') clock.moveTo(last + ms);
          else if (what === 'hold') clock.hold();
          else clock.release();
          expect(clock.now()).toBeGreaterThanOrEqual(last);
          last = clock.now();
        }
      }),
    );
  });
});
