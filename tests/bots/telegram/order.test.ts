import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { Order } from '../../../src/bots/telegram/order.ts';
import type { SetTimer } from '../../../src/clock.ts';
import { ManualTimers } from '../../support/manual-timers.ts';

let timers: ManualTimers;
let order: Order;
let gone: number[];

const add = (...ids: number[]): void => {
  for (const id of ids) order.add(id, () => void gone.push(id));
};

beforeEach(() => {
  timers = new ManualTimers();
  const setTimer: SetTimer = (run, ms) => {
    const timer = timers.setTimer(run, ms);
    return () => timers.clearTimer(timer);
  };
  order = new Order(50, setTimer);
  gone = [];
});

/** The first ever waits, for nobody knows where the numbers begin. */
const begun = (id: number): void => {
  add(id);
  timers.fire();
  expect(gone.splice(0)).toEqual([id]);
};

describe('updates pushed side by side', () => {
  it('go on at once while they come in order', () => {
    begun(10);
    add(11, 12, 13);
    expect(gone).toEqual([11, 12, 13]);
    expect(timers.waits).toEqual([]);
  });

  it('wait for the lower ones', () => {
    begun(10);
    add(13, 12);
    expect(gone).toEqual([]);
    add(11);
    expect(gone).toEqual([11, 12, 13]);
    expect(timers.waits).toEqual([]);
  });

  it('wait for a hole no longer than its time, and still go in order', () => {
    begun(10);
    add(14, 12, 15);
    timers.fire();
    expect(gone).toEqual([12, 14, 15]);
    expect(timers.waits).toEqual([]);
  });

  it('of the very first few go in order too', () => {
    add(12, 11, 10);
    timers.fire();
    expect(gone).toEqual([10, 11, 12]);
  });

  it('go on at once when they are repeated, or come too late', () => {
    begun(10);
    add(11, 12, 11, 9);
    expect(gone).toEqual([11, 12, 11, 9]);
  });

  it('find their order again after the numbers began anew', () => {
    begun(900_000);
    add(17);
    add(18, 20, 19);
    expect(gone).toEqual([17, 18, 19, 20]);
  });

  it('all go when there is no more time', () => {
    begun(10);
    add(15, 13, 12);
    order.flush();
    expect(gone).toEqual([12, 13, 15]);
    expect(timers.waits).toEqual([]);
  });

  it('are all released once, in order, however they are shuffled', () => {
    const numbers = Array.from({ length: 12 }, (_, n) => n + 101);
    fc.assert(
      fc.property(fc.shuffledSubarray(numbers, { minLength: numbers.length }), (shuffled) => {
        const released: number[] = [];
        for (const id of [100, ...shuffled]) order.add(id, () => void released.push(id));
        timers.fire();
        expect(released).toEqual([100, ...numbers]);
        order = new Order(50, (run, ms) => {
          const timer = timers.setTimer(run, ms);
          return () => timers.clearTimer(timer);
        });
      }),
    );
  });
});
