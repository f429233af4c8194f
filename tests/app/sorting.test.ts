import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SECOND } from '../../src/core/time.ts';
import { type Op, OutboxDesk, opsOf, PACES, rowFor } from './outbox-desk.ts';
import { naivePump, trueNextDue } from './sorting-model.ts';

/** Does the operations one after the other; everything that may leave has left after each. */
async function live(desk: OutboxDesk, ops: readonly Op[], check: (desk: OutboxDesk) => Promise<void>): Promise<void> {
  for (const op of ops) {
    desk.do(op);
    await check(desk);
  }
}

/** Lets every platform accept, and walks from one due moment to the next until nothing waits. */
async function drain(desk: OutboxDesk): Promise<void> {
  for (let step = 0; desk.county.tray.size > 0; step += 1) {
    if (step > 3_000)
      throw new Error(`still waiting: ${[...desk.county.tray.pending()].map(({ id }) => id).join(', ')}`);
    await desk.pumpAll();
    desk.endAll();
    const next = desk.nextDue();
    if (Number.isFinite(next)) desk.now = Math.max(desk.now, next);
    else if (!desk.isBusy) expect([...desk.county.tray.pending()], 'waits, and nothing is due').toEqual([]);
  }
}

const staying = opsOf({ moves: false });
const moving = opsOf({ moves: true });

describe('sorting the outbox', () => {
  it('lets leave what a look at everything would let leave, in the same order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...PACES), staying, async (pace, ops) => {
        const desk = new OutboxDesk(pace);
        await live(desk, ops, async () => {
          const expected = naivePump(desk);
          const { parcels, settled } = await desk.pumpAll();
          expect(parcels).toEqual(expected.parcels);
          expect(settled).toEqual(expected.settled);
          const due = trueNextDue(desk);
          expect(desk.nextDue()).toBeLessThanOrEqual(due);
          expect(desk.nextDue()).toBeGreaterThan(desk.now);
        });
        await drain(desk);
        desk.checkPace();
      }),
      { numRuns: 100 },
    );
  });

  it('sends nothing where an address no longer leads, and loses nothing on the way', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...PACES), moving, async (pace, ops) => {
        const desk = new OutboxDesk(pace);
        await live(desk, ops, async () => {
          await desk.pumpAll();
          expect(desk.nextDue()).toBeGreaterThan(desk.now);
        });
        await drain(desk);
        desk.checkPace();
      }),
      { numRuns: 100 },
    );
  });

  it('sends nothing again that is on its way, though the outbox was read anew and its address leads elsewhere', async () => {
    const desk = new OutboxDesk({});
    desk.put(rowFor(desk, { kind: 'table', to: { unit: '甲村' }, id: 'table' }));
    await desk.pumpAll();
    desk.do({ do: 'reload' });
    desk.do({ do: 'bind', unit: '甲村', group: '1h' });
    await desk.pumpAll();
    expect(desk.sent.map(({ key }) => key)).toEqual(['p:1g']);
    desk.end('p:1g', 'unavailable');
    await drain(desk);
    expect(desk.sent.map(({ key }) => key)).toEqual(['p:1g', 'p:1h']);
  });

  it('gives who has waited for twenty seconds a turn beside the tables', async () => {
    const desk = new OutboxDesk({ perAccountMs: SECOND });
    for (let i = 0; i < 60; i += 1) desk.put(rowFor(desk, { kind: 'table', to: { person: `p${i}` }, id: `t${i}` }));
    desk.put(rowFor(desk, { kind: 'answer', to: { person: 'asks' }, id: 'answer' }));
    const asked = desk.now;
    await drain(desk);
    const answered = desk.sent.find(({ rowIds }) => rowIds.includes('answer'))?.at ?? Number.NaN;
    expect(answered - asked).toBeGreaterThanOrEqual(20 * SECOND);
    expect(answered - asked).toBeLessThanOrEqual(24 * SECOND);
  });

  it('sends tables before answers before reminders, and answers of a chat together', async () => {
    const desk = new OutboxDesk({ perChatMs: SECOND });
    const to = { person: 'p' };
    for (const id of ['r1', 'a1', 't1', 'a2']) {
      const kind = id.startsWith('r') ? 'reminder' : id.startsWith('a') ? 'answer' : 'table';
      desk.put(rowFor(desk, { kind, to, id }));
    }
    await drain(desk);
    expect(desk.sent.map(({ rowIds }) => rowIds)).toEqual([['t1'], ['a1', 'a2'], ['r1']]);
  });

  it('lets what was tried in vain go first again, and not before its time for what was said since', async () => {
    const desk = new OutboxDesk({});
    const to = { person: 'p' };
    for (let i = 0; i < 50; i += 1) desk.put(rowFor(desk, { kind: 'answer', to, id: `a${i}` }));
    await desk.pumpAll();
    desk.end('p:p', 'unavailable');
    await desk.pumpAll();
    expect(desk.sent).toHaveLength(1);
    desk.now = desk.nextDue();
    await drain(desk);
    expect(desk.sent.slice(1).map(({ rowIds }) => [rowIds[0], rowIds.length])).toEqual([
      ['a0', 40],
      ['a40', 10],
    ]);
  });

  it('does not repeat a reminder after a later one that says the same, whichever may leave first', async () => {
    const desk = new OutboxDesk({});
    const to = { person: 'p' };
    desk.put(rowFor(desk, { kind: 'reminder', to, id: 'first', text: 'same' }));
    for (let tries = 0; tries < 3; tries += 1) {
      desk.now = Math.max(desk.now, desk.nextDue());
      await desk.pumpAll();
      desk.end('p:p', 'unavailable');
    }
    desk.put(rowFor(desk, { kind: 'reminder', to, id: 'second', text: 'same' }));
    await drain(desk);
    expect(desk.sent.map(({ rowIds }) => rowIds)).toEqual([['first'], ['first'], ['first'], ['second']]);
  });

  it('looks at a few chats only when one is added to a hundred thousand that wait for their account', async () => {
    const desk = new OutboxDesk({ perMinute: 1 });
    for (let i = 0; i < 500; i += 1) {
      for (let n = 0; n < 200; n += 1) {
        desk.put(rowFor(desk, { kind: 'answer', to: { person: `p${i}` }, id: `a${i}.${n}`, text: 'ok' }));
      }
    }
    await desk.pumpAll();
    desk.endAll();
    await desk.pumpAll();
    desk.looks = 0;
    desk.put(rowFor(desk, { kind: 'answer', to: { person: 'new' }, id: 'new' }));
    await desk.pumpAll();
    desk.nextDue();
    expect(desk.looks).toBeLessThan(10);
    desk.now = desk.nextDue();
    await desk.pumpAll();
    expect(desk.looks).toBeLessThan(20);
    expect(desk.sent).toHaveLength(2);
  });
});
