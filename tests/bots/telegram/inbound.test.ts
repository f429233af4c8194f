import { describe, expect, it } from 'vitest';
import type { InboundMessage } from '../../../src/bots/adapter.ts';
import { readUpdate } from '../../../src/bots/telegram/inbound.ts';

const BOT = { id: 7_000_000_001, username: 'wangge_bot', name: '网格助手', hearsAll: true };
const GROUP = { id: -1001, type: 'supergroup', title: '福山地村' };
const ZHANG = { id: 101, is_bot: false, first_name: '三', last_name: '张' };
const PRIVATE = { id: 101, type: 'private', first_name: '三' };

const read = (update: object, bot = BOT) =>
  readUpdate({ update_id: 5, ...update }, { bot, readFile: async (id) => new TextEncoder().encode(id) })?.event ?? null;

const message = (fields: object, chat: object = GROUP): object => ({
  message: { message_id: 9, date: 1_700_000_000, chat, from: ZHANG, ...fields },
});
/** The message that the app is told of; an error when it is told something else. */
const said = (fields: object, chat: object = GROUP): InboundMessage => {
  const event = read(message(fields, chat));
  if (event?.type !== 'message') throw new Error(`no message: ${JSON.stringify(event)}`);
  return event;
};
/** A text with the entity that Telegram finds in it. */
const marked = (text: string, span: string, type: string, more: object = {}) => ({
  text,
  entities: [{ type, offset: text.indexOf(span), length: span.length, ...more }],
});

describe('what people say', () => {
  it('is told with chat, sender and moment', () => {
    expect(read(message({ text: '/日报 0' }))).toEqual({
      type: 'message',
      id: '9',
      chat: { platform: 'telegram', id: '-1001', kind: 'group' },
      chatTitle: '福山地村',
      sender: { id: '101', displayName: '三 张' },
      text: '/日报 0',
      attachments: [],
      mentionsBot: false,
      repliesToBot: false,
      sentAt: 1_700_000_000_000,
    });
  });

  it('is direct where only the two are', () => {
    const direct = said({ text: '/我' }, PRIVATE);
    expect(direct.chat).toEqual({ platform: 'telegram', id: '101', kind: 'direct' });
    expect(direct.chatTitle).toBe('');
  });

  it.each([
    ['a channel', { chat: { id: -9, type: 'channel', title: 'x' }, text: '/日报 0' }],
    ['a channel in the group', { text: '/日报 0', sender_chat: { id: -9, type: 'channel' } }],
    ['an anonymous administrator', { text: '/日报 0', sender_chat: GROUP, from: { ...ZHANG, is_bot: true } }],
    ['another bot', { text: '/日报 0', from: { id: 55, is_bot: true, first_name: 'b' } }],
    ['the bot itself', { text: '/日报 0', from: { id: BOT.id, is_bot: true, first_name: 'b' } }],
    ['Telegram, of a pinned message', { pinned_message: { message_id: 1 } }],
    ['Telegram, of a new picture of the group', { new_chat_photo: [] }],
    ['Telegram, of another newcomer', { new_chat_members: [ZHANG] }],
  ])('is not told when it is said by %s', (_, fields) => {
    expect(read(message(fields))).toBeNull();
  });

  it('answers the bot, or somebody else', () => {
    const answering = (id: number) => said({ text: '0', reply_to_message: { message_id: 1, from: { id } } });
    expect(answering(BOT.id).repliesToBot).toBe(true);
    expect(answering(102).repliesToBot).toBe(false);
  });
});

