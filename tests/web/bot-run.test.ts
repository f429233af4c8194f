import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import type { Logger } from '../../src/app.ts';
import { SteppedClock } from '../../src/clock.ts';
import { put } from '../../src/core/rows/index.ts';
import { isoShanghai } from '../../src/core/time.ts';
import { refresh, startBot } from '../../src/main/bot-run.ts';
import { openStore } from '../../src/store/prisma.ts';
import { readExposition } from '../metrics/exposition.ts';
import { soon } from '../support/soon.ts';
import { tempDatabaseUrl } from '../support/temp-database.ts';
import type { State } from './desk.ts';

const MANIFEST = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
const { version } = JSON.parse(MANIFEST) as { version: string };

const running: { stop: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const run of running.splice(0)) await run.stop();
});

async function start(databaseUrl: string, time: string, log: Logger = () => undefined) {
  const clock = new SteppedClock(Date.parse(`2026-11-${time}+08:00`));
  const run = await startBot({ databaseUrl, port: 0, playbook: 'epidemic', log, clock });
  running.push(run);
  const post = (path: string, body: unknown) =>
    fetch(`${run.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const state = async (): Promise<State> => (await (await fetch(`${run.url}/api/state`)).json()) as State;
  return { run, post, state };
}

const timeOf = async (state: () => Promise<State>): Promise<string> => isoShanghai((await state()).clock.now);

describe('taking in what another process changed', () => {
  it('logs why it could not, and does not fail', async () => {
    const logged: unknown[] = [];
    const app = { refresh: () => Promise.reject(new Error('the disk is gone')) };
    await refresh(app, (...entry) => logged.push(entry));
    expect(logged).toEqual([['error', 'refresh.failed', { error: 'Error: the disk is gone' }]]);
  });
});

describe('starting the console', () => {
  it('shows the sample county from an empty database', async () => {
    const { run, state } = await start(tempDatabaseUrl(), '23T09:00:00');
    expect(await (await fetch(run.url)).text()).toContain('<title>网格助手');
    expect((await state()).stage.groups.slice(0, 3).map(({ title }) => title)).toEqual([
      '巴林左旗',
      '林东镇',
      '福山地村',
    ]);
    expect(await timeOf(state)).toBe('2026-11-23T09:00:00+08:00');
  });

  it('begins in the morning when it is first started at night', async () => {
    const { state } = await start(tempDatabaseUrl(), '23T22:10:00');
    expect(await timeOf(state)).toBe('2026-11-24T08:00:00+08:00');
  });

  it('comes back where its clock had been taken, and further by the time that passed', async () => {
    const url = tempDatabaseUrl();
    const first = await start(url, '23T09:00:00');
    await first.post('/api/clock', { to: '18:00' });
    await first.run.stop();
    const { state } = await start(url, '23T09:20:00');
    expect(await timeOf(state)).toBe('2026-11-23T18:20:00+08:00');
  });

  it('says that the last run was not stopped, and how much of its log was left over; after a stop it says nothing', async () => {
    const [url, copy] = [tempDatabaseUrl(), tempDatabaseUrl()];
    const told: unknown[] = [];
    const log: Logger = (level, event, details) => {
      if (event === 'store.recovered') told.push([level, details]);
    };
    const first = await start(url, '23T09:00:00', log);
    const [from = '', to = ''] = [url, copy].map((each) => each.replace('file:', ''));
    // By another process: closing a file here would let go of the locks that SQLite holds on it in this one.
    for (const suffix of ['', '-wal']) execFileSync('cp', [from + suffix, to + suffix]);
    await first.run.stop();
    await (await start(url, '23T09:10:00', log)).run.stop();
    expect(told).toEqual([]);
    const logBytes = statSync(`${to}-wal`).size;
    await start(copy, '23T09:10:00', log);
    expect(told).toEqual([['warn', { logBytes }]]);
    expect(logBytes).toBeGreaterThan(0);
  });

  it('finds a group again that was made on the page and bound', async () => {
    const url = tempDatabaseUrl();
    const first = await start(url, '23T09:00:00');
    const sun = (await first.state()).stage.people.find(({ name }) => name === '孙三')?.id;
    const made = await first.post('/api/groups', { title: '新群', from: sun });
    const { id } = (await made.json()) as { id: string };
    await first.post('/api/say', { chat: { kind: 'group', id }, from: sun, text: '/绑定 福山地村' });
    await first.run.stop();
    const { state } = await start(url, '23T09:20:00');
    expect((await state()).stage.groups.find(({ level }) => level === 'village')).toMatchObject({ id, hasBot: true });
  });

  it('plays nobody and moves no clock on a roster that is not the sample', async () => {
    const url = tempDatabaseUrl();
    const store = await openStore({ url });
    const tenure = { since: '2026-11-01', until: null } as const;
    await store.commit([put('unit', { id: 'u1', parentId: null, level: 'county', name: '巴林左旗', ...tenure })]);
    await store.close();
    const { state, post } = await start(url, '23T22:10:00');
    expect((await state()).stage.people.map(({ name }) => name)).toEqual(['陌生人']);
    expect(await timeOf(state)).toBe('2026-11-23T22:10:00+08:00');
    expect((await post('/api/clock', { to: '18:00' })).status).toBe(403);
  });

  it('shows figures of its running, those of each bot by themselves', async () => {
    const [one, other] = [await start(tempDatabaseUrl(), '23T09:00:00'), await start(tempDatabaseUrl(), '23T09:00:00')];
    const figures = async ({ run }: typeof one) => readExposition(await (await fetch(`${run.url}/metrics`)).text());
    const from = (await one.state()).stage.first;
    await one.post('/api/say', { chat: { kind: 'direct', id: from }, from, text: '/日报 十几' });
    await soon(async () => {
      const shown = await figures(one);
      expect(shown.present('gridbot_messages_in_total')).toEqual([[{ platform: 'console', type: 'message' }, 1]]);
      expect(shown.present('gridbot_parse_errors_total')).toEqual([[{ code: 'number.vague' }, 1]]);
      expect(shown.value('gridbot_messages_out_total', { platform: 'console', outcome: 'accepted' })).toBe(1);
      expect(shown.value('gridbot_commits_total', { outcome: 'kept' })).toBeGreaterThan(0);
      expect(shown.present('gridbot_build_info')).toEqual([[{ version, node: process.version }, 1]]);
      expect(shown.value('gridbot_start_time_seconds')).toBe(Date.parse('2026-11-23T09:00:00+08:00') / 1_000);
    });
    expect((await figures(other)).present('gridbot_messages_in_total')).toEqual([]);
    expect((await fetch(`${other.run.url}/healthz`)).status).toBe(200);
  });

  it('lets go of everything when it cannot be started', async () => {
    const url = tempDatabaseUrl();
    const { run } = await start(url, '23T09:00:00');
    const { port } = new URL(run.url);
    const log = (): void => undefined;
    const again = startBot({ databaseUrl: tempDatabaseUrl(), port: Number(port), playbook: 'epidemic', log });
    await expect(again).rejects.toThrow(/EADDRINUSE/);
  });
});
