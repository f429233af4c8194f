import { describe, expect, it } from 'vitest';
import { type Bot, startBot } from '../../support/bot.ts';

const STEPS = [
  '17:00-remind-village',
  '17:45-remind-village',
  '18:00-table-village',
  '18:30-table-township',
  '19:30-table-county',
];
const SKIPPED = /因停机没有发出:([^)]*)/;

async function slots(bot: Bot): Promise<string[]> {
  const rows = await bot.rows('SELECT id, outcome FROM slot ORDER BY due_at, id');
  return rows.map(([id, outcome]) => `${id} ${outcome}`);
}

describe('promise 4: a missed step is taken once, within its grace', () => {
  it('takes each step of the last hour once, records the older one and says so in the next table', async () => {
    const bot = await startBot();
    await bot.walkTo('16:50');
    await bot.offlineUntil('18:10');
    await bot.walkTo('18:15');
    expect(await slots(bot)).toEqual([
      'daily@2026-11-23#17:00-remind-village skipped',
      'daily@2026-11-23#17:45-remind-village fired',
      'daily@2026-11-23#18:00-table-village fired',
    ]);
    const [table, reminder, ...more] = bot.heard('福山地村').map(({ text }) => text);
    expect(SKIPPED.exec(table ?? '')?.[1]).toBe('17:00 提醒');
    expect(reminder).toMatch(/^⏰/);
    expect(more).toEqual([]);
    await bot.restart();
    await bot.walkTo('18:29');
    expect(bot.heard('福山地村')).toHaveLength(2);
  });

  it('hears first what was said meanwhile: whoever reported is not reminded on its return', async () => {
    const bot = await startBot();
    await bot.walkTo('17:30');
    await bot.offlineUntil('18:20');
    await bot.platform.deliver(bot.message('吴六', '大新庄村', '/日报 0', { sentAt: '17:50' }));
    await bot.walkTo('18:20');
    const [first, table, ...more] = bot.heard('大新庄村');
    expect(first).toMatchObject({ at: '17:00:00', text: expect.stringMatching(/^⏰/) });
    expect(table).toMatchObject({ at: '18:20:00', text: expect.stringContaining('按时1 迟报0') });
    expect(more).toEqual([expect.objectContaining({ text: expect.stringContaining('✅ 一网格') })]);
  });

  it('sends nothing at all of a day it slept through, and keeps and shows what was skipped', async () => {
    const bot = await startBot();
    await bot.walkTo('16:00');
    await bot.offlineUntil('+1d 08:00');
    await bot.walkTo('+1d 08:30');
    expect(bot.everything()).toEqual([]);
    expect(await slots(bot)).toEqual(STEPS.map((step) => `daily@2026-11-23#${step} skipped`));
    const shown = async (who: string, group: string): Promise<string | undefined> => {
      const [table] = await bot.says(who, group, '/汇总 昨天');
      return SKIPPED.exec(table ?? '')?.[1];
    };
    expect(await shown('孙三', '福山地村')).toBe('17:00 提醒、17:45 提醒、18:00 汇总');
    expect(await shown('钱二', '林东镇')).toBe('18:30 汇总');
    expect(await shown('赵一', '巴林左旗')).toBe('19:30 汇总');
  });

  it('shows what was skipped as what it was, also when the ladder has been changed since', async () => {
    const bot = await startBot();
    await bot.walkTo('16:00');
    await bot.offlineUntil('+1d 08:00');
    await bot.walkTo('+1d 08:00');
    bot.playbook.forms.daily?.ladder.splice(0, 2, { at: 16 * 3_600_000, do: 'table', in: 'township' });
    const [table] = await bot.says('孙三', '福山地村', '/汇总 昨天');
    expect(SKIPPED.exec(table ?? '')?.[1]).toBe('17:00 提醒、17:45 提醒、18:00 汇总');
  });

  it('opens the day that began while it was down, and goes on with its steps', async () => {
    const bot = await startBot();
    await bot.walkTo('19:20');
    await bot.offlineUntil('+1d 00:20');
    await bot.walkTo('+1d 17:00');
    expect((await slots(bot)).slice(-2)).toEqual([
      'daily@2026-11-23#19:30-table-county skipped',
      'daily@2026-11-24#17:00-remind-village fired',
    ]);
    expect(bot.heard('福山地村').at(-1)?.text).toContain('11月24日');
  });

  it('opens every day of a long absence, so that none of them is missing from the books', async () => {
    const bot = await startBot();
    await bot.walkTo('20:00');
    await bot.offlineUntil('+5d 12:00');
    await bot.walkTo('+5d 12:00');
    const periods = (await bot.rows('SELECT key FROM period ORDER BY key')).flat();
    expect(periods).toEqual(['23', '24', '25', '26', '27', '28'].map((day) => `2026-11-${day}`));
    expect((await slots(bot)).filter((slot) => slot.endsWith('skipped'))).toHaveLength(4 * 5);
    expect(bot.heard('巴林左旗')).toHaveLength(1);
  });
});
