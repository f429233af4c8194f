import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BoundGroup } from '../../../src/bots/platform.ts';
import { COMMUNITY_AUTHORITY } from '../../../src/bots/wechaty/authority.ts';
import { examine } from '../../../src/bots/wechaty/examine.ts';
import type { WechatAccount } from '../../../src/bots/wechaty.ts';
import { WECHAT_BOUNDS, WECHAT_TIMES } from '../../../src/bots/wechaty.ts';
import { freePort } from '../../counterparts/process.ts';
import { WechatCounterpart } from '../../counterparts/puppet.ts';
import { AdapterWorld, moreThan, resources } from '../../support/adapter-world.ts';
import { inTime, soon } from '../../support/soon.ts';
import { accountOf, Desk, group, QUICK } from './desk.ts';

const TLS = { authority: COMMUNITY_AUTHORITY, serverName: 'insecure' };
const BOUND: BoundGroup[] = [
  { chat: group('in@chatroom'), title: '福山地村' },
  { chat: group('out@chatroom'), title: '大新庄村' },
];

describe('an examination of WeChat', () => {
  let wechat: WechatCounterpart;
  let secure: WechatCounterpart;
  let world: AdapterWorld;

  beforeAll(async () => {
    [wechat, secure] = await Promise.all([
      WechatCounterpart.start({ self: { id: 'bot', name: '县里的小助手' } }),
      WechatCounterpart.start({ self: { id: 'bot', name: '县里的小助手' }, tls: true, loginAtStart: false }),
    ]);
    await wechat.addRoom({ id: 'in@chatroom', topic: '福山地村', members: ['zhang'] });
  });
  afterAll(async () => {
    await Promise.all([wechat.end(), secure.end()]);
  });

  const look = async (accounts: readonly WechatAccount[], bound: readonly BoundGroup[] = BOUND, isRunning = false) => {
    world = new AdapterWorld();
    const around = { ...world.deps, times: { ...WECHAT_TIMES, ...QUICK, call: 2_000 }, bounds: WECHAT_BOUNDS };
    const findings = await inTime(examine(accounts, bound, isRunning, around), 15_000, 'the examination');
    for (const { token } of accounts) expect(JSON.stringify([findings, world.logged])).not.toContain(token);
    expect([...world.timers.values()]).toEqual([]);
    return findings;
  };
  const codes = async (...asked: Parameters<typeof look>) => (await look(...asked)).map(({ code }) => code);

  it('finds nobody logged in where nobody is', async () => {
    expect(await codes([accountOf(secure, { tls: TLS })])).toEqual(['loggedOut', 'groupUnclear', 'groupUnclear']);
  });

  it('finds the account by its name, and which groups it is in', async () => {
    const desk = await new Desk([accountOf(wechat)]).start();
    await desk.connected();
    await desk.adapter.stop();
    await soon(async () => {
      expect(await look([accountOf(wechat)])).toEqual([
        { code: 'connected', account: '县里的小助手' },
        { code: 'groupGood', ...BOUND[0] },
        { code: 'groupGone', ...BOUND[1] },
      ]);
    });
  });

  it('disturbs no bot that is running, and changes nothing', async () => {
    const desk = await new Desk([accountOf(wechat)]).start();
    await desk.connected();
    const before = await wechat.streams();
    expect(await codes([accountOf(wechat)])).toEqual(['connected', 'groupGood', 'groupGone']);
    expect(await wechat.streams()).toEqual(before);
    await wechat.says({ room: 'in@chatroom', from: 'zhang', text: '还听着吗' });
    await desk.message('还听着吗');
    expect(desk.heard('outage')).toEqual([]);
    await desk.adapter.stop();
  });

  it('leaves the event stream to a bot that runs, though nobody listens at this moment', async () => {
    const { ever } = await wechat.streams();
    expect(await codes([accountOf(wechat)], BOUND, true)).toEqual(['connected', 'groupGood', expect.any(String)]);
    expect((await wechat.streams()).ever).toBe(ever);
  });

  it('finds that nobody is there', async () => {
    const endpoint = `127.0.0.1:${await freePort()}`;
    expect(await look([accountOf(wechat, { endpoint })], [])).toEqual([
      { code: 'unreachable', host: endpoint, error: 'unreachable' },
    ]);
  });

  it('finds that nobody answers', async () => {
    wechat.freeze();
    try {
      expect(await look([accountOf(wechat)], [])).toEqual([
        { code: 'unreachable', host: wechat.endpoint, error: 'no answer' },
      ]);
    } finally {
      wechat.thaw();
    }
  });

  it('finds a wrong token by the variable it stands in', async () => {
    expect(await look([accountOf(wechat, { token: 'insecure_wrong' })], [])).toEqual([
      { code: 'tokenRefused', variable: 'WECHATY_PUPPET_SERVICE_TOKEN' },
    ]);
  });

  it.each([
    ['we speak TLS and the service does not', () => accountOf(wechat, { tls: TLS }), 'the service speaks no TLS'],
    ['the service speaks TLS and we do not', () => accountOf(secure), 'the service speaks TLS'],
    [
      'the certificate is made out to another',
      () => accountOf(secure, { tls: { ...TLS, serverName: 'other' } }),
      'its certificate is not trusted',
    ],
  ])('finds that %s', async (_, account, error) => {
    expect(await look([account()], [])).toMatchObject([{ code: 'tlsMismatch', error }]);
  });

  it('of several accounts calls a group unclear while one of them that may be in it cannot be asked', async () => {
    const absent = accountOf(wechat, { name: '2', endpoint: `127.0.0.1:${await freePort()}` });
    expect(await codes([accountOf(wechat), absent])).toEqual(['connected', 'unreachable', 'groupGood', 'groupUnclear']);
  });

  it('leaves nothing behind', async () => {
    const before = resources();
    await look([accountOf(wechat), accountOf(wechat, { name: '2', token: 'insecure_wrong' })]);
    await soon(() => expect(moreThan(before)).toEqual({}));
  });
});
