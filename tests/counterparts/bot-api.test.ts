/** The Bot API server of the tests answers as Telegram documents: seen by plain HTTP and by telegraf's client. */
import { describe, expect, it } from 'vitest';
import { api, call, GROUP, LI, OTHER, refused, telegram, until, useBotApi, ZHANG } from './bot-api/bench.ts';

useBotApi();

describe('calls', () => {
  it('refuses a wrong token, an unknown method and any other path', async () => {
    expect(await call('getMe', {}, { token: '1:wrong' })).toEqual({
      status: 401,
      ok: false,
      error_code: 401,
      description: 'Unauthorized',
    });
    expect(await call('getTea')).toEqual(refused(404, 'Not Found: method not found'));
    expect((await fetch(`${api.root}/elsewhere`)).status).toBe(404);
  });

  it('takes GET, JSON, urlencoded and multipart alike, and method names in any case', async () => {
    const text = '甲 & 乙 = 😀';
    const url = `${api.root}/bot${api.token}/sendMessage`;
    const form = { chat_id: String(GROUP), text };
    await fetch(`${url}?${new URLSearchParams(form)}`);
    await fetch(url, { method: 'POST', body: new URLSearchParams(form) });
    const multipart = new FormData();
    for (const [name, value] of Object.entries(form)) multipart.set(name, value);
    await fetch(url, { method: 'POST', body: multipart });
    await call('SENDmessage', { chat_id: GROUP, text });
    expect((await api.sent()).map((sent) => sent.text)).toEqual([text, text, text, text]);
    expect(await api.calls()).toEqual({ sendMessage: 4 });
  });

  it('refuses bodies that are not what they say', async () => {
    const post = async (type: string, body: string) => {
      const headers = { 'content-type': type };
      const response = await fetch(`${api.root}/bot${api.token}/getMe`, { method: 'POST', headers, body });
      return response.status;
    };
    expect(await post('application/json', '{"chat_id":')).toBe(400);
    expect(await post('application/json', '3')).toBe(400);
    expect(await post('multipart/form-data', 'x')).toBe(400);
    expect(await post('multipart/form-data; boundary=b', '--b\r\nno end')).toBe(400);
    expect(await post('multipart/form-data; boundary=b', '--b\r\nx: y\r\n\r\nz\r\n--b--')).toBe(400);
  });

  it('says of the bot who it is and whether it reads everything', async () => {
    expect(await telegram.getMe()).toEqual({
      id: 7_000_000_001,
      is_bot: true,
      first_name: 'wangge_bot',
      username: 'wangge_bot',
      can_join_groups: true,
      can_read_all_group_messages: true,
      supports_inline_queries: false,
    });
  });
});

