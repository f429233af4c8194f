import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Cell, type CellHooks, NotDurableError, type Work } from '../../src/app/cell.ts';
import { SteppedClock } from '../../src/clock.ts';
import { NOTHING } from '../../src/core/notices.ts';
import { put, type Write } from '../../src/core/rows/index.ts';
import { until } from '../support/soon.ts';
import { failure, gate, Ledger } from './ledger.ts';

const clock = new SteppedClock(Date.parse('2026-11-23T07:00:00+08:00'));
const QUIET: CellHooks = { prelude: () => NOTHING, react: () => NOTHING };
const NOT_KEPT = NotDurableError.name;

const rejections: unknown[] = [];
const noteRejection = (reason: unknown): void => void rejections.push(reason);
beforeEach(() => void process.on('unhandledRejection', noteRejection));
afterEach(async () => {
  await new Promise((resolve) => setImmediate(resolve));
  process.off('unhandledRejection', noteRejection);
  expect(rejections.splice(0), 'rejections that nobody took').toEqual([]);
});

const meta = (id: string, value = '1'): Write => put('meta', { id, value });
const claimed = (id: string): Write => ({
  table: 'inbound',
  op: 'insert',
  row: { id, chat: 'c', accountId: 'a', text: '', sentAt: 0, receivedAt: 0 },
});
const writes = (...rows: Write[]): Work => ({ decide: () => ({ writes: rows, notices: [] }) });
const claims = (id: string, ...rows: Write[]): Work => ({ claim: id, ...writes(claimed(id), ...rows) });

/** Adds one to a sum, keeps under its own name what that was before, and notes it. */
const counts = (name: string, seen: string[] = []): Work => ({
  decide: (county) => {
    const sum = county.meta('sum') ?? '0';
    seen.push(`${name} at ${sum}`);
    return { writes: [meta(name, sum), meta('sum', String(Number(sum) + 1))], notices: [] };
  },
});

/** What became of a work: `done`, `duplicate`, or the name of its error. */
const outcomeOf = (work: Promise<string>): Promise<string> => work.catch((reason: Error) => reason.name);

/**
 * A cell whose first batch, of these works, is being committed until it is said how that ends. The next ones are handed
 * in before that commit begins.
 */
async function whileCommitting(first: readonly Work[], next: readonly Work[], hooks = QUIET, ledger = new Ledger()) {
  const { open, reached, pass } = gate();
  let error: Error | null = null;
  ledger.beforeCommit = async () => {
    ledger.beforeCommit = () => undefined;
    await pass();
    if (error) throw error;
  };
  const cell = await Cell.open(ledger, clock, hooks);
  const submit = (work: Work): Promise<string> => outcomeOf(cell.submit(work));
  let following: Promise<string>[] | null = null;
  const others: Work = {
    decide: () => {
      following ??= next.map(submit);
      return NOTHING;
    },
  };
  const outcomes = [...first.map(submit), submit(others)].slice(0, -1);
  await reached;
  return {
    ledger,
    cell,
    submit,
    first: () => Promise.all(outcomes),
    next: () => Promise.all(following ?? []),
    keep: open,
    fail: (why: Error) => {
      error = why;
      open();
    },
  };
}

