/** What a commit that fails costs: how many tries, and how often the county is read anew. */
import { afterEach, describe, expect, it } from 'vitest';
import { Cell, NotDurableError } from '../../src/app/cell.ts';
import { SteppedClock } from '../../src/clock.ts';
import { NOTHING } from '../../src/core/notices.ts';
import { put } from '../../src/core/rows/index.ts';
import { openStore } from '../../src/store/prisma.ts';
import { type Store, StoreError, type StoreErrorCode } from '../../src/store/store.ts';
import { tempDatabaseUrl } from '../support/temp-database.ts';
import { withCommit } from '../support/with-commit.ts';

const WORKS = 300;
const open: Store[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((store) => store.close()));
});

/** A cell on a database file that counts; commits which hold any of the `bad` ids fail with a code. */
async function cellOn(code: StoreErrorCode, isBad: (id: string) => boolean) {
  const store = await openStore({ url: tempDatabaseUrl() });
  open.push(store);
  const count = { commits: 0, loads: 0 };
  const counted: Store = {
    ...withCommit(store, async (writes) => {
      count.commits += 1;
      if (writes.some(({ row }) => isBad(row.id))) throw new StoreError(code, 'refused');
      await store.commit(writes);
    }),
    load: (since, most) => {
      count.loads += 1;
      return store.load(since, most);
    },
  };
  const cell = await Cell.open(counted, new SteppedClock(0), { prelude: () => NOTHING, react: () => NOTHING });
  count.loads = 0;
  const ids = Array.from({ length: WORKS }, (_, at) => `m${at}`);
  const outcomes = await Promise.allSettled(
    ids.map((id) => cell.submit({ decide: () => ({ writes: [put('meta', { id, value: '1' })], notices: [] }) })),
  );
  const refused = outcomes.flatMap((outcome, at) => (outcome.status === 'rejected' ? (ids[at] ?? '') : []));
  for (const outcome of outcomes) {
    if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(NotDurableError);
  }
  return { cell, store, count, ids, refused };
}

describe('a commit that the store refuses', () => {
  it('costs a few commits where one work of many is to blame, and the others are kept', async () => {
    const { cell, count, ids, refused } = await cellOn('reference', (id) => id === 'm123');
    expect(refused).toEqual(['m123']);
    expect(ids.filter((id) => cell.county.meta(id) === null)).toEqual(['m123']);
    expect(count.commits).toBeLessThan(24);
    expect(count.loads).toBeLessThan(14);
  });

  it('refuses each of many works that are to blame, and none of the others', async () => {
    const isBad = (id: string): boolean => /^m1\d\d$/.test(id) || id.endsWith('7');
    const { ids, refused } = await cellOn('reference', isBad);
    expect(refused).toEqual(ids.filter(isBad));
  });

  it('is the store when works alone fail one after the other: the rest is refused without trying each', async () => {
    const { cell, count, refused } = await cellOn('unknown', () => true);
    expect(refused).toHaveLength(WORKS);
    expect(count.commits).toBeLessThan(20);
    expect(count.loads).toBeLessThan(20);
    // Nothing of them is left in memory for the next one to be decided on.
    await cell.submit({
      decide: (county) => {
        expect(county.meta('m0')).toBeNull();
        return NOTHING;
      },
    });
  });
});
