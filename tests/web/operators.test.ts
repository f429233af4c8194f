/** The figures and the health of a bot as they are asked for over the network. */
import { afterEach, describe, expect, it } from 'vitest';
import { readExposition } from '../metrics/exposition.ts';
import { inTime } from '../support/soon.ts';
import { type Desk, type DeskSettings, openDesk } from './desk.ts';

const desks: Desk[] = [];
afterEach(async () => {
  for (const desk of desks.splice(0)) await desk.close();
});

async function open(settings: DeskSettings = {}): Promise<Desk> {
  const desk = await openDesk(settings);
  desks.push(desk);
  return desk;
}

const figuresOf = async ({ url }: Desk) => readExposition(await (await fetch(`${url}/metrics`)).text());

const UNREADABLE: DeskSettings = {
  askedStore: () => ({ check: () => Promise.reject(new Error('/srv/secret/gridbot.db of 张三')) }),
};
const HANGING: DeskSettings = { askedStore: () => ({ check: () => new Promise(() => undefined) }) };

describe('/metrics', () => {
  it('is what a scraper reads, and kept by nobody on the way', async () => {
    const desk = await open();
    const answer = await fetch(`${desk.url}/metrics`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const { types } = readExposition(await answer.text());
    expect(types.get('gridbot_messages_in_total')).toBe('counter');
    expect(types.get('gridbot_commit_duration_seconds')).toBe('histogram');
    expect(types.get('nodejs_eventloop_lag_seconds')).toBe('gauge');
  });

  it('moves when somebody speaks, for each bot of a process by itself', async () => {
    const [one, other] = [await open(), await open()];
    const zhang = one.person('张三');
    await one.api('/api/say', { chat: one.group('福山地村'), from: zhang, text: '/日报 0' });
    await one.flow(1_000);
    const heard = { platform: 'console', type: 'message' };
    expect((await figuresOf(one)).value('gridbot_messages_in_total', heard)).toBe(1);
    expect((await figuresOf(other)).value('gridbot_messages_in_total', heard)).toBe(0);
  });

  it('holds nothing of people after a talkative day', async () => {
    const desk = await open();
    const zhang = desk.person('张三');
    await desk.api('/api/say', { chat: desk.group('福山地村'), from: zhang, text: '/日报 十几 13800138000' });
    await desk.api('/api/say', { chat: { kind: 'direct', id: zhang }, from: zhang, text: '/进度' });
    await desk.api('/api/clock', { to: '19:30' });
    const text = await (await fetch(`${desk.url}/metrics`)).text();
    expect(text).not.toMatch(/\p{Script=Han}/u);
    expect(text).not.toContain('13800138000');
    const labels = readExposition(text).samples.flatMap((sample) => Object.values(sample.labels));
    expect(labels).not.toContain(zhang);
    expect(labels).not.toContain(desk.group('福山地村').id);
  });

  it('answers while the store hangs', async () => {
    const desk = await open(HANGING);
    const answer = await inTime(fetch(`${desk.url}/metrics`), 15_000, 'the figures');
    expect(answer.status).toBe(200);
  });
});

describe('/healthz', () => {
  it('says that all is well', async () => {
    const desk = await open();
    const answer = await fetch(`${desk.url}/healthz`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(await answer.json()).toEqual({ status: 'ok', failed: [], watching: 0 });
  });

  it('says what is not, and nothing of why that names anything', async () => {
    const desk = await open(UNREADABLE);
    const answer = await desk.api('/healthz');
    expect(answer).toEqual({
      status: 503,
      body: { status: 'failing', failed: [{ check: 'store', problem: 'the store cannot be read' }], watching: 0 },
    });
    const { status, body } = await desk.raw('HEAD', '/healthz', { host: `localhost:${desk.port}` });
    expect([status, body]).toEqual([503, '']);
  });

  it('answers within seconds while the store hangs', async () => {
    const desk = await open(HANGING);
    const answers = [fetch(`${desk.url}/healthz`), fetch(`${desk.url}/healthz`)];
    for (const answer of await inTime(Promise.all(answers), 15_000, 'the health')) expect(answer.status).toBe(503);
  });

  it('is well on a day that is walked through at the page', async () => {
    const desk = await open();
    for (const to of ['18:00', '19:30', 'next-day']) {
      await desk.api('/api/clock', { to });
      expect((await desk.api('/healthz')).body).toMatchObject({ status: 'ok' });
    }
  });
});

describe.each(['/metrics', '/healthz'])('whom %s answers', (path) => {
  it('this machine and the hosts of the configuration, nobody else', async () => {
    const desk = await open({ hosts: ['metrics.example'] });
    const status = async (host: string): Promise<number> => (await desk.raw('GET', path, { host })).status;
    expect(await status(`localhost:${desk.port}`)).toBe(200);
    expect(await status('metrics.example:8080')).toBe(200);
    expect(await status('evil.example')).toBe(403);
  });

  it('with nothing but what it is asked to read', async () => {
    const desk = await open();
    const headers = { host: `localhost:${desk.port}`, 'content-type': 'application/json' };
    expect((await desk.raw('POST', path, headers, '{}')).status).toBe(404);
  });
});
