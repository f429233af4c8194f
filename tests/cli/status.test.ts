import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { runStatus } from '../../src/cli/status.ts';
import { ACCOUNTS, SIMULATED_AHEAD } from '../../src/core/meta.ts';
import { put } from '../../src/core/rows/index.ts';
import { DAY } from '../../src/core/time.ts';
import { becomeOwner } from '../../src/store/owner.ts';
import { startBot } from '../support/bot.ts';
import { DAILY, playbookOf, SESSIONS, unitForm } from '../support/forms.ts';
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

describe('a county with several forms', () => {
  it('has a line for each: those that several sessions have the latest, what nobody owes how much was said', async () => {
    const leaflets = { fields: { leaflets: { name: '传单', type: 'count' } } };
    const forms = {
      daily: DAILY,
      water: unitForm('水情', { every: SESSIONS }),
      leaflets: unitForm('宣传', { owed: false, adds: true, ...leaflets }),
    };
    const file = join(mkdtempSync(join(tmpdir(), 'gridbot-playbook-')), 'made.yaml');
    writeFileSync(file, JSON.stringify({ id: 'made', name: '测试', forms }));
    vi.stubEnv('GRIDBOT_PLAYBOOK', file);
    onTestFinished(() => {
      vi.unstubAllEnvs();
      rmSync(dirname(file), { recursive: true });
    });
    const bot = await startBot({ playbook: playbookOf(forms) });
    await bot.walkTo('12:30');
    await bot.says('张三', '福山地村', '/水情 1');
    await bot.says('张三', '福山地村', '/宣传 传单20');
    const ahead = String(bot.clock.now() - Date.now());
    await bot.store.commit([put('meta', { id: SIMULATED_AHEAD, value: ahead })]);
    const { out } = await runOn(bot.url, runStatus);
    expect(out.split('\n')).toEqual([
      '巴林左旗 2026-11-23 日报 0/4',
      '  林东镇/福山地村 0/3:一网格、二网格、三网格',
      '  林东镇/大新庄村 0/1:一网格',
      '巴林左旗 2026-11-23 水情(晚) 1/4',
      '  林东镇/福山地村 1/3:二网格、三网格',
      '  林东镇/大新庄村 0/1:一网格',
      '巴林左旗 2026-11-23 宣传 1 条',
      '',
    ]);
  });
});

describe('what was erased', () => {
  it('is one line of the last thirty days: how many, never whom', async () => {
    const bot = await startBot();
    const now = Date.now();
    const row = (id: string, at: number) => put('erasure', { id, what: id, at, entries: 2, reports: 30, messages: 31 });
    expect((await runOn(bot.url, runStatus)).out).not.toContain('抹去');
    await bot.store.commit([
      row('register:watched', now - 1_000),
      row('form:visit', now - 29 * DAY),
      row('long ago', now - 31 * DAY),
    ]);
    const { out } = await runOn(bot.url, runStatus);
    expect(out).toContain('近 30 天因保存期满抹去:台账 4 条的姓名、上报 60 份的文字、消息 62 条的原文;数字都还在');
    const { out: json } = await runOn(bot.url, runStatus, '--json');
    expect(JSON.parse(json).erased).toEqual({ entries: 4, reports: 60, messages: 62 });
  });
});
