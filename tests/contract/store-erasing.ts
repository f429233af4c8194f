/** The part of the store's contract that is about what is long over: finding it, and taking the words out of it. */
import { describe, expect, it } from 'vitest';
import { put, type ReportRow, type Tables, type Write } from '../../src/core/rows/index.ts';
import { AT, COUNTY, inbound, obligation, outbox, period, report, TODAY, TRICKY } from './rows.ts';
import type { Fresh } from './store.ts';

const spoken = { message: 'telegram:-100:17' };

/** A period of another form, locked at another moment. */
const locked = (form: string, key: Tables['period']['key'], locksAt: number): Tables['period'] => ({
  ...period(TODAY),
  id: `${form}@${key}`,
  form,
  key,
  locksAt,
});

/** An obligation of a subject in a period, with a report of it. */
function said(periodId: string, subjectId: string, more: Partial<ReportRow> = {}): Write[] {
  const id = `${periodId}@${subjectId}`;
  return [
    put('obligation', { ...obligation(TODAY, subjectId), id, periodId }),
    put('report', { ...report('1', id), ...more }),
  ];
}

const blank = { items: [], note: null, values: { abnormal: 2, checked: true }, message: 'nobody kept it' };
const ids = (rows: readonly { id: string }[]): string[] => rows.map(({ id }) => id);