describe('the name of the bot', () => {
  it('is the one that the app knows, wherever it stands', () => {
    expect(said(marked('@wangge_bot /进度', '@wangge_bot', 'mention'))).toMatchObject({
      text: '@网格助手 /进度',
      mentionsBot: true,
    });
    expect(said(marked('📢𠮷 @Wangge_Bot 日报 0', '@Wangge_Bot', 'mention')).text).toBe('📢𠮷 @网格助手 日报 0');
  });

  it('is found where Telegram finds no mention', () => {
    expect(said({ text: '/日报@wangge_bot 0' })).toMatchObject({ text: '/日报@网格助手 0', mentionsBot: true });
    expect(said({ text: '好的\n ／日报@WANGGE_bot' }).text).toBe('好的\n ／日报@网格助手');
    expect(said({ text: '@wangge_bot日报 0' })).toMatchObject({ text: '@网格助手 日报 0', mentionsBot: true });
    expect(said({ text: '请@wangge_bot 看' })).toMatchObject({ text: '请@网格助手 看', mentionsBot: true });
  });

  it('is found where the person has no username to write', () => {
    const fields = marked('网格 日报 0', '网格', 'text_mention', {
      user: { id: BOT.id, is_bot: true, first_name: '网格' },
    });
    expect(said(fields)).toMatchObject({ text: '@网格助手 日报 0', mentionsBot: true });
  });

  it('is not seen in what only looks like it', () => {
    for (const text of ['/日报@wangge_bot2 0', 'zhang@wangge_bot', '/代报@zhangsan 0']) {
      expect(said({ text })).toMatchObject({ text, mentionsBot: false });
    }
    expect(said(marked('@li_si 请报', '@li_si', 'mention'))).toMatchObject({ text: '@li_si 请报', mentionsBot: false });
  });

  it('is read in captions as in texts', () => {
    const { text, entities } = marked('@wangge_bot 日报 0', '@wangge_bot', 'mention');
    expect(said({ caption: text, caption_entities: entities, photo: [] }).text).toBe('@网格助手 日报 0');
  });

  it('leaves a command in Latin letters', () => {
    expect(said(marked('/rb@wangge_bot 0', '/rb@wangge_bot', 'bot_command'))).toMatchObject({
      text: '/rb 0',
      mentionsBot: true,
    });
    expect(said(marked('/rb 0', '/rb', 'bot_command'))).toMatchObject({ text: '/rb 0', mentionsBot: false });
  });

  it('of another bot makes the command none of ours', () => {
    expect(read(message(marked('/rb@otherbot 0', '/rb@otherbot', 'bot_command')))).toBeNull();
    expect(read(message({ text: '/日报@other_bot 0' }))).toBeNull();
    expect(said(marked('别用 /rb@otherbot', '/rb@otherbot', 'bot_command')).text).toBe('别用 /rb@otherbot');
  });

  it('is not looked for by entities that point outside the text', () => {
    const entities = [
      { type: 'mention', offset: 99, length: 11 },
      { type: 'mention', offset: -4, length: 11 },
      { type: 'bot_command', offset: 0, length: 0 },
    ];
    expect(said({ text: '/日报 0', entities }).text).toBe('/日报 0');
  });

  it('is looked for in long hostile lines in no time', () => {
    const start = performance.now();
    said({ text: `/${'日'.repeat(2_000)}@${'a'.repeat(2_000)}` });
    said({ text: '/报@\n'.repeat(1_000) });
    said({ text: `/start${' '.repeat(4_000)}两 词` });
    expect(performance.now() - start).toBeLessThan(200);
  });
});

describe("Telegram's own commands", () => {
  it.each([
    ['/start', '/帮助'],
    ['/help', '/帮助'],
    ['/START  ', '/帮助'],
    ['/start 8F3K2A', '/认领 8F3K2A'],
    ['/started', '/started'],
    ['/start 两个 词', '/start 两个 词'],
  ])('%j alone with the bot is %j', (text, meant) => {
    expect(said({ text }, PRIVATE).text).toBe(meant);
  });

  it('ask for help in groups too, and say nothing by /start there', () => {
    expect(said(marked('/help@wangge_bot', '/help@wangge_bot', 'bot_command')).text).toBe('/帮助');
    expect(read(message(marked('/start@wangge_bot true', '/start@wangge_bot', 'bot_command')))).toBeNull();
  });
});

describe('edits', () => {
  const edited = (fields: object) => ({
    edited_message: {
      message_id: 9,
      date: 1_700_000_000,
      edit_date: 1_700_000_060,
      chat: GROUP,
      from: ZHANG,
      ...fields,
    },
  });

  it('are told with their own moment, and told apart by their update', () => {
    expect(read(edited({ text: '/日报 1' }))).toMatchObject({
      id: '9',
      text: '/日报 1',
      change: 'edited',
      changeId: '5',
      originAt: 1_700_000_000_000,
      sentAt: 1_700_000_060_000,
    });
  });

  it('of captions are edits', () => {
    expect(read(edited({ caption: '/日报 1', photo: [] }))).toMatchObject({ text: '/日报 1', change: 'edited' });
  });

  it('of positions that move, and of polls, are none', () => {
    expect(read(edited({ location: { latitude: 1, longitude: 2, live_period: 60 } }))).toBeNull();
    expect(read(edited({ poll: {} }))).toBeNull();
  });
});

describe('what comes with a message', () => {
  const kinds = (fields: object) =>
    said(fields).attachments.map(({ kind, name, read: get }) => [kind, name, get !== undefined]);

  it('is one picture, in its largest size', async () => {
    const sizes = [
      { file_id: 'small', width: 90, height: 60 },
      { file_id: 'large', width: 1280, height: 800 },
      { file_id: 'middle', width: 320, height: 200 },
    ];
    const [picture] = said({ photo: sizes, caption: '现场' }).attachments;
    expect(picture).toMatchObject({ kind: 'picture', name: 'photo.jpg' });
    expect(new TextDecoder().decode(await picture?.read?.())).toBe('large');
  });

  it.each([
    [{ document: { file_id: 'a', file_name: '名单.xlsx', mime_type: 'application/x' } }, ['file', '名单.xlsx', true]],
    [{ document: { file_id: 'a', file_name: '现场.png', mime_type: 'image/png' } }, ['picture', '现场.png', true]],
    [{ voice: { file_id: 'a' } }, ['voice', 'voice.ogg', true]],
    [{ audio: { file_id: 'a', file_name: '录音.m4a' } }, ['voice', '录音.m4a', true]],
    [{ video: { file_id: 'a' } }, ['file', 'video.mp4', true]],
    [{ video_note: { file_id: 'a' } }, ['file', 'video.mp4', true]],
    [{ sticker: { file_id: 'a' } }, ['other', 'sticker', false]],
    [{ location: {} }, ['other', 'location', false]],
    [{ poll: {} }, ['other', 'poll', false]],
    [{ contact: {} }, ['other', 'contact', false]],
  ])('%j is %j', (fields, attachment) => {
    expect(kinds(fields)).toEqual([attachment]);
  });

  it('is the film once, where Telegram sends it as a document too', () => {
    expect(kinds({ animation: { file_id: 'a' }, document: { file_id: 'a', file_name: 'x.mp4' } })).toEqual([
      ['file', 'x.mp4', true],
    ]);
  });
});

