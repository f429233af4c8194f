/** The counterpart of WeChat in hard times: broken calls, silence, kills, new logins, two accounts; and a whole bot on it. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { WechatyBuilder } from 'wechaty';
import { BOT, Client, Clients, LI, openVillage, ROOM, soon, WANG } from './puppet/client.ts';
import type { WechatCounterpart } from './puppet.ts';

let wechat: WechatCounterpart;
let second: WechatCounterpart;
const clients = new Clients();

beforeAll(async () => {
  const self = { id: 'wxid_bot2', name: '网格助手二号' };
  const another = { self, tls: true, token: 'insecure_second', loginAtStart: false };
  [wechat, second] = await Promise.all([openVillage(), openVillage(another)]);
});
afterEach(async () => {
  await wechat.up();
  await wechat.clearFaults();
  await clients.stop();
});
afterAll(() => Promise.all([wechat.end(), second.end()]));

describe('faults', () => {
  let client: Client;
  let before: number;
  const texts = async (): Promise<(string | null)[]> => (await wechat.sent(before)).map(({ text }) => text);

  beforeEach(async () => {
    client = await clients.connect(wechat);
    before = (await wechat.sent()).length;
  });

  test('an error hits as many calls as it is meant for', async () => {
    await wechat.fault({ kind: 'error', method: 'messageSendText', times: 2 });
    await expect(client.messageSendText(ROOM, '一')).rejects.toMatchObject({ code: 2 });
    await expect(client.messageSendText(ROOM, '二')).rejects.toMatchObject({ code: 2 });
    await client.messageSendText(ROOM, '三');
    expect(await texts()).toEqual(['三']);
  });

  test('an error of every call ends with the faults', async () => {
    await wechat.fault({ kind: 'error', method: '*', code: 14 });
    await expect(client.messageSendText(ROOM, '一')).rejects.toMatchObject({ code: 14 });
    await expect(client.roomList()).rejects.toThrow();
    await wechat.clearFaults();
    expect(await client.roomList()).toContain(ROOM);
  });

  test('a call may hang, be slow, or fail or hang after it was done', async () => {
    const settled: string[] = [];
    const { messageSendText: calls = 0 } = await wechat.calls();
    const send = (text: string): Promise<void> =>
      client.messageSendText(ROOM, text).then(
        () => void settled.push(`${text} ok`),
        () => void settled.push(`${text} failed`),
      );
    await wechat.fault({ kind: 'hang', method: 'messageSendText', times: 1 });
    void send('挂起');
    await soon(async () => expect((await wechat.calls()).messageSendText).toBe(calls + 1));
    await wechat.fault({ kind: 'deliverThenHang', method: 'messageSendText', times: 1 });
    void send('送到后挂起');
    await soon(async () => expect(await texts()).toEqual(['送到后挂起']));
    await wechat.fault({ kind: 'deliverThenError', method: 'messageSendText', times: 1 });
    await send('送到后出错');
    await wechat.fault({ kind: 'slow', method: 'messageSendText', times: 1, ms: 50 });
    const slow = send('慢');
    await send('快');
    await slow;
    expect(settled).toEqual(['送到后出错 failed', '快 ok', '慢 ok']);
    expect(await texts()).toEqual(['送到后挂起', '送到后出错', '快', '慢']);
  });

  test('the stream may end while calls go on', async () => {
    await wechat.fault({ kind: 'endStream' });
    await soon(async () => expect(await wechat.streams()).toMatchObject({ attached: 0 }));
    expect(await client.roomList()).toContain(ROOM);
    const id = await wechat.says({ room: ROOM, from: LI, text: '有人吗' });
    expect((await wechat.said()).at(-1)).toMatchObject({ id, told: 1, delivered: 0 });
  });

  test('silence keeps the stream and lets nothing through', async () => {
    await wechat.fault({ kind: 'silence' });
    const id = await wechat.says({ room: ROOM, from: LI, text: '有人吗' });
    // What was written before may still be under way; the answer to a call comes after it.
    await client.roomList();
    const beats = client.beats;
    await later(4 * 50);
    expect(client.beats).toBe(beats);
    expect(client.heard).toEqual([]);
    expect(await wechat.streams()).toMatchObject({ attached: 1 });
    expect((await wechat.said()).at(-1)).toMatchObject({ id, told: 1, delivered: 0 });
    await wechat.clearFaults();
    await wechat.repeat(id);
    await soon(() => expect(client.heard).toEqual([id]));
    expect((await wechat.said()).at(-1)).toMatchObject({ id, told: 2, delivered: 1 });
  });
});

describe('a second account, over TLS, whose code has yet to be scanned', () => {
  test('has the room in common with the first, and no message id', async () => {
    const first = await clients.connect(wechat);
    const client = await clients.connect(second);
    await soon(() => expect(client.scans).toHaveLength(1));
    await expect(client.messageSendText(ROOM, '早')).rejects.toThrow('not logged in');
    await second.login();
    await soon(() => expect(client.logins).toEqual(['wxid_bot2']));

    const saying = { room: ROOM, from: LI, text: '早' };
    expect(await second.says(saying)).not.toBe(await wechat.says(saying));
    const before = (await wechat.sent()).length;
    await first.messageSendText(ROOM, '一号');
    await client.messageSendText(ROOM, '二号');
    expect((await wechat.sent(before)).map(({ text }) => text)).toEqual(['一号']);
    expect((await second.sent()).map(({ text }) => text)).toEqual(['二号']);
  });

  test('refuses wrong tokens, and neither service takes a client that differs in TLS', async () => {
    const attached = [await wechat.streams(), await second.streams()];
    const strangers = [
      new Client({ ...wechat, endpoint: wechat.endpoint, token: 'insecure_wrong' }),
      new Client({ ...wechat, endpoint: wechat.endpoint, tls: true }),
      new Client({ ...second, endpoint: second.endpoint, token: 'insecure_wrong' }),
      new Client({ ...second, endpoint: second.endpoint, tls: false }),
    ];
    const starts = await Promise.allSettled(strangers.map((client) => client.start()));
    const codes = starts.map((start) => start.status === 'rejected' && start.reason.code);
    expect(codes).toEqual([16, 14, 16, 14]);
    expect([await wechat.streams(), await second.streams()]).toEqual(attached);
  });
});

test('an account logs out and in again with other ids, under which everything else is as before', async () => {
  const web = await openVillage();
  try {
    const client = await clients.connect(web);
    const said = await web.says({ room: ROOM, from: LI, text: '早' });
    const { rooms, contacts } = await web.relogin({ newRoomIds: true, newContactIds: true });
    const now = (id: string): string => rooms[id] ?? contacts[id] ?? '';
    await soon(() => expect(client.logins).toEqual([BOT, now(BOT)]));
    expect(await web.self()).toBe(now(BOT));
    expect(await client.roomList()).toEqual([now(ROOM)]);
    const payload = { topic: '福山地村', memberIdList: [BOT, LI, WANG].map(now) };
    expect(await client.roomPayload(now(ROOM))).toMatchObject(payload);
    expect(await client.contactPayload(now(LI))).toMatchObject({ name: '李四', alias: '福山地二网格' });
    await expect(client.messageSendText(ROOM, '早')).rejects.toMatchObject({ code: 2 });
    await expect(client.contactPayload(LI)).rejects.toMatchObject({ code: 2 });
    // What was said before is known by the ids of its day.
    expect(await client.messagePayload(said)).toMatchObject({ roomId: ROOM, talkerId: LI });
    // The client's own answer to the logout has not put the new login out.
    await client.messageSendText(now(ROOM), '早');

    await web.kill();
    await web.up();
    const next = await clients.connect(web);
    await soon(() => expect(next.logins).toEqual([now(BOT)]));
    expect(await next.roomList()).toEqual([now(ROOM)]);
  } finally {
    await clients.stop();
    await web.end();
  }
});

describe('the process', () => {
  test('loses what is said while nobody listens, and knows it', async () => {
    const before = (await wechat.said()).length;
    const lost = await wechat.says({ room: ROOM, from: LI, text: '/日报 0' });
    const client = await clients.connect(wechat);
    const told = await wechat.says({ room: ROOM, from: LI, text: '/日报 1' });
    await soon(() => expect(client.heard).toEqual([told]));
    expect(await wechat.said(before)).toEqual([
      { id: lost, room: ROOM, from: LI, text: '/日报 0', told: 1, delivered: 0 },
      { id: told, room: ROOM, from: LI, text: '/日报 1', told: 1, delivered: 1 },
    ]);
    expect(await client.messagePayload(lost)).toMatchObject({ text: '/日报 0' });
  });

  test('remembers everything when it is killed, and comes back at the same place', async () => {
    const client = await clients.connect(wechat);
    const { endpoint } = wechat;
    const bytes = Buffer.alloc(100_000, '表');
    await wechat.addRoom({ id: 'kill@chatroom', topic: '旧名', members: [LI] });
    await wechat.renamesRoom('kill@chatroom', '新名', LI);
    await wechat.leaves('kill@chatroom', LI, LI);
    const invitation = await wechat.invitesToRoom({ roomId: 'kill2@chatroom', topic: '新群', by: LI });
    await client.roomInvitationAccept(invitation);
    const said = await wechat.saysFile({ room: ROOM, from: LI, kind: 'file', name: '名册.xlsx', bytes });
    await client.messageSendText(ROOM, '收到', [LI]);
    const [allSaid, allSent, accepted] = [await wechat.said(), await wechat.sent(), await wechat.accepted()];

    await wechat.kill();
    expect(wechat.running).toBe(false);
    await expect(wechat.says({ from: LI, text: '在吗' })).rejects.toThrow('down');
    await wechat.up();
    expect(wechat.endpoint).toBe(endpoint);
    expect(await wechat.streams()).toEqual({ attached: 0, ever: 0 });
    expect(await wechat.said()).toEqual(allSaid);
    expect(await wechat.sent()).toEqual(allSent);
    expect(await wechat.accepted()).toEqual(accepted);
    expect(bytes.equals(await wechat.fileOf(said))).toBe(true);

    const next = await clients.connect(wechat);
    await soon(() => expect(next.logins).toEqual([BOT]));
    expect(await next.roomPayload('kill@chatroom')).toMatchObject({ topic: '新名', memberIdList: [BOT] });
    expect(await next.roomList()).toContain('kill2@chatroom');
    const known = [...allSaid, ...allSent].map(({ id }) => id);
    expect(known).not.toContain(await wechat.says({ room: ROOM, from: LI, text: '早' }));
  });

  test('may die of a message after it has taken it', async () => {
    const client = await clients.connect(wechat);
    const before = (await wechat.sent()).length;
    await wechat.fault({ kind: 'deliverThenDie', method: 'messageSendText' });
    await expect(client.messageSendText(ROOM, '最后一句')).rejects.toMatchObject({ code: 14 });
    await soon(() => expect(wechat.running).toBe(false));
    await wechat.up();
    expect((await wechat.sent(before)).map(({ text }) => text)).toEqual(['最后一句']);
  });

  test('takes what was sent to it while it was frozen when it thaws', async () => {
    const client = await clients.connect(wechat);
    const before = (await wechat.sent()).length;
    wechat.freeze();
    let settled = false;
    const send = client.messageSendText(ROOM, '冻住').finally(() => {
      settled = true;
    });
    await expect(Promise.race([send, wechat.sent(before).then(() => 'answered'), later(300)])).resolves.toBe('late');
    expect(settled).toBe(false);
    wechat.thaw();
    await send;
    expect((await wechat.sent(before)).map(({ text }) => text)).toEqual(['冻住']);
  });
});

test('a whole bot runs on it: it hears and answers with mentions, accepts, and asks for every member of a room', async () => {
  const room = 'crowd@chatroom';
  const members = Array.from({ length: 60 }, (_, i) => `wxid_member${i}`);
  await wechat.addRoom({ id: room, topic: '大群', members });
  const before = { calls: await wechat.calls(), sent: (await wechat.sent()).length };
  const bot = WechatyBuilder.build({ puppet: new Client(wechat) });
  const joined: string[] = [];
  // Harmless ones come with each change of a room: the library asks for a contact by the room's id.
  bot.on('error', () => undefined);
  bot.on('room-join', (entered) => void joined.push(entered.id));
  bot.on('message', async (message) => {
    if (message.self()) return;
    const talker = message.talker();
    if (await message.mentionSelf()) await message.room()?.say('收到', talker);
  });
  bot.on('room-invite', (invitation) => invitation.accept());
  bot.on('friendship', async (friendship) => {
    if (friendship.type() === bot.Friendship.Type.Receive) await friendship.accept();
  });
  await bot.start();
  try {
    await wechat.says({ room, from: 'wxid_member7', text: '@网格助手 /日报 0', mentions: [BOT] });
    await soon(async () => expect(await wechat.sent(before.sent)).toMatchObject([{ mentionIds: ['wxid_member7'] }]));
    const { contactPayload = 0 } = await wechat.calls();
    expect(contactPayload - (before.calls.contactPayload ?? 0)).toBeGreaterThanOrEqual(members.length);

    const invitation = await wechat.invitesToRoom({ roomId: 'bot@chatroom', topic: '新群', by: LI });
    await wechat.addContact({ id: 'wxid_guest', name: '客人', friend: false });
    const friendship = await wechat.asksFriendship({ contactId: 'wxid_guest', hello: '你好' });
    await soon(async () => {
      const accepted = (await wechat.accepted()).map(({ id }) => id);
      expect(accepted).toEqual(expect.arrayContaining([invitation, friendship]));
    });
    // A bot that stops while it still looks at a room leaves a rejection that nobody hears.
    await soon(() => expect(joined).toEqual(['bot@chatroom']));
    expect(bot.currentUser.name()).toBe('网格助手');
  } finally {
    await bot.stop();
  }
});

const later = (ms: number): Promise<string> => new Promise((pass) => setTimeout(pass, ms, 'late'));
