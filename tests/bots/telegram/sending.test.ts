/** What is sent arrives as it was meant, and what became of it is told truly. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OutboundAttachment, OutboundMessage, SendError, SendErrorKind } from '../../../src/bots/adapter.ts';
import { BotApi, type Fault, TELEGRAM_LIMITS } from '../../counterparts/bot-api.ts';
import { Desk, type DeskOptions, GROUP, LI, OTHER, PROMPTLY, people, TOKEN, until, ZHANG } from './desk.ts';

const SUPER = -1_000_000_000_077;

let api: BotApi;
let desk: Desk;

beforeAll(async () => {
  api = await BotApi.start({ token: TOKEN });
});
beforeEach(async () => {
  await people(api);
  await open();
});
afterEach(async () => {
  api.thaw();
  await api.up();
  await desk.stop();
  expect(desk.openTimers).toBe(0);
});
afterAll(() => api.end());

const open = async (options: DeskOptions = {}): Promise<void> => {
  await desk?.stop();
  desk = new Desk(api.root, options);
  await desk.start();
};
const file = (kind: OutboundAttachment['kind'], bytes: Uint8Array | null, name = '日报.bin'): OutboundAttachment => ({
  kind,
  name,
  content: async () => bytes,
});
const PICTURE = new Uint8Array([137, 80, 78, 71]);
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

const failure = (message: string | Partial<OutboundMessage>, chat?: number): Promise<SendError> =>
  desk.send(message, chat).then(
    () => Promise.reject(new Error('it was sent')),
    (error: SendError) => error,
  );
const failsAs = async (kind: SendErrorKind, message: string | Partial<OutboundMessage> = '好', chat?: number) => {
  const error = await failure(message, chat);
  expect([error.name, error.kind]).toEqual(['SendError', kind]);
  expect(`${error.message} ${error.stack} ${JSON.stringify(error)} ${String(error.cause)}`).not.toContain(
    TOKEN.slice(11),
  );
  return error;
};

describe('a text', () => {
  it('arrives in its chat and no other, and its id is told', async () => {
    const { messageId } = await desk.send('收到');
    const sent = await api.sent();
    expect(sent).toMatchObject([{ chatId: GROUP, method: 'sendMessage', text: '收到', entities: [] }]);
    expect(messageId).toBe(String(sent[0]?.messageId));
  });

  it('points at those it mentions', async () => {
    const text = '⏰ @张三 @李四 还没报,@张三 请发 /日报 0';
    await desk.send({
      text,
      mentions: [
        { id: String(ZHANG), name: '张三' },
        { id: String(LI), name: '李四' },
      ],
    });
    const [sent] = await api.sent();
    const pointed = sent?.entities.map((each) => [
      each.type,
      each.user?.id,
      text.slice(each.offset, each.offset + each.length),
    ]);
    expect(pointed).toEqual([
      ['text_mention', ZHANG, '@张三'],
      ['text_mention', LI, '@李四'],
      ['text_mention', ZHANG, '@张三'],
    ]);
  });

  it('of the greatest length arrives whole', async () => {
    await desk.send('长'.repeat(desk.adapter.shape.textLimit));
    expect((await api.sent())[0]?.text).toHaveLength(4096);
  });

  it('goes to a person who has written to the bot', async () => {
    await api.says({ chat: ZHANG, text: '/我' });
    await desk.adapter.send(
      { platform: 'telegram', id: String(ZHANG), kind: 'direct' },
      { text: '你好', mentions: [], attachments: [] },
    );
    expect((await api.sent())[0]).toMatchObject({ chatId: ZHANG, text: '你好' });
  });
});

describe('a file', () => {
  it('that is a picture arrives with its text and whom that mentions', async () => {
    const mentions = [{ id: String(ZHANG), name: '张三' }];
    await desk.send({ text: '汇总 @张三', mentions, attachments: [file('picture', PICTURE, '汇总.png')] });
    const [sent] = await api.sent();
    expect(sent).toMatchObject({ method: 'sendPhoto', text: '汇总 @张三', photoBytesLength: 4 });
    expect(sent?.entities).toMatchObject([{ type: 'text_mention', offset: 3, length: 3, user: { id: ZHANG } }]);
    expect(new Uint8Array(await api.fileOf(sent?.messageId ?? 0))).toEqual(PICTURE);
  });

  it('that is a workbook arrives with its Chinese name and every byte', async () => {
    const bytes = new Uint8Array(300_000).map((_, n) => (n * 31) % 256);
    await desk.send({ attachments: [file('workbook', bytes, '福山地村 11月23日 日报.xlsx')] });
    const [sent] = await api.sent();
    expect(sent).toMatchObject({
      method: 'sendDocument',
      text: '',
      document: { name: '福山地村 11月23日 日报.xlsx', bytesLength: 300_000 },
    });
    expect(Buffer.compare(await api.fileOf(sent?.messageId ?? 0), bytes)).toBe(0);
  });

  it('cannot leave its name', async () => {
    await desk.send({ attachments: [file('workbook', PICTURE, '"福山地"\r\n日报.xlsx')] });
    expect((await api.sent())[0]?.document?.name).toBe('_福山地___日报.xlsx');
  });

  it('that is a part of a larger buffer arrives as that part', async () => {
    await desk.send({ attachments: [file('workbook', bytesOf('0123456789').subarray(3, 6))] });
    const [sent] = await api.sent();
    expect(new TextDecoder().decode(await api.fileOf(sent?.messageId ?? 0))).toBe('345');
  });

  it.each([
    ['has the wrong shape', 'Bad Request: PHOTO_INVALID_DIMENSIONS', 400],
    ['cannot be kept', 'Bad Request: PHOTO_SAVE_FILE_INVALID', 400],
    ['is too big', 'Bad Request: file is too big', 400],
    ['is far too big', 'Request Entity Too Large', 413],
  ])('that Telegram takes for no picture, since it %s, goes as a document', async (_, description, status) => {
    await api.fault({ method: 'sendPhoto', kind: 'status', status, description });
    await desk.send({ text: '汇总', attachments: [file('picture', PICTURE, '汇总.png')] });
    const sent = await api.sent();
    expect(sent).toMatchObject([
      { method: 'sendDocument', text: '汇总', document: { name: '汇总.png', bytesLength: 4 } },
    ]);
  });

  it('that cannot be made leaves its text alone', async () => {
    await desk.send({ text: '汇总', attachments: [file('picture', null)] });
    expect(await api.sent()).toMatchObject([{ method: 'sendMessage', text: '汇总' }]);
  });

  it.each<[string, () => Promise<Uint8Array | null>]>([
    ['fails', () => Promise.reject(new Error('no font'))],
    ['never ends', () => new Promise(() => undefined)],
    [
      'throws',
      () => {
        throw new Error('no font');
      },
    ],
  ])('whose making %s leaves its text alone', async (_, content) => {
    await desk.send({ text: '汇总', attachments: [{ kind: 'picture', name: 'x.png', content }] });
    expect(await api.sent()).toMatchObject([{ method: 'sendMessage', text: '汇总' }]);
  });

  it('that cannot be made and has no text is nothing to send', async () => {
    expect(await desk.send({ attachments: [file('workbook', null)] })).toEqual({ messageId: null });
    expect(await api.sent()).toEqual([]);
  });

  it('that a group does not allow leaves its text alone', async () => {
    const description = 'Bad Request: not enough rights to send photos to the chat';
    await api.fault({ method: 'sendPhoto', kind: 'status', status: 400, description, times: 'always' });
    await desk.send({ text: '汇总', attachments: [file('picture', PICTURE)] });
    expect(await api.sent()).toMatchObject([{ method: 'sendMessage', text: '汇总' }]);
    await failsAs('refused', { attachments: [file('picture', PICTURE)] });
  });

  it('is not one of several, which Telegram shows apart', async () => {
    await failsAs('refused', { text: 'x', attachments: [file('picture', PICTURE), file('workbook', PICTURE)] });
    expect(await api.sent()).toEqual([]);
  });
});

describe('many sends', () => {
  it('at once all arrive, and nothing warns of them', async () => {
    await open({ times: { call: 20_000, send: 20_000 } });
    const warnings: Error[] = [];
    const warned = (warning: Error): void => void warnings.push(warning);
    process.on('warning', warned);
    await Promise.all(Array.from({ length: 40 }, (_, n) => desk.send(`第${n}条`)));
    await new Promise(setImmediate);
    process.off('warning', warned);
    expect(await api.sent()).toHaveLength(40);
    expect(warnings).toEqual([]);
  });
});

describe('a send that fails', () => {
  it('for good is refused', async () => {
    await failsAs('refused', '好', -4242);
    await failsAs('refused', '好', LI);
    await api.says({ chat: ZHANG, text: '/我' });
    await api.blocks(ZHANG);
    await failsAs('refused', '好', ZHANG);
    await api.removesBot(GROUP, ZHANG);
    await failsAs('refused', '好', GROUP);
    expect(await api.sent()).toEqual([]);
  });

  it('for a chat that cannot be one is refused without asking', async () => {
    const chat = { platform: 'telegram', id: 'room@chatroom', kind: 'group' } as const;
    await expect(desk.adapter.send(chat, { text: '好', mentions: [], attachments: [] })).rejects.toMatchObject({
      kind: 'refused',
    });
    expect((await api.calls()).sendMessage).toBeUndefined();
  });

  it.each([
    'Bad Request: not enough rights to send text messages to the chat',
    'Bad Request: have no rights to send a message',
    'Bad Request: TOPIC_CLOSED',
    'Forbidden: the group chat was deactivated',
    "Bad Request: can't parse entities",
  ])('with "%s" is refused, and says why', async (description) => {
    await api.fault({
      method: 'sendMessage',
      kind: 'status',
      status: description.startsWith('F') ? 403 : 400,
      description,
    });
    expect((await failsAs('refused')).message).toContain(description);
  });

  it('for the pace of the bot is told how long to wait', async () => {
    await api.limits(TELEGRAM_LIMITS);
    // The second within a second, however slow this machine is at times.
    await desk.send('一');
    const error = await until(() => failsAs('busy', '二'));
    expect(error.retryAfterMs).toBe(1_000);
    await api.fault({ method: 'sendMessage', kind: 'status', status: 429, parameters: { retry_after: 37 } });
    expect((await failsAs('busy', '三', OTHER)).retryAfterMs).toBe(37_000);
  });

  it.each<[SendErrorKind, string, Fault]>([
    ['unavailable', 'the token was revoked', { kind: 'status', status: 401 }],
    ['unavailable', 'the server is in trouble', { kind: 'status', status: 500 }],
    ['unavailable', 'the server is starting', { kind: 'status', status: 503 }],
    ['unknown', 'the gateway got no answer', { kind: 'status', status: 502 }],
    ['unknown', 'the gateway waited too long', { kind: 'status', status: 504 }],
    ['unknown', 'the connection broke', { kind: 'drop' }],
    ['unknown', 'it was delivered and the connection broke', { kind: 'deliverThenDrop' }],
    ['unknown', 'the answer was cut', { kind: 'cut' }],
    ['unknown', 'the answer is no JSON', { kind: 'garbage' }],
    ['unknown', 'no answer came', { kind: 'hang' }],
    ['unknown', 'it was delivered and no answer came', { kind: 'deliverThenHang' }],
  ])('is %s when %s', async (kind, _, fault) => {
    await api.fault({ method: 'sendMessage', ...fault });
    const start = performance.now();
    await failsAs(kind);
    expect(performance.now() - start).toBeLessThan(PROMPTLY);
    const delivered = ['deliverThenDrop', 'cut', 'deliverThenHang'].includes(fault.kind);
    expect(await api.sent()).toHaveLength(delivered ? 1 : 0);
    // A broken connection is not used again.
    await desk.send('再');
  });

  it('is unavailable while nothing is there, and nothing was sent', async () => {
    await api.kill();
    await until(async () => expect((await failsAs('unavailable')).message).toBe('refused'));
    await api.up();
    await desk.send('再');
    expect((await api.sent()).map(({ text }) => text)).toEqual(['再']);
  });

  it('is unknown when Telegram is killed in the middle', async () => {
    await api.fault({ method: 'sendMessage', kind: 'deliverThenHang' });
    const failing = failsAs('unknown');
    await until(async () => expect(await api.sent()).toHaveLength(1));
    await api.kill();
    await failing;
  });

  it('is unknown, within its time, when Telegram is frozen', async () => {
    await desk.send('一');
    api.freeze();
    const start = performance.now();
    await failsAs('unknown');
    expect(performance.now() - start).toBeLessThan(PROMPTLY);
  });

  it('before its files were made is unavailable, within the time of one send', async () => {
    await open({ times: { file: 60_000, send: 100 } });
    const content = (): Promise<never> => new Promise(() => undefined);
    await failsAs('unavailable', { attachments: [{ kind: 'workbook', name: 'x.xlsx', content }] });
  });

  it('again and again settles within the time of one send', async () => {
    await open({ times: { upload: 5_000, send: 300 } });
    await api.fault({ method: 'sendPhoto', kind: 'status', status: 400, description: 'PHOTO_INVALID_DIMENSIONS' });
    await api.fault({ method: 'sendDocument', kind: 'hang' });
    const start = performance.now();
    await failsAs('unknown', { text: 'x', attachments: [file('picture', PICTURE)] });
    expect(performance.now() - start).toBeLessThan(PROMPTLY);
  });
});

describe('a group that became a supergroup', () => {
  it('gets what was for its old id, and the app is told of the new one', async () => {
    await desk.stop();
    await api.migrates(GROUP, SUPER);
    await api.fault({ method: 'getUpdates', kind: 'hang', times: 'always' });
    await desk.start();
    const { messageId } = await desk.send('汇总');
    expect(messageId).not.toBeNull();
    expect(await api.sent()).toMatchObject([{ chatId: SUPER, text: '汇总' }]);
    await until(() => expect(desk.of('renamed')).toHaveLength(1));
    expect(desk.of('renamed')).toEqual([
      {
        type: 'renamed',
        chat: { platform: 'telegram', id: String(SUPER), kind: 'group' },
        title: '福山地村',
        movedFrom: { platform: 'telegram', id: String(GROUP), kind: 'group' },
      },
    ]);
  });

  it('is found anew by the next send when the app could not be told', async () => {
    await desk.stop();
    await api.migrates(GROUP, SUPER);
    await api.fault({ method: 'getUpdates', kind: 'hang', times: 'always' });
    await desk.start();
    desk.onEvent = () => Promise.reject(new Error('the disk is full'));
    await desk.send('一');
    await until(() => expect(desk.logged('telegram.move.untold')).toHaveLength(1));
    desk.onEvent = async () => undefined;
    await desk.send('二');
    await until(() => expect(desk.of('renamed')).toHaveLength(1));
    expect((await api.sent()).map(({ chatId }) => chatId)).toEqual([SUPER, SUPER]);
  });

  it('gets pictures and workbooks too', async () => {
    await api.migrates(GROUP, SUPER);
    await desk.send({ text: '汇总', attachments: [file('picture', PICTURE)] });
    await desk.send({ attachments: [file('workbook', bytesOf('PK'), '表.xlsx')] });
    expect(await api.sent()).toMatchObject([
      { chatId: SUPER, method: 'sendPhoto', photoBytesLength: 4 },
      { chatId: SUPER, method: 'sendDocument', document: { name: '表.xlsx', bytesLength: 2 } },
    ]);
  });
});

describe('a stop', () => {
  it('lets a send end that is under way', async () => {
    await open({ times: { call: 20_000, send: 20_000, lastSends: 20_000 } });
    await api.fault({ method: 'sendMessage', kind: 'slow', ms: 50 });
    const sending = desk.send('一');
    await desk.stop();
    expect((await sending).messageId).not.toBeNull();
  });

  it('gives up a send that does not end, and says that nobody knows', async () => {
    await open({ times: { call: 60_000, send: 60_000 } });
    await api.fault({ method: 'sendMessage', kind: 'hang' });
    const failing = failsAs('unknown');
    await until(async () => expect((await api.calls()).sendMessage).toBe(1));
    const start = performance.now();
    await desk.stop();
    expect(performance.now() - start).toBeLessThan(PROMPTLY);
    await failing;
  });

  it('does not wait for a file that is being made, and nothing of it was sent', async () => {
    await open({ times: { file: 60_000, send: 60_000 } });
    const content = (): Promise<never> => new Promise(() => undefined);
    const failing = failsAs('unavailable', {
      text: '汇总',
      attachments: [{ kind: 'picture', name: 'x.png', content }],
    });
    const start = performance.now();
    await desk.stop();
    expect(performance.now() - start).toBeLessThan(PROMPTLY);
    await failing;
    expect(await api.sent()).toEqual([]);
  });

  it('is followed by no more sends', async () => {
    await desk.stop();
    await failsAs('unavailable');
  });
});
