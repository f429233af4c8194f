/** What people do on Telegram, as the app is told it. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BotApi } from '../../counterparts/bot-api.ts';
import { Desk, type DeskOptions, GROUP, groupRef, OTHER, people, TOKEN, USERNAME, until, ZHANG } from './desk.ts';

const SUPER = -1_000_000_000_077;

let api: BotApi;
let desk: Desk;

beforeAll(async () => {
  api = await BotApi.start({ token: TOKEN, username: USERNAME });
});
beforeEach(async () => {
  await people(api);
  await open();
});
afterEach(async () => {
  await desk.stop();
  expect(desk.openTimers).toBe(0);
});
afterAll(() => api.end());

const open = async (options: DeskOptions = {}): Promise<void> => {
  desk = new Desk(api.root, options);
  await desk.start();
};
const says = (text: string, chat = GROUP) => api.says({ chat, from: ZHANG, text });
const heard = (count: number) => until(() => expect(desk.messages).toHaveLength(count));

describe('people', () => {
  it('call the bot by its username, answer it, and write to it alone', async () => {
    await says(`@${USERNAME} /进度`);
    const { messageId } = await desk.send('收到');
    await api.says({ chat: GROUP, from: ZHANG, text: '0', replyTo: Number(messageId) });
    await api.says({ chat: ZHANG, text: '/start 8F3K2A' });
    await heard(3);
    const [called, answered] = desk.messages.filter(({ chat }) => chat.kind === 'group');
    const direct = desk.messages.find(({ chat }) => chat.kind === 'direct');
    expect(called).toMatchObject({ text: '@网格助手 /进度', mentionsBot: true, repliesToBot: false });
    expect(answered).toMatchObject({ text: '0', mentionsBot: false, repliesToBot: true });
    expect(direct).toMatchObject({ text: '/认领 8F3K2A', chat: { id: String(ZHANG), kind: 'direct' } });
  });

  it('change what they said', async () => {
    const { messageId } = await says('/日报 0');
    const { updateId } = await api.edits({ chat: GROUP, messageId }, '/日报 1', { date: 1_700_000_000 });
    await heard(2);
    expect(desk.messages[1]).toMatchObject({
      id: String(messageId),
      text: '/日报 1',
      change: 'edited',
      changeId: String(updateId),
      sentAt: 1_700_000_000_000,
    });
  });

  it('send files, which are fetched only when they are read', async () => {
    const bytes = new Uint8Array(100_000).map((_, n) => (n * 7) % 256);
    await api.says({ chat: GROUP, from: ZHANG, photo: bytes, caption: '/日报 0' });
    await api.says({ chat: GROUP, from: ZHANG, document: { name: '名单.xlsx', bytes } });
    await api.says({ chat: GROUP, from: ZHANG, voice: bytes });
    await heard(3);
    expect((await api.calls()).file).toBeUndefined();
    expect(desk.texts).toEqual(['/日报 0', '', '']);
    const files = desk.messages.map(({ attachments }) => attachments[0]);
    expect(files).toMatchObject([{ kind: 'picture' }, { kind: 'file', name: '名单.xlsx' }, { kind: 'voice' }]);
    for (const file of files) expect(Buffer.compare((await file?.read?.()) ?? new Uint8Array(), bytes)).toBe(0);
  });
});

describe('reading a file', () => {
  const photo = async () => {
    await api.says({ chat: GROUP, from: ZHANG, photo: new Uint8Array(9), caption: '现场' });
    await heard(1);
    return desk.messages[0]?.attachments[0];
  };
  const failing = async (): Promise<string> => {
    const error: unknown = await (await photo())?.read?.().catch((reason: unknown) => reason);
    expect(`${error} ${(error as Error).stack} ${JSON.stringify(error)}`).not.toContain(TOKEN.slice(11));
    return (error as Error).message;
  };

  it('that is gone fails', async () => {
    await api.fault({ method: 'file', kind: 'status', status: 404 });
    expect(await failing()).toBe('status 404');
  });

  it('that breaks off fails', async () => {
    await api.fault({ method: 'file', kind: 'drop' });
    expect(await failing()).toBe('cut');
  });

  it('that never comes fails in its time', async () => {
    await desk.stop();
    await open({ times: { download: 100 } });
    await api.fault({ method: 'file', kind: 'hang' });
    expect(await failing()).toBe('silent');
  });

  it('that may not be fetched fails', async () => {
    await api.fault({ method: 'getFile', kind: 'status', status: 400, description: 'Bad Request: file is too big' });
    expect(await failing()).toBe('status 400');
  });

  it('is given up at a stop', async () => {
    const file = await photo();
    await api.fault({ method: 'file', kind: 'hang' });
    const reading = file?.read?.().catch((error: Error) => error.message);
    await until(async () => expect((await api.calls()).file).toBe(1));
    await desk.stop();
    expect(await reading).toBe('stopped');
  });
});

describe('groups', () => {
  it('take the bot in, which is told under one id however often Telegram says it, and put it out', async () => {
    await api.addGroup({ id: -1009, title: '浩尔吐乡', absent: true });
    await api.addsBot(-1009, ZHANG);
    await until(() => expect(desk.of('joined').length).toBeGreaterThanOrEqual(2));
    expect(desk.of('joined')[0]).toMatchObject({ chat: groupRef(-1009), title: '浩尔吐乡' });
    expect(new Set(desk.of('joined').map(({ id }) => id)).size).toBe(1);
    await api.removesBot(-1009, ZHANG);
    await until(() => expect(desk.of('left')[0]).toEqual({ type: 'left', chat: groupRef(-1009) }));
  });

  it('get another title', async () => {
    await api.renames(GROUP, '福山地新村');
    await until(() =>
      expect(desk.of('renamed')).toEqual([{ type: 'renamed', chat: groupRef(GROUP), title: '福山地新村' }]),
    );
  });

  it('move to another id after what was said before, and before what is said after', async () => {
    await desk.stop();
    await says('前');
    await api.migrates(GROUP, SUPER);
    await says('后', SUPER);
    await says('别处', OTHER);
    const order: string[] = [];
    desk.onEvent = async (event) => {
      // The first of the old group takes its time.
      if (event.type === 'message' && event.text === '前') await new Promise((resolve) => setTimeout(resolve, 30));
      order.push(event.type === 'message' ? event.text : event.type);
    };
    await desk.start();
    await heard(3);
    expect(order).toEqual(['别处', '前', 'renamed', 'renamed', '后']);
    for (const moved of desk.of('renamed')) {
      expect(moved).toEqual({
        type: 'renamed',
        chat: groupRef(SUPER),
        title: '福山地村',
        movedFrom: groupRef(GROUP),
      });
    }
  });
});
