import { describe, expect, it } from 'vitest';
import { StoreError } from '../../../src/store/store.ts';
import { startBot } from '../../support/bot.ts';
import { soon } from '../../support/soon.ts';
import { withCommit } from '../../support/with-commit.ts';

/** A bot whose store can neither keep nor read anything while the disk is down. */
async function botOnBadDisk() {
  const disk = { down: false };
  const whileUp = <T>(work: () => Promise<T>): Promise<T> => (disk.down ? Promise.reject(new Error('io')) : work());
  const bot = await startBot({
    wrapStore: (store) => ({
      ...withCommit(store, (writes) => whileUp(() => store.commit(writes))),
      load: (since) => whileUp(() => store.load(since)),
    }),
  });
  return { bot, disk };
}

describe('promise 2: an acknowledged report survives', () => {
  it('has the report and its answer in the database file before the answer leaves', async () => {
    const bot = await startBot();
    const found: unknown[] = [];
    bot.platform.beforeDelivery = async () => {
      const rows = await bot.rows('SELECT (SELECT count(*) FROM report), (SELECT group_concat(state) FROM outbox)');
      found.push(rows[0]);
    };
    expect(await bot.says('张三', '福山地村', '/日报 0', { at: '16:30' })).toHaveLength(1);
    expect(found).toEqual([[1, 'pending']]);
  });

  it('says nothing while the commit of the report is under way, and says it when it is through', async () => {
    const held: (() => void)[] = [];
    let holding = false;
    const bot = await startBot({
      wrapStore: (store) =>
        withCommit(store, async (writes) => {
          if (holding) await new Promise<void>((resolve) => held.push(resolve));
          await store.commit(writes);
        }),
    });
    await bot.app.tick();
    holding = true;
    const handled = bot.platform.deliver(bot.message('张三', '福山地村', '/日报 0'));
    await soon(() => expect(held.length).toBe(1));
    const ticked = bot.app.tick();
    for (let i = 0; i < 20; i += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(bot.platform.tried).toEqual([]);
    holding = false;
    held[0]?.();
    await Promise.all([handled, ticked]);
    await bot.app.tick();
    expect(bot.heard('福山地村')).toHaveLength(1);
  });

  it('counts nothing in an answer that was decided meanwhile and is never kept', async () => {
    const commits: { go: () => void; fail: (error: Error) => void }[] = [];
    let holding = false;
    const bot = await startBot({
      wrapStore: (store) =>
        withCommit(store, async (writes) => {
          if (holding) await new Promise<void>((go, fail) => commits.push({ go, fail }));
          await store.commit(writes);
        }),
    });
    await bot.app.tick();
    holding = true;
    const first = bot.platform.deliver(bot.message('张三', '福山地村', '/日报 0'));
    await soon(() => expect(commits.length).toBe(1));
    const second = bot.platform.deliver(bot.message('李四', '福山地村', '/日报 0'));
    // It is decided while the first one is under way, and begins to commit when that is kept.
    commits[0]?.go();
    await first;
    await soon(() => expect(commits.length).toBe(2));
    const ticked = bot.app.tick();
    await soon(() => expect(bot.platform.tried.length).toBe(1));
    holding = false;
    commits[1]?.fail(new StoreError('full', 'no space left'));
    await expect(second).rejects.toThrow(/no space left/);
    await ticked;
    expect(bot.heard('福山地村').map(({ text }) => text)).toEqual([expect.stringMatching(/一网格.*\(1\/3\)$/)]);
    expect(await bot.rows('SELECT count(*) FROM report')).toEqual([[1]]);
  });

  it('acknowledges nothing that a store which failed, and could not even be read, has not kept', async () => {
    const { bot, disk } = await botOnBadDisk();
    await bot.walkTo('17:10');
    disk.down = true;
    const message = bot.message('张三', '福山地村', '/日报 0');
    await expect(bot.platform.deliver(message)).rejects.toThrow(/failed: io/);
    disk.down = false;
    await bot.walkTo('17:20');
    expect(bot.heard('福山地村').filter(({ text }) => text.startsWith('✅'))).toEqual([]);
    expect(await bot.rows('SELECT count(*) FROM report')).toEqual([[0]]);
    await bot.platform.deliver(message);
    await bot.walkTo('17:21');
    expect(bot.heard('福山地村').filter(({ text }) => text.startsWith('✅'))).toHaveLength(1);
  });

  it('puts right at the next tick what a failed store has left in memory', async () => {
    const { bot, disk } = await botOnBadDisk();
    disk.down = true;
    await expect(bot.app.remember('mark', '1')).rejects.toThrow(/failed: io/);
    disk.down = false;
    await bot.bareApp.tick();
    expect(bot.app.county().meta('mark')).toBeNull();
  });

  it('keeps a slot that a failed store has not, as soon as the store is back', async () => {
    const { bot, disk } = await botOnBadDisk();
    await bot.walkTo('16:59');
    disk.down = true;
    await expect(bot.walkTo('17:00')).rejects.toThrow(/failed: io/);
    disk.down = false;
    await bot.walkTo('17:01');
    expect(bot.heard('福山地村').map(({ text }) => text)).toEqual([expect.stringContaining('⏰')]);
  });

  it('still knows after a kill what it had acknowledged', async () => {
    const bot = await startBot();
    const [answer] = await bot.says('张三', '福山地村', '/日报 2 返乡1', { at: '17:30' });
    expect(answer).toContain('✅');
    await bot.kill();
    await bot.start();
    const due = bot.app.county().book('daily@2026-11-23')?.due(bot.unitId('福山地村/一网格'));
    expect(due?.standing.current?.values).toEqual({ abnormal: 2, returned: 1 });
  });

  it('answers a report that was committed just before the kill once it is back', async () => {
    const bot = await startBot();
    await bot.platform.deliver(bot.message('张三', '福山地村', '/日报 0'));
    await bot.kill();
    await bot.start();
    await bot.app.tick();
    expect(bot.heard('福山地村').map(({ text }) => text)).toEqual([expect.stringContaining('一网格')]);
  });
});
