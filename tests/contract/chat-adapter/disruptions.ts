/** Whatever cuts the bot off: it comes back by itself, says how long it was away, and loses nothing that is kept. */
import { describe, expect, it } from 'vitest';
import type { ChatAdapter } from '../../../src/bots/adapter.ts';
import { inTime, until } from '../../support/soon.ts';
import { Ear, firstOfEach } from './ear.ts';
import type { Stage } from './fixture.ts';
import { PROMPT, plain, type Scene } from './scene.ts';

/** Some account does not hear, and says why in a short word. */
function isLost(adapter: ChatAdapter): boolean {
  const lost = adapter.accounts?.().filter(({ state }) => state === 'lost') ?? [];
  for (const { problem } of lost) expect(problem).toMatch(/^\w/);
  return lost.length > 0;
}

/** Kills in a row, to see whether each leaves something behind. */
const IN_A_ROW = 2;

export function disruptions<S extends Stage>(scene: Scene<S>): void {
  scene.with('disruptions', (all) => {
    let lossy = false;
    scene.with('lossy', (is) => {
      lossy = is;
    });
    const say = async (text: string): Promise<void> => {
      await scene.stage.says([{ chat: scene.stage.village, text }]);
    };

    describe.each(all)('$name', ({ begin, end, noticed, talking, ours }) => {
      it('is got over: it hears again by itself, and tells of the outage', async () => {
        const ear = await scene.listen();
        const { stage } = scene;
        const { adapter, village } = stage;
        await say('之前');
        await ear.hears('之前');
        const from = Date.now();
        await begin(stage);
        // What is over in a moment is told of afterwards.
        if (noticed) await until(() => isLost(adapter) || ear.all('outage').length > 0, 'it is noticed');
        if (talking) await say('当中');
        await end(stage);
        const keeps = !lossy || !noticed;
        if (keeps) await say('紧接');
        await scene.connected();
        await say('之后');
        await ear.hears('之后');

        const wanted = ['之前', ...(talking ? ['当中'] : []), ...(keeps ? ['紧接'] : []), '之后'];
        const heard = firstOfEach(ear.messages(village)).map(({ text }) => text);
        expect(heard).toEqual(keeps ? wanted : wanted.filter((text) => heard.includes(text)));
        ear.expectOneIdPerText();
        if (noticed) {
          const outage = await ear.told('outage');
          expect(outage).toMatchObject({ platform: adapter.platform, lossy, cause: expect.stringMatching(/^\w/) });
          expect(outage.account).toBe(adapter.accounts?.()[0]?.account);
          expect(outage.since).toBeGreaterThanOrEqual(from - PROMPT);
          expect(outage.until).toBeGreaterThan(outage.since);
          expect(outage.until).toBeLessThanOrEqual(Date.now());
        }
        expect(adapter.accounts?.()[0]).toMatchObject({ state: 'connected', problem: null });
        await scene.sendAtLast(village, plain('又通了'));
        expect((await stage.seen(village)).map(({ text }) => text)).toEqual(['又通了']);
      });

      it('keeps no stop from ending, and is no error to a start', async () => {
        const { stage } = scene;
        const { adapter } = stage;
        const before = await scene.listen();
        await begin(stage);
        if (noticed) await until(() => isLost(adapter) || before.all('outage').length > 0, 'it is noticed');
        await inTime(adapter.stop(), PROMPT, 'the stop');
        if (!ours) await scene.expectNothingLeft();
        const ear = new Ear();
        await inTime(adapter.start(ear.sink), PROMPT, 'the start');
        await end(stage);
        await scene.connected();
        await say('重新开始');
        await ear.hears('重新开始');
      });
    });

    const kill = all[0];
    if (kill) {
      it(`is killed ${IN_A_ROW} times in a row and comes back each time, leaving nothing behind`, async () => {
        const ear = await scene.listen();
        for (let time = 0; time < IN_A_ROW; time++) {
          await kill.begin(scene.stage);
          await kill.end(scene.stage);
          await scene.connected();
          await say(`第${time}次`);
          await ear.hears(`第${time}次`);
        }
        ear.expectOneIdPerText();
      });
    }
  });
}