describe('what happens to groups', () => {
  const member = (status: string, more: object = {}) => ({ status, user: { id: BOT.id }, ...more });
  const change = (before: object, after: object, chat: object = GROUP) => ({
    my_chat_member: { chat, from: ZHANG, date: 1_700_000_000, old_chat_member: before, new_chat_member: after },
  });
  const chat = { platform: 'telegram', id: '-1001', kind: 'group' };
  const joined = { type: 'joined', id: '1700000000', chat, title: '福山地村' };

  it('is told the same of a joining, whichever way Telegram says it', () => {
    expect(read(change(member('left'), member('member')))).toEqual(joined);
    expect(read(change(member('kicked'), member('administrator')))).toEqual(joined);
    const service = { new_chat_members: [{ id: BOT.id, is_bot: true, first_name: 'b' }], from: ZHANG };
    expect(read(message(service))).toEqual(joined);
  });

  it('is told when it joins without hearing what people say', () => {
    const shy = { ...BOT, hearsAll: false };
    const service = { new_chat_members: [{ id: BOT.id, is_bot: true, first_name: 'b' }], from: ZHANG };
    expect(read(change(member('left'), member('member')), shy)).toMatchObject({ type: 'joined', deaf: true });
    expect(read(message(service), shy)).toMatchObject({ type: 'joined', deaf: true });
    expect(read(change(member('left'), member('administrator')), shy)).toEqual(joined);
  });

  it('is told of a leaving, whichever way Telegram says it', () => {
    const left = { type: 'left', chat };
    expect(read(change(member('member'), member('kicked')))).toEqual(left);
    expect(read(change(member('administrator'), member('left')))).toEqual(left);
    expect(read(change(member('restricted', { is_member: true }), member('restricted', { is_member: false })))).toEqual(
      left,
    );
    expect(read(message({ left_chat_member: { id: BOT.id, is_bot: true, first_name: 'b' } }))).toEqual(left);
  });

  it('is not told of new rights, of people who block the bot, of channels, of others who come and go', () => {
    expect(read(change(member('member'), member('administrator')))).toBeNull();
    expect(read(change(member('member'), member('restricted', { is_member: true })))).toBeNull();
    expect(read(change(member('member'), member('kicked'), PRIVATE))).toBeNull();
    expect(read(change(member('left'), member('administrator'), { id: -9, type: 'channel' }))).toBeNull();
    expect(read(message({ left_chat_member: ZHANG }))).toBeNull();
  });

  it('is told of a new title', () => {
    const titled = { ...GROUP, title: '福山地新村' };
    expect(read(message({ new_chat_title: '福山地新村' }, titled))).toEqual({
      type: 'renamed',
      chat,
      title: '福山地新村',
    });
  });

  it('is told of a new id, whichever of the two groups says it, also when Telegram itself speaks', () => {
    const moved = {
      type: 'renamed',
      chat: { platform: 'telegram', id: '-100777', kind: 'group' },
      title: '福山地村',
      movedFrom: chat,
    };
    const anonymous = { id: 1087968824, is_bot: true, first_name: 'Group' };
    expect(read(message({ migrate_to_chat_id: -100777 }, { ...GROUP, type: 'group' }))).toEqual(moved);
    const inNew = { migrate_from_chat_id: -1001, from: anonymous, sender_chat: { id: -100777 } };
    expect(read(message(inNew, { ...GROUP, id: -100777 }))).toEqual(moved);
  });
});

describe('an update of an unknown kind', () => {
  it('is nothing for the app', () => {
    expect(read({ poll_answer: {} })).toBeNull();
    expect(read({})).toBeNull();
  });

  it('that breaks the known shape is an error', () => {
    expect(() => read({ message: { message_id: 'nine' } })).toThrow();
  });
});

it('what only adds to a message keeps nobody’s words from being read', () => {
  const odd = { photo: null, voice: { file_id: 7 }, reply_to_message: 'x', entities: [{ type: 'bold' }] };
  expect(said({ text: '/日报 0', ...odd })).toMatchObject({ text: '/日报 0' });
});
