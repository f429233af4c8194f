/** The part of the store's contract that is about updates of what is on its way out. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHANGING, type OutboxRow, put, type Write } from '../../src/core/rows/index.ts';
import { DuplicateError } from '../../src/store/store.ts';
import { AT, outbox, TODAY, TRICKY } from './rows.ts';
import type { Fresh, OpenedStore } from './store.ts';

function changing(row: OutboxRow) {
  const { notBefore, state, attempts, settledAt, chat, platformMessageId, error } = row;
  return { notBefore, state, attempts, settledAt, chat, platformMessageId, error };
}

export function describeUpdating(fresh: Fresh): void {
  describe('updates', () => {
    const update = (row: OutboxRow): Write => ({ table: 'outbox', op: 'update', row });
    const notice = { ...outbox('o', 'pending'), chat: 'telegram:-1', error: TRICKY };
    /** A row that is another in everything but its id. */
    const other: OutboxRow = {
      id: 'o',
      kind: 'answer',
      address: '{"unit":"another"}',
      body: { kind: 'answer', text: 'another' },
      priority: 99,
      createdAt: AT + 1_000,
      notBefore: AT + 2_000,
      state: 'sending',
      attempts: 7,
      settledAt: AT + 3_000,
      chat: 'telegram:-2',
      platformMessageId: '18',
      error: null,
    };
    const rowsOf = async ({ store }: OpenedStore): Promise<OutboxRow[]> => (await store.load(TODAY)).outbox;

    it('changes what changes of a row on its way, both ways between something and nothing, and all else not', async () => {
      const opened = await fresh();
      await opened.store.commit([put('outbox', outbox('beside', 'pending')), put('outbox', notice)]);
      await opened.store.commit([update(other)]);
      expect(await rowsOf(opened)).toEqual([outbox('beside', 'pending'), { ...notice, ...changing(other) }]);
      expect(new Set(Object.keys(changing(other)))).toEqual(new Set(CHANGING));
      await opened.store.commit([update(notice)]);
      expect(await rowsOf(opened)).toEqual([outbox('beside', 'pending'), notice]);
    });

    it('takes a row out of what is loaded once it is settled, and into what was given up', async () => {
      const opened = await fresh();
      await opened.store.commit(['sent', 'dead'].map((id) => put('outbox', outbox(id, 'pending'))));
      const settled = (['sent', 'dead'] as const).map((state) => ({ ...outbox(state, state), settledAt: AT }));
      await opened.store.commit(settled.map(update));
      expect([await rowsOf(opened), await opened.store.dead(9)]).toEqual([[], settled.slice(1)]);
    });

    it('makes no row where there is none', async () => {
      const opened = await fresh();
      await opened.store.commit([update(notice)]);
      await opened.store.commit([update({ ...notice, id: 'no' }), put('outbox', outbox('beside', 'pending'))]);
      expect(await rowsOf(opened)).toEqual([outbox('beside', 'pending')]);
    });

    it('keeps half a surrogate pair and a NUL as replacement characters, in ids too', async () => {
      const opened = await fresh();
      await opened.store.commit([put('outbox', outbox('half \ud83d', 'pending'))]);
      const error = 'a\0b\udc00c\ud800';
      await opened.store.commit([update({ ...outbox('half \ud83d', 'sending'), error, chat: 'telegram:\ud83d' })]);
      expect(await rowsOf(opened)).toEqual([
        { ...outbox('half \uFFFD', 'sending'), error: 'a\uFFFDb\uFFFDc\uFFFD', chat: 'telegram:\uFFFD' },
      ]);
    });

    it('changes thousands of rows in one commit', async () => {
      const opened = await fresh();
      const ids = Array.from({ length: 5_000 }, (_, at) => `${at}`);
      await opened.store.commit(ids.map((id) => put('outbox', outbox(id, 'pending'))));
      await opened.store.commit(ids.map((id) => update({ ...outbox(id, 'sending'), attempts: Number(id) })));
      expect((await rowsOf(opened)).map(({ state, attempts }) => [state, attempts])).toEqual(
        ids.map((id) => ['sending', Number(id)]),
      );
    });

    it('leaves with puts and inserts what they would leave one after the other, in any order, in one commit', async () => {
      const opened = await fresh();
      const write = fc.record({
        op: fc.constantFrom('put', 'insert', 'update'),
        id: fc.constantFrom('1', '2'),
        mark: fc.integer({ min: 0, max: 999 }),
      });
      let round = 0;
      const marked = (id: string, mark: number): OutboxRow => {
        const row = outbox(id, mark % 2 === 0 ? 'pending' : 'sending');
        const error = mark % 3 === 0 ? null : `${mark}`;
        return { ...row, body: { kind: 'answer', text: '', of: `${mark}` }, priority: mark, attempts: mark, error };
      };
      await fc.assert(
        fc.asyncProperty(fc.array(write, { maxLength: 3 }), fc.array(write, { maxLength: 6 }), async (...commits) => {
          round += 1;
          let model = new Map<string, OutboxRow>();
          for (const tries of commits) {
            const writes = tries.map(({ op, id, mark }) => ({ op, row: marked(`${round} ${id}`, mark) }));
            const after = inOrder(model, writes);
            const commit = opened.store.commit(writes.map((each): Write => ({ table: 'outbox', ...each })));
            if (after === null) await expect(commit).rejects.toBeInstanceOf(DuplicateError);
            else await commit;
            model = after ?? model;
            const found = (await rowsOf(opened)).filter(({ id }) => id.startsWith(`${round} `));
            expect(found.sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual(
              [...model.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
            );
          }
        }),
        { numRuns: 150 },
      );
    });
  });
}

/** What one write after the other leaves; null when an id is taken. */
function inOrder(
  before: ReadonlyMap<string, OutboxRow>,
  writes: readonly { op: 'put' | 'insert' | 'update'; row: OutboxRow }[],
): Map<string, OutboxRow> | null {
  const rows = new Map(before);
  for (const { op, row } of writes) {
    const there = rows.get(row.id);
    if (op === 'insert' && there) return null;
    if (op !== 'update') rows.set(row.id, row);
    else if (there) rows.set(row.id, { ...there, ...changing(row) });
  }
  return rows;
}