export function describeErasing(fresh: Fresh): void {
  describe('erasing', () => {
    it('takes the words out of a report, a message and a notice, and leaves all else of them', async () => {
      const { store } = await fresh();
      const [day] = [period(TODAY)];
      const row = report('1', `daily@${TODAY}@grid`);
      const notice = { ...outbox('re#1', 'dead'), settledAt: AT };
      await store.commit([
        ...COUNTY,
        put('period', day),
        put('obligation', obligation(TODAY, 'grid')),
        put('report', row),
        put('inbound', inbound('m')),
        put('inbound', inbound('beside')),
        put('outbox', notice),
      ]);
      const other = { personId: 'nobody', via: 'phone', kind: 'withdrawal', message: 'another' } as const;
      await store.commit([
        { table: 'report', op: 'erase', row: { ...row, ...other, values: { abnormal: 2 }, items: [], note: null } },
        { table: 'inbound', op: 'erase', row: { ...inbound('m'), text: '', chat: 'another', sentAt: 0 } },
        { table: 'outbox', op: 'erase', row: { ...notice, body: { kind: 'answer', text: '' }, state: 'pending' } },
      ]);
      expect((await store.load(TODAY)).report).toEqual([{ ...row, values: { abnormal: 2 }, items: [], note: null }]);
      expect(await store.past.heard(['m', 'beside'])).toEqual([{ ...inbound('m'), text: '' }, inbound('beside')]);
      expect(await store.dead(9)).toEqual([{ ...notice, body: { kind: 'answer', text: '' } }]);
    });

    it('makes no row where there is none', async () => {
      const { store } = await fresh();
      await store.commit([{ table: 'inbound', op: 'erase', row: inbound('m') }]);
      expect((await store.check(['m'])).known).toEqual(new Set());
    });

    it('holds also for what the same commit writes, before it; what is written whole after it is whole', async () => {
      const { store } = await fresh();
      const erased: Write = { table: 'inbound', op: 'erase', row: { ...inbound('m'), text: '' } };
      await store.commit([put('inbound', inbound('m')), erased]);
      expect((await store.past.heard(['m'])).map(({ text }) => text)).toEqual(['']);
      await store.commit([erased, put('inbound', inbound('m'))]);
      expect((await store.past.heard(['m'])).map(({ text }) => text)).toEqual([TRICKY]);
    });
  });

  describe('of what is long over gives', () => {
    it('the periods of a form one after the other, as they locked, up to a moment', async () => {
      const { store } = await fresh();
      await store.commit([
        put('period', locked('visit', '2026-11-03', AT)),
        put('period', locked('visit', '2026-11-02.b', AT - 5)),
        put('period', locked('visit', '2026-11-02.a', AT - 5)),
        put('period', locked('visit', '2026-11-04', AT + 1)),
        put('period', locked('daily', '2026-11-02', AT - 3)),
      ]);
      const found: string[] = [];
      let after = { locksAt: Number.MIN_SAFE_INTEGER, id: '' };
      for (let next = await store.past.nextLocked('visit', after, AT); next; ) {
        found.push(next.id);
        after = next;
        next = await store.past.nextLocked('visit', after, AT);
      }
      expect(found).toEqual(['visit@2026-11-02.a', 'visit@2026-11-02.b', 'visit@2026-11-03']);
      expect(ids(await store.past.periods(['visit@2026-11-04', 'visit@never']))).toEqual(['visit@2026-11-04']);
    });

    it('the versions of a period with words in or behind them, in portions', async () => {
      const { store } = await fresh();
      const at = (key: string, subject: string): string => `${key}@${subject}`;
      await store.commit([
        ...COUNTY,
        put('inbound', inbound(spoken.message)),
        put('inbound', { ...inbound('silent'), text: '' }),
        put('period', locked('visit', '2026-11-02', AT)),
        put('period', locked('visit', '2026-11-02.a', AT)),
        ...said('visit@2026-11-02', 'a', blank),
        ...said('visit@2026-11-02', 'b', { ...blank, message: 'silent' }),
        ...said('visit@2026-11-02', 'c', { ...blank, ...spoken }),
        ...said('visit@2026-11-02', 'd', { ...blank, items: ['张三'] }),
        ...said('visit@2026-11-02', 'e', { ...blank, note: '张三' }),
        ...said('visit@2026-11-02', 'f', { ...blank, values: { who: '张三' } }),
        ...said('visit@2026-11-02.a', 'g', { ...blank, note: '张三' }),
      ]);
      const subjects = async (after: string, limit: number) =>
        (await store.past.reportsIn('visit@2026-11-02', after, limit)).map(({ obligationId }) =>
          obligationId.slice(-1),
        );
      expect(await subjects('', 9)).toEqual(['c', 'd', 'e', 'f']);
      expect(await subjects('', 2)).toEqual(['c', 'd']);
      expect(await subjects(`${at('visit@2026-11-02', 'd')}#1`, 2)).toEqual(['e', 'f']);
    });

    it('every version about some subjects in periods of some forms', async () => {
      const { store } = await fresh();
      await store.commit([
        ...COUNTY,
        put('period', locked('visit', '2026-11-02', AT)),
        put('period', locked('visit', '2026-11-01', AT - 1)),
        put('period', locked('daily', '2026-11-02', AT)),
        ...said('visit@2026-11-02', 'one', blank),
        put('report', { ...report('2', 'visit@2026-11-02@one'), kind: 'correction' }),
        ...said('visit@2026-11-02', 'one#2'),
        ...said('visit@2026-11-02', 'on'),
        ...said('visit@2026-11-02', 'two'),
        ...said('visit@2026-11-01', 'two'),
        ...said('daily@2026-11-02', 'two'),
      ]);
      expect(ids(await store.past.reportsAbout(['one', 'two', 'nobody'], ['visit'], AT))).toEqual([
        'visit@2026-11-02@one#1',
        'visit@2026-11-02@one#2',
        'visit@2026-11-02@two#1',
      ]);
    });

    it('the notices that are done with, by the key they begin with', async () => {
      const { store } = await fresh();
      await store.commit([
        ...(['re#1', 're#1#rest', 're#12', 're#1!', 're#2'] as const).map((id) => put('outbox', outbox(id, 'sent'))),
        put('outbox', outbox('re#1#dead', 'dead')),
        put('outbox', outbox('re#1#still', 'pending')),
      ]);
      expect(ids(await store.past.settled(['re#1', 're#3']))).toEqual(['re#1', 're#1#rest', 're#1#dead']);
    });

    it('how many were erased since a moment', async () => {
      const { store } = await fresh();
      const row = (id: string, at: number): Tables['erasure'] => ({
        id,
        what: 'register:watched',
        at,
        entries: 1,
        reports: 2,
        messages: 3,
      });
      await store.commit([row('c', AT + 1), row('b', AT), row('a', AT - 1)].map((each) => put('erasure', each)));
      expect(await store.past.erasures(AT)).toEqual([row('b', AT), row('c', AT + 1)]);
    });
  });
}