describe('while a batch is being committed', () => {
  it('decides the next on what it leaves, and tells nobody before each is kept', async () => {
    const seen: string[] = [];
    const told: string[] = [];
    const { ledger, cell, first, next, keep } = await whileCommitting([counts('a', seen)], [counts('b', seen)]);
    void next().then((outcomes) => told.push(...outcomes));
    await until(() => seen.length === 2, 'the second is decided');
    expect(seen).toEqual(['a at 0', 'b at 1']);
    expect([ledger.commits.length, ledger.meta.size, told]).toEqual([1, 0, []]);
    keep();
    expect([await first(), await next()]).toEqual([['done'], ['done']]);
    expect(ledger.commits).toEqual([
      ['a', 'sum'],
      ['b', 'sum'],
    ]);
    expect(cell.county.meta('sum')).toBe('2');
  });

  it.each(['full', 'busy', 'io'] as const)(
    'and the store is %s, refuses all of it and decides the next on what is true',
    async (code) => {
      const seen: string[] = [];
      const works = ['b', 'c'].map((name) => counts(name, seen));
      const { ledger, cell, submit, first, next, fail } = await whileCommitting([counts('a'), counts('a2')], works);
      await until(() => seen.length === 2, 'the others are decided');
      const later = submit(counts('z', seen));
      fail(failure(code));
      expect([await first(), await next()]).toEqual([
        [NOT_KEPT, NOT_KEPT],
        ['done', 'done'],
      ]);
      expect(await later).toBe('done');
      expect(seen).toEqual(['b at 2', 'c at 3', 'b at 0', 'c at 1', 'z at 2']);
      expect(Object.fromEntries(ledger.meta)).toEqual({ b: '0', c: '1', z: '2', sum: '3' });
      expect(cell.county.meta('a')).toBeNull();
    },
  );

  it('and one of it cannot be kept, keeps the others before the next is decided again', async () => {
    const seen: string[] = [];
    const works = ['a', 'bad', 'c'].map((name) => counts(name));
    const { ledger, first, next, fail } = await whileCommitting(works, [counts('d', seen)]);
    ledger.beforeCommit = (ids) => {
      if (ids.includes('bad')) throw failure('reference');
    };
    await until(() => seen.length === 1, 'the next is decided');
    fail(failure('reference'));
    expect([await first(), await next()]).toEqual([['done', NOT_KEPT, 'done'], ['done']]);
    expect(seen).toEqual(['d at 3', 'd at 2']);
    expect(Object.fromEntries(ledger.meta)).toEqual({ a: '0', c: '1', d: '2', sum: '3' });
  });

  it('lets what repeats it wait for its outcome: a duplicate when it was kept', async () => {
    let decided = 0;
    const again: Work = {
      claim: 'message',
      decide: () => {
        decided += 1;
        return NOTHING;
      },
    };
    const works = [again, counts('other')];
    const { ledger, first, next, keep } = await whileCommitting([claims('message', meta('effect', 'first'))], works);
    await new Promise((resolve) => setImmediate(resolve));
    keep();
    expect([await first(), await next()]).toEqual([['done'], ['duplicate', 'done']]);
    expect([decided, ledger.meta.get('effect')]).toEqual([0, 'first']);
  });

  it('and decides anew what repeats it when it was not kept', async () => {
    const again = claims('message', meta('effect', 'second'));
    const { ledger, first, next, fail } = await whileCommitting([claims('message', meta('effect', 'first'))], [again]);
    fail(failure('full'));
    expect([await first(), await next()]).toEqual([[NOT_KEPT], ['done']]);
    expect([[...ledger.inbound], ledger.meta.get('effect')]).toEqual([['message'], 'second']);
  });

  it('keeps it, and the neighbours of a work whose consequences throw', async () => {
    const react: CellHooks['react'] = (_, rows) => {
      if (rows.some(({ row }) => row.id === 'bad')) throw new RangeError('a bug');
      return NOTHING;
    };
    const works = ['b', 'bad', 'c'].map((name) => counts(name));
    const { ledger, cell, first, next, keep } = await whileCommitting([counts('a')], works, { ...QUIET, react });
    keep();
    expect([await first(), await next()]).toEqual([['done'], ['done', 'RangeError', 'done']]);
    expect(Object.fromEntries(ledger.meta)).toEqual({ a: '0', b: '1', c: '2', sum: '3' });
    expect(cell.county.meta('bad')).toBeNull();
  });

  it('keeps it although what comes before the next batch throws', async () => {
    let batches = 0;
    const prelude: CellHooks['prelude'] = () => {
      batches += 1;
      if (batches === 2) throw new RangeError('a bug');
      return NOTHING;
    };
    const { ledger, cell, submit, first, next, keep } = await whileCommitting([counts('a')], [counts('b')], {
      ...QUIET,
      prelude,
    });
    expect([await next(), ledger.meta.size]).toEqual([[NOT_KEPT], 0]);
    const later = submit(counts('c'));
    keep();
    expect([await first(), await later]).toEqual([['done'], 'done']);
    expect(Object.fromEntries(ledger.meta)).toEqual({ a: '0', c: '1', sum: '2' });
    expect(cell.county.meta('sum')).toBe('2');
  });

  it('keeps it before it takes in what another process has changed meanwhile', async () => {
    const seen: string[] = [];
    const ledger = new Ledger();
    const whileOthersChange: Work = {
      decide: (county, now) => {
        ledger.meta.set('rosterRevision', 'other').set('from outside', '1');
        return counts('a').decide(county, now);
      },
    };
    const looks: Work = {
      decide: (county) => {
        seen.push(`${county.meta('from outside')} ${county.meta('sum')}`);
        return NOTHING;
      },
    };
    const { first, next, keep } = await whileCommitting([whileOthersChange], [looks], QUIET, ledger);
    await new Promise((resolve) => setImmediate(resolve));
    expect(seen).toEqual([]);
    keep();
    expect([await first(), await next(), seen]).toEqual([['done'], ['done'], ['1 1']]);
  });

  it('and neither it can be kept nor the store read after it, refuses the next and goes on when it can', async () => {
    const { ledger, cell, submit, first, next, fail } = await whileCommitting([counts('a')], [counts('b')]);
    ledger.beforeLoad = () => {
      throw failure('io');
    };
    fail(failure('io'));
    expect([await first(), await next()]).toEqual([[NOT_KEPT], [NOT_KEPT]]);
    expect(cell.stale).toBe(true);
    ledger.beforeLoad = () => undefined;
    expect(await submit(counts('c'))).toBe('done');
    expect(Object.fromEntries(ledger.meta)).toEqual({ c: '0', sum: '1' });
  });
});

/** What a work is like. `half`: what follows from it throws. `talk`: it has a claim and decides nothing. */
type Sort = 'plain' | 'claim' | 'repeat' | 'talk' | 'throws' | 'half' | 'slow';
type Fault = 'full' | 'reference' | 'duplicate' | 'load' | 'check' | null;

