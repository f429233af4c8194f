import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ChatAdapter } from '../../src/bots/adapter.ts';
import { Client } from '../counterparts/puppet/client.ts';
import { WechatCounterpart } from '../counterparts/puppet.ts';
import { AdapterWorld } from '../support/adapter-world.ts';
import { soon, until } from '../support/soon.ts';
import { Ear } from './chat-adapter/ear.ts';
import { plain, type Scene } from './chat-adapter/scene.ts';
import { asShown, openWechat, room, type WechatStage, wechatFixture } from './chat-adapter/wechat-stage.ts';
import { chatAdapterContract } from './chat-adapter.ts';

/** Where WeChat is like no other platform. */
function wechatsOwn(scene: Scene<WechatStage>): void {
  const problem = (): string | null | undefined => scene.stage.adapter.accounts?.()[0]?.problem;
  const say = (text: string, { village }: WechatStage = scene.stage): Promise<string[]> =>
    scene.stage.says([{ chat: village, text }]);

  it('puts the sign of phones behind each mention', async () => {
    await scene.listen();
    const { adapter, wechat, village, zhang, li } = scene.stage;
    const mentions = [zhang, li].map(({ id, displayName: name }) => ({ id, name }));
    const before = (await wechat.sent()).length;
    await adapter.send(village, { text: '@张三 @李四 请报', mentions, attachments: [] });
    const [sent] = await wechat.sent(before);
    expect(sent?.text).toMatch(/^@张三\u2005 ?@李四\u2005 ?请报$/);
  });

  it('waits while the account is logged out, and goes on after the login, be it under new ids', async () => {
    const ear = await scene.listen();
    await ear.told('groups');
    const before = ear.taken.length;
    const { stage } = scene;
    const loggingIn = stage.wechat.relogin({ newRoomIds: true });
    await soon(() => expect(problem()).toBe('logged out'));
    expect(await scene.failureOf(stage.adapter.send(stage.village, plain('在吗')))).toMatchObject({
      kind: 'unavailable',
    });
    const { rooms } = await loggingIn;
    stage.nowIn(rooms);
    await scene.connected();
    expect(await ear.told('outage')).toMatchObject({ cause: 'logged out', lossy: true });

    const village = room(rooms[stage.village.id] ?? '');
    await stage.says([{ chat: village, text: '新号' }]);
    await ear.hears('新号', village);
    // Groups are told before anything is said in them.
    const list = ear.taken.slice(before).find(({ type }) => type === 'groups' || type === 'message');
    expect(list).toMatchObject({ type: 'groups', complete: true });
    expect(list?.type === 'groups' && list.groups.map(({ chat, title }) => `${title} ${chat.id}`)).toContain(
      `福山地村 ${village.id}`,
    );
    await stage.adapter.send(village, plain('收到'));
    expect((await stage.seen(village)).map(({ text }) => text)).toEqual(['收到']);
  });

  it('takes old messages that are told again for what they are, and hears by that what was lost', async () => {
    const ear = await scene.listen();
    const { wechat } = scene.stage;
    for (const text of ['一', '二', '三']) await say(text);
    await ear.hears('三');
    await wechat.fault({ kind: 'silence' });
    await say('丢了');
    await until(() => problem() !== null, 'the silence is noticed');
    await wechat.clearFaults();
    await scene.connected();
    await wechat.replay(4);
    await say('后来');
    await ear.hears('后来');
    ear.expectOneIdPerText();
    expect(new Set(ear.texts())).toEqual(new Set(['一', '二', '三', '丢了', '后来']));
  });

  it('waits for what cannot be read no longer than a moment, and reads it later', async () => {
    const ear = await scene.listen();
    const { wechat, village, township } = scene.stage;
    await wechat.fault({ method: 'messagePayload', kind: 'hang', times: 1 });
    await scene.stage.says([
      { chat: village, text: '难读' },
      { chat: township, text: '别处' },
    ]);
    await ear.hears('难读');
    expect(ear.texts()).toEqual(['别处', '难读']);
  });

  it('waits for another client that listens at the same service, and follows it', async () => {
    const { adapter, wechat } = scene.stage;
    const rival = new Client(wechat);
    await rival.start();
    const ear = new Ear();
    await adapter.start(ear.sink);
    await until(() => adapter.accounts?.()[0]?.state === 'lost', 'it is told as lost');
    await rival.stop();
    await scene.connected();
    await say('轮到我了');
    await ear.hears('轮到我了');
  });

  it('hands on who wants to become a friend, and becomes one only when that was accepted', async () => {
    const ear = await scene.listen();
    ear.gate = async (event) => {
      if (event.type === 'invitation') await event.accept();
    };
    const { wechat } = scene.stage;
    const stranger = { id: `wxid_stranger${Date.now()}`, name: '赵六', friend: false };
    await wechat.addContact(stranger);
    const id = await wechat.asksFriendship({ contactId: stranger.id, hello: '我是三网格' });
    expect(await ear.told('invitation')).toMatchObject({
      platform: 'wechat',
      title: '',
      inviter: { id: stranger.id, displayName: '赵六' },
    });
    await soon(async () => expect(await wechat.accepted()).toContainEqual({ kind: 'friendship', id }));
  });

  it.each([
    ['a service without TLS', true, undefined, 'TLS mismatch'],
    ['a service that knows another token', false, 'insecure_wrong0token', 'token refused'],
  ])('says what is wrong with %s, and is no worse for it', async (_, tls, token, word) => {
    const { wechat, world, village } = scene.stage;
    const adapter = await openWechat([{ endpoint: wechat.endpoint, token: token ?? wechat.token, tls }], world);
    const ear = new Ear();
    await adapter.start(ear.sink);
    await until(() => adapter.accounts?.()[0]?.state === 'lost', 'it is told as lost');
    expect(adapter.accounts?.()[0]?.problem).toBe(word);
    expect(await scene.failureOf(adapter.send(village, plain('在吗')))).toMatchObject({ kind: 'unavailable' });
    await adapter.stop();
    await scene.expectNothingLeft();
    if (token) expect(JSON.stringify(world.logged)).not.toContain(token);
  });
}

