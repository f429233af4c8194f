import { describe, expect, it } from 'vitest';
import { runStatus } from '../../src/cli/status.ts';
import { SIMULATED_AHEAD } from '../../src/core/meta.ts';
import { put } from '../../src/core/rows.ts';
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
