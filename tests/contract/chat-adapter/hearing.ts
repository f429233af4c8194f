/** What people say arrives as they said it. */
import { describe, expect, it } from 'vitest';
import type { ChatRef, InboundAttachment } from '../../../src/bots/adapter.ts';
import { SECOND } from '../../../src/core/time.ts';
import { BOT_NAME } from '../../../src/locales/zh-CN.ts';
import { soon } from '../../support/soon.ts';
import { type Stage, VILLAGE_TITLE } from './fixture.ts';
import { plain, type Scene } from './scene.ts';

const TEXTS = {
  'full-width writing': '／日報　２　返鄉１',
  'emoji, also such as are several': '🌾👨‍👩‍👧‍👦🏳️‍🌈 /日报 0 👍🏽',
  'rare characters': '𠮷野家 㐂 \u{2A6D6}',
  'several lines': '#接龙\n1. 张三 一网格 0\n2. 李四 二网格 1',
  'what looks like code': '{"id":1} <b>粗</b> %s \\n $x',
  'a mention of somebody else': '@李四 请报',
  'a long text': '日报说明'.repeat(500),
};

export function hearing<S extends Stage>(scene: Scene<S>): void {
  describe('hearing', () => {
    const say = async (chat: ChatRef, text: string): Promise<string> =>
      (await scene.stage.says([{ chat, text }]))[0] ?? '';

    it('gives what is said in a group with its chat, title, sender, id and time', async () => {
      const ear = await scene.listen();
      const { village, zhang } = scene.stage;
      const before = Date.now();
      const id = await say(village, '/日报 0');
      const heard = await ear.hears('/日报 0');
      expect(heard).toEqual({
        type: 'message',
        id,
        chat: village,
        chatTitle: VILLAGE_TITLE,
        sender: zhang,
        text: '/日报 0',
        attachments: [],
        mentionsBot: false,
        repliesToBot: false,
        sentAt: expect.any(Number),
      });
      // Some platforms tell whole seconds.
      expect(heard.sentAt).toBeGreaterThan(before - SECOND);
      expect(heard.sentAt).toBeLessThanOrEqual(Date.now());
    });

    it('gives what is said in private without a title', async () => {
      const ear = await scene.listen();
      const { zhangAlone, zhang } = scene.stage;
      const id = await say(zhangAlone, '/帮助');
      expect(await ear.hears('/帮助')).toMatchObject({ id, chat: zhangAlone, chatTitle: '', sender: zhang });
    });

    it('gives each message an id of its own, also when the words are the same', async () => {
      const ear = await scene.listen();
      const { village } = scene.stage;
      const ids = await scene.stage.says(['好', '好', '好'].map((text) => ({ chat: village, text })));
      await ear.hears('好');
      await soon(() => expect(ear.messages().map(({ id }) => id)).toEqual(ids));
      expect(new Set(ids).size).toBe(3);
    });

    it('tells different people and different groups apart', async () => {
      const ear = await scene.listen();
      const { village, township, zhang, li, liAlone } = scene.stage;
      await scene.stage.says([
        { chat: village, from: zhang, text: '一' },
        { chat: township, from: li, text: '二' },
        { chat: liAlone, from: li, text: '三' },
      ]);
      await soon(() => expect(ear.messages()).toHaveLength(3));
      expect(await ear.hears('一')).toMatchObject({ chat: village, sender: zhang });
      expect(await ear.hears('二')).toMatchObject({ chat: township, sender: li });
      expect(await ear.hears('三')).toMatchObject({ chat: liAlone, sender: li });
    });

    it.each(Object.entries(TEXTS))('leaves %s as it is', async (_, text) => {
      const ear = await scene.listen();
      await say(scene.stage.village, text);
      expect(await ear.hears(text)).toMatchObject({ mentionsBot: false, attachments: [] });
    });

    it.each([
      ['at the beginning', '', ' 日报 0', `@${BOT_NAME} 日报 0`],
      ['in the middle, after emoji', '🌾🌾 收到 ', ' 谢谢 🌾', `🌾🌾 收到 @${BOT_NAME} 谢谢 🌾`],
    ])('knows its own mention %s, by one name on every platform', async (_, before, after, text) => {
      const ear = await scene.listen();
      await scene.stage.mentionsBot(scene.stage.village, before, after);
      expect(await ear.hears(text)).toMatchObject({ mentionsBot: true });
    });

    it('does not hear itself', async () => {
      const ear = await scene.listen();
      const { adapter, village, zhangAlone } = scene.stage;
      for (const chat of [village, zhangAlone]) await adapter.send(chat, plain('我说的'));
      for (const chat of [village, zhangAlone]) await say(chat, '人说的');
      await ear.hears('人说的', village);
      await ear.hears('人说的', zhangAlone);
      expect(ear.texts()).toEqual(['人说的', '人说的']);
    });

    scene.with('replies', (replies) => {
      it('knows an answer to something it said itself', async () => {
        const ear = await scene.listen();
        const { adapter, village } = scene.stage;
        await adapter.send(village, plain('请报日报'));
        await replies(scene.stage, village, '0');
        expect(await ear.hears('0')).toMatchObject({ repliesToBot: true, mentionsBot: false });
      });
    });

    scene.with('attaches', (attaches) => {
      const FILES: [InboundAttachment['kind'], string, number][] = [
        ['picture', 'photo.jpg', 3_000],
        ['file', '十一月台账(终稿).xlsx', 300_000],
        ['voice', 'voice.ogg', 1_000],
      ];
      it.each(FILES)('hands on the very bytes of a %s', async (kind, name, size) => {
        const ear = await scene.listen();
        const bytes = Uint8Array.from({ length: size }, (_, at) => (at * 7 + size) % 256);
        const id = await attaches(scene.stage, scene.stage.village, { kind, name, bytes });
        const heard = await soon(() => {
          const [first] = ear.messages();
          if (!first) throw new Error('no message');
          return first;
        });
        expect(heard).toMatchObject({ id, text: '', attachments: [{ kind }] });
        const [file] = heard.attachments;
        if (kind === 'file') expect(file?.name).toBe(name);
        expect(Buffer.from((await file?.read?.()) ?? []).equals(bytes)).toBe(true);
      });
    });

    scene.with('edits', (edits) => {
      it('tells of an edit under the same id, and two edits of one second apart', async () => {
        const ear = await scene.listen();
        const { village, zhang } = scene.stage;
        const id = await say(village, '/日报 0');
        const original = await ear.hears('/日报 0');
        await edits(scene.stage, village, id, '/日报 1');
        await edits(scene.stage, village, id, '/日报 2');
        const [one, two] = [await ear.hears('/日报 1'), await ear.hears('/日报 2')];
        for (const edit of [one, two]) {
          expect(edit).toMatchObject({ id, chat: village, sender: zhang, change: 'edited' });
          expect(edit.sentAt).toBeGreaterThanOrEqual(original.sentAt);
        }
        expect(original.change).toBeUndefined();
        expect(new Set([one.changeId, two.changeId, undefined]).size).toBe(3);
      });
    });

    scene.with('recalls', (recalls) => {
      it('tells whose and which message was taken back', async () => {
        const ear = await scene.listen();
        const { village, zhang } = scene.stage;
        const id = await say(village, '/日报 0');
        await say(village, '别的');
        await ear.hears('别的');
        await recalls(scene.stage, village, id);
        await soon(() => expect(ear.messages().some(({ change }) => change)).toBe(true));
        const changes = ear.messages().filter(({ change }) => change);
        expect(changes).toEqual([expect.objectContaining({ id, chat: village, sender: zhang, change: 'recalled' })]);
      });
    });
  });
}