const sorts: Sort[] = ['plain', 'plain', 'claim', 'claim', 'repeat', 'talk', 'throws', 'half', 'slow'];
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ sort: fc.constantFrom(...sorts) }) },
  { weight: 3, arbitrary: fc.record({ turns: fc.integer({ min: 1, max: 4 }) }) },
);
const faults = fc.array(
  fc.option(fc.constantFrom<Exclude<Fault, null>>('full', 'reference', 'duplicate', 'load', 'check'), { freq: 2 }),
  { maxLength: 40, size: 'max' },
);

describe('the cell, whatever fails', () => {
  it('is one process that decides one work after the other, on what was kept', async () => {
    const history = fc.array(step, { maxLength: 50, size: 'max' });
    await fc.assert(
      fc.asyncProperty(history, faults, async (steps, script) => {
        const ledger = new Ledger();
        const next = (...kinds: Fault[]): Fault => {
          const fault = script[0] ?? null;
          if (fault !== null && !kinds.includes(fault)) return null;
          script.shift();
          return fault;
        };
        const upset = (...kinds: Fault[]) => {
          const fault = next(...kinds);
          if (fault === 'duplicate') throw new Error('nobody knows');
          if (fault !== null) throw failure(fault === 'reference' ? 'reference' : 'io');
        };
        ledger.beforeCommit = () => upset('full', 'reference', 'duplicate');
        const cell = await Cell.open(ledger, clock, {
          ...QUIET,
          react: (_, rows) => {
            if (rows.some(({ row }) => row.id.startsWith('half'))) throw new RangeError('a bug');
            return NOTHING;
          },
        });
        ledger.beforeLoad = () => upset('load');
        ledger.beforeCheck = () => upset('check');

        const done: { name: string; sort: Sort }[] = [];
        const outcomes: Promise<void>[] = [];
        const tell = (name: string, sort: Sort, claim: string | undefined, outcome: Promise<string>): void => {
          const told = outcome.then(
            (is) => {
              if (is === 'done') {
                done.push({ name, sort });
                if (sort !== 'talk' && claim === undefined) expect(ledger.meta.has(name), `${name} is kept`).toBe(true);
              } else expect(ledger.inbound.has(claim ?? ''), `${claim} is kept`).toBe(true);
            },
            (error: Error) => {
              const own = sort === 'throws' ? ['TypeError'] : sort === 'half' ? ['RangeError'] : [];
              expect([...own, NOT_KEPT]).toContain(error.name);
              expect(ledger.meta.has(name), `${name} is not kept`).toBe(false);
            },
          );
          outcomes.push(told);
        };
        let claim = '';
        for (const [at, each] of steps.entries()) {
          if ('turns' in each) {
            for (let turn = 0; turn < each.turns; turn += 1) await new Promise((resolve) => setImmediate(resolve));
            continue;
          }
          const { sort } = each;
          const name = `${sort} ${at}`;
          const count = counts(name).decide;
          if (sort === 'claim') claim = `message ${at}`;
          const own = sort === 'claim' || (sort === 'repeat' && claim !== '') || sort === 'talk';
          const id = sort === 'talk' ? `talk ${at}` : claim;
          const work: Work = {
            ...(own ? { claim: id } : {}),
            decide: async (county, now) => {
              if (sort === 'slow') await new Promise((resolve) => setImmediate(resolve));
              if (sort === 'throws') throw new TypeError('a bug');
              if (sort === 'talk') return NOTHING;
              const decision = await count(county, now);
              return own ? { ...decision, writes: [claimed(id), ...decision.writes] } : decision;
            },
          };
          tell(name, sort, own ? id : undefined, cell.submit(work));
        }
        await Promise.all(outcomes);
        ledger.beforeCommit = ledger.beforeLoad = ledger.beforeCheck = () => undefined;
        await cell.submit({ decide: () => NOTHING });

        // As many as were told are kept, each on what the one before it left.
        const kept = [...ledger.meta].filter(([id]) => id !== 'sum').map(([name, sum]) => ({ name, sum: Number(sum) }));
        const effects = done.filter(({ sort, name }) => sort !== 'talk' && ledger.meta.has(name));
        expect(kept.map(({ name }) => name).toSorted()).toEqual(effects.map(({ name }) => name).toSorted());
        const order = kept.toSorted((a, b) => a.sum - b.sum);
        expect(order.map(({ sum }) => sum)).toEqual(order.map((_, at) => at));
        expect(Number(ledger.meta.get('sum') ?? 0)).toBe(kept.length);
        // In the order in which they were handed in, save what repeats another and waits for it.
        const inOrder = order.flatMap(({ name }) => (/^repeat/.test(name) ? [] : Number(name.split(' ')[1])));
        expect(inOrder).toEqual(inOrder.toSorted((a, b) => a - b));
        // Memory is what the store has.
        for (const { name } of kept) expect(cell.county.meta(name)).toBe(ledger.meta.get(name));
        expect(cell.county.meta('sum')).toBe(ledger.meta.get('sum') ?? null);
      }),
      { numRuns: 150 },
    );
  });
});
