import { describe, expect, it } from 'vitest';
import { parsePlaybook } from '../../../src/playbook-file.ts';
import { type Bot, startBot } from '../../support/bot.ts';

const BEFORE = `id: river
name: 防溺水
registers:
  pond:
    name: 水塘
    aliases: [水塘]
    measure: 处
    add: { aliases: [加水塘] }
forms:
  river:
    name: 巡河
    subject: grid
    every: day
    fields:
      people: { name: 劝离, type: count, required: true, bare: true }
      nets: { name: 渔网, type: count }
    opens: "00:00"
    due: "18:00"
    locks: "+1d 12:00"
  pond:
    name: 巡塘
    subject: { register: pond }
    every: day
    fields:
      people: { name: 劝离, type: count, required: true, bare: true }
      state: { name: 水位, type: choice, options: [高, 低] }
    opens: "00:00"
    due: "18:00"
    locks: "+1d 12:00"
  walk:
    name: 劝导
    subject: grid
    every: day
    owed: false
    adds: true
    fields:
      talks: { name: 谈话, type: count }
    opens: "00:00"
    due: "18:00"
    locks: "+1d 12:00"
`;

const AFTER = BEFORE.replace('nets: { name: 渔网', 'boats: { name: 小船')
  .replace('options: [高, 低]', 'options: [高, 低, 干]')
  .replace('talks: { name: 谈话', 'signs: { name: 立牌');

/** A morning under the forms as they were; then the office writes others, and the bot is started anew. */
async function changedAtNoon(): Promise<Bot> {
  const bot = await startBot({ playbook: parsePlaybook(BEFORE, 'river.yaml') });
  await bot.says('张三', '福山地村', '/加水塘 东塘');
  await bot.says('张三', '福山地村', '/巡河 2 渔网3');
  await bot.says('张三', '福山地村', '/巡塘 东塘 1 水位高');
  await bot.says('张三', '福山地村', '/劝导 谈话4');
  await bot.walkTo('12:00');
  bot.playbook = parsePlaybook(AFTER, 'river.yaml');
  await bot.restart();
  return bot;
}

describe('a line for a period that was opened under an older form', () => {
  it.each([
    ['张三', '/巡河 2 小船1', '11月23日的巡河还是改之前的表,没有「小船」这一项'],
    ['孙三', '/代报 巡河 二网格 2 小船1', '11月23日的巡河还是改之前的表,没有「小船」这一项'],
    ['张三', '/更正 巡河 2 小船1', '11月23日的巡河还是改之前的表,没有「小船」这一项'],
    ['张三', '/巡塘 东塘 1 水位干', '11月23日的巡塘还是改之前的表,没有「水位」这一项'],
    ['张三', '/劝导 立牌3', '11月23日的劝导还是改之前的表,没有「立牌」这一项'],
  ])('is refused where it says what that form does not have: %s %s', async (who, line, why) => {
    const bot = await changedAtNoon();
    const [answer] = await bot.says(who, '福山地村', line);
    expect(answer).toContain(why);
    expect(await bot.rows('SELECT count(*) FROM report')).toEqual([[3]]);
  });

  it('is taken with what both have, and from the next period on with the new fields', async () => {
    const bot = await changedAtNoon();
    expect((await bot.says('张三', '福山地村', '/巡河 3'))[0]).toContain('✅ 一网格 11月23日 巡河');
    expect((await bot.says('张三', '福山地村', '/巡塘 东塘 2'))[0]).toContain('巡塘已收:东塘 劝离2(1/1)');
    const [next] = await bot.says('张三', '福山地村', '/巡河 2 小船1', { at: '+1d 09:00' });
    expect(next).toContain('小船1');
    expect((await bot.says('张三', '福山地村', '/巡塘 东塘 0 水位干'))[0]).toContain('水位:干');
  });

  it('leaves what was said before readable', async () => {
    const bot = await changedAtNoon();
    const [table] = await bot.says('孙三', '福山地村', '/汇总 巡河');
    expect(table).toContain('合计:劝离2 渔网3');
  });
});
