/** Why a send failed is told rightly: whether to wait, to try again, to fear a double, or to give up. */
import { describe, expect, it } from 'vitest';
import { inTime } from '../../support/soon.ts';
import type { Stage } from './fixture.ts';
import { plain, type Scene } from './scene.ts';

/** What a busy machine adds to a limit, ms. */
const SLACK = 8_000;

export function sendFailures<S extends Stage>(scene: Scene<S>): void {
  describe('sends that fail', () => {
    it('are refused for good where the bot may not write', async () => {
      await scene.listen();
      const { closed, adapter, village } = scene.stage;
      for (const chat of closed) {
        const failure = await scene.failureOf(adapter.send(chat, plain('在吗')));
        expect(failure.kind, `to ${chat.kind} ${chat.id}`).toBe('refused');
        expect(await scene.stage.seen(chat)).toEqual([]);
      }
      await adapter.send(village, plain('这里在'));
    });

    scene.with('sendFaults', (faults) => {
      for (const fault of faults) {
        const { name, message = plain('要紧的话'), kind, retryAfterMs, delivered, next } = fault;
        it(`are ${kind}: ${name}`, async () => {
          await scene.listen();
          const { village, adapter } = scene.stage;
          await fault.arrange(scene.stage);
          const sending = scene.failureOf(adapter.send(village, message));
          // Whatever goes wrong in between: nobody may find it unheard.
          sending.catch(() => undefined);
          await fault.meanwhile?.(scene.stage);
          let limit = 0;
          scene.with('sendLimit', (most) => {
            limit = most;
          });
          const failure = await inTime(sending, limit + SLACK, 'the send');
          expect(failure).toMatchObject({ kind, retryAfterMs });
          if (next)
            expect(await scene.failureOf(adapter.send(village, plain('马上再发')))).toMatchObject({ kind: next });
          await fault.mend?.(scene.stage);
          expect(await scene.stage.seen(village)).toHaveLength(delivered);
          await scene.sendAtLast(village, plain('后来的话'));
          expect((await scene.stage.seen(village)).slice(delivered).map(({ text }) => text)).toEqual(['后来的话']);
        });
      }
    });
  });
}
