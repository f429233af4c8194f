/** Messages made to be long: they keep nobody waiting, and fill nothing. */
import { describe, expect, it } from 'vitest';
import { RosterView } from '../../src/core/roster/view.ts';
import { startBot } from '../support/bot.ts';

describe('a stranger’s message', () => {
  it('is read and kept only so far', async () => {
    const bot = await startBot();
    await bot.says('外人', 'private', `/日报 ${'龙'.repeat(3_900)}`);
    expect(await bot.rows('SELECT length(text) FROM inbound')).toEqual([[400]]);
  });
});

describe('a message of nothing but names', () => {
  /** How many look-ups of names a message of a grid leader costs. */
  async function lookUps(text: string): Promise<number> {
    const bot = await startBot();
    let count = 0;
    const { findUnits } = RosterView.prototype;
    RosterView.prototype.findUnits = function counted(this: RosterView, ...args) {
      count += 1;
      return findUnits.apply(this, args);
    };
    try {
      await bot.says('张三', '福山地村', text);
    } finally {
      RosterView.prototype.findUnits = findUnits;
    }
    return count;
  }

  it('costs a bounded number of look-ups', async () => {
    expect(await lookUps(`/日报 ${'张'.repeat(3_900)}`)).toBeLessThan(40_000);
  });

  it('costs next to nothing where no name could begin', async () => {
    expect(await lookUps(`/日报 ${'发热 '.repeat(1_200)}`)).toBeLessThan(1_000);
  });
});