chatAdapterContract(wechatFixture(), { own: wechatsOwn });
chatAdapterContract(wechatFixture({ tls: true }), { themes: ['hearing', 'sending', 'ending'] });

describe('several accounts of WeChat', () => {
  const BOTH = room('both@chatroom');
  const SECOND_ONLY = room('second@chatroom');
  const ZHANG = 'wxid_zhang';
  let services: [WechatCounterpart, WechatCounterpart];
  let world: AdapterWorld;
  let adapter: ChatAdapter;
  let ear: Ear;
  let before: number[];

  beforeAll(async () => {
    const start = (id: string) => WechatCounterpart.start({ self: { id, name: '网格助手' } });
    services = await Promise.all([start('wxid_first'), start('wxid_second')]);
    for (const service of services) {
      await service.addContact({ id: ZHANG, name: '张三' });
      await service.addRoom({ id: BOTH.id, topic: '两个号都在', members: [ZHANG] });
    }
    await services[1].addRoom({ id: SECOND_ONLY.id, topic: '只有二号在', members: [ZHANG] });
  });
  afterAll(() => Promise.all(services.map((service) => service.end())));

  beforeEach(async () => {
    world = new AdapterWorld();
    ear = new Ear();
    adapter = await openWechat(services, world);
    before = await Promise.all(services.map(async (service) => (await service.sent()).length));
    await adapter.start(ear.sink);
    await connected();
  });
  afterEach(async () => {
    await adapter.stop();
    expect([...world.timers.values()]).toEqual([]);
    for (const service of services) await service.up();
  });

  const states = () => adapter.accounts?.().map(({ state }) => state);
  const connected = (): Promise<void> =>
    until(() => states()?.every((state) => state === 'connected') ?? false, 'both');

  /** In a group of both each account is told of what is said there. */
  async function saidInBoth(text: string): Promise<void> {
    for (const service of services) if (service.running) await service.says({ room: BOTH.id, from: ZHANG, text });
  }

  const sentBy = (index: 0 | 1) =>
    services[index].sent(before[index]).then((sent) => sent.map(({ text }) => asShown(text ?? '')));

  it('hear what is said in a group of both once, and what is said in a group of one', async () => {
    for (let time = 0; time < 20; time++) await saidInBoth(`第${time}句`);
    await services[1].says({ room: SECOND_ONLY.id, from: ZHANG, text: '二号的群' });
    await ear.hears('第19句', BOTH);
    await ear.hears('二号的群', SECOND_ONLY);
    expect(ear.texts(BOTH)).toEqual(Array.from({ length: 20 }, (_, time) => `第${time}句`));
    ear.expectOneIdPerText();
    const list = ear.all('groups').at(-1);
    expect(list).toMatchObject({ complete: true });
    expect(list?.groups.map(({ chat }) => chat.id).sort()).toEqual([BOTH.id, SECOND_ONLY.id].sort());
  });

  it('write to each group by the one that owns it, once', async () => {
    expect([adapter.accountFor?.(BOTH), adapter.accountFor?.(SECOND_ONLY)]).toEqual(['1', '2']);
    await adapter.send(BOTH, plain('给两个号的群'));
    await adapter.send(SECOND_ONLY, plain('给二号的群'));
    expect(await sentBy(0)).toEqual(['给两个号的群']);
    expect(await sentBy(1)).toEqual(['给二号的群']);
  });

  it('write to a person by the one that they wrote to last', async () => {
    const alone = { platform: 'wechat', id: ZHANG, kind: 'direct' } as const;
    for (const [index, service] of services.entries()) {
      await service.says({ from: ZHANG, text: `找${index}号` });
      await ear.hears(`找${index}号`);
      expect(adapter.accountFor?.(alone)).toBe(String(index + 1));
      await adapter.send(alone, plain(`${index}号收到`));
    }
    expect([await sentBy(0), await sentBy(1)]).toEqual([['0号收到'], ['1号收到']]);
  });

  it('pass a group on when its owner is lost for long, and hear nothing twice when it is back', async () => {
    await saidInBoth('之前');
    await ear.hears('之前');
    await services[0].kill();
    await until(() => adapter.accountFor?.(BOTH) === '2', 'the second takes over');
    await saidInBoth('一号不在');
    await ear.hears('一号不在', BOTH);
    await adapter.send(BOTH, plain('二号替一号'));
    expect(await sentBy(1)).toEqual(['二号替一号']);
    expect(states()).toEqual(['lost', 'connected']);
    await services[0].up();
    await connected();
    for (const text of ['又都在', '还是一次']) await saidInBoth(text);
    await ear.hears('还是一次');
    expect(ear.texts(BOTH)).toEqual(['之前', '一号不在', '又都在', '还是一次']);
    expect(await ear.told('outage')).toMatchObject({ account: '1', lossy: true });
  });

  it('pass a group on at once when its owner is put out of it', async () => {
    await services[0].leaves(BOTH.id, 'wxid_first', ZHANG);
    await until(() => adapter.accountFor?.(BOTH) === '2', 'the second takes over');
    await services[1].says({ room: BOTH.id, from: ZHANG, text: '一号出去了' });
    await ear.hears('一号出去了', BOTH);
    await adapter.send(BOTH, plain('二号还在'));
    expect([await sentBy(0), await sentBy(1)]).toEqual([[], ['二号还在']]);
    // The group is not lost as long as one of them is in it.
    expect(ear.all('left')).toEqual([]);
    await services[0].joins(BOTH.id, 'wxid_first', ZHANG);
  });
});
