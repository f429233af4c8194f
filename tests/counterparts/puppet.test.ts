/** The counterpart of WeChat: what people do reaches a client of its service, what the bot does is written down. */
import { FileBox } from 'file-box';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { types } from 'wechaty-puppet';
import { BOT, type Client, Clients, LI, openVillage, ROOM, soon, WANG } from './puppet/client.ts';
import type { WechatCounterpart } from './puppet.ts';

let wechat: WechatCounterpart;
const clients = new Clients();

beforeAll(async () => {
  wechat = await openVillage();
});
afterEach(async () => {
  await wechat.shuffle(0);
  await clients.stop();
});
afterAll(() => wechat.end());

describe('the service', () => {
  test('logs the account in when a client asks it to start, beats, and knows that a stream is attached', async () => {
    const before = await wechat.streams();
    const client = await clients.connect(wechat);
    await soon(() => expect(client.logins).toEqual([BOT]));
    await soon(() => expect(client.beats).toBeGreaterThan(3));
    expect(await wechat.streams()).toEqual({ attached: 1, ever: before.ever + 1 });
    await clients.stop();
    await soon(async () => expect(await wechat.streams()).toEqual({ attached: 0, ever: before.ever + 1 }));
  });

  test('greets the next client as one that is logged in already', async () => {
    await clients.connect(wechat);
    await clients.stop();
    const client = await clients.connect(wechat);
    await soon(() => expect(client.logins).toEqual([BOT]));
  });

  test('answers for contacts, rooms and their members', async () => {
    const client = await clients.connect(wechat);
    expect(await client.contactPayload(LI)).toMatchObject({ name: '李四', alias: '福山地二网格', friend: true });
    expect(await client.contactPayload(WANG)).toMatchObject({ name: WANG, friend: false });
    expect(await client.contactList()).toContain(LI);
    expect(await client.contactList()).not.toContain(WANG);
    expect(await client.roomList()).toContain(ROOM);
    expect(await client.roomPayload(ROOM)).toMatchObject({ topic: '福山地村', memberIdList: [BOT, LI, WANG] });
    expect(await client.roomMemberPayload(ROOM, LI)).toMatchObject({ name: '李四', roomAlias: '二网格 李四' });
    await expect(client.roomPayload('no@chatroom')).rejects.toMatchObject({ code: 2 });
  });

  test('counts calls as the client makes them', async () => {
    const client = await clients.connect(wechat);
    const before = await wechat.calls();
    const id = await wechat.says({ room: ROOM, from: LI, text: '好' });
    for (let i = 0; i < 3; i += 1) await client.messagePayload(id);
    await client.roomMemberList(ROOM);
    const after = await wechat.calls();
    // The client keeps what it has read.
    expect(after.messagePayload).toBe((before.messagePayload ?? 0) + 1);
    expect(after.roomMemberList).toBe((before.roomMemberList ?? 0) + 1);
  });
});

