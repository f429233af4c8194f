import { afterEach, describe, expect, it } from 'vitest';
import { Cell, type CellHooks, NotDurableError } from '../../src/app/cell.ts';
import { SteppedClock } from '../../src/clock.ts';
import { type Decision, NOTHING } from '../../src/core/notices.ts';
import { put, type Write } from '../../src/core/rows/index.ts';
import { openStore } from '../../src/store/prisma.ts';
import type { Store } from '../../src/store/store.ts';
import { tempDatabaseUrl } from '../support/temp-database.ts';
import { withCommit } from '../support/with-commit.ts';

const clock = new SteppedClock(Date.parse('2026-11-23T07:00:00+08:00'));
const QUIET: CellHooks = { prelude: () => NOTHING, react: () => NOTHING };
const open: Store[] = [];

afterEach(async () => {
  for (const store of open.splice(0)) await store.close();
});

const meta = (id: string, value = '1'): Write => put('meta', { id, value });
const decides = (...writes: Write[]) => ({ decide: (): Decision => ({ writes, notices: [] }) });
const claims = (id: string, ...writes: Write[]) => ({
  claim: id,
  decide: (): Decision => ({
    writes: [
      { table: 'inbound', op: 'insert', row: { id, chat: 'c', accountId: 'a', text: '', sentAt: 0, receivedAt: 0 } },
      ...writes,
    ],
    notices: [],
  }),
});

interface Setting {
  cell: Cell;
  store: Store;
  /** The ids of each commit that was tried. */
  commits: string[][];
  fresh: () => Promise<Cell>;
}

/** A cell on a database file; commits for which `fails` says so throw. */
async function cellOn(fails: (ids: string[]) => boolean = () => false, hooks = QUIET): Promise<Setting> {
  const store = await openStore({ url: tempDatabaseUrl() });
  open.push(store);
  const commits: string[][] = [];
  const between = withCommit(store, async (writes) => {
    const ids = writes.map(({ row }) => row.id);
    commits.push(ids);
    if (fails(ids)) throw new Error('the disk is full');
    await store.commit(writes);
  });
  return { cell: await Cell.open(between, clock, hooks), store, commits, fresh: () => Cell.open(store, clock, QUIET) };
}

const reasons = async (works: Promise<unknown>[]): Promise<string[]> =>
  (await Promise.allSettled(works)).map((each) =>
    each.status === 'fulfilled' ? String(each.value) : each.reason.name,
  );

