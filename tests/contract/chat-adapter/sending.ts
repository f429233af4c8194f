/** What the bot says arrives as it was meant: where, whom it names, with which files. */
import { describe, expect, it } from 'vitest';
import type { ChatRef, OutboundAttachment, OutboundMessage } from '../../../src/bots/adapter.ts';
import { LIMITS } from '../../../src/bots/limits.ts';
import type { Seen, Stage } from './fixture.ts';
import { plain, type Scene } from './scene.ts';

/** A picture that every platform takes for one. */
export const PNG = Uint8Array.from(
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
);
const WORKBOOK = Uint8Array.from({ length: 150_000 }, (_, at) => (at * 31) % 256);

const file = (
  kind: OutboundAttachment['kind'],
  name: string,
  content: OutboundAttachment['content'],
): OutboundAttachment => ({ kind, name, content });
const picture = file('picture', '福山地村.png', async () => PNG);
const workbook = file('workbook', '林东镇 11月23日 日报(18:30).xlsx', async () => WORKBOOK);
const missing = file('picture', '画不出来.png', async () => null);

const alone = (attachment: OutboundAttachment): OutboundMessage => ({
  text: '',
  mentions: [],
  attachments: [attachment],
});

export function sending<S extends Stage>(scene: Scene<S>): void {
  const { shape } = scene.fixture;
  describe('sending', () => {
    const send = (to: ChatRef, message: OutboundMessage) => scene.stage.adapter.send(to, message);
    const onlySeen = async (chat: ChatRef): Promise<Seen> => {
      const seen = await scene.stage.seen(chat);
      expect(seen).toHaveLength(1);
      return seen[0] as Seen;
    };

    it('puts a message into the chat it is for and no other, and gives its id', async () => {
      await scene.listen();
      const { village, township, zhangAlone, liAlone } = scene.stage;
      const first = await send(village, plain('村里'));
      const second = await send(zhangAlone, plain('私下'));
      expect(first.messageId).toEqual(expect.any(String));
      expect(second.messageId).not.toBe(first.messageId);
      expect(await scene.stage.seen(village)).toEqual([{ text: '村里', mentions: [], files: [] }]);
      expect(await scene.stage.seen(zhangAlone)).toEqual([{ text: '私下', mentions: [], files: [] }]);
      expect(await scene.stage.seen(township)).toEqual([]);
      expect(await scene.stage.seen(liAlone)).toEqual([]);
    });

    it.each([
      '✅ 一网格 11月23日 日报已收 17:30 异常2(3/5)',
      '🌾👨‍👩‍👧‍👦 𠮷',
      '第一行\n第二行\n\n第四行',
      '<b>不是</b> *标记* _也不是_ [x](y) &amp;',
    ])('leaves the words as they are: %j', async (text) => {
      await scene.listen();
      await send(scene.stage.village, plain(text));
      expect((await onlySeen(scene.stage.village)).text).toBe(text);
    });

    it('mentions people so that the platform knows whom', async () => {
      await scene.listen();
      const { village, zhang, li } = scene.stage;
      const mentions = [zhang, li].map(({ id, displayName: name }) => ({ id, name }));
      const text = `🌾 @${li.displayName} @${zhang.displayName} 请报日报`;
      await send(village, { text, mentions, attachments: [] });
      const seen = await onlySeen(village);
      expect(seen.text).toBe(text);
      expect([...seen.mentions].sort()).toEqual([zhang.id, li.id].sort());
    });

    it('mentions nobody whom the message does not point at', async () => {
      await scene.listen();
      const { village, zhang, li } = scene.stage;
      const mentions = [{ id: zhang.id, name: zhang.displayName }];
      await send(village, { text: `@${zhang.displayName} 请转告 ${li.displayName} 一声`, mentions, attachments: [] });
      expect((await onlySeen(village)).mentions).toEqual([zhang.id]);
    });

    it('takes a text as long as its shape says, in one message', async () => {
      await scene.listen();
      const { village } = scene.stage;
      const text = '汇总🌾'.repeat(shape.textLimit / 4 - 1).padEnd(shape.textLimit, '完');
      expect(text).toHaveLength(shape.textLimit);
      await send(village, plain(text));
      expect((await onlySeen(village)).text).toBe(text);
    });

    it.each([
      ['picture', picture, PNG],
      ['workbook', workbook, WORKBOOK],
    ] as const)('sends a %s with its very bytes', async (kind, attachment, bytes) => {
      await scene.listen();
      const { village, township } = scene.stage;
      const { messageId } = await send(village, alone(attachment));
      expect(messageId).toEqual(expect.any(String));
      const { text, files } = await onlySeen(village);
      expect(text).toBe('');
      expect(files).toHaveLength(1);
      expect(Buffer.from(files[0]?.bytes ?? []).equals(bytes)).toBe(true);
      if (kind === 'workbook') expect(files[0]?.name).toBe(attachment.name);
      expect(await scene.stage.seen(township)).toEqual([]);
    });

    if (shape.captionLimit > 0) {
      it('sends a picture with as long a text as its shape says', async () => {
        await scene.listen();
        const { village, zhang } = scene.stage;
        const text = `@${zhang.displayName} ${'表'.repeat(shape.captionLimit)}`.slice(0, shape.captionLimit);
        const mentions = [{ id: zhang.id, name: zhang.displayName }];
        await send(village, { text, mentions, attachments: [picture] });
        const seen = await onlySeen(village);
        expect(seen).toMatchObject({ text, mentions: [zhang.id] });
        expect(Buffer.from(seen.files[0]?.bytes ?? []).equals(PNG)).toBe(true);
      });

      it('sends the text alone where its picture cannot be made', async () => {
        await scene.listen();
        await send(scene.stage.village, { text: '只有文字', mentions: [], attachments: [missing] });
        expect(await onlySeen(scene.stage.village)).toEqual({ text: '只有文字', mentions: [], files: [] });
      });
    }

    if (!shape.filesTogether) {
      it('sends nothing where the only file cannot be made', async () => {
        await scene.listen();
        expect(await send(scene.stage.village, alone(missing))).toEqual({ messageId: null });
        expect(await scene.stage.seen(scene.stage.village)).toEqual([]);
      });
    }

    it('has the shape and the pace that are written down for its platform', () => {
      const { adapter } = scene.stage;
      expect({ shape: adapter.shape, pace: adapter.pace }).toMatchObject({
        shape,
        pace: LIMITS.get(adapter.platform)?.pace,
      });
    });

    it('sends many at once, each once, and those to one chat in the order of their acceptance', async () => {
      await scene.listen();
      const { village, township, zhangAlone, adapter } = scene.stage;
      const chats = [village, township, zhangAlone];
      const texts = Array.from({ length: 10 }, (_, at) => `第${at}条`);
      const side = chats.map(async (chat) => {
        for (const text of texts) await adapter.send(chat, plain(text));
      });
      const burst = texts.map((text) => adapter.send(scene.stage.liAlone, plain(text)));
      await Promise.all([...side, ...burst]);
      for (const chat of chats) expect((await scene.stage.seen(chat)).map(({ text }) => text)).toEqual(texts);
      const inBurst = (await scene.stage.seen(scene.stage.liAlone)).map(({ text }) => text);
      expect(inBurst.sort()).toEqual([...texts].sort());
    });
  });
}
