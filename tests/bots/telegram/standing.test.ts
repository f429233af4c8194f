import { beforeEach, describe, expect, it } from 'vitest';
import { Standing } from '../../../src/bots/telegram/standing.ts';
import { SteppedClock } from '../../../src/clock.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../../src/core/time.ts';

const START = 1_700_000_000_000;

let clock: SteppedClock;
let standing: Standing;
let logged: [string, unknown][];

beforeEach(() => {
  clock = new SteppedClock(START);
  logged = [];
  const log = (_: unknown, event: string, details: unknown): void => void logged.push([event, details]);
  standing = new Standing('7', MINUTE, { clock, log });
});

const passes = (ms: number): void => clock.moveTo(clock.now() + ms);

describe('an account', () => {
  it('connects, is lost, connects again, and stops', () => {
    expect(standing.state).toEqual({ account: '7', state: 'connecting', since: START, problem: null });
    standing.good();
    expect(standing.state).toMatchObject({ state: 'connected', problem: null });
    passes(SECOND);
    standing.bad('cut');
    passes(SECOND);
    standing.bad('refused');
    expect(standing.state).toEqual({ account: '7', state: 'lost', since: START + SECOND, problem: 'refused' });
    standing.good();
    expect(standing.state).toMatchObject({ state: 'connected', since: START + 2 * SECOND });
    standing.stopped();
    expect(standing.state).toMatchObject({ state: 'stopped', problem: null });
  });

  it('is spoken of when something changes, not at every try', () => {
    for (const problem of ['cut', 'refused', 'refused', 'refused']) standing.bad(problem);
    standing.good();
    standing.good();
    expect(logged.map(([event]) => event)).toEqual(['telegram.lost', 'telegram.lost', 'telegram.connected']);
  });
});

describe('an outage', () => {
  const outageOf = (ms: number) => {
    standing.good();
    standing.bad('cut');
    passes(ms / 2);
    standing.bad('refused');
    passes(ms / 2);
    return standing.good();
  };

  it('is told from its first failure to the first good answer, with what was wrong last', () => {
    expect(outageOf(HOUR)).toEqual({
      type: 'outage',
      platform: 'telegram',
      account: '7',
      since: START,
      until: START + HOUR,
      cause: 'refused',
      lossy: false,
    });
  });

  it('is not told when it was short', () => {
    expect(outageOf(MINUTE - 2)).toBeNull();
  });

  it('is lossy once Telegram keeps nothing any more', () => {
    expect(outageOf(DAY + 2)?.lossy).toBe(true);
  });

  it('that was there from the start is told as well', () => {
    standing.bad('dns');
    passes(HOUR);
    expect(standing.good()).toMatchObject({ since: START, cause: 'dns' });
  });
});