describe('the cell', () => {
  it('commits together what is said in one breath, in its order', async () => {
    const { cell, commits } = await cellOn();
    await Promise.all(['a', 'b', 'c'].map((id) => cell.submit(decides(meta(id)))));
    expect(commits).toEqual([['a', 'b', 'c']]);
  });

  it('lets each work see what the one before it decided, though nothing is committed yet', async () => {
    const { cell } = await cellOn();
    const add = () =>
      cell.submit({
        decide: (county) => ({ writes: [meta('sum', String(Number(county.meta('sum') ?? 0) + 1))], notices: [] }),
      });
    await Promise.all(Array.from({ length: 20 }, add));
    expect(cell.county.meta('sum')).toBe('20');
  });

  it('keeps the order of works although a decision has to wait for a read', async () => {
    const { cell } = await cellOn();
    const order: string[] = [];
    const slow = cell.submit({
      decide: async () => {
        await new Promise((resolve) => setImmediate(resolve));
        order.push('slow');
        return NOTHING;
      },
    });
    const quick = cell.submit({
      decide: () => {
        order.push('quick');
        return NOTHING;
      },
    });
    await Promise.all([slow, quick]);
    expect(order).toEqual(['slow', 'quick']);
  });

  it('does not take its neighbours with it when one work throws', async () => {
    const { cell, fresh } = await cellOn();
    const works = [
      cell.submit(decides(meta('a'))),
      cell.submit({ decide: () => Promise.reject(new RangeError('a bug')) }),
      cell.submit(decides(meta('c'))),
    ];
    expect(await reasons(works)).toEqual(['done', 'RangeError', 'done']);
    const { county } = await fresh();
    expect([county.meta('a'), county.meta('c')]).toEqual(['1', '1']);
  });

  it('gives each work its own try when their commit fails, and forgets only the one the store cannot take', async () => {
    const { cell, fresh } = await cellOn((ids) => ids.includes('bad'));
    const works = ['a', 'bad', 'c'].map((id) => cell.submit(decides(meta(id))));
    expect(await reasons(works)).toEqual(['done', NotDurableError.name, 'done']);
    const again = await fresh();
    for (const id of ['a', 'bad', 'c']) expect([id, cell.county.meta(id)]).toEqual([id, again.county.meta(id)]);
    expect(cell.county.meta('bad')).toBeNull();
  });

  it('goes on after a commit that failed for the moment, its memory equal to the store', async () => {
    let failures = 1;
    const { cell, fresh } = await cellOn(() => failures-- > 0);
    const works = ['a', 'b'].map((id) => cell.submit(claims(id, meta(id))));
    expect(await reasons(works)).toEqual(['done', 'done']);
    await expect(cell.submit(claims('a'))).resolves.toBe('duplicate');
    expect([...'ab'].map((id) => cell.county.meta(id))).toEqual(['1', '1']);
    expect((await fresh()).county.meta('b')).toBe('1');
  });

  it('tells everybody when the store cannot even be asked, and works again when it can', async () => {
    const { cell, store } = await cellOn();
    const check = store.check;
    store.check = () => Promise.reject(new Error('no disk'));
    expect(await reasons(['a', 'b'].map((id) => cell.submit(decides(meta(id)))))).toEqual([
      NotDurableError.name,
      NotDurableError.name,
    ]);
    store.check = check;
    await expect(cell.submit(decides(meta('c')))).resolves.toBe('done');
    expect([...'abc'].map((id) => cell.county.meta(id))).toEqual([null, null, '1']);
  });

  it('decides a claim once, of copies in one batch and of a copy that comes later', async () => {
    const { cell, store } = await cellOn();
    let decided = 0;
    const work = () => ({
      ...claims('message'),
      decide: () => {
        decided += 1;
        return claims('message', meta('effect', String(decided))).decide();
      },
    });
    expect(await reasons([work(), work(), work()].map((each) => cell.submit(each)))).toEqual([
      'done',
      'duplicate',
      'duplicate',
    ]);
    expect(await cell.submit(work())).toBe('duplicate');
    expect([decided, cell.county.meta('effect')]).toEqual([1, '1']);
    expect((await store.check(['message'])).known).toEqual(new Set(['message']));
  });

  it('tells nobody that a message is known before it is kept', async () => {
    let failures = 2;
    const { cell, store } = await cellOn(() => failures-- > 0);
    const works = [1, 2].map(() => cell.submit(claims('message')));
    expect(await reasons(works)).toEqual([NotDurableError.name, 'done']);
    expect((await store.check(['message'])).known).toEqual(new Set(['message']));
  });

  it('leaves a message that decided nothing free to be decided about again', async () => {
    const { cell } = await cellOn();
    await cell.submit({ claim: 'talk', decide: () => NOTHING });
    await expect(cell.submit(claims('talk'))).resolves.toBe('done');
  });

  it('commits what follows from a decision together with it', async () => {
    const react: CellHooks['react'] = (_, writes) => ({
      writes: writes.some(({ row }) => row.id === 'cause') ? [meta('effect')] : [],
      notices: [],
    });
    const { cell, commits } = await cellOn(undefined, { ...QUIET, react });
    await cell.submit(decides(meta('cause')));
    expect(commits).toEqual([['cause', 'effect']]);
  });

  it('opens what must be open before a batch, and again when its first commit failed', async () => {
    let failures = 1;
    const prelude: CellHooks['prelude'] = (county) =>
      county.meta('opened') === null ? { writes: [meta('opened')], notices: [] } : NOTHING;
    const { cell, fresh } = await cellOn(() => failures-- > 0, { ...QUIET, prelude });
    await Promise.all(['a', 'b'].map((id) => cell.submit(decides(meta(id)))));
    expect([cell.county.meta('opened'), (await fresh()).county.meta('opened')]).toEqual(['1', '1']);
  });

  it('reads the county anew when another process has changed the roster', async () => {
    const { cell, store } = await cellOn();
    await store.commit([meta('from outside'), meta('rosterRevision', '7')]);
    await cell.submit(decides());
    expect(cell.county.meta('from outside')).toBe('1');
  });

  it('decides nothing on what was never kept, though the store could not even be read after it failed', async () => {
    let down = false;
    const { store } = await cellOn();
    const whileUp = <T>(work: () => Promise<T>): Promise<T> => (down ? Promise.reject(new Error('io')) : work());
    const between: Store = {
      ...withCommit(store, (writes) => whileUp(() => store.commit(writes))),
      load: (since) => whileUp(() => store.load(since)),
    };
    const broken = await Cell.open(between, clock, QUIET);
    down = true;
    expect(await reasons(['a', 'b'].map((id) => broken.submit(claims(id, meta(id)))))).toEqual([
      NotDurableError.name,
      NotDurableError.name,
    ]);
    const seen: (string | null)[] = [];
    const look = () =>
      broken.submit({
        decide: (county) => {
          seen.push(county.meta('a'));
          return NOTHING;
        },
      });
    expect([broken.stale, await reasons([look()])]).toEqual([true, [NotDurableError.name]]);
    down = false;
    await look();
    expect([broken.stale, seen]).toEqual([false, [null]]);
  });

  it('keeps nothing of a work whose consequences threw, and all of its neighbours', async () => {
    const react: CellHooks['react'] = (_, writes) => {
      if (writes.some(({ row }) => row.id === 'bad')) throw new RangeError('a bug');
      return NOTHING;
    };
    const { cell, fresh } = await cellOn(undefined, { ...QUIET, react });
    const thrown = { decide: () => Promise.reject(new TypeError('another')) };
    const works = [decides(meta('a')), thrown, decides(meta('bad')), decides(meta('c'))];
    expect(await reasons(works.map((work) => cell.submit(work)))).toEqual(['done', 'TypeError', 'RangeError', 'done']);
    for (const { county } of [cell, await fresh()]) {
      expect(['a', 'bad', 'c'].map((id) => county.meta(id))).toEqual(['1', null, '1']);
    }
    await expect(cell.submit(decides(meta('bad')))).rejects.toThrow('a bug');
    await cell.submit(decides());
    expect(cell.county.meta('bad')).toBeNull();
  });

  it('is idle once everything it was handed is done', async () => {
    const { cell } = await cellOn();
    const works = Array.from({ length: 30 }, (_, i) => cell.submit(decides(meta(`m${i}`))));
    await cell.idle();
    expect(cell.county.meta('m29')).toBe('1');
    await Promise.all(works);
  });
});