describe('what the bot does', () => {
  it('sends texts with mentions of people and answers', async () => {
    const { messageId } = await api.says({ chat: GROUP, from: ZHANG, text: '/日报 0' });
    const user = { id: ZHANG, is_bot: false, first_name: 'x' };
    const answer = await telegram.sendMessage(GROUP, '\n @张三 收到 ', {
      entities: [{ type: 'text_mention', offset: 2, length: 3, user }],
      reply_parameters: { message_id: messageId },
    });
    expect(answer).toMatchObject({ text: '@张三 收到', reply_to_message: { text: '/日报 0' } });
    const [sent] = await api.sent();
    expect(sent).toEqual({
      chatId: GROUP,
      messageId: answer.message_id,
      method: 'sendMessage',
      text: '@张三 收到',
      entities: [{ type: 'text_mention', offset: 0, length: 3, user: expect.objectContaining({ first_name: '张三' }) }],
      replyTo: messageId,
      at: expect.any(Number),
    });
    expect(Math.abs(Number(sent?.at) - Date.now())).toBeLessThan(60_000);
    expect(await api.sent(1)).toEqual([]);
  });

  it('refuses texts and entities that Telegram would not take', async () => {
    const send = (text: string, further: object = {}) => call('sendMessage', { chat_id: GROUP, text, ...further });
    expect(await send(' \n ')).toEqual(refused(400, 'Bad Request: message text is empty'));
    expect(await send('字'.repeat(4_097))).toEqual(refused(400, 'Bad Request: message is too long'));
    expect((await send('字'.repeat(4_096))).ok).toBe(true);
    expect(await send('好', { entities: [{ type: 'bold', offset: 0, length: 2 }] })).toEqual(
      refused(
        400,
        'Bad Request: entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 2',
      ),
    );
    expect((await send('😀好', { entities: [{ type: 'bold', offset: 1, length: 2 }] })).status).toBe(400);
    expect(await send('好', { parse_mode: 'HTML' })).toEqual(refused(400, 'Bad Request: unsupported parse_mode'));
    expect(await send('好', { reply_parameters: { message_id: 999 } })).toEqual(
      refused(400, 'Bad Request: message to be replied not found'),
    );
    expect((await api.sent()).length).toBe(1);
  });

  it('may not write to chats that are not open to it', async () => {
    const send = (chat_id?: number | string) => call('sendMessage', { chat_id, text: '在吗' });
    expect(await send()).toEqual(refused(400, 'Bad Request: chat_id is empty'));
    expect(await send('@somewhere')).toEqual(refused(400, 'Bad Request: chat not found'));
    expect(await send(-9)).toEqual(refused(400, 'Bad Request: chat not found'));
    expect(await send(ZHANG)).toEqual(refused(403, "Forbidden: bot can't initiate conversation with a user"));
    await telegram.leaveChat(GROUP);
    expect(await send(GROUP)).toEqual(refused(403, 'Forbidden: bot is not a member of the group chat'));
    await api.removesBot(OTHER, LI);
    expect(await send(OTHER)).toEqual(refused(403, 'Forbidden: bot was kicked from the group chat'));
  });

  it('uploads photos, documents and albums, whose bytes and names stay what they were', async () => {
    const picture = Buffer.from([137, 80, 78, 71, 13, 10, 45, 45, 13, 10, 0, 255]);
    const sheet = Buffer.alloc(70_000, '--\r\n表');
    const photo = await telegram.sendPhoto(GROUP, { source: picture }, { caption: '汇总' });
    const document = await telegram.sendDocument(GROUP, {
      source: sheet,
      filename: '日报 "总".xlsx'.replaceAll('"', ''),
    });
    const album = await telegram.sendMediaGroup(GROUP, [
      { type: 'photo', media: { source: picture }, caption: '一' },
      { type: 'photo', media: photo.photo.at(-1)?.file_id ?? '' },
    ]);
    expect(document.document.file_name).toBe('日报 总.xlsx');
    expect(await api.sent()).toMatchObject([
      { method: 'sendPhoto', text: '汇总', photoBytesLength: picture.length },
      { method: 'sendDocument', text: '', document: { name: '日报 总.xlsx', bytesLength: sheet.length } },
      { method: 'sendMediaGroup', text: '一', photoBytesLength: picture.length },
      { method: 'sendMediaGroup', text: '', photoBytesLength: picture.length },
    ]);
    expect(new Set(album.map((each) => 'media_group_id' in each && each.media_group_id)).size).toBe(1);
    expect(Buffer.from(await api.fileOf(document.message_id)).equals(sheet)).toBe(true);
    expect(Buffer.from(await api.fileOf({ chat: GROUP, messageId: photo.message_id })).equals(picture)).toBe(true);
    const long = telegram.sendPhoto(GROUP, { source: picture }, { caption: '字'.repeat(1_025) });
    await expect(long).rejects.toThrow('400: Bad Request: message caption is too long');
    await expect(telegram.sendDocument(GROUP, 'no such file')).rejects.toThrow('wrong remote file identifier');
  });

  it('edits and deletes its own messages only', async () => {
    const { message_id } = await telegram.sendMessage(GROUP, '旧');
    await telegram.editMessageText(GROUP, message_id, undefined, '新');
    await expect(telegram.editMessageText(GROUP, message_id, undefined, '新')).rejects.toThrow('not modified');
    const { messageId } = await api.says({ chat: GROUP, from: ZHANG, text: '别动' });
    await expect(telegram.editMessageText(GROUP, messageId, undefined, '动')).rejects.toThrow("can't be edited");
    await expect(telegram.deleteMessage(GROUP, messageId)).rejects.toThrow("can't be deleted");
    await telegram.deleteMessage(GROUP, message_id);
    expect(await api.sent()).toMatchObject([
      { method: 'sendMessage', text: '旧', deleted: true },
      { method: 'editMessageText', text: '新', messageId: message_id, deleted: true },
    ]);
  });

  it('asks about chats and members, and tells its commands', async () => {
    await api.says({ chat: GROUP, from: LI, text: '在' });
    expect(await telegram.getChat(GROUP)).toEqual({ id: GROUP, type: 'group', title: '福山地村' });
    expect(await telegram.getChatMembersCount(GROUP)).toBe(3);
    expect(await telegram.getChatAdministrators(GROUP)).toMatchObject([{ status: 'creator', user: { id: ZHANG } }]);
    expect(await telegram.getChatMember(GROUP, LI)).toMatchObject({ status: 'member' });
    expect(await telegram.getChatMember(GROUP, 7_000_000_001)).toMatchObject({ status: 'member' });
    await telegram.setMyCommands([{ command: 'help', description: '帮助' }]);
    expect(await api.commands()).toEqual([{ command: 'help', description: '帮助' }]);
    await expect(telegram.setMyCommands([{ command: '日报', description: '报' }])).rejects.toThrow(
      'BOT_COMMAND_INVALID',
    );
    expect([await telegram.close(), await telegram.logOut()]).toEqual([true, true]);
  });

  it('is held to the limits when they are on, and told how long to wait', async () => {
    await api.limits({ chatPerSecond: 1, groupPerMinute: 2, perSecond: 3 });
    await api.says({ chat: ZHANG, text: '你好' });
    const send = (chat_id: number) => call('sendMessage', { chat_id, text: '在' });
    // Both within a second, however slow this machine is at times.
    const [first, second] = await Promise.all([send(GROUP), send(GROUP)]);
    const [taken, tooFast] = first.ok ? [first, second] : [second, first];
    expect(taken.ok).toBe(true);
    expect(tooFast).toEqual(refused(429, 'Too Many Requests: retry after 1', { retry_after: 1 }));
    expect([(await send(OTHER)).ok, (await send(ZHANG)).ok]).toEqual([true, true]);
    await until(async () => (await send(GROUP)).ok);
    await until(async () => Number((await send(GROUP)).parameters?.retry_after) > 50);
    await api.limits(null);
    expect((await send(GROUP)).ok).toBe(true);
  });
});
