import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Desk, openDesk } from './desk.ts';

const JSON_TYPE = { 'content-type': 'application/json' };

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk({ hosts: ['Desk.Example'] });
});
afterAll(() => desk.close());

const say = (headers: Record<string, string>, body: string) => desk.raw('POST', '/api/say', headers, body);
const line = (text: string): string =>
  JSON.stringify({ chat: desk.group('福山地村'), from: desk.person('张三'), text });
const own = (): string => `localhost:${desk.port}`;

describe('whom the console answers', () => {
  it.each(['localhost', 'localhost:8080', '127.0.0.1:1', '[::1]:8080', 'LOCALHOST', 'desk.example:80'])(
    'a request for %s',
    async (host) => {
      expect((await desk.raw('GET', '/healthz', { host })).status).toBe(200);
    },
  );

  it.each(['evil.example', 'localhost.evil.example', 'evil.example:8080', '10.0.0.3', 'localhost.', 'xn--localhost'])(
    'no request for "%s"',
    async (host) => {
      const answer = await desk.raw('GET', '/api/state', { host });
      expect(answer.status).toBe(403);
      expect(JSON.parse(answer.body)).toEqual({ code: 'host', message: expect.stringMatching(/\p{Script=Han}/u) });
    },
  );

  it.each(['localhost@evil.example', '::1', 'localhost:8080:80', 'a b'])(
    'no request for what is no name: "%s"',
    async (host) => {
      const { status } = await desk.raw('GET', '/api/state', { host });
      expect([400, 403]).toContain(status);
    },
  );

  it('a line from its own page, or from no page', async () => {
    expect((await say({ host: own(), origin: `http://${own()}`, ...JSON_TYPE }, line('好'))).status).toBe(200);
    expect((await say({ host: own(), ...JSON_TYPE }, line('好'))).status).toBe(200);
  });

  it.each(['http://evil.example', 'null', 'http://localhost', 'file://', 'not a url'])(
    'no line from a page at %s',
    async (origin) => {
      const answer = await say({ host: own(), origin, ...JSON_TYPE }, line('/日报 0'));
      expect([answer.status, JSON.parse(answer.body).code]).toEqual([403, 'origin']);
    },
  );

  it.each([{}, { 'content-type': 'text/plain' }, { 'content-type': 'application/x-www-form-urlencoded' }])(
    'no line that is not sent as JSON (%o)',
    async (type) => {
      const answer = await say({ host: own(), ...type }, line('/日报 0'));
      expect([answer.status, JSON.parse(answer.body).code]).toEqual([415, 'type']);
    },
  );
});

describe('what the console takes', () => {
  it.each([
    ['no JSON', '{"chat":'],
    ['nothing', ''],
    ['a list', '[]'],
    ['no text', '{"chat":{"kind":"group","id":"x"},"from":"x","text":"  "}'],
    ['an unknown kind of chat', '{"chat":{"kind":"channel","id":"x"},"from":"x","text":"好"}'],
    ['a key too many', '{"chat":{"kind":"group","id":"x"},"from":"x","text":"好","admin":true}'],
    ['a number for a name', '{"chat":{"kind":"group","id":"x"},"from":7,"text":"好"}'],
  ])('refuses %s', async (_, body) => {
    const answer = await say({ host: own(), ...JSON_TYPE }, body);
    expect([answer.status, JSON.parse(answer.body).code]).toEqual([400, 'body']);
  });

  it('refuses what is too large before it is read', async () => {
    const answer = await say({ host: own(), ...JSON_TYPE }, line('长'.repeat(20_000)));
    expect([answer.status, JSON.parse(answer.body).code]).toEqual([413, 'large']);
  });

  it('refuses a moment that has no button', async () => {
    const answer = await desk.raw('POST', '/api/clock', { host: own(), ...JSON_TYPE }, '{"to":"12:00"}');
    expect([answer.status, JSON.parse(answer.body).code]).toEqual([400, 'body']);
  });

  it("refuses a line in somebody else's direct chat", async () => {
    const chat = { kind: 'direct', id: desk.person('李四') };
    const body = JSON.stringify({ chat, from: desk.person('张三'), text: '/进度' });
    const answer = await say({ host: own(), ...JSON_TYPE }, body);
    expect([answer.status, JSON.parse(answer.body).code]).toEqual([404, 'chat']);
  });

  it('makes only so many groups', async () => {
    const body = JSON.stringify({ title: '群', from: 'stranger' });
    const made: number[] = [];
    for (let i = 0; i < 21; i++) {
      made.push((await desk.raw('POST', '/api/groups', { host: own(), ...JSON_TYPE }, body)).status);
    }
    expect(made).toEqual([...Array<number>(20).fill(200), 409]);
  });

  it.each([
    '/api/files/none/0',
    '/api/files/none/-1',
    '/api/files/none/x',
    '/api/nothing',
    '/../package.json',
    '/static/app.js',
  ])('has nothing at %s', async (path) => {
    const answer = await desk.raw('GET', path, { host: own() });
    expect(answer.status).toBe(404);
    expect(JSON.parse(answer.body)).toEqual({ code: expect.any(String), message: expect.any(String) });
  });
});

describe('the page', () => {
  it.each(['/', '/app.js', '/app.css', '/api/state', '/api/nothing'])('is locked down at %s', async (path) => {
    const { headers } = await desk.raw('GET', path, { host: own() });
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  it('serves every file of its own, and asks for nothing from elsewhere', async () => {
    const folder = new URL('../../src/web/static/', import.meta.url);
    for (const file of readdirSync(folder)) {
      const path = file === 'index.html' ? '/' : `/${file}`;
      const answer = await desk.raw('GET', path, { host: own() });
      expect([file, answer.status]).toEqual([file, 200]);
      const text = readFileSync(new URL(file, folder), 'utf8');
      expect(answer.body).toBe(text);
      expect(text.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:\/\//);
    }
  });

  it('never makes markup of text', () => {
    const folder = new URL('../../src/web/static/', import.meta.url);
    for (const file of readdirSync(folder)) {
      const text = readFileSync(new URL(file, folder), 'utf8');
      expect([file, /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\son\w+="|style="/.test(text)]).toEqual([
        file,
        false,
      ]);
    }
  });
});
