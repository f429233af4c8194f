/** Those of one chat one after the other, those of different chats side by side. */
import { describe, expect, it } from 'vitest';
import { soon, until } from '../../support/soon.ts';
import { Ear, firstOfEach } from './ear.ts';
import type { Saying, Stage } from './fixture.ts';
import type { Scene } from './scene.ts';

const PER_CHAT = 120;

export function order<S extends Stage>(scene: Scene<S>): void {
  describe('order', () => {
    it('gives hundreds of messages of several chats in the order in which each was said, none twice', async () => {
      const ear = await scene.listen();
      const { village, township, zhangAlone, liAlone } = scene.stage;
      const chats = [village, township, zhangAlone, liAlone];
      const sayings = Array.from({ length: PER_CHAT }, (_, at) =>
        chats.map((chat): Saying => ({ chat, text: `第${at}句` })),
      ).flat();
      const ids = await scene.stage.says(sayings);
      await until(() => ear.messages().length >= sayings.length, 'everything is heard');
      for (const [at, chat] of chats.entries()) {
        const wanted = sayings.flatMap((saying, each) => (saying.chat === chat ? [ids[each]] : []));
        expect(
          ear.messages(chat).map(({ id }) => id),
          `the ids of chat ${at}`,
        ).toEqual(wanted);
        expect(ear.texts(chat)).toEqual(Array.from({ length: PER_CHAT }, (_, each) => `第${each}句`));
      }
    });

    scene.with('queues', () => {
      it('hands over what comes of one chat one after the other, different chats side by side', async () => {
        const ear = new Ear();
        ear.gate = async ({ type }) => {
          if (type === 'message') await new Promise((resolve) => setTimeout(resolve, 3));
        };
        await scene.listen(ear);
        const { village, township, zhangAlone } = scene.stage;
        const chats = [village, township, zhangAlone];
        const sayings = Array.from({ length: 60 }, (_, at): Saying => {
          return { chat: chats[at % chats.length] ?? village, text: `第${at}句` };
        });
        await scene.stage.says(sayings);
        await until(() => ear.messages().length >= sayings.length, 'everything is heard');
        expect(ear.overtaking, 'offered while another of its chat was under way').toEqual([]);
        expect(ear.mostAtOnce).toBeGreaterThan(1);
      });
    });

    scene.with('jumbles', (jumbles) => {
      it('puts into order what reaches it out of order', async () => {
        const ear = await scene.listen();
        const { village } = scene.stage;
        const texts = Array.from({ length: 12 }, (_, at) => `第${at}句`);
        await jumbles(scene.stage, village, texts);
        await soon(() => expect(firstOfEach(ear.messages(village)).map(({ text }) => text)).toEqual(texts));
      });
    });
  });
}
