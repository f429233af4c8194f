import { describe, expect, it } from 'vitest';
import type { App } from '../../src/app.ts';
import { SteppedClock } from '../../src/clock.ts';
import { isoShanghai } from '../../src/core/time.ts';
import { SimulatedClock } from '../../src/web/simulated-clock.ts';
import {
  type ClockState,
  FixedError,
  firstMoment,
  MovingError,
  momentOf,
  STOP_NAMES,
  TimeMachine,
} from '../../src/web/time-machine.ts';

const at = (text: string): number => Date.parse(`2026-11-${text}+08:00`);

describe('where the clock buttons lead', () => {
  it.each([
    ['17:00', '23T08:00:00', '2026-11-23T17:00:00+08:00'],
    ['18:00', '23T17:00:00', '2026-11-23T18:00:00+08:00'],
    ['18:30', '23T18:29:59', '2026-11-23T18:30:00+08:00'],
    ['19:30', '23T00:00:00', '2026-11-23T19:30:00+08:00'],
    ['next-day', '23T19:30:00', '2026-11-24T07:00:00+08:00'],
    ['next-day', '30T03:00:00', '2026-12-01T07:00:00+08:00'],
  ] as const)('to %s from %s', (stop, from, expected) => {
    expect(isoShanghai(momentOf(stop, at(from)))).toBe(expected);
  });

  it('takes the next day where the moment has come already', () => {
    expect(isoShanghai(momentOf('17:00', at('23T17:00:00')))).toBe('2026-11-24T17:00:00+08:00');
    expect(isoShanghai(momentOf('18:30', at('23T22:15:00')))).toBe('2026-11-24T18:30:00+08:00');
  });

  it('always leads forward', () => {
    for (let hour = 0; hour < 24; hour++) {
      const now = at('23T00:00:00') + hour * 3_600_000;
      for (const stop of STOP_NAMES) expect(momentOf(stop, now)).toBeGreaterThan(now);
    }
  });
});

describe('where a first visit begins', () => {
  it('is now while the day still has everything before it', () => {
    expect(firstMoment(at('23T10:20:30'))).toBe(at('23T10:20:30'));
  });

  it('is eight in the morning otherwise', () => {
    expect(isoShanghai(firstMoment(at('23T03:00:00')))).toBe('2026-11-23T08:00:00+08:00');
    expect(isoShanghai(firstMoment(at('23T17:00:00')))).toBe('2026-11-24T08:00:00+08:00');
    expect(isoShanghai(firstMoment(at('23T23:59:00')))).toBe('2026-11-24T08:00:00+08:00');
  });
});

/** A time machine over an app with nothing to do; `tick` may be replaced. */
function machine(movable = true) {
  const base = new SteppedClock(at('23T08:00:00'));
  const clock = new SimulatedClock(base);
  const remembered: [string, string][] = [];
  const order: string[] = [];
  const app = {
    tick: async () => void order.push('tick'),
    idle: () => Promise.resolve(),
    nextDue: () => null,
    remember: async (id: string, value: string) => void remembered.push([id, value]),
  };
  const driver = {
    pause: async () => void order.push('pause'),
    resume: () => void order.push('resume'),
  };
  const time = new TimeMachine({ app: app as unknown as App, clock, driver, movable });
  return { time, app, base, clock, order, remembered };
}

describe('walking the clock', () => {
  it('has the driver rest while it walks, then lets time flow on and keeps how far it is ahead', async () => {
    const { time, base, clock, order, remembered } = machine();
    await time.goTo('17:00');
    expect(order.at(0)).toBe('pause');
    expect(order.slice(1, -1)).toContain('tick');
    expect(order.at(-1)).toBe('resume');
    expect(remembered).toEqual([['simulatedAhead', String(9 * 3_600_000)]]);
    base.moveTo(base.now() + 1_000);
    expect(clock.now()).toBe(at('23T17:00:01'));
  });

  it('is one at a time', async () => {
    const { time } = machine();
    const first = time.goTo('17:00');
    expect(time.state().moving).toBe(true);
    await expect(time.goTo('18:00')).rejects.toThrow(MovingError);
    expect(await first).toEqual({ now: at('23T17:00:00'), movable: true, moving: false });
  });

  it('lets time flow and the driver go on when something on the way fails', async () => {
    const { time, app, base, clock, order } = machine();
    app.tick = () => Promise.reject(new Error('disk full'));
    await expect(time.goTo('17:00')).rejects.toThrow('disk full');
    expect(order).toEqual(['pause', 'resume']);
    expect(time.state().moving).toBe(false);
    const before = clock.now();
    base.moveTo(base.now() + 1_000);
    expect(clock.now()).toBe(before + 1_000);
  });

  it('tells those who watch when it begins and when it has arrived', async () => {
    const { time } = machine();
    const states: ClockState[] = [];
    const stop = time.subscribe((state) => states.push(state));
    await time.goTo('18:30');
    stop();
    await time.goTo('19:30');
    expect(states).toEqual([
      { now: at('23T08:00:00'), movable: true, moving: true },
      { now: at('23T18:30:00'), movable: true, moving: false },
    ]);
  });

  it('is done with before it says that it is idle', async () => {
    const { time } = machine();
    void time.goTo('17:00');
    await time.idle();
    expect(time.state()).toMatchObject({ now: at('23T17:00:00'), moving: false });
  });

  it('does not happen where time is real', async () => {
    const { time, order } = machine(false);
    await expect(time.goTo('17:00')).rejects.toThrow(FixedError);
    expect(order).toEqual([]);
  });
});
