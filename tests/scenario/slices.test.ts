/** What departments are given of a register, from the playbook to the workbook that is opened. */
import { describe, expect, it } from 'vitest';
import { put } from '../../src/core/rows/index.ts';
import { type Bot, type BotOptions, startBot } from '../support/bot.ts';
import { CENTRES, playbookWithSlice, sheetRows, watched } from '../support/slices.ts';

const GROUPS = ['巴林左旗', '林东镇', '隆昌镇', '福山地村', '大新庄村'];
const NAMES = ['王小二', '赵小六', '刘大'];

const PEOPLE = [
  ['福山地村/一网格', '王小二'],
  ['福山地村/二网格', '赵小六'],
  ['大新庄村/一网格', '刘大'],
] as const;

interface Given extends BotOptions {
  /** When the list is sent. */
  at?: string;
}

/** A bot over two townships, before the first session of the day. */
async function begin({ at = '18:30', ...options }: Given = {}): Promise<Bot> {
  const playbook = await playbookWithSlice((text) => text.replace('18:30', at));
  const bot = await startBot({ start: '2026-11-23T05:00:00+08:00', roster: CENTRES, playbook, ...options });
  const county = bot.app.county();
  await bot.store.commit(PEOPLE.map(([path, name]) => watched(county, bot.clock.now(), path, name)));
  await bot.restart();
  return bot;
}

async function readings(bot: Bot): Promise<void> {
  await bot.says('张三', '福山地村', '/体温 王小二 36.5', { at: '08:00' });
  await bot.says('李四', '福山地村', '/体温 赵小六 38.1', { at: '08:10' });
  await bot.says('张三', '福山地村', '/体温 王小二 36.6', { at: '17:00' });
  await bot.says('吴六', '大新庄村', '/体温 刘大 36.4', { at: '17:10' });
}

/** The text and the sheet that somebody was given in private, the last of them. */
async function given(bot: Bot, who: string): Promise<{ text: string; rows: unknown[][] }> {
  const to = bot.accountOf(who, 'private');
  const last = bot.everything().findLast((each) => each.to.id === to && each.message.attachments.length > 0);
  const [file, ...more] = last?.message.attachments ?? [];
  expect(more).toEqual([]);
  return { text: last?.message.text ?? '', rows: await sheetRows(await file?.content()) };
}

const lists = (bot: Bot, who: string): string[] =>
  bot
    .heardInPrivate(who)
    .filter(({ text }) => text.startsWith('📋'))
    .map(({ at }) => at);

const undelivered = (bot: Bot, group: string): string[] =>
  bot
    .heard(group)
    .map(({ text }) => text)
    .filter((text) => text.includes('没能送到'));

describe('the list of a health centre', () => {
  it('has the day’s readings of its own township, and nobody else’s', async () => {
    const bot = await begin();
    await readings(bot);
    await bot.walkTo('18:31');
    const { text, rows } = await given(bot, '白术');
    expect(text.split('\n')).toEqual([
      '📋 林东镇 11月23日卫生院名单 18:30',
      '重点人员 2人',
      '早:应报2 已报2 超出1 未报0',
      '晚:应报2 已报1 超出0 未报1',
      '名单里有姓名,请只用在工作上,不要转到群里。',
    ]);
    expect(rows[0]?.[0]).toBe('林东镇 卫生院名单 2026年11月23日 周一 18:30 统计');
    expect(rows.slice(1)).toEqual([
      ['村', '网格', '姓名', '类别', '来源', '早 体温', '早 时间', '早 报告人', '晚 体温', '晚 时间', '晚 报告人'],
      ['福山地村', '一网格', '王小二', '返乡', '武汉', 36.5, '08:00', '张三', 36.6, '17:00', '张三'],
      ['福山地村', '二网格', '赵小六', '返乡', '武汉', 38.1, '08:10', '李四', null, null, null],
      ['合计', null, '2人', null, null, '超出 1', '已报 2/2', null, '超出 0', '已报 1/2', null],
    ]);
    const other = await given(bot, '方芷');
    expect(other.rows.slice(2)).toEqual([
      ['大新庄村', '一网格', '刘大', '返乡', '武汉', null, null, null, 36.4, '17:10', '吴六'],
      ['合计', null, '1人', null, null, '超出 0', '已报 0/1', null, '超出 0', '已报 1/1', null],
    ]);
    expect(JSON.stringify([rows, other.rows])).not.toContain('13800009999');
  });

  it('goes to them alone: no group hears of it, and the names are in no text', async () => {
    const bot = await begin();
    await bot.walkTo('18:31');
    const delivered = bot.everything().filter(({ message }) => message.text.includes('卫生院名单'));
    expect(delivered.map(({ to }) => [to.kind, to.id])).toEqual([
      ['direct', bot.accountOf('白术', 'private')],
      ['direct', bot.accountOf('方芷', 'private')],
    ]);
    for (const name of NAMES) expect(delivered.some(({ message }) => message.text.includes(name))).toBe(false);
    const kept = await bot.rows("SELECT body FROM outbox WHERE kind = 'slice'");
    for (const name of NAMES) expect(JSON.stringify(kept)).not.toContain(name);
  });

  it('has nobody in it whose data were erased, and no formula', async () => {
    const bot = await begin();
    const county = bot.app.county();
    const [erased] = county.entries.of('watched').filter(({ name }) => name === '赵小六');
    await bot.store.commit([
      put('entry', { ...(erased ?? expect.fail()), name: '', values: {}, erasedAt: bot.clock.now() }),
      watched(county, bot.clock.now(), '福山地村/二网格', '=1+1'),
    ]);
    await bot.restart();
    await bot.walkTo('18:31');
    const { rows } = await given(bot, '白术');
    expect(rows.slice(2).map((row) => row[2])).toEqual(['王小二', '’=1+1', '2人']);
  });

  it('follows its text as a file of its own where a platform shows no text with it', async () => {
    const bot = await begin({ shape: { filesTogether: false } });
    await bot.walkTo('18:31');
    expect(bot.heardInPrivate('白术').map(({ text, attachments }) => [text.slice(0, 2), attachments])).toEqual([
      ['📋', []],
      ['', ['林东镇-卫生院名单-2026-11-23.xlsx']],
    ]);
    expect((await given(bot, '白术')).rows).toHaveLength(5);
  });

  it('is held in quiet hours, and is of the day it was made for', async () => {
    const bot = await begin({ at: '22:30' });
    await readings(bot);
    await bot.walkTo('+1d 06:59');
    expect(lists(bot, '白术')).toEqual([]);
    await bot.walkTo('+1d 07:01');
    expect(lists(bot, '白术')).toEqual(['07:00:00']);
    const { text, rows } = await given(bot, '白术');
    expect(text).toContain('林东镇 11月23日卫生院名单');
    expect(rows[2]?.slice(5)).toEqual([36.5, '08:00', '张三', 36.6, '17:00', '张三']);
  });

  it('is not for whoever has left the post by the time it leaves; the group hears so', async () => {
    const bot = await begin({ at: '22:30' });
    await bot.walkTo('23:00');
    await bot.importRoster(CENTRES.replace('卫生院防疫员,白术', '干事,白术'), '2026-11-24');
    await bot.app.refresh();
    await bot.walkTo('+1d 07:05');
    expect(lists(bot, '白术')).toEqual([]);
    expect(undelivered(bot, '林东镇')).toHaveLength(1);
    expect(lists(bot, '方芷')).toHaveLength(1);
  });
});

