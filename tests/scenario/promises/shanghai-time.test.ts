import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { startBot } from '../../support/bot.ts';
import { linesOf } from '../../support/sqlite.ts';

/** What the project says of time in a process whose machine lives in `zone`. */
async function underZone(zone: string): Promise<{ zone: string; moments: unknown[][] }> {
  const script = fileURLToPath(new URL('../../support/time-child.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', script], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, TZ: zone },
  });
  const [line = ''] = await linesOf(child);
  return JSON.parse(line);
}

describe('promise 11: time is civil time of Shanghai', () => {
  it('gives the same answers wherever the machine thinks it is', async () => {
    const [utc, ...others] = await Promise.all(['UTC', 'America/New_York', 'Pacific/Kiritimati'].map(underZone));
    expect([utc, ...others].map((each) => each?.zone)).toEqual(['UTC', 'America/New_York', 'Pacific/Kiritimati']);
    for (const other of others) expect({ ...other, zone: '' }).toEqual({ ...utc, zone: '' });
    expect(utc?.moments.map(([day, , clock]) => `${day} ${clock}`)).toEqual([
      '2026-11-22 23:59',
      '2026-11-23 00:00',
      '2026-11-23 18:00',
      '2024-02-29 00:30',
      '2026-03-08 15:30',
      '2026-12-31 23:59',
      '1970-01-01 07:00',
    ]);
  });

  it('asks for the daily form on Saturdays, Sundays, holidays and made-up workdays alike', async () => {
    // National Day with its long holiday, and the Saturday after it on which offices work.
    const bot = await startBot({ start: '2026-09-30T07:00:00+08:00' });
    await bot.walkTo('+12d 20:00');
    const rows = await bot.rows(
      `SELECT period.key, count(*) FROM period JOIN obligation ON period_id = period.id GROUP BY period.key ORDER BY 1`,
    );
    expect(rows).toHaveLength(13);
    expect(new Set(rows.map(([, expected]) => expected))).toEqual(new Set([4]));
    const reminders = bot.heard('大新庄村').filter(({ at, text }) => at === '17:00:00' && text.startsWith('⏰'));
    expect(reminders).toHaveLength(13);
    expect(bot.heard('巴林左旗').filter(({ at }) => at === '19:30:00')).toHaveLength(13);
  });

  it('begins a day at midnight in Shanghai, and takes a line for the day on which it was sent', async () => {
    const bot = await startBot();
    expect(await bot.says('张三', '福山地村', '/日报 0', { at: '23:59:59' })).toEqual([
      expect.stringContaining('11月23日'),
    ]);
    expect(await bot.says('张三', '福山地村', '/日报 0', { at: '+1d 00:00:00' })).toEqual([
      expect.stringContaining('11月24日'),
    ]);
    expect(await bot.says('李四', '福山地村', '/日报 0', { at: '+1d 00:10', sentAt: '23:58' })).toEqual([
      expect.stringMatching(/11月23日.*迟报/),
    ]);
  });

  it('takes 18:00:00 for on time and a second later for late', async () => {
    const bot = await startBot();
    const punctual = await bot.says('张三', '福山地村', '/日报 0', { at: '18:00:00' });
    const late = await bot.says('李四', '福山地村', '/日报 0', { at: '18:00:01' });
    const [first, second] = [...punctual, ...late].filter((text) => text.startsWith('✅'));
    expect(first).not.toContain('迟报');
    expect(second).toContain('迟报');
  });
});
