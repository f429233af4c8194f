/** The part of the store's contract that is about what is read. */
import { describe, expect, it } from 'vitest';
import { put } from '../../src/core/rows/index.ts';
import { addDays } from '../../src/core/time.ts';
import {
  AT,
  COUNTY,
  dayOf,
  inbound,
  obligation,
  outage,
  outbox,
  period,
  person,
  report,
  TODAY,
  TRICKY,
} from './rows.ts';
import { byTable, rowsByTable } from './snapshots.ts';
import type { Fresh } from './store.ts';

const TOMORROW = addDays(TODAY, 1);

export function describeReading(fresh: Fresh): void {
  describe('loads', () => {
    it('only periods of the day asked for and later, with what hangs on them', async () => {
      const { store } = await fresh();
      await store.commit([...COUNTY, ...[addDays(TODAY, -1), TODAY, TOMORROW].flatMap(dayOf)]);
      expect(byTable(await store.load(TODAY))).toEqual(rowsByTable([...COUNTY, ...dayOf(TODAY), ...dayOf(TOMORROW)]));
    });

    it('neither used confirmations nor outbox rows that are done with', async () => {
      const { store } = await fresh();
      const asked = {
        id: 'open',
        chat: 'c',
        personId: 'zhang',
        payload: '',
        askedAt: AT,
        expiresAt: AT,
        usedAt: null,
      };
      await store.commit([
        ...COUNTY,
        put('confirmation', asked),
        put('confirmation', { ...asked, id: 'used', usedAt: AT }),
        ...(['pending', 'sending', 'sent', 'dropped', 'dead'] as const).map((state) =>
          put('outbox', outbox(state, state)),
        ),
      ]);
      const { confirmation, outbox: rows } = await store.load(TODAY);
      expect(confirmation.map((row) => row.id)).toEqual(['open']);
      expect(rows.map((row) => row.id)).toEqual(['pending', 'sending']);
    });

    it('the versions of a report in the order they arrived', async () => {
      const { store } = await fresh();
      const version = (name: string, at: number) =>
        put('report', { ...report(name, `daily@${TODAY}@grid`, at), note: name });
      await store.commit([...COUNTY, put('period', period(TODAY)), put('obligation', obligation(TODAY, 'grid'))]);
      await store.commit([version('third', AT + 20)]);
      await store.commit([version('first', AT), version('second', AT)]);
      expect((await store.load(TODAY)).report.map((row) => row.note)).toEqual(['first', 'second', 'third']);
      expect((await store.period(`daily@${TODAY}`))?.reports.map((row) => row.note)).toEqual([
        'first',
        'second',
        'third',
      ]);
    });
  });

  it('gives thousands of rows in the order in which they first came', async () => {
    const { store } = await fresh();
    const ids = Array.from({ length: 9_000 }, (_, i) => `person ${9_000 - i}`);
    await store.commit(ids.map((id) => put('person', person(id))));
    await store.commit([put('person', { ...person('person 8999'), name: 'another' })]);
    expect((await store.load(TODAY)).person.map((row) => row.id)).toEqual(ids);
  });

  it('reads everything as it was at one moment, while another store writes', async () => {
    const { store, reopen } = await fresh();
    const other = await reopen();
    let writing = true;
    const writer = async (): Promise<void> => {
      for (let i = 0; writing; i += 1) {
        const account = { id: `telegram:${i}`, personId: `${i}`, displayName: '', claimedAt: AT, releasedAt: null };
        await other.commit([put('account', account), put('person', person(`${i}`))]);
      }
    };
    const written = writer();
    const sizes: [people: number, accounts: number][] = [];
    try {
      for (let i = 0; i < 25; i += 1) {
        const { person: people, account } = await store.load(TODAY);
        sizes.push([people.length, account.length]);
      }
    } finally {
      writing = false;
    }
    await written;
    for (const [people, accounts] of sizes) expect(accounts).toBe(people);
  });

  describe('one period', () => {
    it('comes with all that hangs on it and nothing of another', async () => {
      const { store } = await fresh();
      const rows = rowsByTable(dayOf(TODAY));
      await store.commit([...COUNTY, ...dayOf(TODAY), ...dayOf(TOMORROW)]);
      expect(await store.period(`daily@${TODAY}`)).toEqual({
        period: rows.period?.[0],
        obligations: rows.obligation,
        reports: rows.report,
        slots: rows.slot,
        gaps: rows.gap,
      });
    });

    it('is null when it never existed', async () => {
      const { store } = await fresh();
      expect(await store.period(`daily@${TODAY}`)).toBeNull();
    });
  });

  describe('checks', () => {
    it('which of thousands of ids were committed', async () => {
      const { store } = await fresh();
      const ids = Array.from({ length: 5_000 }, (_, i) => `telegram:-100:${i}`);
      const even = ids.filter((_, i) => i % 2 === 0);
      await store.commit(even.map((id) => put('inbound', inbound(id))));
      const { known, rosterRevision } = await store.check([...ids, TRICKY]);
      expect(known).toEqual(new Set(even));
      expect(rosterRevision).toBeNull();
    });

    it('the revision of the roster that another store left', async () => {
      const { store, reopen } = await fresh();
      const other = await reopen();
      await other.commit([put('meta', { id: 'rosterRevision', value: 'a token' })]);
      expect((await store.check([])).rosterRevision).toBe('a token');
    });
  });

  it('counts the tries at a claim code of one account since a moment', async () => {
    const { store } = await fresh();
    const tries = [
      { id: '1', accountId: 'telegram:7', at: AT - 1 },
      { id: '2', accountId: 'telegram:7', at: AT },
      { id: '3', accountId: 'telegram:7', at: AT + 1 },
      { id: '4', accountId: 'telegram:8', at: AT + 1 },
    ];
    await store.commit(tries.map((row) => put('claimTry', row)));
    expect(await store.claimTries('telegram:7', AT)).toBe(2);
    expect(await store.claimTries('telegram:9', AT)).toBe(0);
  });

  it('lists what was given up, the last first, up to a limit', async () => {
    const { store } = await fresh();
    const dead = (id: string, settledAt: number) => put('outbox', { ...outbox(id, 'dead'), settledAt });
    await store.commit([
      dead('second', AT + 1),
      dead('first', AT),
      dead('third', AT + 2),
      put('outbox', outbox('p', 'sent')),
    ]);
    expect((await store.dead(2)).map((row) => row.id)).toEqual(['third', 'second']);
    expect(await store.dead(9)).toHaveLength(3);
  });

  it('gives the outages that ended since a moment, in the order in which they began', async () => {
    const { store } = await fresh();
    const long = outage('1', AT - 3_000, AT);
    const short = outage('2', AT - 1_000, AT - 500);
    const over = outage('1', AT - 9_000, AT - 8_000);
    await store.commit([short, long, over].map((row) => put('outage', row)));
    expect(await store.outages(AT - 500)).toEqual([long, short]);
  });
}
