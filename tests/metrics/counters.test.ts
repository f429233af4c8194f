import { Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { SteppedClock } from '../../src/clock.ts';
import { Counters } from '../../src/metrics/counters.ts';
import { processRegistry } from '../../src/metrics/process.ts';
import { readExposition } from './exposition.ts';

function counting(platforms: readonly string[] = ['telegram', 'wechat']) {
  const registry = new Registry();
  const clock = new SteppedClock(1_000);
  let elapsed = 0;
  const counters = new Counters({ registry, platforms, clock, elapsed: () => elapsed });
  return {
    counters,
    clock,
    pass: (ms: number) => {
      elapsed += ms;
    },
    read: async () => readExposition(await registry.metrics()),
  };
}

describe('what comes in and goes out', () => {
  it('is told as zero before anything has happened', async () => {
    const { read } = counting();
    const figures = await read();
    expect(figures.value('gridbot_messages_in_total', { platform: 'wechat', type: 'joined' })).toBe(0);
    expect(figures.value('gridbot_messages_out_total', { platform: 'telegram', outcome: 'refused' })).toBe(0);
    expect(figures.value('gridbot_parse_errors_total', { code: 'number.vague' })).toBe(0);
  });

  it('is counted by platform, type and outcome', async () => {
    const { counters, read } = counting();
    counters.heard('wechat', 'message');
    counters.heard('wechat', 'message');
    counters.heard('telegram', 'outage');
    counters.said('telegram', 'accepted');
    counters.said('telegram', 'busy');
    counters.misread('number.vague');
    const figures = await read();
    expect(figures.present('gridbot_messages_in_total')).toEqual([
      [{ platform: 'telegram', type: 'outage' }, 1],
      [{ platform: 'wechat', type: 'message' }, 2],
    ]);
    expect(figures.present('gridbot_messages_out_total')).toEqual([
      [{ platform: 'telegram', outcome: 'accepted' }, 1],
      [{ platform: 'telegram', outcome: 'busy' }, 1],
    ]);
    expect(figures.present('gridbot_parse_errors_total')).toEqual([[{ code: 'number.vague' }, 1]]);
  });

  it('makes no series of words nobody foresaw', async () => {
    const { counters, read } = counting();
    const before = (await read()).samples.length;
    for (let at = 0; at < 100; at += 1) {
      counters.heard(`room ${at}`, 'message');
      counters.said('13800000001', 'refused');
      counters.misread(`code ${at}` as 'number.vague');
      counters.heard('telegram', `type ${at}` as 'message');
    }
    const figures = await read();
    expect(figures.value('gridbot_messages_in_total', { platform: 'other', type: 'message' })).toBe(100);
    expect(figures.value('gridbot_messages_out_total', { platform: 'other', outcome: 'refused' })).toBe(100);
    expect(figures.samples.length - before).toBe(2);
    expect(figures.present('gridbot_parse_errors_total')).toEqual([]);
  });

  it('counts for each bot by itself', async () => {
    const [one, other] = [counting(), counting()];
    one.counters.heard('wechat', 'message');
    expect((await other.read()).present('gridbot_messages_in_total')).toEqual([]);
  });

  it('is counted also by whoever was handed one of its functions alone', async () => {
    const { counters, read } = counting();
    const { heard, said, misread, committing } = counters;
    heard('wechat', 'message');
    said('wechat', 'accepted');
    misread('number.vague');
    committing(1, 1)(true);
    const figures = await read();
    expect(figures.present('gridbot_messages_in_total')).toHaveLength(1);
    expect(figures.present('gridbot_messages_out_total')).toHaveLength(1);
    expect(figures.present('gridbot_parse_errors_total')).toHaveLength(1);
    expect(figures.present('gridbot_commits_total')).toHaveLength(1);
  });

  it('asks the register again and again without counting twice', async () => {
    const { counters, read } = counting();
    counters.heard('wechat', 'message');
    await Promise.all([read(), read()]);
    expect((await read()).present('gridbot_messages_in_total')).toEqual([[{ platform: 'wechat', type: 'message' }, 1]]);
  });
});

describe('commits', () => {
  it('are counted by how they ended, measured by works, rows and time', async () => {
    const { counters, pass, read } = counting();
    const first = counters.committing(3, 40);
    pass(20);
    first(true);
    const second = counters.committing(1, 2);
    pass(7_000);
    second(false);
    const figures = await read();
    expect(figures.present('gridbot_commits_total')).toEqual([
      [{ outcome: 'kept' }, 1],
      [{ outcome: 'failed' }, 1],
    ]);
    expect(figures.value('gridbot_commit_works_sum')).toBe(4);
    expect(figures.value('gridbot_commit_rows_sum')).toBe(42);
    expect(figures.value('gridbot_commit_duration_seconds_sum')).toBeCloseTo(7.02);
    expect(figures.value('gridbot_commit_duration_seconds_bucket', { le: '0.025' })).toBe(1);
    expect(figures.value('gridbot_commit_duration_seconds_bucket', { le: '+Inf' })).toBe(2);
  });

  it('shows one that does not end, and lets go of it when it does', async () => {
    const { counters, pass, read } = counting();
    const ended = counters.committing(1, 1);
    pass(90_000);
    expect((await read()).value('gridbot_commit_under_way_seconds')).toBe(90);
    ended(true);
    ended(false);
    const figures = await read();
    expect(figures.value('gridbot_commit_under_way_seconds')).toBe(0);
    expect(figures.present('gridbot_commits_total')).toEqual([[{ outcome: 'kept' }, 1]]);
  });

  it('shows for how long they have failed, from the first failure until one is kept', async () => {
    const { counters, pass, read } = counting();
    counters.committing(1, 1)(false);
    pass(30_000);
    counters.committing(1, 1)(false);
    pass(15_000);
    expect((await read()).value('gridbot_commits_failing_seconds')).toBe(45);
    counters.committing(1, 1)(true);
    expect((await read()).value('gridbot_commits_failing_seconds')).toBe(0);
  });
});

describe('troubles with sending', () => {
  it('last from the first send that a platform did not take until it answers again', () => {
    const { counters, clock } = counting();
    counters.said('wechat', 'unavailable');
    clock.moveTo(5_000);
    counters.said('wechat', 'unknown');
    expect(counters.troubles).toEqual([{ platform: 'wechat', since: 1_000, last: 5_000 }]);
    counters.said('telegram', 'accepted');
    expect(counters.troubles).toHaveLength(1);
    // Told of one chat, and so an answer.
    counters.said('wechat', 'refused');
    expect(counters.troubles).toEqual([]);
    expect(counters.acceptedAt).toBe(5_000);
  });
});

it('counts a million events in well under a second: nothing of it is felt at the peak', () => {
  const { counters } = counting();
  const began = performance.now();
  for (let at = 0; at < 1_000_000; at += 1) counters.heard(at % 2 === 0 ? 'wechat' : 'telegram', 'message');
  expect(performance.now() - began).toBeLessThan(1_000);
});

it('measures the process once, however many bots run in it', async () => {
  expect(processRegistry()).toBe(processRegistry());
  const { types, value } = readExposition(await processRegistry().metrics());
  expect(value('process_resident_memory_bytes')).toBeGreaterThan(1_000_000);
  expect([...types.keys()]).toEqual(
    expect.arrayContaining(['nodejs_eventloop_lag_p99_seconds', 'nodejs_gc_duration_seconds']),
  );
});
