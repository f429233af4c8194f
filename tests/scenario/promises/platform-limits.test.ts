import { describe, expect, it } from 'vitest';
import { MINUTE, SECOND } from '../../../src/core/time.ts';
import { startBot } from '../../support/bot.ts';

/** One township of `count` villages with one grid each. */
const villages = (count: number): string =>
  [
    '县,乡镇,村,网格,职务,姓名,电话',
    '巴林左旗,林东镇,,,书记,钱二,',
    ...Array.from({ length: count }, (_, at) => `巴林左旗,林东镇,${at + 1}号村,一网格,网格长,组长${at + 1},`),
  ].join('\n');

/** One village of `count` grids. */
const grids = (count: number): string =>
  [
    '县,乡镇,村,网格,职务,姓名,电话',
    '巴林左旗,林东镇,,,书记,钱二,',
    ...Array.from({ length: count }, (_, at) => `巴林左旗,林东镇,福山地村,${at + 1}网格,网格长,组长${at + 1},`),
  ].join('\n');

describe('promise 9: a platform is spoken to at its own pace', () => {
  it('leaves the pause between two messages to one chat, also when answers and reminders meet', async () => {
    const bot = await startBot({ pace: { perChatMs: 3 * SECOND } });
    await bot.says('李四', '福山地村', '/未报', { at: '17:00' });
    for (const line of ['/进度', '/我', '/帮助']) {
      await bot.says('张三', '福山地村', line);
      bot.clock.moveTo(bot.clock.now() + SECOND);
    }
    await bot.walkTo('17:05');
    const times = bot.heard('福山地村').map(({ at }) => bot.moment(at));
    expect(times.length).toBeGreaterThan(2);
    const pauses = times.slice(1).map((at, i) => at - (times[i] ?? 0));
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(3 * SECOND);
  });

  it('leaves the pause between two messages of the account, whatever chats they go to', async () => {
    const bot = await startBot({ roster: villages(8), pace: { perAccountMs: 700 } });
    await bot.walkTo('17:10');
    const times = bot.platform.tried.map(({ at }) => at);
    expect(times).toHaveLength(8);
    expect(times.slice(1).map((at, i) => at - (times[i] ?? 0))).toEqual(Array.from({ length: 7 }, () => 700));
  });

  it('sends no more in any minute than the platform allows, and loses nothing by it', async () => {
    const bot = await startBot({ roster: villages(25), pace: { perMinute: 10 } });
    await bot.walkTo('17:30');
    const times = bot.platform.tried.map(({ at }) => at);
    expect(times).toHaveLength(25);
    for (const from of times) {
      expect(times.filter((at) => from <= at && at < from + MINUTE).length).toBeLessThanOrEqual(10);
    }
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBe(2 * MINUTE);
  });

  it('answers twelve grids that report within seconds in one line of one message', async () => {
    const bot = await startBot({ roster: grids(12), pace: { gatherMs: 3 * SECOND } });
    for (let i = 1; i <= 12; i += 1) await bot.says(`组长${i}`, '福山地村', '/日报 0', { at: `16:00:0${i % 3}` });
    await bot.walkTo('16:01');
    const [answer, ...more] = bot.heard('福山地村');
    expect(more).toEqual([]);
    expect(answer?.text.split('\n')).toHaveLength(1);
    expect(answer?.text).toContain('(12/12)');
    for (let i = 1; i <= 12; i += 1) expect(answer?.text).toContain(`${i}网格`);
  });

  it('waits as long as a busy platform asks, and meanwhile serves the other chats', async () => {
    const bot = await startBot();
    let busy = 2;
    bot.platform.fault = (to) => (to.id === bot.unitId('福山地村') && busy-- > 0 ? { busy: 37 * SECOND } : null);
    await bot.walkTo('17:05');
    const tries = bot.platform.tried.filter(({ chat }) => chat === `stage:${bot.unitId('福山地村')}`);
    expect(tries.map(({ at }) => (at - bot.moment('17:00')) / SECOND)).toEqual([0, 37, 74]);
    expect(bot.heard('大新庄村').map(({ at }) => at)).toEqual(['17:00:00']);
    expect(bot.heard('福山地村').map(({ at }) => at)).toEqual(['17:01:14']);
  });

  it('waits it out over a restart too', async () => {
    const bot = await startBot();
    bot.platform.fault = () => ({ busy: 50 * SECOND });
    await bot.says('张三', '福山地村', '/日报 0', { at: '16:00' });
    await bot.restart();
    await bot.walkTo('16:02');
    expect(bot.heard('福山地村').map(({ at }) => at)).toEqual(['16:00:50']);
  });

  it('sends nothing else to a chat while the platform asks to wait', async () => {
    const bot = await startBot();
    bot.platform.fault = () => ({ busy: 30 * SECOND });
    await bot.says('张三', '福山地村', '/日报 0', { at: '16:00' });
    bot.platform.fault = () => null;
    expect(await bot.says('李四', '福山地村', '/日报 0', { at: '16:00:10' })).toEqual([]);
    await bot.walkTo('16:01');
    expect(bot.heard('福山地村').map(({ at }) => at)).toEqual(['16:00:30']);
  });

  it('gives up what a chat will never take, tells the level above in one line, and shows it on request', async () => {
    const bot = await startBot();
    const lost = ['福山地村', '大新庄村'].map((name) => bot.unitId(name));
    bot.platform.fault = (to) => (lost.includes(to.id) ? 'refused' : null);
    await bot.walkTo('17:30');
    expect(bot.platform.tried.filter(({ chat }) => chat === `stage:${lost[0]}`)).toHaveLength(1);
    expect(await bot.rows(`SELECT kind, state FROM outbox WHERE state = 'dead'`)).toEqual([
      ['reminder', 'dead'],
      ['reminder', 'dead'],
    ]);
    const [told, ...more] = bot.heard('林东镇');
    expect(more).toEqual([]);
    expect(told?.text.split('\n')).toHaveLength(1);
    expect(told?.text).toMatch(/福山地村.*大新庄村/);
    expect(told?.mentions).toEqual([]);
    expect(await bot.says('钱二', '林东镇', '/死信')).toEqual([
      expect.stringMatching(/17:00 (?:福山地村|大新庄村) 提醒/),
    ]);
    expect(await bot.says('钱二', 'private', '/死信')).toEqual([expect.stringContaining('福山地村')]);
    expect(await bot.says('周五', 'private', '/死信')).toEqual([expect.not.stringContaining('福山地村')]);
    expect(bot.heard('巴林左旗')).toEqual([]);
  });

  it('shows after a restart what was given up before it', async () => {
    const bot = await startBot();
    const lost = bot.unitId('福山地村');
    bot.platform.fault = (to) => (to.id === lost ? 'refused' : null);
    await bot.walkTo('17:30');
    await bot.restart();
    expect(await bot.says('钱二', 'private', '/死信')).toEqual([expect.stringContaining('17:00 福山地村 提醒')]);
  });

  it('treats a unit without a group as one that could not be reached', async () => {
    const bot = await startBot({ without: ({ table, row }) => table === 'binding' && row.title === '大新庄村' });
    await bot.walkTo('17:05');
    expect(bot.heard('林东镇').map(({ text }) => text)).toEqual([expect.stringContaining('大新庄村')]);
  });

  it('misses nothing where a group it does not have had nothing to be told', async () => {
    const bot = await startBot({ without: ({ table, row }) => table === 'binding' && row.title === '大新庄村' });
    await bot.says('吴六', 'private', '/日报 0', { at: '16:00' });
    await bot.walkTo('17:05');
    expect(await bot.rows(`SELECT id FROM outbox WHERE state = 'dead'`)).toEqual([]);
    expect(bot.heard('林东镇')).toEqual([]);
  });

  it('tells the level above again on one day when another group or another kind fails, and not of the same', async () => {
    const bot = await startBot({ without: ({ table, row }) => table === 'binding' && row.title === '大新庄村' });
    const told = () => bot.heard('林东镇').flatMap(({ text }) => (text.includes('没能送到') ? [text] : []));
    await bot.walkTo('17:30');
    expect(told()).toHaveLength(1);
    await bot.walkTo('17:50');
    // The second reminder to the same group says nothing new.
    expect(told()).toHaveLength(1);
    bot.platform.fault = (to) => (to.id === bot.unitId('福山地村') ? 'refused' : null);
    await bot.walkTo('18:10');
    expect(told()).toHaveLength(2);
    expect(told()[1]).toMatch(/福山地村/);
    expect(told()[1]).toMatch(/大新庄村\(汇总/);
  });
});
