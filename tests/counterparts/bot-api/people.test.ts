/** What people do in chats, as the bot gets to know it. */
import type { TelegramError } from 'telegraf';
import { describe, expect, it } from 'vitest';
import { BotApi } from '../bot-api.ts';
import { api, call, GROUP, LI, OTHER, refused, SUPER, settle, telegram, updates, useBotApi, ZHANG } from './bench.ts';

useBotApi();

describe('what people do', () => {
  it('delivers messages with their chat, sender, time and what they answer', async () => {
    const date = 1_795_237_200;
    const first = await api.says({ chat: GROUP, from: ZHANG, text: '在吗', date });
    await api.says({ chat: GROUP, from: LI, text: '在', replyTo: first.messageId });
    const [asked, answered] = await updates();
    expect(asked?.message).toEqual({
      message_id: first.messageId,
      from: { id: ZHANG, is_bot: false, first_name: '张三' },
      chat: { id: GROUP, type: 'group', title: '福山地村' },
      date,
      text: '在吗',
    });
    expect(answered?.message?.reply_to_message).toEqual(asked?.message);
    expect(Math.abs(Number(answered?.message?.date) - Date.now() / 1000)).toBeLessThan(60);
  });

  it('marks mentions and commands as Telegram does: Latin ones only, and nothing next to a Chinese character', async () => {
    const marks = async (text: string) => {
      const { updateId } = await api.says({ chat: GROUP, from: ZHANG, text });
      const [update] = await updates({ offset: updateId });
      const entities = (update?.message?.entities ?? []) as { type: string; offset: number; length: number }[];
      return entities.map(({ type, offset, length }) => `${type} ${text.slice(offset, offset + length)}`);
    };
    expect(await marks('/日报 0')).toEqual([]);
    expect(await marks('/ribao 0 /ribao@wangge_bot')).toEqual(['bot_command /ribao', 'bot_command /ribao@wangge_bot']);
    expect(await marks('/ribao日报 a/b')).toEqual([]);
    expect(await marks('😀 @wangge_bot 日报 0')).toEqual(['mention @wangge_bot']);
    expect(await marks('你好@wangge_bot')).toEqual([]);
    expect(await marks('@wangge_bot日报 0')).toEqual([]);
    expect(await marks('a@b.cn @x')).toEqual([]);
  });

  it('delivers edits under the id of the message', async () => {
    const { messageId } = await api.says({ chat: GROUP, from: ZHANG, text: '/日报 0', date: 1_795_237_200 });
    await api.edits({ chat: GROUP, messageId }, '/日报 2', { date: 1_795_237_260 });
    expect((await updates()).at(-1)?.edited_message).toMatchObject({
      message_id: messageId,
      text: '/日报 2',
      date: 1_795_237_200,
      edit_date: 1_795_237_260,
    });
  });

  it('counts message ids together in groups and private chats, and anew in each supergroup', async () => {
    await api.addGroup({ id: SUPER, title: '大群', supergroup: true });
    const ids = await api.saysMany([
      { chat: GROUP, from: ZHANG, text: '一' },
      { chat: OTHER, from: ZHANG, text: '二' },
      { chat: ZHANG, text: '三' },
      { chat: SUPER, from: ZHANG, text: '四' },
    ]);
    expect(ids.map(({ messageId }) => messageId)).toEqual([1, 2, 3, 1]);
    await expect(api.edits(1, '改')).rejects.toThrow('name the chat');
  });

  it('hides from a bot in privacy mode what is not meant for it', async () => {
    const shy = await BotApi.start({ privacy: true });
    try {
      await settle(shy);
      await shy.addGroup({ id: SUPER, title: '管理群', admin: true });
      const mine = await call('sendMessage', { chat_id: GROUP, text: '请报' }, { server: shy });
      const replyTo = (mine.result as { message_id: number }).message_id;
      const said = await shy.saysMany([
        { chat: GROUP, from: ZHANG, text: '/日报 0' },
        { chat: GROUP, from: ZHANG, text: '日报 @li_si' },
        { chat: GROUP, from: ZHANG, text: '/ribao@other_bot 0' },
        { chat: GROUP, from: ZHANG, text: '/ribao 0' },
        { chat: GROUP, from: ZHANG, text: '@Wangge_Bot 日报 0' },
        { chat: GROUP, from: ZHANG, text: '日报 0', replyTo },
        { chat: SUPER, from: ZHANG, text: '/日报 1' },
        { chat: ZHANG, text: '/日报 2' },
      ]);
      expect(said.map(({ updateId }) => updateId !== null)).toEqual([
        false,
        false,
        false,
        true,
        true,
        true,
        true,
        true,
      ]);
      expect((await updates({}, shy)).map(({ message }) => message?.text)).toEqual([
        '/ribao 0',
        '@Wangge_Bot 日报 0',
        '日报 0',
        '/日报 1',
        '/日报 2',
      ]);
      expect((await call('getMe', {}, { server: shy })).result).toMatchObject({ can_read_all_group_messages: false });
      const first = said[0];
      expect((await shy.edits(Number(first?.messageId), '/日报 9')).updateId).toBeNull();
    } finally {
      await shy.end();
    }
  });

  it('tells of a group that becomes a supergroup, and refuses the old id from then on', async () => {
    await api.says({ chat: GROUP, from: LI, text: '在' });
    await api.migrates(GROUP, SUPER);
    const [, old, fresh] = await updates();
    expect(old?.message).toMatchObject({ chat: { id: GROUP, type: 'group' }, migrate_to_chat_id: SUPER });
    expect(fresh?.message).toMatchObject({
      message_id: 1,
      chat: { id: SUPER, type: 'supergroup', title: '福山地村' },
      migrate_from_chat_id: GROUP,
    });
    const sending = telegram.sendMessage(GROUP, '收到');
    await expect(sending).rejects.toSatisfy(({ response }: TelegramError) => {
      expect(response).toMatchObject({
        error_code: 400,
        description: 'Bad Request: group chat was upgraded to a supergroup chat',
        parameters: { migrate_to_chat_id: SUPER },
      });
      return true;
    });
    expect(await telegram.sendMessage(SUPER, '收到')).toMatchObject({ chat: { id: SUPER }, message_id: 2 });
    expect(await telegram.getChatMembersCount(SUPER)).toBe(3);
  });

  it('tells of a new title, of being added and removed, and of being blocked', async () => {
    await api.renames(GROUP, '福山地村工作群');
    await api.addGroup({ id: SUPER, title: '新群', supergroup: true, absent: true });
    await expect(telegram.sendMessage(SUPER, '在吗')).rejects.toThrow('400: Bad Request: chat not found');
    await api.addsBot(SUPER, ZHANG);
    await telegram.sendMessage(SUPER, '在');
    await api.removesBot(SUPER, ZHANG);
    await api.says({ chat: LI, text: '你好' });
    await api.blocks(LI);
    const seen = await updates();
    const bot = { user: expect.objectContaining({ username: 'wangge_bot' }) };
    expect(seen.map(({ message, my_chat_member }) => message ?? my_chat_member)).toMatchObject([
      { chat: { id: GROUP }, new_chat_title: '福山地村工作群' },
      { chat: { id: SUPER }, old_chat_member: { ...bot, status: 'left' }, new_chat_member: { status: 'member' } },
      { chat: { id: SUPER }, new_chat_members: [{ username: 'wangge_bot' }] },
      { chat: { id: SUPER }, old_chat_member: { status: 'member' }, new_chat_member: { status: 'kicked' } },
      { chat: { id: SUPER }, left_chat_member: { username: 'wangge_bot' } },
      { text: '你好' },
      { chat: { id: LI, type: 'private' }, new_chat_member: { status: 'kicked' } },
    ]);
    expect((await telegram.getChat(GROUP)) as object).toMatchObject({ title: '福山地村工作群' });
    expect(await call('sendMessage', { chat_id: SUPER, text: '在吗' })).toEqual(
      refused(403, 'Forbidden: bot was kicked from the supergroup chat'),
    );
    expect(await call('sendMessage', { chat_id: LI, text: '在吗' })).toEqual(
      refused(403, 'Forbidden: bot was blocked by the user'),
    );
    await api.says({ chat: LI, text: '回来了' });
    expect((await call('sendMessage', { chat_id: LI, text: '在吗' })).ok).toBe(true);
    expect((await api.says({ chat: SUPER, from: ZHANG, text: '机器人不在' })).updateId).toBeNull();
  });

  it('gives the bot the files of people', async () => {
    const picture = new Uint8Array([137, 80, 78, 71, 0, 255, 13, 10]);
    const sheet = new Uint8Array(50_000).map((_, at) => at % 251);
    await api.says({ chat: GROUP, from: ZHANG, photo: picture, caption: '/日报 0 @wangge_bot' });
    await api.says({ chat: GROUP, from: ZHANG, document: { name: '名册.xlsx', bytes: sheet } });
    const [photo, document] = await updates();
    expect(photo?.message).toMatchObject({ caption: '/日报 0 @wangge_bot', caption_entities: [{ type: 'mention' }] });
    const [size] = (photo?.message?.photo ?? []) as { file_id: string }[];
    const read = async (fileId: string) => {
      const { file_path = '' } = await telegram.getFile(fileId);
      return new Uint8Array(await (await fetch(`${api.root}/file/bot${api.token}/${file_path}`)).arrayBuffer());
    };
    expect(await read(String(size?.file_id))).toEqual(picture);
    const { file_id = '', file_name } = (document?.message?.document ?? {}) as { file_id?: string; file_name?: string };
    expect(file_name).toBe('名册.xlsx');
    expect(await read(file_id)).toEqual(sheet);
    expect((await fetch(`${api.root}/file/bot${api.token}/photos/none.jpg`)).status).toBe(404);
  });

  it('delivers voice messages, and whatever else a test puts into a message', async () => {
    const bytes = new Uint8Array([79, 103, 103, 83]);
    const { messageId } = await api.says({ chat: ZHANG, voice: bytes });
    await api.says({ chat: ZHANG, extra: { sticker: { emoji: '👍' } } });
    const [voice, sticker] = await updates();
    expect(voice?.message?.voice).toMatchObject({ file_size: 4, duration: 1 });
    expect(new Uint8Array(await api.fileOf(messageId))).toEqual(bytes);
    expect(sticker?.message).toMatchObject({ sticker: { emoji: '👍' } });
  });
});
