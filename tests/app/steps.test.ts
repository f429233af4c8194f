import { describe, expect, it } from 'vitest';
import type { Write } from '../../src/core/rows/index.ts';
import { type Bot, startBot } from '../support/bot.ts';
import { soon } from '../support/soon.ts';
import { withCommit } from '../support/with-commit.ts';

const tables = (bot: Bot): number => bot.heard('福山地村').filter(({ text }) => text.startsWith('📋')).length;

const isStep = (writes: readonly Write[]): boolean => writes.some(({ table }) => table === 'slot');

/** A bot whose commits of ladder steps go through `keep`. */
const keeping = (keep: (commit: () => Promise<void>) => Promise<void>): Promise<Bot> =>
  startBot({
    wrapStore: (store) =>
      withCommit(store, (writes) => (isStep(writes) ? keep(() => store.commit(writes)) : store.commit(writes))),
  });

describe('what a step of the ladder says', () => {
  it('leaves only once the step is kept', async () => {
    let held = false;
    let release: (() => void) | null = null;
    const bot = await keeping(async (commit) => {
      if (held) await new Promise<void>((resolve) => (release = resolve));
      await commit();
    });
    await bot.walkTo('17:59');
    held = true;
    const walk = bot.walkTo('18:00');
    await soon(() => expect(release !== null).toBe(true));
    // Whatever could overtake the commit has its turn many times over.
    for (let turn = 0; turn < 200; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(tables(bot)).toBe(0);
    held = false;
    (release as (() => void) | null)?.();
    await walk;
    expect(tables(bot)).toBe(1);
  });

  it('is not said where the step could not be kept, and once when it is decided again', async () => {
    let broken = false;
    const bot = await keeping(async (commit) => {
      if (broken) throw new Error('the disk is full');
      await commit();
    });
    await bot.walkTo('17:59');
    broken = true;
    await expect(bot.walkTo('18:00')).rejects.toThrow('the disk is full');
    expect(tables(bot)).toBe(0);
    broken = false;
    await bot.walkTo('18:01');
    expect(tables(bot)).toBe(1);
  });
});