describe('people', () => {
  let client: Client;
  beforeEach(async () => {
    client = await clients.connect(wechat);
  });

  test('say things in a room, with mentions and a time as it was given', async () => {
    const about = { room: ROOM, from: LI, text: '@网格助手 /日报 0', mentions: [BOT] };
    const inMs = await wechat.says({ ...about, at: 1_795_000_000_123 });
    const inSeconds = await wechat.says({ ...about, at: 1_795_000_000 });
    await soon(() => expect(client.heard).toEqual([inMs, inSeconds]));
    expect(await client.messagePayload(inMs)).toMatchObject({
      id: inMs,
      roomId: ROOM,
      talkerId: LI,
      text: '@网格助手 /日报 0',
      mentionIdList: [BOT],
      timestamp: 1_795_000_000_123,
      type: types.Message.Text,
    });
    expect(await client.messagePayload(inSeconds)).toMatchObject({ timestamp: 1_795_000_000 });
  });

  test('say things to the bot alone, under an id of the test’s choosing', async () => {
    await wechat.says({ from: LI, text: '/帮助', id: '7001' });
    await soon(() => expect(client.heard).toEqual(['7001']));
    expect(await client.messagePayload('7001')).toMatchObject({ roomId: '', talkerId: LI, listenerId: BOT });
    await expect(wechat.says({ from: LI, text: '/帮助', id: '7001' })).rejects.toThrow('7001 has been said');
  });

  test('say thousands of things, told in their order', async () => {
    const ids = await wechat.saysMany(
      Array.from({ length: 3_000 }, (_, i) => ({ room: ROOM, from: LI, text: `${i}` })),
    );
    await soon(() => expect(client.heard).toHaveLength(3_000));
    expect(client.heard).toEqual(ids);
  });

  test('send files, small and large', async () => {
    for (const size of [100, 5_000_000]) {
      const bytes = Buffer.alloc(size, '表');
      const id = await wechat.saysFile({ room: ROOM, from: LI, kind: 'file', name: '名册.xlsx', bytes });
      expect(await client.messagePayload(id)).toMatchObject({ type: types.Message.Attachment, filename: '名册.xlsx' });
      expect(bytes.equals(await (await client.messageFile(id)).toBuffer())).toBe(true);
    }
    const picture = await wechat.saysFile({ from: LI, kind: 'image', name: 'a.png', bytes: Buffer.from('x') });
    expect(await client.messagePayload(picture)).toMatchObject({ type: types.Message.Image });
  });

  test('take messages back: a message of its own that names the one that is gone', async () => {
    const id = await wechat.says({ room: ROOM, from: LI, text: '/日报 9' });
    const recall = await wechat.recalls(id);
    await soon(() => expect(client.heard).toEqual([id, recall]));
    const payload = { type: types.Message.Recalled, text: id, roomId: ROOM, talkerId: LI };
    expect(await client.messagePayload(recall)).toMatchObject(payload);
  });

  test('are told of again, out of order, and in the voice of the bot’s own account', async () => {
    const [one, two, three] = await wechat.saysMany(['1', '2', '3'].map((text) => ({ room: ROOM, from: LI, text })));
    await wechat.repeat(one ?? '');
    expect(await wechat.replay(2)).toEqual([two, three]);
    await soon(() => expect(client.heard).toEqual([one, two, three, one, two, three]));

    client.heard.length = 0;
    await wechat.shuffle(2);
    const [four, five, six] = await wechat.saysMany(['4', '5', '6'].map((text) => ({ room: ROOM, from: LI, text })));
    await soon(() => expect(client.heard).toEqual([five, four]));
    await wechat.shuffle(0);
    await soon(() => expect(client.heard).toEqual([five, four, six]));

    const own = await wechat.emitsFromSelf({ room: ROOM, text: '我在手机上说' });
    await soon(() => expect(client.heard).toContain(own));
    expect(await client.messagePayload(own)).toMatchObject({ talkerId: BOT, roomId: ROOM });
  });

  test('rename a room, come and go, and put the bot out', async () => {
    const room = 'moves@chatroom';
    await wechat.addRoom({ id: room, topic: '旧名', members: [LI] });
    await wechat.renamesRoom(room, '新名', LI);
    await soon(() =>
      expect(client.topics).toMatchObject([{ roomId: room, oldTopic: '旧名', newTopic: '新名', changerId: LI }]),
    );
    await wechat.joins(room, 'wxid_new', LI);
    await soon(() =>
      expect(client.joined).toMatchObject([{ roomId: room, inviteeIdList: ['wxid_new'], inviterId: LI }]),
    );
    expect(await client.roomPayload(room)).toMatchObject({ topic: '新名', memberIdList: [BOT, LI, 'wxid_new'] });
    await wechat.leaves(room, BOT, LI);
    await soon(() => expect(client.left).toMatchObject([{ roomId: room, removeeIdList: [BOT], removerId: LI }]));
    expect(await client.roomList()).not.toContain(room);
    await expect(client.messageSendText(room, '还在吗')).rejects.toThrow('not a member');
  });

  test('invite the bot, which is in the room once it has accepted', async () => {
    const invitation = await wechat.invitesToRoom({ roomId: 'invited@chatroom', topic: '新群', by: LI });
    await soon(() => expect(client.invitations).toEqual([invitation]));
    expect(await client.roomInvitationPayload(invitation)).toMatchObject({ inviterId: LI, topic: '新群' });
    await expect(client.messageSendText('invited@chatroom', '早')).rejects.toThrow();
    await client.roomInvitationAccept(invitation);
    await client.roomInvitationAccept(invitation);
    expect((await wechat.accepted()).filter(({ id }) => id === invitation)).toHaveLength(2);
    await soon(() => expect(client.joined).toMatchObject([{ roomId: 'invited@chatroom', inviteeIdList: [BOT] }]));
    expect(await client.roomPayload('invited@chatroom')).toMatchObject({ topic: '新群', memberIdList: [LI, BOT] });
  });

  test('ask for friendship, and are friends once the bot has accepted', async () => {
    await wechat.addContact({ id: 'wxid_stranger', name: '赵六', friend: false });
    const request = await wechat.asksFriendship({ contactId: 'wxid_stranger', hello: '我是三网格' });
    await soon(() => expect(client.friendships).toEqual([request]));
    const payload = { contactId: 'wxid_stranger', hello: '我是三网格', type: types.Friendship.Receive };
    expect(await client.friendshipPayload(request)).toMatchObject(payload);
    await client.friendshipAccept(request);
    expect(await wechat.accepted()).toContainEqual({ kind: 'friendship', id: request });
    await soon(() => expect(client.friendships).toHaveLength(2));
    expect(await client.friendshipPayload(client.friendships[1] ?? '')).toMatchObject({
      type: types.Friendship.Confirm,
    });
    expect(await client.contactPayload('wxid_stranger')).toMatchObject({ friend: true });
  });
});

