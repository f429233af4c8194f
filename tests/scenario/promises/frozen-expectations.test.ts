import { describe, expect, it } from 'vitest';
import { civilDateOf } from '../../../src/core/time.ts';
import { loadPlaybook } from '../../../src/playbook-file.ts';
import { summaryOf } from '../../../src/rehearse/summary.ts';
import { type Bot, startBot } from '../../support/bot.ts';

const DAY = '2026-11-23';

/** One grid fewer in 福山地村, 大新庄村 under another township, and another leader of its grid. */
const MERGED = `县,乡镇,村,网格,职务,姓名,电话
巴林左旗,,,,书记,赵一,
巴林左旗,林东镇,,,书记,钱二,
巴林左旗,碧流台镇,,,书记,王九,
巴林左旗,林东镇,福山地村,,书记,孙三,
巴林左旗,林东镇,福山地村,一网格,网格长,李四,
巴林左旗,碧流台镇,大新庄村,,书记,周五,
巴林左旗,碧流台镇,大新庄村,一网格,网格长,郑七,
巴林左旗,碧流台镇,大新庄村,二网格,网格长,吴六,
`;

/** The counts of every unit of every period there is, by path. */
async function counts(bot: Bot) {
  const today = civilDateOf(bot.clock.now());
  const { forms } = await summaryOf(
    bot.app,
    bot.store,
    await loadPlaybook('epidemic'),
    bot.moment('00:00'),
    bot.clock.now(),
  );
  return { today, periods: forms.daily ?? {} };
}

async function dayWithReports(): Promise<Bot> {
  const bot = await startBot();
  await bot.says('张三', '福山地村', '/日报 0', { at: '10:00' });
  await bot.says('吴六', '大新庄村', '/日报 3', { at: '18:10' });
  await bot.says('李四', '福山地村', '/日报 0', { at: '+1d 09:00' });
  return bot;
}

describe('promise 5: who is expected is frozen when a period opens', () => {
  it('keeps counts, rates and paths of open and past periods through a merge, a move and a new holder', async () => {
    const bot = await dayWithReports();
    const before = await counts(bot);
    await bot.importRoster(MERGED, '2026-11-24');
    await bot.app.tick();
    expect(await bot.says('孙三', 'private', '/进度')).toEqual([expect.stringContaining('福山地村')]);
    const after = await counts(bot);
    for (const [day, { units, ...county }] of Object.entries(before.periods)) {
      expect({ day, ...after.periods[day] }).toMatchObject({ day, ...county });
      for (const [path, tally] of Object.entries(units))
        expect([path, after.periods[day]?.units[path]]).toEqual([path, tally]);
    }
    await bot.restart();
    expect((await counts(bot)).periods[DAY]).toMatchObject({ expected: 4, reported: 1, late: 1, missing: 2 });
  });

  it('asks the village to settle a grid that was merged away while it was owed', async () => {
    const bot = await startBot();
    await bot.walkTo('09:00');
    await bot.importRoster(MERGED, DAY);
    await bot.walkTo('17:00');
    const [reminder = ''] = bot.heard('福山地村').map(({ text }) => text);
    expect(reminder).toContain('二网格(已撤并,请代报) @孙三');
    expect(reminder).toContain('/代报 其余 0');
  });

  it('expects from the next day on what the new roster says', async () => {
    const bot = await dayWithReports();
    await bot.importRoster(MERGED, '2026-11-24');
    await bot.walkTo('+2d 07:30');
    const { periods } = await counts(bot);
    expect(periods['2026-11-24']).toMatchObject({ expected: 4 });
    expect(periods['2026-11-25']).toMatchObject({ expected: 3 });
    const today = periods['2026-11-25']?.units ?? {};
    expect(today['碧流台镇/大新庄村/一网格']).toMatchObject({ expected: 1 });
    expect(today['林东镇/福山地村']).toMatchObject({ expected: 1 });
    expect(today['林东镇/大新庄村']).toBeUndefined();
  });

  it('freezes the path as it was: the table of a past day speaks of the village as it then stood', async () => {
    const bot = await dayWithReports();
    await bot.importRoster(MERGED, '2026-11-24');
    await bot.walkTo('+2d 08:00');
    const paths = (await bot.rows(`SELECT path FROM obligation WHERE period_id = 'daily@${DAY}' ORDER BY path`)).flat();
    expect(paths).toEqual([
      '林东镇/大新庄村/一网格',
      '林东镇/福山地村/一网格',
      '林东镇/福山地村/三网格',
      '林东镇/福山地村/二网格',
    ]);
    const [table] = await bot.says('钱二', '林东镇', '/汇总 11月23日');
    expect(table).toContain('应报4 按时1 迟报1 免报0 未报2');
  });

  it('leaves a report with whoever gave it, whoever holds the grid now', async () => {
    const bot = await dayWithReports();
    const giver = bot.personId('吴六');
    await bot.importRoster(MERGED, '2026-11-24');
    await bot.walkTo('+2d 08:00');
    const who = await bot.rows(
      `SELECT person_id FROM report WHERE obligation_id LIKE 'daily@${DAY}@%' ORDER BY sent_at DESC`,
    );
    expect(who[0]).toEqual([giver]);
  });

  it('reminds the new holder, and not the old one, of what is still owed today', async () => {
    const bot = await startBot();
    const changed = MERGED.replaceAll('碧流台镇,大新庄村', '林东镇,大新庄村').replace(/.*二网格.*\n/, '');
    await bot.walkTo('12:00');
    await bot.importRoster(changed, DAY);
    await bot.walkTo('17:00');
    expect(bot.heard('大新庄村')[0]?.text).toContain('郑七');
    expect(bot.heard('大新庄村')[0]?.text).not.toContain('吴六');
  });

  it('opens a day it slept through with the roster of that day, not with the one it wakes up to', async () => {
    const bot = await startBot();
    await bot.walkTo('20:00');
    await bot.stop();
    await bot.importRoster(MERGED, '2026-11-25');
    bot.clock.moveTo(bot.moment('+3d 08:00'));
    await bot.start();
    await bot.app.tick();
    const { periods } = await counts(bot);
    expect(Object.entries(periods).map(([day, { expected }]) => `${day} ${expected}`)).toEqual([
      '2026-11-23 4',
      '2026-11-24 4',
      '2026-11-25 3',
      '2026-11-26 3',
    ]);
  });
});
