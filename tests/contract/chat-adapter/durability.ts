/** Nothing is acknowledged that the app has not kept. */
import { describe, expect, it } from 'vitest';
import type { ChatRef, InboundEvent } from '../../../src/bots/adapter.ts';
import { inTime, soon, until } from '../../support/soon.ts';
import { Ear, firstOfEach } from './ear.ts';
import type { Stage } from './fixture.ts';
import { PROMPT, type Scene } from './scene.ts';

const says = (event: InboundEvent, text: string): boolean => event.type === 'message' && event.text === text;

/** What a sink rejects with when the store failed. */
class NotKept extends Error {}

/** A gate that can be opened. */
function gate(): { pass: Promise<void>; open: () => void } {
  let open = (): void => undefined;
  const pass = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { pass, open };
}

export function durability<S extends Stage>(scene: Scene<S>): void {
  describe('durability', () => {
    scene.with('offersAgain', () => {
      it('offers again what could not be kept, and nothing of that chat before it', async () => {
        const ear = new Ear();
        let failures = 4;
        ear.gate = async (event) => {
          if (says(event, '一') && failures-- > 0) throw new NotKept();
        };
        await scene.listen(ear);
        const { village, township } = scene.stage;
        const [id] = await scene.stage.says([
          { chat: village, text: '一' },
          { chat: township, text: '甲' },
          { chat: village, text: '二' },
          { chat: village, text: '三' },
          { chat: township, text: '乙' },
        ]);
        await soon(() => {
          expect(ear.texts(village)).toEqual(['一', '二', '三']);
          expect(firstOfEach(ear.messages(township)).map(({ text }) => text)).toEqual(['甲', '乙']);
        });
        const offers = ear.offered.filter((event) => says(event, '一'));
        expect(offers.length).toBeGreaterThanOrEqual(5);
        expect(new Set(offers.map((event) => event.type === 'message' && event.id))).toEqual(new Set([id]));
        const inVillage = ear.offered.flatMap((event) =>
          event.type === 'message' && event.chat.id === village.id ? [event.text] : [],
        );
        expect(inVillage.slice(0, offers.length)).toEqual(offers.map(() => '一'));
      });

      it('goes on in other chats while one cannot be kept, for as long as it takes', async () => {
        const ear = new Ear();
        let isBroken = true;
        ear.gate = async (event) => {
          if (isBroken && says(event, '一')) throw new NotKept();
        };
        await scene.listen(ear);
        const { village, township } = scene.stage;
        await scene.stage.says([{ chat: village, text: '一' }]);
        await until(() => ear.offered.some((event) => says(event, '一')), 'it is offered');
        for (const text of ['甲', '乙', '丙']) {
          await scene.stage.says([{ chat: township, text }]);
          await ear.hears(text, township);
        }
        expect(ear.texts(village)).toEqual([]);
        isBroken = false;
        await ear.hears('一', village);
        ear.expectOneIdPerText();
      });
    });

    scene.with('queues', () => {
      it('lets one chat wait for a slow sink and no other, and no message twice at once', async () => {
        const ear = new Ear();
        const { pass, open } = gate();
        ear.gate = async (event) => {
          if (says(event, '慢')) await pass;
        };
        await scene.listen(ear);
        const { village, township, zhangAlone } = scene.stage;
        try {
          await scene.stage.says([
            { chat: village, text: '慢' },
            { chat: village, text: '等' },
            { chat: township, text: '同时' },
          ]);
          await ear.hears('同时', township);
          await scene.stage.says([{ chat: zhangAlone, text: '随后' }]);
          await ear.hears('随后', zhangAlone);
          expect(ear.texts(village)).toEqual([]);
          expect(ear.offered.filter((event) => says(event, '慢'))).toHaveLength(1);
        } finally {
          open();
        }
        await ear.hears('等', village);
        expect(ear.texts(village)).toEqual(['慢', '等']);
      });

      it('waits at the stop for the message under way', async () => {
        const ear = new Ear();
        const { pass, open } = gate();
        ear.gate = async (event) => {
          if (says(event, '慢')) await pass;
        };
        await scene.listen(ear);
        const { village, adapter } = scene.stage;
        await scene.stage.says([{ chat: village, text: '慢' }]);
        await until(() => ear.offered.some((event) => says(event, '慢')), 'it is offered');
        let isStopped = false;
        const stopping = adapter.stop().then(() => {
          isStopped = true;
        });
        await new Promise((resolve) => setTimeout(resolve, 100));
        expect(isStopped).toBe(false);
        open();
        await inTime(stopping, PROMPT, 'the stop');
        expect(ear.texts(village)).toEqual(['慢']);
      });
    });

    scene.with('repeats', (repeats) => {
      it('gives a message that is delivered again under the id it had', async () => {
        const ear = await scene.listen();
        const { village } = scene.stage;
        const [id = ''] = await scene.stage.says([{ chat: village, text: '/日报 3' }]);
        await ear.hears('/日报 3');
        for (let times = 0; times < 3; times++) await repeats(scene.stage, village, id);
        await scene.stage.says([{ chat: village, text: '完' }]);
        await ear.hears('完');
        ear.expectOneIdPerText();
        expect(firstOfEach(ear.messages()).map(({ text }) => text)).toEqual(['/日报 3', '完']);
      });
    });

    scene.with('kept', (kept) => {
      it('acknowledges nothing that was not kept, and everything that was', async () => {
        const ear = new Ear();
        let isBroken = true;
        ear.gate = async (event) => {
          if (isBroken && says(event, '二')) throw new NotKept();
        };
        await scene.listen(ear);
        const { village } = scene.stage;
        await scene.stage.says(['一', '二', '三'].map((text) => ({ chat: village, text })));
        await until(() => ear.offered.filter((event) => says(event, '二')).length >= 3, 'it is offered again');
        expect(ear.texts(village)).toContain('一');
        expect(await kept(scene.stage)).toBeGreaterThanOrEqual(2);
        isBroken = false;
        await ear.hears('三');
        await soon(async () => expect(await kept(scene.stage)).toBe(0));
      });

      it('hears at the start what was said while it was away', async () => {
        const { village, township } = scene.stage;
        await scene.stage.says([
          { chat: village, text: '夜里' },
          { chat: township, text: '别处' },
          { chat: village, text: '清早' },
        ]);
        const ear = await scene.listen();
        await soon(() => {
          const heardIn = (chat: ChatRef) => firstOfEach(ear.messages(chat)).map(({ text }) => text);
          expect(heardIn(village)).toEqual(['夜里', '清早']);
          expect(heardIn(township)).toEqual(['别处']);
        });
      });

      scene.with('reopen', (reopen) => {
        it('leaves for the next process what this one could not keep, and tells the platform of the rest', async () => {
          const ear = new Ear();
          ear.gate = async (event) => {
            if (says(event, '二')) throw new NotKept();
          };
          await scene.listen(ear);
          const { village, adapter } = scene.stage;
          const ids = await scene.stage.says(['一', '二', '三'].map((text) => ({ chat: village, text })));
          await until(() => ear.offered.some((event) => says(event, '二')), 'it is offered');
          await inTime(adapter.stop(), PROMPT, 'the stop');
          await soon(async () => expect(await kept(scene.stage)).toBe(2));
          const next = await reopen(scene.stage);
          const nextEar = await scene.listen(new Ear(), next);
          try {
            await nextEar.hears('三');
            expect(firstOfEach(nextEar.messages(village)).map(({ id }) => id)).toEqual(ids.slice(1));
          } finally {
            await next.stop();
          }
        });
      });
    });
  });
}
