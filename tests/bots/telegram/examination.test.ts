/** What an examination finds, beside a bot that runs. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer as createTcp } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Finding } from '../../../src/bots/finding.ts';
import type { BoundGroup } from '../../../src/bots/platform.ts';
import { telegram } from '../../../src/bots/telegram.ts';
import { BotApi, type Fault } from '../../counterparts/bot-api.ts';
import { freePort } from '../../counterparts/process.ts';
import {
  Desk,
  type DeskOptions,
  GROUP,
  groupRef,
  OTHER,
  PROMPTLY,
  people,
  setWebhook,
  TOKEN,
  USERNAME,
  until,
  ZHANG,
} from './desk.ts';

let api: BotApi;
let desk: Desk;

beforeAll(async () => {
  api = await BotApi.start({ token: TOKEN, username: USERNAME });
});
beforeEach(() => people(api));
afterEach(() => {
  api.thaw();
  expect(desk.openTimers).toBe(0);
});
afterAll(() => api.end());

const bound = (...ids: number[]): BoundGroup[] => ids.map((id) => ({ chat: groupRef(id), title: `群${id}` }));
const examine = (
  groups: readonly BoundGroup[] = [],
  options: DeskOptions = {},
  root = api.root,
): Promise<Finding[]> => {
  desk = new Desk(root, options);
  return desk.examine(groups);
};
const codes = (findings: readonly Finding[]): string[] => findings.map(({ code }) => code);
const byGroup = (findings: readonly Finding[]) =>
  findings.flatMap((each) => ('chat' in each ? [[each.code, Number(each.chat.id)]] : []));

describe('Telegram', () => {
  it('answers and knows the bot', async () => {
    expect(await examine()).toEqual([{ code: 'connected', account: '@wangge_bot' }]);
  });

  it('is asked for no update and changes nothing, so that a running bot goes on', async () => {
    desk = new Desk(api.root);
    const running = desk;
    await running.start();
    await until(() => expect(running.state).toBe('connected'));
    const before = (await api.calls()).deleteWebhook;
    for (let n = 0; n < 5; n += 1) await examine(bound(GROUP));
    await api.says({ chat: GROUP, from: ZHANG, text: '/日报 0' });
    await until(() => expect(running.texts).toEqual(['/日报 0']));
    await running.stop();
    expect(running.logged('telegram.lost')).toEqual([]);
    expect((await api.calls()).deleteWebhook).toBe(before);
    expect((await api.calls()).setWebhook).toBeUndefined();
  });

  it.each([401, 404])('refuses the token with %s', async (status) => {
    await api.fault({ method: 'getMe', kind: 'status', status });
    expect(await examine(bound(GROUP))).toEqual([{ code: 'tokenRefused', variable: 'TELEGRAM_TOKEN' }]);
  });

  it.each<[string, Fault]>([
    ['status 502', { kind: 'status', status: 502 }],
    ['cut', { kind: 'drop' }],
    ['garbage', { kind: 'garbage' }],
    ['silent', { kind: 'hang' }],
  ])('is not to be reached: %s', async (error, fault) => {
    await api.fault({ method: 'getMe', ...fault });
    const host = new URL(api.root).host;
    expect(await examine(bound(GROUP))).toEqual([{ code: 'unreachable', host, error }]);
  });

  it('is not there, or not under that name', async () => {
    const port = await freePort();
    expect(await examine([], {}, `http://127.0.0.1:${port}`)).toEqual([
      { code: 'unreachable', host: `127.0.0.1:${port}`, error: 'refused' },
    ]);
    // A resolver that asks elsewhere takes its time.
    const times = { connect: 20_000, call: 20_000, examine: 25_000 };
    expect(await examine([], { times }, 'https://telegram.invalid')).toEqual([
      { code: 'unreachable', host: 'telegram.invalid', error: 'dns' },
    ]);
  });

  it('speaks TLS where we do not, or the other way round', async () => {
    const { host } = new URL(api.root);
    expect(await examine([], {}, `https://${host}`)).toEqual([{ code: 'tlsMismatch', host, error: 'tls' }]);
    const alert = createTcp(
      (socket) => void socket.once('data', () => socket.end(Buffer.from([0x15, 3, 1, 0, 2, 2, 70]))),
    );
    await new Promise<void>((resolve) => void alert.listen(0, '127.0.0.1', resolve));
    const { port } = alert.address() as AddressInfo;
    expect(codes(await examine([], {}, `http://127.0.0.1:${port}`))).toEqual(['tlsMismatch']);
    alert.close();
  });

  it('tells when the bot hears only some of what is said, or may not be added to groups', async () => {
    const me = { id: 7, username: 'b', can_join_groups: false, can_read_all_group_messages: false };
    const server = createServer((request, response) => {
      const result = request.url?.endsWith('/getMe') ? me : { url: '', pending_update_count: 3 };
      response.end(JSON.stringify({ ok: true, result }));
    });
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    expect(codes(await examine([], {}, `http://127.0.0.1:${port}`))).toEqual([
      'connected',
      'groupsForbidden',
      'privacyMode',
    ]);
    server.close();
  });
});

describe('the way of updates', () => {
  const webhook = { url: 'http://127.0.0.1:1/hooks', host: '127.0.0.1', port: 1, secret: 's' };

  it('leads elsewhere', async () => {
    await setWebhook(api.root, 'http://localhost:1/secret-path');
    const elsewhere = { code: 'webhookElsewhere', host: 'localhost:1' };
    expect(await examine()).toContainEqual(elsewhere);
    expect(await examine([], { webhook })).toContainEqual(elsewhere);
  });

  it('leads nowhere yet, or to us', async () => {
    expect(codes(await examine([], { webhook }))).toEqual(['connected', 'webhookMissing']);
    await setWebhook(api.root, webhook.url);
    expect(codes(await examine([], { webhook }))).toEqual(['connected']);
  });

  it('to us is broken, and many wait', async () => {
    const url = `http://127.0.0.1:${await freePort()}/hooks`;
    await api.saysMany(Array.from({ length: 120 }, (_, n) => ({ chat: GROUP, from: ZHANG, text: `${n}` })));
    await setWebhook(api.root, url);
    await until(async () => {
      const findings = await examine([], { webhook: { ...webhook, url } });
      expect(codes(findings)).toEqual(['connected', 'webhookFails', 'waiting']);
      expect(findings).toContainEqual({ code: 'waiting', count: 120 });
    });
  });

  it('could not be asked about', async () => {
    await api.fault({ method: 'getWebhookInfo', kind: 'drop' });
    expect(codes(await examine(bound(GROUP)))).toEqual(['connected', 'unreachable', 'groupGood']);
  });
});

describe('a group', () => {
  it('is good, gone, never was, or moved', async () => {
    await api.removesBot(OTHER, ZHANG);
    await api.addGroup({ id: -1003, title: '搬走的' });
    await api.migrates(-1003, -1_000_000_000_003);
    await api.addGroup({ id: -1_000_000_000_004, title: '不在的', supergroup: true });
    await api.removesBot(-1_000_000_000_004, ZHANG);
    const findings = await examine([
      ...bound(GROUP, OTHER, -4242, -1003, -1_000_000_000_004),
      { chat: { platform: 'telegram', id: 'room@chatroom', kind: 'group' }, title: '别处的' },
    ]);
    expect(byGroup(findings)).toEqual([
      ['groupGood', GROUP],
      ['groupGone', OTHER],
      ['groupGone', -4242],
      ['groupMoved', -1003],
      ['groupGone', -1_000_000_000_004],
      ['groupGone', Number.NaN],
    ]);
    expect(findings[1]).toEqual({ code: 'groupGood', chat: groupRef(GROUP), title: `群${GROUP}` });
  });

  it('is deaf to a bot in privacy mode, unless that is an administrator', async () => {
    const deaf = await BotApi.start({ token: TOKEN, privacy: true });
    try {
      await people(deaf);
      await deaf.addGroup({ id: -1003, title: '管理', admin: true });
      const findings = await examine(bound(GROUP, -1003), {}, deaf.root);
      expect(codes(findings)).toEqual(['connected', 'privacyMode', 'groupDeaf', 'groupGood']);
    } finally {
      await deaf.end();
    }
  });

  it('is unclear when Telegram does not say', async () => {
    await api.fault({ method: 'getChat', kind: 'drop' });
    const findings = await examine(bound(GROUP, OTHER));
    expect(
      byGroup(findings)
        .map(([code]) => code)
        .sort(),
    ).toEqual(['groupGood', 'groupUnclear']);
  });

  it('waits where Telegram asks to, as long as there is time', async () => {
    await api.fault({ method: 'getChat', kind: 'status', status: 429, parameters: { retry_after: 0.2 } });
    expect(byGroup(await examine(bound(GROUP)))).toEqual([['groupGood', GROUP]]);
    await api.fault({
      method: 'getChat',
      kind: 'status',
      status: 429,
      parameters: { retry_after: 60 },
      times: 'always',
    });
    const start = performance.now();
    const findings = await examine(bound(GROUP, OTHER), { times: { examine: 1_500 } });
    expect(performance.now() - start).toBeLessThan(PROMPTLY);
    expect(findings.slice(1)).toMatchObject([
      { code: 'groupUnclear', error: 'no time left' },
      { code: 'groupUnclear', error: 'no time left' },
    ]);
  });

  it('is one of hundreds, looked at a few at a time, in their order', async () => {
    const ids = Array.from({ length: 150 }, (_, n) => -5000 - n);
    await Promise.all(ids.map((id) => api.addGroup({ id, title: `群${id}` })));
    const findings = await examine(bound(...ids), { times: { examine: 25_000, call: 5_000 } });
    expect(byGroup(findings)).toEqual(ids.map((id) => ['groupGood', id]));
  });

  it('of a frozen Telegram is told within the time of an examination', async () => {
    api.freeze();
    const start = performance.now();
    const findings = await examine(bound(GROUP), { times: { call: 200 } });
    expect(performance.now() - start).toBeLessThan(PROMPTLY);
    expect(codes(findings)).toEqual(['unreachable']);
  });
});

describe('rights', () => {
  /** A Telegram that says of the bot's standing what a test wants. */
  const withStanding = async (member: object, permissions: object): Promise<string[]> => {
    const results = new Map<string, object>([
      ['getMe', { id: 7, username: 'b', can_join_groups: true, can_read_all_group_messages: true }],
      ['getWebhookInfo', { url: '', pending_update_count: 0 }],
      ['getChat', { id: GROUP, type: 'group', title: 'x', permissions }],
      ['getChatMember', member],
    ]);
    const server = createServer((request, response) => {
      response.end(JSON.stringify({ ok: true, result: results.get(request.url?.split('/').at(-1) ?? '') }));
    });
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const findings = await examine(bound(GROUP), {}, `http://127.0.0.1:${port}`);
    server.close();
    return codes(findings).slice(1);
  };

  it.each<[string, object, object, string]>([
    ['everybody may write', { status: 'member' }, { can_send_messages: true }, 'groupGood'],
    ['nobody may write', { status: 'member' }, { can_send_messages: false }, 'groupMute'],
    ['administrators write all the same', { status: 'administrator' }, { can_send_messages: false }, 'groupGood'],
    ['the bot was muted', { status: 'restricted', is_member: true, can_send_messages: false }, {}, 'groupMute'],
    ['the bot was allowed', { status: 'restricted', is_member: true, can_send_messages: true }, {}, 'groupGood'],
    ['the bot was muted and left', { status: 'restricted', is_member: false }, {}, 'groupGone'],
    ['the bot was put out', { status: 'kicked' }, {}, 'groupGone'],
  ])('where %s', async (_, member, permissions, code) => {
    expect(await withStanding(member, permissions)).toEqual([code]);
  });
});

it('is offered by the platform itself', async () => {
  desk = new Desk(api.root);
  const configuration = telegram.configure(
    new Map([
      ['TELEGRAM_TOKEN', TOKEN],
      ['TELEGRAM_API_ROOT', api.root],
    ]),
  );
  if (configuration.state !== 'ready') throw new Error(configuration.state);
  expect(codes(await configuration.platform.examine(desk.deps, bound(GROUP), false))).toEqual([
    'connected',
    'groupGood',
  ]);
  expect((await configuration.platform.open(desk.deps)).platform).toBe('telegram');
  expect(JSON.stringify(desk.logs)).toBe('[]');
});