describe('a list that cannot be delivered', () => {
  it('is told of in the unit’s own group in a line without names', async () => {
    const bot = await begin({ roster: CENTRES.replace('卫生院防疫员,白术', '卫生院防疫员,') });
    await bot.walkTo('18:31');
    expect(undelivered(bot, '林东镇')).toEqual([
      '⚠️ 林东镇 11月23日卫生院名单没能送到:「卫生院」现在空岗。名单只私下发给任这个岗位的人,请办公室在名册里补上。',
    ]);
    for (const group of GROUPS.filter((name) => name !== '林东镇')) expect(undelivered(bot, group)).toEqual([]);
    expect(lists(bot, '方芷')).toHaveLength(1);
  });

  it('is told of, too, where the platform will not take it', async () => {
    const bot = await begin();
    const refused = bot.accountOf('白术', 'private');
    bot.platform.fault = (to) => (to.id === refused ? 'refused' : null);
    await bot.walkTo('18:35');
    expect(undelivered(bot, '林东镇')).toEqual([
      '⚠️ 林东镇 11月23日卫生院名单没能送到「卫生院」。名单只私下发给任这个岗位的人,还没认领的请私聊我发:/认领 认领码;请假的请写上代理人,例如:/请假 今天 李四代',
    ]);
  });

  it('goes to the deputy of somebody on leave', async () => {
    const bot = await begin();
    await bot.says('白术', 'private', '/请假 今天 冯九代', { at: '09:00' });
    await bot.walkTo('18:31');
    expect([lists(bot, '白术'), lists(bot, '冯九')]).toEqual([[], ['18:30:00']]);
    expect(undelivered(bot, '林东镇')).toEqual([]);
  });
});

describe('a list that fell due while the bot was down', () => {
  it('is sent once when it is back within the hour, however often it starts', async () => {
    const bot = await begin();
    await bot.walkTo('18:29');
    await bot.offlineUntil('18:50');
    await bot.walkTo('18:51');
    await bot.restart();
    await bot.walkTo('20:00');
    expect(lists(bot, '白术')).toEqual(['18:50:00']);
  });

  it('is sent once when the bot is started anew at its very moment', async () => {
    const bot = await begin();
    await bot.walkTo('18:29:59');
    await bot.offlineUntil('18:30');
    await bot.walkTo('18:30');
    await bot.restart();
    await bot.walkTo('18:40');
    expect(lists(bot, '白术')).toEqual(['18:30:00']);
  });

  it('is not lost when the bot dies while it is sent', async () => {
    const bot = await begin({ at: '18:40' });
    await bot.walkTo('18:39:59');
    bot.clock.moveTo(bot.moment('18:40'));
    await bot.dieWhileSending('not delivered');
    await bot.walkTo('18:55');
    expect([lists(bot, '白术').length, lists(bot, '方芷').length]).toEqual([1, 1]);
  });

  it('is skipped after that, and the next one says so', async () => {
    const bot = await begin();
    await bot.walkTo('18:00');
    await bot.offlineUntil('20:00');
    await bot.walkTo('+1d 18:31');
    expect(lists(bot, '白术')).toEqual(['18:30:00']);
    expect((await given(bot, '白术')).text).toContain('(因停机没有发出:11月23日的名单)');
  });
});
