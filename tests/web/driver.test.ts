import { describe, expect, it, vi } from 'vitest';
import { Driver } from '../../src/app/driver.ts';
import { SteppedClock } from '../../src/clock.ts';
import { ManualTimers } from '../support/manual-timers.ts';

const START = Date.parse('2026-11-23T16:00:00+08:00');

/** An app whose ticks end when the test says so. */
function stage() {
  const clock = new SteppedClock(START);
  const timers = new ManualTimers();
  const log = vi.fn();
  const ticks: { end: () => void; fail: () => void }[] = [];
  let running = 0;
  let most = 0;
  let due: number | null = null;
  const app = {
    nextDue: () => due,
    tick: () => {
      running += 1;
      most = Math.max(most, running);
      return new Promise<void>((resolve, reject) => {
        const finish = (settle: () => void) => () => {
          running -= 1;
          settle();
        };
        ticks.push({ end: finish(resolve), fail: finish(() => reject(new Error('disk full'))) });
      });
    },
  };
  const beats: (() => void)[] = [];
  const stopBeat = vi.fn();
  const heartbeat = (beat: () => void) => {
    beats.push(beat);
    return stopBeat;
  };
  const driver = new Driver(app, clock, { ...timers, log, heartbeat });
  const settle = async (): Promise<void> => {
    for (let turns = 0; turns < 10; turns++) await Promise.resolve();
  };
  const endTick = async (how: 'end' | 'fail' = 'end'): Promise<void> => {
    ticks.at(-1)?.[how]();
    await settle();
  };
  return {
    driver,
    timers,
    log,
    ticks,
    beats,
    stopBeat,
    endTick,
    settle,
    most: () => most,
    dueIn: (ms: number | null) => {
      due = ms === null ? null : START + ms;
    },
  };
}

describe('the driver of an app', () => {
  it('ticks at its start and then sets one timer for the next moment', async () => {
    const { driver, timers, ticks, endTick, dueIn } = stage();
    dueIn(1_500);
    driver.start();
    expect(ticks).toHaveLength(1);
    expect(timers.waits).toEqual([]);
    await endTick();
    expect(timers.waits).toEqual([1_500]);
    timers.fire();
    expect(ticks).toHaveLength(2);
  });

  it.each([
    ['nothing is in sight', null, 60_000],
    ['the next moment is far', 3_600_000, 60_000],
    ['the next moment has passed', -5_000, 20],
  ])('looks again in good time when %s', async (_, due, wait) => {
    const { driver, timers, endTick, dueIn } = stage();
    dueIn(due);
    driver.start();
    await endTick();
    expect(timers.waits).toEqual([wait]);
  });

  it('never ticks twice at once; nudges during a tick make one more after it', async () => {
    const { driver, timers, ticks, endTick, most } = stage();
    driver.start();
    driver.nudge();
    driver.nudge();
    expect(ticks).toHaveLength(1);
    await endTick();
    expect(ticks).toHaveLength(2);
    await endTick();
    expect(ticks).toHaveLength(2);
    expect(most()).toBe(1);
    expect(timers.waits).toHaveLength(1);
  });

  it('has one timer however often it is nudged', async () => {
    const { driver, timers, endTick } = stage();
    driver.start();
    await endTick();
    for (let i = 0; i < 3; i++) {
      driver.nudge();
      await endTick();
    }
    expect(timers.waits).toHaveLength(1);
  });

  it('survives a tick that fails, says so, and tries again a little later', async () => {
    const { driver, timers, ticks, log, endTick, dueIn } = stage();
    dueIn(-1_000);
    driver.start();
    await endTick('fail');
    expect(log).toHaveBeenCalledExactlyOnceWith('error', 'tick.failed', { error: 'Error: disk full' });
    expect(timers.waits).toEqual([5_000]);
    timers.fire();
    expect(ticks).toHaveLength(2);
  });

  it('waits for the tick under way when paused, and ticks no more until it goes on', async () => {
    const { driver, timers, ticks, endTick, settle } = stage();
    driver.start();
    const paused = vi.fn();
    void driver.pause().then(paused);
    await settle();
    expect(paused).not.toHaveBeenCalled();
    await endTick();
    expect(paused).toHaveBeenCalledOnce();
    driver.nudge();
    timers.fire();
    expect(ticks).toHaveLength(1);
    expect(timers.waits).toEqual([]);
    driver.resume();
    expect(ticks).toHaveLength(2);
  });

  it('looks on every heartbeat', async () => {
    const { driver, ticks, beats, endTick } = stage();
    driver.start();
    await endTick();
    for (const beat of beats) beat();
    expect(ticks).toHaveLength(2);
  });

  it('leaves no timer and no heartbeat behind when stopped', async () => {
    const { driver, timers, stopBeat, endTick } = stage();
    driver.start();
    await endTick();
    await driver.stop();
    expect(timers.waits).toEqual([]);
    expect(stopBeat).toHaveBeenCalledOnce();
  });
});
