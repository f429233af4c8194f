/** After a stop there is silence, and after a start it goes on. */
import { describe, expect, it } from 'vitest';
import { inTime, soon } from '../../support/soon.ts';
import { Ear } from './ear.ts';
import type { Stage } from './fixture.ts';
import { PROMPT, plain, type Scene } from './scene.ts';

export function ending<S extends Stage>(scene: Scene<S>): void {
  describe('ending', () => {
    it('delivers nothing once stopped, and leaves no timer, no socket and no listener', async () => {
      const ear = await scene.listen();
      const { adapter, village } = scene.stage;
      await scene.stage.says([{ chat: village, text: '停之前' }]);
      await ear.hears('停之前');
      await adapter.send(village, plain('好'));
      await inTime(adapter.stop(), PROMPT, 'the stop');
      const offered = ear.offered.length;
      await scene.stage.says([{ chat: village, text: '停之后' }]);
      await scene.expectNothingLeft();
      expect(ear.offered.slice(offered)).toEqual([]);
    });

    it('starts again after a stop, and stops twice', async () => {
      const ear = await scene.listen();
      const { adapter, village } = scene.stage;
      await adapter.stop();
      await adapter.stop();
      const again = await scene.listen(new Ear());
      await scene.stage.says([{ chat: village, text: '又来了' }]);
      await again.hears('又来了');
      expect(ear.texts()).toEqual([]);
      await adapter.send(village, plain('在'));
      expect((await scene.stage.seen(village)).map(({ text }) => text)).toEqual(['在']);
    });

    it('stops in the midst of a start', async () => {
      const { adapter, village } = scene.stage;
      const ear = new Ear();
      const starting = adapter.start(ear.sink);
      await inTime(Promise.all([adapter.stop(), starting]), PROMPT, 'start and stop');
      await scene.expectNothingLeft();
      const again = await scene.listen(new Ear());
      await scene.stage.says([{ chat: village, text: '这回是真的' }]);
      await again.hears('这回是真的');
      expect(ear.messages()).toEqual([]);
    });

    it('leaves no send without an outcome when it stops', async () => {
      await scene.listen();
      const { adapter, village } = scene.stage;
      const sends = Array.from({ length: 5 }, (_, at) => adapter.send(village, plain(`第${at}条`)));
      const outcomes = Promise.allSettled(sends);
      await inTime(adapter.stop(), PROMPT, 'the stop');
      const settled = await inTime(outcomes, PROMPT, 'the sends');
      // What was told as sent is there; what was not told so may be.
      const accepted = settled.filter(({ status }) => status === 'fulfilled').length;
      await soon(async () => expect((await scene.stage.seen(village)).length).toBeGreaterThanOrEqual(accepted));
    });

    scene.with('account', (account) => {
      it('tells how its accounts stand, before, during and after', async () => {
        const { adapter } = scene.stage;
        const state = () => adapter.accounts?.().map(({ state }) => state);
        await scene.listen();
        expect(adapter.accounts?.()).toEqual([
          { account: account(scene.stage), state: 'connected', since: expect.any(Number), problem: null },
        ]);
        await adapter.stop();
        expect(state()).toEqual(['stopped']);
      });
    });
  });
}
