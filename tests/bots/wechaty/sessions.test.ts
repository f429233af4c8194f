import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { COMMUNITY_AUTHORITY } from '../../../src/bots/wechaty/authority.ts';
import { freePort } from '../../counterparts/process.ts';
import { WechatCounterpart } from '../../counterparts/puppet.ts';
import { moreThan, resources } from '../../support/adapter-world.ts';
import { inTime, soon } from '../../support/soon.ts';
import { accountOf, Desk, group, text } from './desk.ts';

const ROOM = group('fushan@chatroom');
/** Far longer than anything takes that ends by itself, ms. */
const PROMPTLY = 12_000;
/** The certificate that services bring along is made out to this name. */
const TLS = { authority: COMMUNITY_AUTHORITY, serverName: 'insecure' };

describe('a session with a puppet service', () => {
  let wechat: WechatCounterpart;
  /** Somebody has to log it in, and it speaks TLS. */
  let web: WechatCounterpart;
  let desk: Desk;

  beforeAll(async () => {
    [wechat, web] = await Promise.all([
      WechatCounterpart.start({ self: { id: 'bot', name: '网格助手' } }),
      WechatCounterpart.start({ loginAtStart: false, tls: true }),
    ]);
    await wechat.addContact({ id: 'zhang', name: '张三' });
    await wechat.addRoom({ id: ROOM.id, topic: '福山地村', members: ['zhang'] });
  });
  afterAll(async () => {
    await Promise.all([wechat.end(), web.end()]);
  });
  beforeEach(() => {
    desk = new Desk([accountOf(wechat)]);
  });
  afterEach(async () => {
    await desk.adapter.stop();
    wechat.thaw();
    if (!wechat.running) await wechat.up();
    await wechat.clearFaults();
  });

  let told = 0;
  /** Says something until the bot hears it: what is said while nobody listens is lost. */
  const hearsAgain = (): Promise<unknown> =>
    soon(async () => {
      told += 1;
      const words = `听见了吗${told}`;
      await wechat.says({ room: ROOM.id, from: 'zhang', text: words });
      await desk.message(words, 500);
    });
  /** The event stream ends, and another one takes its place. */
  const newStream = async (): Promise<void> => {
    const { ever } = await wechat.streams();
    await wechat.fault({ kind: 'endStream' });
    await soon(async () => expect((await wechat.streams()).ever).toBeGreaterThan(ever));
    await desk.connected();
  };
  const outages = () => desk.heard('outage').map(({ account, cause, lossy }) => ({ account, cause, lossy }));

  it('is no outage when it simply begins', async () => {
    await desk.start();
    await hearsAgain();
    expect(outages()).toEqual([]);
    expect(desk.adapter.accounts()).toMatchObject([{ account: '1', state: 'connected', problem: null }]);
  });

  it('is replaced when the service is killed, and the outage is told once', async () => {
    await desk.start();
    const before = Date.now();
    await wechat.kill();
    await desk.lost('unreachable');
    await wechat.up();
    await hearsAgain();
    expect(outages()).toEqual([{ account: '1', cause: 'connection lost', lossy: true }]);
    const [outage] = desk.heard('outage');
    expect(outage?.since).toBeGreaterThanOrEqual(before);
    expect(outage?.until).toBeGreaterThan(outage?.since ?? 0);
    expect(outage?.until).toBeLessThanOrEqual(Date.now());
  });

  it('does not tell of an outage that is not worth it', async () => {
    desk = new Desk([accountOf(wechat)], { outage: 60_000 });
    await desk.start();
    await newStream();
    await hearsAgain();
    expect(outages()).toEqual([]);
  });

  it('is replaced when the service hangs, and again when it goes on', async () => {
    await desk.start();
    wechat.freeze();
    await desk.lost('silent');
    const noticed = Date.now();
    wechat.thaw();
    await hearsAgain();
    const [outage] = desk.heard('outage');
    expect(outage).toMatchObject({ cause: 'silent' });
    // The silence began when the service was last heard, not when it was noticed.
    expect(outage?.since).toBeLessThan(noticed - 1_000);
  });

  it('is replaced when the event stream ends while calls are still answered', async () => {
    await desk.start();
    await wechat.fault({ kind: 'endStream' });
    await soon(() => expect(outages()).toEqual([{ account: '1', cause: 'stream ended', lossy: true }]));
    await hearsAgain();
  });

  it('is replaced when nothing comes by the event stream any more', async () => {
    await desk.start();
    await wechat.fault({ kind: 'silence' });
    await desk.lost('silent');
    await wechat.clearFaults();
    await hearsAgain();
  });

  it('waits for a login, and lasts with a service that says nothing by itself but answers when asked', async () => {
    const quiet = await WechatCounterpart.start({ loginAtStart: false, heartbeatMs: 10_000_000 });
    desk = new Desk([accountOf(quiet)], { silence: 800 });
    await desk.start();
    await desk.lost('logged out');
    await quiet.login();
    await desk.connected();
    await soon(() => expect(outages()).toEqual([{ account: '1', cause: 'logged out', lossy: true }]));
    const [{ ding: before = 0 }, { ever }] = await Promise.all([quiet.calls(), quiet.streams()]);
    await soon(async () => expect((await quiet.calls()).ding).toBeGreaterThan(before + 6));
    expect(await quiet.streams()).toMatchObject({ ever });
    await desk.adapter.stop();
    await quiet.end();
  });

  it('learns of a login that it did not hear', async () => {
    await wechat.fault({ kind: 'silence' });
    await desk.start();
    await desk.lost('logged out');
    await wechat.clearFaults();
    await desk.connected();
  });

  it('ends at a logout; a login under new ids tells the groups by these, before anything that is said in them', async () => {
    await web.addContact({ id: 'zhang', name: '张三' });
    await web.addRoom({ id: ROOM.id, topic: '福山地村', members: ['zhang'] });
    await web.login();
    desk = new Desk([accountOf(web, { tls: TLS })]);
    await desk.start();
    await soon(() => expect(desk.heard('groups')).toHaveLength(1));
    desk.events.length = 0;
    const login = web.relogin({ newRoomIds: true, newContactIds: true });
    await desk.lost('logged out');
    await expect(desk.adapter.send(ROOM, text('在吗'))).rejects.toMatchObject({ kind: 'unavailable' });
    const { rooms, contacts } = await login;
    const room = rooms[ROOM.id] ?? '';
    await web.says({ room, from: contacts.zhang ?? '', text: '换了号' });
    expect(await desk.message('换了号')).toMatchObject({ chat: group(room), chatTitle: '福山地村' });
    expect(desk.events.map(({ type }) => type)).toEqual(expect.arrayContaining(['outage', 'groups', 'message']));
    expect(desk.events.at(-1)?.type).toBe('message');
    const groups = [{ chat: group(room), title: '福山地村' }];
    expect(desk.heard('groups')).toMatchObject([{ complete: true, groups }]);
    await expect(desk.adapter.send(ROOM, text('旧号'))).rejects.toMatchObject({ kind: 'refused' });
    await desk.adapter.send(group(room), text('新号'));
    // The library would ask the service to log out as well, and end a login that came meanwhile.
    expect(await web.calls()).not.toHaveProperty('logout');
  });

  it('hears hundreds of old messages told anew', async () => {
    await desk.start();
    await wechat.saysMany(Array.from({ length: 300 }, (_, i) => ({ room: ROOM.id, from: 'zhang', text: `旧话${i}` })));
    await desk.message('旧话299');
    desk.events.length = 0;
    await wechat.fault({ kind: 'endStream' });
    await soon(() => expect(outages()).toHaveLength(1));
    const ids = await wechat.replay(300);
    await soon(() => expect(desk.heard('message').map(({ id }) => id)).toEqual(ids));
  });

  it('reads in the next one what was announced before it broke', async () => {
    await desk.start();
    const { messagePayload: before = 0 } = await wechat.calls();
    await wechat.fault({ method: 'messagePayload', kind: 'hang' });
    const texts = ['一', '二', '三'];
    await wechat.saysMany(texts.map((words) => ({ room: ROOM.id, from: 'zhang', text: words })));
    await soon(async () => expect((await wechat.calls()).messagePayload).toBe(before + 3));
    await wechat.clearFaults();
    await wechat.fault({ kind: 'endStream' });
    await desk.message('三');
    expect(desk.texts()).toEqual(texts);
  });

  describe('that cannot begin', () => {
    const stand = async (problem: string, change: Parameters<typeof accountOf>[1], other = wechat): Promise<void> => {
      desk = new Desk([accountOf(other, change)]);
      await inTime(desk.start(), PROMPTLY, 'the start');
      await desk.lost(problem);
      expect(JSON.stringify(desk.world.logged)).not.toContain(change?.token ?? other.token);
    };

    it('says that nobody is there', async () => {
      await stand('unreachable', { endpoint: `127.0.0.1:${await freePort()}` });
    });

    it('says that the token is wrong, and keeps it to itself', () =>
      stand('token refused', { token: 'insecure_wrong' }));

    it('says that the service speaks no TLS', () => stand('TLS mismatch', { tls: TLS }));

    it('says that the certificate is made out to another', () =>
      stand('TLS mismatch', { tls: { ...TLS, serverName: 'other' } }, web));

    it('says that another client listens, and takes over when that one is gone', async () => {
      const first = await new Desk([accountOf(wechat)]).start();
      await desk.start();
      await desk.lost('another client listens');
      await first.adapter.stop();
      await hearsAgain();
    });

    it('says that there is no answer when somebody takes the call and says nothing', async () => {
      const port = await freePort();
      const mute = createServer(() => undefined).listen(port, '127.0.0.1');
      await once(mute, 'listening');
      desk = new Desk([accountOf(wechat, { endpoint: `127.0.0.1:${port}` })], { attach: 300 });
      await inTime(desk.start(), PROMPTLY, 'the start');
      await desk.lost('service does not start');
      await inTime(desk.adapter.stop(), PROMPTLY, 'the stop');
      mute.close();
    });
  });

  describe('that is stopped', () => {
    it('leaves nothing behind, whether it was running, waiting or hanging', async () => {
      const before = resources();
      for (const trouble of ['none', 'down', 'frozen'] as const) {
        desk = new Desk([accountOf(wechat)]);
        await desk.start();
        await desk.connected();
        if (trouble === 'down') await wechat.kill();
        if (trouble === 'frozen') wechat.freeze();
        const sending = desk.adapter.send(ROOM, text('还有一句')).catch(() => undefined);
        await inTime(desk.adapter.stop(), PROMPTLY, `the stop with the service ${trouble}`);
        await sending;
        wechat.thaw();
        if (!wechat.running) await wechat.up();
        expect([...desk.world.timers.values()]).toEqual([]);
        expect(desk.adapter.accounts()).toMatchObject([{ state: 'stopped' }]);
      }
      await soon(() => expect(moreThan(before)).toEqual({}));
    });

    it('in the middle of its start lets that end, too', async () => {
      wechat.freeze();
      const starting = desk.start();
      await inTime(desk.adapter.stop(), PROMPTLY, 'the stop');
      await inTime(starting, PROMPTLY, 'the start');
    });
  });

  it('writes nothing under the home directory, and prints nothing', async () => {
    const home = mkdtempSync(join(tmpdir(), 'gridbot-home-'));
    vi.stubEnv('HOME', home);
    const printed = (['log', 'info', 'warn', 'error'] as const).map((way) =>
      vi.spyOn(console, way).mockImplementation(() => undefined),
    );
    try {
      await desk.start();
      await hearsAgain();
      await newStream();
      const refused = await new Desk([accountOf(wechat, { token: 'insecure_wrong' })]).start();
      await refused.adapter.stop();
      await desk.adapter.stop();
      expect(readdirSync(home)).toEqual([]);
      expect(printed.flatMap((way) => way.mock.calls)).toEqual([]);
    } finally {
      vi.unstubAllEnvs();
      vi.restoreAllMocks();
      rmSync(home, { recursive: true });
    }
  });

  it('can break a dozen times without leaving a listener, a timer or a socket behind', async () => {
    const warnings: string[] = [];
    const warned = (warning: Error): void => void warnings.push(warning.name);
    process.on('warning', warned);
    const before = resources();
    await desk.start();
    await desk.connected();
    for (let round = 1; round <= 12; round += 1) {
      await newStream();
    }
    await hearsAgain();
    // Besides those of calls that are still under way.
    await soon(() => expect(desk.world.timers.size).toBeLessThanOrEqual(3));
    await desk.adapter.stop();
    await soon(() => expect(moreThan(before)).toEqual({}));
    process.off('warning', warned);
    expect(warnings).toEqual([]);
  });
});
