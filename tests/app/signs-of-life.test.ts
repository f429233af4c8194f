/** What the bot leaves for others to see: how its accounts stand, and that it did not run for a while. */
import { describe, expect, it } from 'vitest';
import { decideDowntime, decideSigns, hasSigns } from '../../src/app/signs-of-life.ts';
import type { AccountState, ChatAdapter } from '../../src/bots/adapter.ts';
import { SteppedClock } from '../../src/clock.ts';
import { County } from '../../src/core/county.ts';
import { ACCOUNTS, readAccounts } from '../../src/core/meta.ts';
import { MINUTE } from '../../src/core/time.ts';
import { RecordingAdapter } from '../support/recording-adapter.ts';

const NOON = Date.parse('2026-11-23T12:00:00+08:00');

/** A platform with one account, in whatever state the test says. */
function stage(platform = 'wechat', forgets = true) {
  const own: { state: AccountState } = {
    state: { account: '1', state: 'connected', since: NOON, problem: null },
  };
  const adapter: ChatAdapter = Object.assign(new RecordingAdapter(platform, new SteppedClock(NOON)), {
    accounts: () => [own.state],
    ...(forgets ? { forgets: true as const } : {}),
  });
  const adapters = new Map([[platform, adapter]]);
  const county = new County();
  /** Notes what is to be noted; whether there was anything. */
  const note = (now: number): boolean => {
    const has = hasSigns(adapters, county, now);
    county.apply(decideSigns(adapters, county, now).writes);
    return has;
  };
  return { own, adapters, county, note };
}

describe('how the accounts stand', () => {
  it('is noted when it changes, and nothing is noted while it does not', () => {
    const { own, county, note } = stage();
    expect([note(NOON), note(NOON + 1_000)]).toEqual([true, false]);
    own.state = { account: '1', state: 'lost', since: NOON + 2_000, problem: 'silent' };
    expect(note(NOON + 2_000)).toBe(true);
    expect(readAccounts(county.meta(ACCOUNTS))).toEqual([
      { platform: 'wechat', account: '1', state: 'lost', since: NOON + 2_000, problem: 'silent' },
    ]);
  });

  it('is not noted where no account can be lost', () => {
    const adapters = new Map([['console', new RecordingAdapter('console', new SteppedClock(NOON))]]);
    expect(hasSigns(adapters, new County(), NOON)).toBe(false);
  });
});

describe('a bot that did not run', () => {
  it('keeps that as an outage of each platform, from when it was last alive', () => {
    const { adapters, county, note } = stage();
    note(NOON);
    note(NOON + MINUTE);
    expect(decideDowntime(adapters, county, NOON + 10 * MINUTE).writes.map(({ row }) => row)).toEqual([
      expect.objectContaining({
        platform: 'wechat',
        account: '',
        since: NOON + MINUTE,
        until: NOON + 10 * MINUTE,
        cause: 'not running',
        lossy: 'yes',
      }),
    ]);
  });

  it('lost nothing where the platform keeps what is said', () => {
    const { adapters, county, note } = stage('telegram', false);
    note(NOON);
    expect(decideDowntime(adapters, county, NOON + 10 * MINUTE).writes[0]?.row).toMatchObject({ lossy: 'no' });
  });

  it('keeps nothing of a quick restart, and nothing of a first start', () => {
    const { adapters, county, note } = stage();
    expect(decideDowntime(adapters, county, NOON).writes).toEqual([]);
    note(NOON);
    expect(decideDowntime(adapters, county, NOON + MINUTE).writes).toEqual([]);
  });
});
