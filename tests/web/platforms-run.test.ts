/** The bot started beside real platforms: the county's table has a place to be read from the first evening on. */
import { afterEach, describe, expect, it } from 'vitest';
import type { ChatAdapter } from '../../src/bots/adapter.ts';
import { SteppedClock } from '../../src/clock.ts';
import type { ReadyPlatform } from '../../src/config.ts';
import { NoRosterError, SampleOnPlatformsError, startBot } from '../../src/main/bot-run.ts';
import { RecordingAdapter } from '../support/recording-adapter.ts';
import { ROSTER } from '../support/rehearsal.ts';
import { importRoster } from '../support/roster-office.ts';
import { rawSql } from '../support/sqlite.ts';
import { tempDatabaseUrl } from '../support/temp-database.ts';
import type { State } from './desk.ts';

const running: { stop: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const run of running.splice(0)) await run.stop();
});

const NOON = Date.parse('2026-11-23T12:00:00+08:00');

/** A platform that is reached at once, or whose start fails. */
function platformOf(adapter: ChatAdapter): ReadyPlatform {
  return {
    id: adapter.platform,
    platform: { accounts: 1, open: () => adapter, examine: () => Promise.resolve([]) },
  };
}

const joined = (): RecordingAdapter => new RecordingAdapter('telegram', new SteppedClock(NOON));

async function start(databaseUrl: string, adapters: readonly ChatAdapter[]) {
  const run = await startBot({
    databaseUrl,
    port: 0,
    playbook: 'epidemic',
    log: () => undefined,
    clock: new SteppedClock(NOON),
    platforms: adapters.map(platformOf),
  });
  running.push(run);
  return async (): Promise<State> => (await (await fetch(`${run.url}/api/state`)).json()) as State;
}

async function withRoster(): Promise<string> {
  const url = tempDatabaseUrl();
  await importRoster(url, ROSTER, '2026-11-23');
  return url;
}

describe('beside a platform', () => {
  it('a county without a group has one on the page, which it keeps over a restart', async () => {
    const url = await withRoster();
    const first = await start(url, [joined()]);
    const groups = (await first()).stage.groups;
    expect(groups).toEqual([expect.objectContaining({ level: 'county', hasBot: true })]);
    await running.pop()?.stop();
    const again = await start(url, [joined()]);
    expect((await again()).stage.groups).toEqual(groups);
    expect(await rawSql(url, 'SELECT count(*) FROM binding')).toEqual([[1]]);
  });

  it('an empty database gets no sample county: it waits for a roster', async () => {
    const url = tempDatabaseUrl();
    const adapter = joined();
    await expect(start(url, [adapter])).rejects.toThrow(NoRosterError);
    expect(adapter.listening).toBe(false);
    expect(await rawSql(url, 'SELECT count(*) FROM unit')).toEqual([[0]]);
  });

  it('the sample county is refused, and nothing of it reaches the platform', async () => {
    const url = tempDatabaseUrl();
    await start(url, []);
    await running.pop()?.stop();
    const adapter = joined();
    await expect(start(url, [adapter])).rejects.toThrow(SampleOnPlatformsError);
    expect(adapter.listening).toBe(false);
  });

  it('a platform that cannot be started leaves no other one listening', async () => {
    const good = joined();
    const bad = Object.assign(new RecordingAdapter('wechat', new SteppedClock(NOON)), {
      start: () => Promise.reject(new Error('a bug')),
    });
    await expect(start(await withRoster(), [good, bad])).rejects.toThrow('a bug');
    expect(good.listening).toBe(false);
  });
});
