import { describe, expect, it } from 'vitest';
import { type payloads, types } from 'wechaty-puppet';
import { instantOf, isSaid, type MessageFacts, translate } from '../../../src/bots/wechaty/translate.ts';

const { Message } = types;
const NOW = Date.parse('2026-11-23T18:00:00+08:00');

const FACTS: MessageFacts = {
  me: { id: 'bot', names: ['小助手'] },
  botName: '网格助手',
  senderName: '张三',
  roomTopic: '福山地村',
  now: NOW,
  readFile: async () => Buffer.from('bytes'),
};

const payload = (change: Partial<payloads.Message>): payloads.Message =>
  ({
    id: 'm1',
    talkerId: 'zhang',
    roomId: 'r@chatroom',
    type: Message.Text,
    text: '',
    timestamp: NOW,
    ...change,
  }) as payloads.Message;

const read = (change: Partial<payloads.Message>) => translate(payload(change), FACTS);

describe('a message of WeChat', () => {
  it('keeps its id, its chat, its sender and its moment', () => {
    expect(read({ text: '/日报 0' })).toEqual({
      type: 'message',
      id: 'm1',
      chat: { platform: 'wechat', id: 'r@chatroom', kind: 'group' },
      chatTitle: '福山地村',
      sender: { id: 'zhang', displayName: '张三' },
      text: '/日报 0',
      attachments: [],
      mentionsBot: false,
      repliesToBot: false,
      sentAt: NOW,
    });
  });

  it('is a direct one, of the other end, when it has no room', () => {
    expect(read({ roomId: '' })?.chat).toEqual({ platform: 'wechat', id: 'zhang', kind: 'direct' });
  });

  it.each([
    [Message.Image, 'picture'],
    [Message.Audio, 'voice'],
    [Message.Attachment, 'file'],
    [Message.Video, 'file'],
  ])('of type %i is a file that can be read', async (type, kind) => {
    const message = read({ type, text: '<msg>xml</msg>', filename: 'a.bin' });
    expect(message).toMatchObject({ text: '', attachments: [{ kind, name: 'a.bin' }] });
    expect(await message?.attachments[0]?.read?.()).toEqual(Buffer.from('bytes'));
  });

  it.each([Message.Url, Message.MiniProgram, Message.Location, Message.Emoticon, Message.Contact])(
    'of type %i is something else, and its XML is no text',
    (type) => {
      expect(read({ type, text: '<msg>/日报 0</msg>' })).toMatchObject({ text: '', attachments: [{ kind: 'other' }] });
    },
  );

  it('typed with WeChat’s own chain tool is the chain', () => {
    expect(read({ type: Message.GroupNote, text: '#接龙\n1. 张三 0' })?.text).toBe('#接龙\n1. 张三 0');
    const xml = '<msg><appmsg><title>#接龙\n1. 张三 &lt;0&gt;</title></appmsg></msg>';
    expect(read({ type: Message.GroupNote, text: xml })?.text).toBe('#接龙\n1. 张三 <0>');
  });

  it('that takes another one back names it', () => {
    const recalled = { id: 'm0', change: 'recalled', text: '' };
    expect(read({ type: Message.Recalled, text: 'm0' })).toMatchObject(recalled);
    const xml = '<sysmsg type="revokemsg"><revokemsg><msgid>17</msgid><newmsgid>m0</newmsgid></revokemsg></sysmsg>';
    expect(read({ type: Message.Recalled, text: xml })).toMatchObject(recalled);
  });

  it('that takes back nobody knows what is nothing', () => {
    expect(read({ type: Message.Recalled, text: '"张三" 撤回了一条消息' })).toBeNull();
  });

  it('answers the bot when it quotes it', () => {
    const quote = (name: string): string => `「${name}：还缺三网格」\n- - - - - - - - - - - - - - -\n三网格 0`;
    expect(read({ text: quote('小助手') })).toMatchObject({ text: '三网格 0', repliesToBot: true });
    expect(read({ text: quote('李四') })).toMatchObject({ text: '三网格 0', repliesToBot: false });
  });

  it.each([
    ['the platform itself', { talkerId: '' }],
    ['the room itself', { talkerId: 'r@chatroom' }],
    ['a type that nobody knows', { type: 99 as types.Message }],
    ['a line of the system', { type: Message.Unknown, text: '你已添加了张三' }],
  ])('is none when it is from %s', (_, change) => {
    expect(isSaid(payload(change))).toBe(false);
  });
});

describe('a moment', () => {
  it('is read in seconds and in milliseconds', () => {
    expect([instantOf(NOW, 0), instantOf(NOW / 1_000, 0)]).toEqual([NOW, NOW]);
  });

  it.each([0, -1, Number.NaN])('is now where the service gives %d', (timestamp) => {
    expect(instantOf(timestamp, NOW)).toBe(NOW);
  });
});
