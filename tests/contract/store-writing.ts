/** The part of the store's contract that is about what is written. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { put, type Write } from '../../src/core/rows/index.ts';
import { DuplicateError } from '../../src/store/store.ts';
import { binding, COUNTY, dayOf, EVERYTHING, inbound, outbox, period, person, slot, TODAY, unit } from './rows.ts';
import { byTable, rowsByTable } from './snapshots.ts';
import type { Fresh } from './store.ts';

const insert = (id: string): Write => ({ table: 'inbound', op: 'insert', row: inbound(id) });

export function describeWriting(fresh: Fresh): void {
  describe('keeps what it is given', () => {
    it('gives back every row of every table exactly, nulls and odd characters included', async () => {
      const { store } = await fresh();
      await store.commit(EVERYTHING);
      expect(byTable(await store.load(TODAY))).toEqual(rowsByTable(EVERYTHING));
    });

    it('shows all of it to a store opened later', async () => {
      const { store, reopen } = await fresh();
      await store.commit([...EVERYTHING, insert('seen')]);
      await store.close();
      const second = await reopen();
      expect(byTable(await second.load(TODAY))).toEqual(rowsByTable(EVERYTHING));
      expect((await second.check(['seen'])).known).toEqual(new Set(['seen']));
    });

    it('keeps any text, with a replacement only for what is no character', async () => {
      const { store } = await fresh();
      const text = fc.string({ unit: 'binary', maxLength: 60 });
      await fc.assert(
        fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 20 }), async (texts) => {
          await store.commit(texts.map((value, i) => put('meta', { id: `text ${i}`, value })));
          const values = new Map((await store.load(TODAY)).meta.map((row) => [row.id, row.value]));
          texts.forEach((value, i) => {
            expect(values.get(`text ${i}`)).toBe(value.replaceAll('\0', '\uFFFD'));
          });
        }),
        { numRuns: 50 },
      );
    });

    it('keeps half a surrogate pair and a NUL as replacement characters, in ids too', async () => {
      const { store } = await fresh();
      await store.commit([insert('half \ud83d'), put('meta', { id: 'odd', value: 'a\0b\udc00c\ud800' })]);
      expect((await store.load(TODAY)).meta).toEqual([{ id: 'odd', value: 'a\uFFFDb\uFFFDc\uFFFD' }]);
      expect((await store.check(['half \ud83d'])).known).toEqual(new Set(['half \ud83d']));
      await expect(store.commit([insert('half \ud83d')])).rejects.toThrow(DuplicateError);
    });

    it('keeps any instant to the millisecond', async () => {
      const { store } = await fresh();
      await store.commit(COUNTY);
      const instant = fc.integer({ min: Date.parse('1970-01-01'), max: Date.parse('9999-12-31') });
      await fc.assert(
        fc.asyncProperty(fc.array(instant, { minLength: 1, maxLength: 20 }), async (instants) => {
          await store.commit(
            instants.map((at, i) => put('slot', { ...slot(TODAY, i), dueAt: at })).concat(put('period', period(TODAY))),
          );
          const slots = new Map((await store.load(TODAY)).slot.map((row) => [row.id, row.dueAt]));
          instants.forEach((at, i) => {
            expect(slots.get(slot(TODAY, i).id)).toBe(at);
          });
        }),
        { numRuns: 50 },
      );
    });

    it('takes 10,000 rows in one commit', async () => {
      const { store } = await fresh();
      const many = Array.from({ length: 10_000 }, (_, i) => put('person', person(`person ${i}`)));
      await store.commit(many);
      expect(byTable(await store.load(TODAY))).toEqual(rowsByTable(many));
    });

    it('does nothing when there is nothing to write', async () => {
      const { store } = await fresh();
      await store.commit([]);
      expect(Object.values(await store.load(TODAY)).flat()).toEqual([]);
    });
  });

  describe('puts', () => {
    it('replaces a row by its id', async () => {
      const { store } = await fresh();
      await store.commit([put('person', { ...person('zhang'), phone: '1' })]);
      await store.commit([put('person', { ...person('zhang'), name: '张三', phone: null })]);
      expect((await store.load(TODAY)).person).toEqual([{ id: 'zhang', name: '张三', phone: null }]);
    });

    it('lets the last of several puts on one id hold', async () => {
      const { store } = await fresh();
      await store.commit(['1', '2', '3'].map((value) => put('meta', { id: 'rosterRevision', value })));
      expect((await store.check([])).rosterRevision).toBe('3');
    });

    it('accepts children before their parents', async () => {
      const { store } = await fresh();
      await store.commit([...dayOf(TODAY).reverse(), ...COUNTY]);
      expect((await store.load(TODAY)).report).toHaveLength(1);
    });
  });

  describe('inserts', () => {
    it('refuses the whole commit when an id is taken, and names the table', async () => {
      const { store } = await fresh();
      await store.commit([insert('1')]);
      const again = store.commit([put('person', person('zhang')), insert('2'), insert('1')]);
      await expect(again).rejects.toBeInstanceOf(DuplicateError);
      await expect(again).rejects.toMatchObject({ table: 'inbound' });
      expect((await store.load(TODAY)).person).toEqual([]);
      expect((await store.check(['1', '2'])).known).toEqual(new Set(['1']));
    });

    it('refuses an id inserted twice in one commit', async () => {
      const { store } = await fresh();
      await expect(store.commit([insert('1'), insert('1')])).rejects.toMatchObject({ table: 'inbound' });
      expect((await store.check(['1'])).known.size).toBe(0);
    });

    it('refuses an insert after a put of the same id, and lets a put follow an insert', async () => {
      const { store } = await fresh();
      const value = (op: 'put' | 'insert', text: string): Write => ({
        table: 'meta',
        op,
        row: { id: 'x', value: text },
      });
      await expect(store.commit([value('put', 'a'), value('insert', 'b')])).rejects.toBeInstanceOf(DuplicateError);
      await store.commit([value('insert', 'c'), value('put', 'd')]);
      expect((await store.load(TODAY)).meta).toEqual([{ id: 'x', value: 'd' }]);
    });

    it('works again after a refusal', async () => {
      const { store } = await fresh();
      await store.commit([insert('1')]);
      await expect(store.commit([insert('1')])).rejects.toBeInstanceOf(DuplicateError);
      await store.commit([insert('2')]);
      expect((await store.check(['1', '2'])).known.size).toBe(2);
    });
  });

  describe('a commit in two steps', () => {
    it('keeps nothing until its second step, then what the rows were at the first', async () => {
      const { store } = await fresh();
      const row = { ...person('zhang') };
      const notice = { ...outbox('o', 'pending') };
      const writes: Write[] = [put('person', row), put('outbox', notice)];
      const commit = store.prepare(writes);
      Object.assign(row, { id: 'another', name: 'another' });
      notice.state = 'dead';
      writes.push(insert('late'));
      expect(Object.values(await store.load(TODAY)).flat()).toEqual([]);
      await commit();
      expect(byTable(await store.load(TODAY))).toEqual({
        person: [person('zhang')],
        outbox: [outbox('o', 'pending')],
      });
      expect((await store.check(['late'])).known.size).toBe(0);
    });

    it('refuses at once what the writes themselves claim twice, and at the second step what was taken meanwhile', async () => {
      const { store } = await fresh();
      expect(() => store.prepare([insert('1'), insert('1')])).toThrow(DuplicateError);
      const commits = [store.prepare([insert('1')]), store.prepare([insert('1'), put('person', person('zhang'))])];
      const tries = await Promise.allSettled(commits.map((commit) => commit()));
      expect(tries).toMatchObject([{ status: 'fulfilled' }, { status: 'rejected', reason: { table: 'inbound' } }]);
      expect((await store.load(TODAY)).person).toEqual([]);
    });

    it('lands several in the order of their second steps', async () => {
      const { store } = await fresh();
      const of = (value: string) => store.prepare([put('meta', { id: 'rosterRevision', value })]);
      const [first, second] = [of('first'), of('second')];
      await Promise.all([second(), first()]);
      expect((await store.check([])).rosterRevision).toBe('first');
    });

    it('may be one of nothing', async () => {
      const { store } = await fresh();
      await store.prepare([])();
      expect(Object.values(await store.load(TODAY)).flat()).toEqual([]);
    });
  });

  it('works again after each commit that failed half-way, for who reads and for who writes', async () => {
    const { store, reopen } = await fresh();
    const other = await reopen();
    await store.commit([put('unit', unit('county')), put('period', period(TODAY)), insert('0')]);
    const [refused, duplicate] = [
      [put('person', person('zhang')), put('binding', binding('no such unit'))],
      [put('person', person('zhang')), insert('0')],
    ];
    for (let at = 1; at <= 5; at += 1) {
      await expect(store.commit(refused)).rejects.toMatchObject({ code: 'reference' });
      await store.commit([insert(`${at} after a reference`)]);
      await expect(store.commit(duplicate)).rejects.toBeInstanceOf(DuplicateError);
      await other.commit([insert(`${at} after a duplicate`)]);
      await store.commit([insert(`${at} at last`)]);
      const ids = ['after a reference', 'after a duplicate', 'at last'].map((when) => `${at} ${when}`);
      expect((await store.check(ids)).known.size).toBe(3);
    }
    expect((await store.load(TODAY)).person).toEqual([]);
  });

  it('answers while a commit is under way, and knows it as soon as it is over', async () => {
    const { store } = await fresh();
    await store.check([]);
    const events: string[] = [];
    const many = Array.from({ length: 30_000 }, (_, at) => put('person', person(`person ${at}`)));
    const commit = store
      .commit([insert('last'), ...many, put('meta', { id: 'rosterRevision', value: '1' })])
      .then(() => store.check(['last']).finally(() => events.push('over')));
    for (let times = 0; times < 3; times += 1) {
      expect(await store.check(['last'])).toEqual({ known: new Set(), rosterRevision: null });
      events.push('answered');
    }
    expect(await commit).toEqual({ known: new Set(['last']), rosterRevision: '1' });
    expect(events).toEqual(['answered', 'answered', 'answered', 'over']);
  });

  it('keeps nothing of a commit with a row that refers to nothing', async () => {
    const { store } = await fresh();
    const commit = store.commit([
      insert('1'),
      put('unit', unit('county')),
      put('period', period(TODAY)),
      put('binding', binding('no such unit')),
    ]);
    await expect(commit).rejects.toMatchObject({ code: 'reference' });
    expect(Object.values(await store.load(TODAY)).flat()).toEqual([]);
    expect((await store.check(['1'])).known.size).toBe(0);
  });

  it('lands every commit of two stores that write to the same data at once', async () => {
    const { store, reopen } = await fresh();
    const other = await reopen();
    const ids = Array.from({ length: 40 }, (_, i) => `message ${i}`);
    await Promise.all(ids.map((id, i) => (i % 2 === 0 ? store : other).commit([insert(id)])));
    expect((await store.check(ids)).known.size).toBe(40);
  });

  it('lets exactly one of several stores insert an id', async () => {
    const { store, reopen } = await fresh();
    const other = await reopen();
    const tries = await Promise.allSettled(
      [store, other, store, other].map((each, i) => each.commit([insert('1'), put('meta', { id: `${i}`, value: '' })])),
    );
    expect(tries.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    expect((await store.load(TODAY)).meta).toHaveLength(1);
  });

  it('closes twice without harm', async () => {
    const { store } = await fresh();
    await store.close();
    await store.close();
  });
}
