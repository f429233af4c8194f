import { describe, expect, it } from 'vitest';
import { alertPlaybook } from '../../support/alert-playbook.ts';
import { type Bot, type BotOptions, startBot } from '../../support/bot.ts';
import { mainFormAlone } from '../../support/main-form.ts';

const watched = (options: BotOptions = {}): Promise<Bot> => startBot({ playbook: alertPlaybook(), ...options });
const alertsIn = (bot: Bot, group: string): string[] =>
  bot.heard(group).flatMap(({ text }) => (text.startsWith('⚠️') ? text : []));

/** Two fevers on the first day, a third on the second. */
async function threeFevers(bot: Bot): Promise<void> {
  await bot.says('张三', '福山地村', '/日报 2', { at: '08:00' });
  await bot.says('李四', '福山地村', '/日报 1', { at: '+1d 09:00' });
}

const RAISED = '⚠️ 预警1 福山地村 两天内发热 3 人(日报,聚集性发热)。收到请发:/收到 1';

describe('a threshold that is passed', () => {
  it('is told to the levels it is for, with a figure, the line to answer with, and who leads there', async () => {
    const bot = await watched();
    await bot.says('张三', '福山地村', '/日报 2', { at: '08:00' });
    expect(alertsIn(bot, '福山地村')).toEqual([]);
    await bot.says('李四', '福山地村', '/日报 1', { at: '+1d 09:00' });
    expect(alertsIn(bot, '福山地村')).toEqual([`${RAISED}\n@孙三`]);
    expect(alertsIn(bot, '林东镇')).toEqual([`${RAISED}\n@钱二`]);
    expect(bot.heard('福山地村').find(({ text }) => text.startsWith('⚠️'))?.mentions).toEqual(['孙三']);
    expect(alertsIn(bot, '巴林左旗')).toEqual([]);
    expect(alertsIn(bot, '大新庄村')).toEqual([]);
    expect(alertsIn(bot, '林东镇').join()).not.toMatch(/张三|李四/);
  });

  it('is told again when it has grown, and only then', async () => {
    const bot = await watched();
    await threeFevers(bot);
    await bot.says('李四', '福山地村', '/日报 1', { at: '+1d 09:05' });
    expect(alertsIn(bot, '福山地村')).toHaveLength(1);
    await bot.says('李四', '福山地村', '/更正 2', { at: '+1d 09:10' });
    expect(alertsIn(bot, '福山地村').slice(1)).toEqual([
      '⚠️ 预警1 福山地村 又增加:两天内发热 4 人,先前 3 人(日报,聚集性发热)。收到请发:/收到 1\n@孙三',
    ]);
  });

  it('is not taken back when it is corrected away, and told again above what was told', async () => {
    const bot = await watched();
    await threeFevers(bot);
    for (const line of ['/更正 0', '/更正 1']) await bot.says('李四', '福山地村', line, { at: '+1d 09:10' });
    expect(alertsIn(bot, '福山地村')).toHaveLength(1);
    await bot.says('李四', '福山地村', '/更正 5', { at: '+1d 09:20' });
    expect(alertsIn(bot, '福山地村').at(-1)).toContain('又增加:两天内发热 7 人,先前 3 人');
  });

  it('is forgotten by the next day whose last days do not hold it', async () => {
    const bot = await watched();
    await bot.says('张三', '福山地村', '/日报 2', { at: '08:00' });
    await bot.says('李四', '福山地村', '/日报 1', { at: '+2d 09:00' });
    expect(alertsIn(bot, '福山地村')).toEqual([]);
  });

  it('says its day where that is over', async () => {
    const bot = await watched();
    await bot.walkTo('+1d 08:00');
    await bot.says('张三', '福山地村', '/补报 昨天 4 停电');
    expect(alertsIn(bot, '福山地村')).toEqual([
      '⚠️ 预警1 福山地村 截至11月23日两天内发热 4 人(日报,聚集性发热)。收到请发:/收到 1\n@孙三',
    ]);
  });

  it('leaves at night, while tables wait for the morning', async () => {
    const bot = await watched();
    await bot.says('张三', '福山地村', '/日报 3', { at: '23:30' });
    expect(bot.heard('林东镇').map(({ at, text }) => [at, text])).toEqual([['23:30:00', expect.stringMatching(/^⚠️/)]]);
  });

  it('has a number of its own on each day, also where one message passes several', async () => {
    const bot = await watched();
    await bot.says('张三', '福山地村', '/日报 3 聚集12', { at: '08:00' });
    await bot.says('吴六', '大新庄村', '/日报 3', { at: '08:10' });
    expect(alertsIn(bot, '林东镇').map((text) => /预警\d \S+/.exec(text)?.[0])).toEqual([
      '预警1 福山地村',
      '预警2 福山地村一网格',
      '预警3 大新庄村',
    ]);
    await bot.says('吴六', '大新庄村', '/日报 3', { at: '+1d 08:10' });
    expect(alertsIn(bot, '大新庄村').at(-1)).toContain('预警1 ');
  });

  it('is neither told nor raised twice by a restart in between', async () => {
    const bot = await watched();
    await threeFevers(bot);
    await bot.restart();
    await bot.says('李四', '福山地村', '/日报 1', { at: '+1d 09:10' });
    expect(alertsIn(bot, '福山地村')).toHaveLength(1);
    await bot.says('李四', '福山地村', '/日报 2', { at: '+1d 09:15' });
    expect(alertsIn(bot, '福山地村').at(-1)).toContain('预警1 福山地村 又增加:两天内发热 4 人,先前 3 人');
    expect(await bot.rows('SELECT COUNT(*) FROM alert')).toEqual([[1]]);
  });

  it('is of no concern to a playbook without thresholds', async () => {
    const bot = await startBot({ playbook: await mainFormAlone() });
    await bot.says('张三', '福山地村', '/日报 30 发热30', { at: '08:00' });
    expect(await bot.rows('SELECT COUNT(*) FROM alert')).toEqual([[0]]);
  });
});

