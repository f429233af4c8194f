import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OutboundAttachment } from '../../../src/bots/adapter.ts';
import { marked } from '../../../src/bots/wechaty/sending.ts';
import { type Sent, WechatCounterpart } from '../../counterparts/puppet.ts';
import { soon } from '../../support/soon.ts';
import { accountOf, Desk, direct, group, text } from './desk.ts';

const ROOM = group('fushan@chatroom');
const SEND = 600;

describe('what the bot sends on WeChat', () => {
  let wechat: WechatCounterpart;
  let desk: Desk;
  let before: number;

  beforeAll(async () => {
    wechat = await WechatCounterpart.start({ self: { id: 'bot', name: '网格助手' } });
    await wechat.addContact({ id: 'zhang', name: '张三' });
    await wechat.addRoom({ id: ROOM.id, topic: '福山地村', members: ['zhang', 'li'] });
  });
  afterAll(() => wechat.end());
  beforeEach(async () => {
    before = (await wechat.sent()).length;
    desk = await new Desk([accountOf(wechat)], { send: SEND, transfer: SEND }).start();
  });
  afterEach(async () => {
    await desk.adapter.stop();
    if (!wechat.running) await wechat.up();
    await wechat.clearFaults();
  });

  /** What WeChat has taken in this test. */
  const sent = (): Promise<Sent[]> => wechat.sent(before);
  const file = (bytes: Uint8Array, name = '表.xlsx'): OutboundAttachment => ({
    name,
    kind: 'workbook',
    content: async () => bytes,
  });
  const withFiles = (...attachments: OutboundAttachment[]) => ({ text: '', mentions: [], attachments });

  it('arrives in a group and in private, under the id that the platform gives', async () => {
    const one = await desk.adapter.send(ROOM, text('收到'));
    const two = await desk.adapter.send(direct('zhang'), text('好'));
    expect(await sent()).toMatchObject([
      { id: one.messageId, conversationId: ROOM.id, text: '收到', mentionIds: [] },
      { id: two.messageId, conversationId: 'zhang', text: '好' },
    ]);
  });

  it('mentions people by id and with the space that WeChat wants behind their names', async () => {
    const mentions = [
      { id: 'zhang', name: '张三' },
      { id: 'li', name: '张三丰' },
    ];
    await desk.adapter.send(ROOM, { text: '@张三丰 @张三 请报 @张三', mentions, attachments: [] });
    expect(await sent()).toMatchObject([
      { text: '@张三丰\u2005@张三\u2005请报 @张三\u2005', mentionIds: ['zhang', 'li'] },
    ]);
  });

  it('marks no name that is not mentioned, and none twice', () => {
    expect(marked('@李四 @张三，@张三\u2005好', [{ id: 'zhang', name: '张三' }])).toBe(
      '@李四 @张三\u2005，@张三\u2005好',
    );
    expect(marked('@李四 好', [])).toBe('@李四 好');
  });

  it.each([100, 300_000])('carries a file of %i bytes unharmed', async (size) => {
    const bytes = Buffer.alloc(size, 'gridbot');
    const { messageId } = await desk.adapter.send(ROOM, withFiles(file(bytes, '日报.xlsx')));
    expect(await sent()).toMatchObject([{ id: messageId, text: null, file: { name: '日报.xlsx', size } }]);
    expect((await wechat.fileOf(messageId ?? '')).equals(bytes)).toBe(true);
  });

  it('leaves out a file that cannot be made, and is nothing when that was all', async () => {
    const missing: OutboundAttachment = { name: 'a.png', kind: 'picture', content: async () => null };
    const broken: OutboundAttachment = { ...missing, content: () => Promise.reject(new Error('no font')) };
    expect(await desk.adapter.send(ROOM, withFiles(missing, broken))).toEqual({ messageId: null });
    expect(await sent()).toEqual([]);
  });

  it.each([
    ['messageSendFile', 100],
    ['messageSendFile', 300_000],
    ['upload', 300_000],
  ])('does not go twice when %s fails for a file of %i bytes', async (method, size) => {
    await wechat.fault({ method, kind: method === 'upload' ? 'error' : 'deliverThenError', times: 1 });
    const kind = method === 'upload' ? 'unavailable' : 'unknown';
    await expect(desk.adapter.send(ROOM, withFiles(file(Buffer.alloc(size, 1))))).rejects.toMatchObject({ kind });
    expect(await sent()).toHaveLength(method === 'upload' ? 0 : 1);
    expect(await wechat.calls()).not.toHaveProperty('messageSendFileStream');
  });

  it('is refused for a group that no account is in', async () => {
    await expect(desk.adapter.send(group('nowhere@chatroom'), text('在吗'))).rejects.toMatchObject({ kind: 'refused' });
  });

  it('is refused when the service says that the bot is not a member, though nobody has told it', async () => {
    await wechat.addRoom({ id: 'kicked@chatroom', topic: '六网格', members: ['zhang'] });
    await desk.adapter.send(group('kicked@chatroom'), text('还在'));
    await wechat.fault({ kind: 'silence' });
    await wechat.leaves('kicked@chatroom', 'bot', 'zhang');
    const sending = desk.adapter.send(group('kicked@chatroom'), text('在吗'));
    await expect(sending).rejects.toMatchObject({ kind: 'refused' });
  });

  it('is of unknown fate when no answer comes in time, whether it was taken or not', async () => {
    await wechat.fault({ method: 'messageSendText', kind: 'deliverThenHang', times: 1 });
    await expect(desk.adapter.send(ROOM, text('一'))).rejects.toMatchObject({ kind: 'unknown' });
    await wechat.fault({ method: 'messageSendFile', kind: 'hang', times: 1 });
    await expect(desk.adapter.send(ROOM, withFiles(file(Buffer.alloc(9))))).rejects.toMatchObject({ kind: 'unknown' });
    expect((await sent()).map((each) => each.text)).toEqual(['一']);
  });

  it('is of unknown fate when the connection breaks under it, unavailable without one, and goes through with the next', async () => {
    await wechat.fault({ method: 'messageSendText', kind: 'deliverThenDie', times: 1 });
    await expect(desk.adapter.send(ROOM, text('二'))).rejects.toMatchObject({ kind: 'unknown' });
    await soon(() => expect(wechat.running).toBe(false));
    await expect(desk.adapter.send(ROOM, text('三'))).rejects.toMatchObject({ kind: 'unavailable' });
    await expect(desk.adapter.send(direct('zhang'), text('三'))).rejects.toMatchObject({ kind: 'unavailable' });
    await wechat.up();
    await desk.connected();
    await desk.adapter.send(ROOM, text('四'));
    expect((await sent()).map((each) => each.text)).toEqual(['二', '四']);
  });

  it('is of unknown fate when the service fails without saying what', async () => {
    await wechat.fault({ method: 'messageSendText', kind: 'deliverThenError', times: 1 });
    const failure = await desk.adapter.send(ROOM, text('四')).catch((error: unknown) => error);
    expect(failure).toMatchObject({ kind: 'unknown', message: 'the service failed' });
  });

  it('does not repeat the text when the file after it fails', async () => {
    await wechat.fault({ method: 'upload', kind: 'error', times: 1 });
    const both = { text: '五', mentions: [], attachments: [file(Buffer.alloc(300_000))] };
    await expect(desk.adapter.send(ROOM, both)).rejects.toMatchObject({ kind: 'unknown' });
  });
});
