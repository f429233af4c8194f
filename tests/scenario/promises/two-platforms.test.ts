/** People with an account on one platform and a group on another. */
import { describe, expect, it } from 'vitest';
import { put } from '../../../src/core/rows/index.ts';
import { type Bot, startBot } from '../../support/bot.ts';

/** From now on somebody has an account on another platform only. */
async function movesAway(bot: Bot, name: string): Promise<void> {
  const [account] = bot.app.county().accountsOf(bot.personId(name));
  if (!account) throw new Error(`${name} has no account`);
  const now = bot.clock.now();
  await bot.store.commit([
    put('account', { ...account, releasedAt: now }),
    put('account', { ...account, id: `other:${name}`, claimedAt: now, releasedAt: null }),
  ]);
  await bot.restart();
}

describe('somebody who has claimed a post on another platform only', () => {
  it('is not pointed at where nobody could be, and not called unclaimed; who acts next is', async () => {
    const bot = await startBot();
    await movesAway(bot, '张三');
    await bot.walkTo('17:00');
    const reminder = bot.heard('福山地村').at(-1);
    expect(reminder?.text).toContain('张三还没在这边认领');
    expect(reminder?.mentions).not.toContain('张三');
  });
});

describe('a secretary whose own group is on another platform than the group above', () => {
  it('is named in the table of the level above, where nobody can point at them', async () => {
    const bot = await startBot();
    await movesAway(bot, '孙三');
    await bot.walkTo('18:30');
    const table = bot.heard('林东镇').at(-1);
    expect(table?.text).toMatch(/福山地村 0\/3 孙三/);
    expect(table?.mentions).not.toContain('孙三');
  });
});