describe('an alert nobody has acknowledged', () => {
  it('is told once more after half an hour, in each group, and then not again', async () => {
    const bot = await watched();
    await bot.says('张三', '福山地村', '/日报 3', { at: '23:30' });
    await bot.walkTo('23:59');
    expect(alertsIn(bot, '林东镇')).toHaveLength(1);
    await bot.walkTo('+1d 00:00');
    for (const group of ['福山地村', '林东镇']) {
      expect(alertsIn(bot, group).at(-1)).toContain('预警1 还没有人收到:福山地村 截至11月23日两天内发热 3 人');
    }
    await bot.restart();
    await bot.walkTo('+1d 09:00');
    for (const group of ['福山地村', '林东镇']) expect(alertsIn(bot, group)).toHaveLength(2);
  });

  it('is told no more once somebody has', async () => {
    const bot = await watched();
    await bot.says('张三', '福山地村', '/日报 3', { at: '10:00' });
    await bot.says('钱二', '林东镇', '/收到 1', { at: '10:29' });
    await bot.walkTo('12:00');
    expect(alertsIn(bot, '福山地村')).toHaveLength(1);
    await bot.says('张三', '福山地村', '/更正 4', { at: '12:01' });
    expect(alertsIn(bot, '福山地村').at(-1)).toBe(
      '⚠️ 预警1 福山地村 又增加:两天内发热 4 人,先前 3 人(日报,聚集性发热)。',
    );
  });

  it('counts its half hour from when it was told last', async () => {
    const bot = await watched();
    await bot.says('张三', '福山地村', '/日报 3', { at: '10:00' });
    await bot.says('张三', '福山地村', '/更正 4', { at: '10:20' });
    await bot.walkTo('10:49');
    expect(alertsIn(bot, '林东镇')).toHaveLength(2);
    await bot.walkTo('10:50');
    expect(alertsIn(bot, '林东镇').at(-1)).toContain('还没有人收到:福山地村 两天内发热 4 人');
  });
});
