import { describe, expect, it } from 'vitest';
import { runStatus } from '../../src/cli/status.ts';
import { ACCOUNTS, SIMULATED_AHEAD } from '../../src/core/meta.ts';
import { put } from '../../src/core/rows/index.ts';
import { becomeOwner } from '../../src/store/owner.ts';
import { startBot } from '../support/bot.ts';
import { tempDatabaseUrl } from '../support/temp-database.ts';
import { runOn } from './command.ts';

describe('gridbot status', () => {
  it.each([[['--yaml']], [['today']]])('answers %j with how it is used', async (args) => {
    await expect(runOn(tempDatabaseUrl(), runStatus, ...args)).rejects.toMatchObject({
      name: 'CliError',
      message: 'usage: gridbot status [--json]',
    });
  });

  it('names the steps that downtime swallowed as what they were', async () => {
    const bot = await startBot();
    await bot.walkTo('16:50');
    await bot.offlineUntil('19:10');
    await bot.walkTo('19:10');
    // The command reads the machine's clock, which is brought to the evening of that day.
    const ahead = String(bot.clock.now() - Date.now());
    await bot.store.commit([put('meta', { id: SIMULATED_AHEAD, value: ahead })]);
    const { out } = await runOn(bot.url, runStatus, '--json');
    expect(JSON.parse(out)).toMatchObject({
      forms: {
        daily: {
          missing: 4,
          skipped: [
            { at: '17:00', step: 'remind' },
            { at: '17:45', step: 'remind' },
            { at: '18:00', step: 'table' },
          ],
        },
      },
    });
  });
});

describe('what was not heard', () => {
  it('stands below who is missing: outages of today, and accounts that are lost now', async () => {
    const bot = await startBot();
    const now = Date.now();
    await bot.store.commit([
      put('outage', {
        id: 'o',
        platform: 'wechat',
        account: '2',
        since: now - 60_000,
        until: now,
        cause: 'silent',
        lossy: 'yes',
      }),
      put('meta', {
        id: ACCOUNTS,
        value: JSON.stringify([{ platform: 'telegram', account: '7', state: 'lost', since: now, problem: 'dns' }]),
      }),
    ]);
    const release = await becomeOwner(bot.url);
    const { out } = await runOn(bot.url, runStatus);
    await release();
    expect(out).toMatch(/微信 2 号 \d\d:\d\d–\d\d:\d\d 断开过,期间群里说的可能没收到/);
    expect(out).toMatch(/Telegram 7 号从 \d\d:\d\d 起断着/);
  });
});