describe('what the bot sends', () => {
  test('is taken in order with its mentions, and heard by the bot itself under the id it was given', async () => {
    const client = await clients.connect(wechat);
    const before = (await wechat.sent()).length;
    const first = await client.messageSendText(ROOM, '@李四 请报', [LI]);
    const second = await client.messageSendText(LI, '收到');
    expect(await wechat.sent(before)).toMatchObject([
      { id: first, conversationId: ROOM, text: '@李四 请报', mentionIds: [LI], file: null },
      { id: second, conversationId: LI, text: '收到', mentionIds: [], file: null },
    ]);
    await soon(() => expect(client.heard).toEqual([first, second]));
    expect(await client.messagePayload(`${first}`)).toMatchObject({ talkerId: BOT, roomId: ROOM, text: '@李四 请报' });
  });

  test('may be files, by whichever way the client sends them', async () => {
    const client = await clients.connect(wechat);
    const before = (await wechat.sent()).length;
    const small = Buffer.from('小');
    const large = Buffer.alloc(5_000_000, '大');
    await client.messageSendFile(ROOM, FileBox.fromBase64(small.toString('base64'), '小.png'));
    await client.messageSendFile(ROOM, FileBox.fromBuffer(small, '小.xlsx'));
    await client.messageSendFile(ROOM, FileBox.fromBuffer(large, '大.xlsx'));
    const sent = await wechat.sent(before);
    expect(sent.map(({ text, file }) => [text, file?.name, file?.size])).toEqual([
      [null, '小.png', small.length],
      [null, '小.xlsx', small.length],
      [null, '大.xlsx', large.length],
    ]);
    const files = await Promise.all(sent.map(({ id }) => wechat.fileOf(id)));
    expect(files.map((bytes, i) => bytes.equals(i < 2 ? small : large))).toEqual([true, true, true]);
  });

  test('is refused where nobody is, and while the account is logged out', async () => {
    const client = await clients.connect(wechat);
    const before = (await wechat.sent()).length;
    await expect(client.messageSendText('wxid_nobody', '在吗')).rejects.toMatchObject({ code: 2 });
    await wechat.logout();
    await expect(client.messageSendText(ROOM, '在吗')).rejects.toThrow('not logged in');
    await wechat.login();
    await soon(() => expect(client.logins).toEqual([BOT, BOT]));
    await client.messageSendText(ROOM, '在');
    expect(await wechat.sent(before)).toHaveLength(1);
  });
});
