import { describe, expect, it } from 'vitest';
import { parsePlaybook } from '../../../src/playbook-file.ts';
import { type Bot, startBot } from '../../support/bot.ts';

const PLAYBOOK = parsePlaybook(
  `id: office
name: 村务
forms:
  stock:
    name: 物资
    subject: village
    every: day
    fields:
      masks: { name: 口罩, type: count, required: true, bare: true }
      tests: { name: 试剂, type: count }
    opens: "00:00"
    due: "18:00"
    locks: "+1d 12:00"
    ladder:
      - { at: "17:00", do: remind, in: township }
      - { at: "18:00", do: table, in: township }
      - { at: "18:30", do: table, in: county }
  hygiene:
    name: 卫生
    subject: village
    every: week
    fields:
      clean: { name: 保洁, type: yesno, required: true }
      bins: { name: 垃圾桶, type: count }
    opens: "00:00"
    due: "+6d 18:00"
    locks: "+7d 12:00"
`,
  'office.yaml',
);

const start = (): Promise<Bot> => startBot({ playbook: PLAYBOOK });

describe('a form that villages owe', () => {
  it('is reported by the village’s own people without naming it, in its group and in private', async () => {
    const bot = await start();
    expect(await bot.says('孙三', '福山地村', '/物资 200 试剂5')).toEqual([
      '✅ 福山地村 11月23日 物资已收 07:00 口罩200 试剂5(1/2)',
    ]);
    expect((await bot.says('周五', 'private', '/物资 100'))[0]).toContain('✅ 大新庄村 11月23日 物资已收');
    expect((await bot.says('孙三', '福山地村', '/更正 物资 150'))[0]).toContain('物资已更正');
    expect((await bot.says('孙三', '福山地村', '/撤回 物资'))[0]).toContain('福山地村 11月23日 物资已撤回');
  });

  it('is refused to others with words about villages, and with a line that can be sent', async () => {
    const bot = await start();
    const [leader] = await bot.says('张三', '福山地村', '/物资 200');
    expect(leader).toBe('您名下没有村。若岗位不对,请村书记核对名册。');
    const [township = ''] = await bot.says('钱二', '林东镇', '/物资 200');
    expect(township).toBe('您名下没有村。代报请发:/代报 福山地村 200');
    expect((await bot.says('钱二', '林东镇', township.split(':')[1] ?? ''))[0]).toContain(
      '✅ 福山地村 11月23日 物资已收(钱二代报)',
    );
    const [grid] = await bot.says('孙三', '福山地村', '/物资 一网格 200');
    expect(grid).toBe('「一网格」不是村。请发:/物资 0');
    const [other] = await bot.says('孙三', '福山地村', '/物资 大新庄村 200');
    expect(other).toBe('大新庄村由本村的人自己报,或由村里、上级发:/代报 大新庄村 200');
    for (const answer of [leader, township, other]) expect(answer).not.toContain('网格');
  });

  it('is asked for in the township’s group, where the villages are named with their secretaries', async () => {
    const bot = await start();
    await bot.says('周五', '大新庄村', '/物资 100');
    await bot.walkTo('18:30');
    const [reminder, table] = bot.heard('林东镇');
    expect(reminder).toMatchObject({
      at: '17:00:00',
      text: '⏰ 11月23日物资还差 1 个,18:00 截止,请发:/物资 0\n福山地村 @孙三',
      mentions: ['孙三'],
    });
    expect(table?.text.split('\n').slice(1, 4)).toEqual(['应报2 按时1 迟报0 免报0 未报1', '未报:', '福山地村 @孙三']);
    expect(table?.mentions).toEqual(['孙三']);
    const [county] = bot.heard('巴林左旗');
    expect(county).toMatchObject({ mentions: ['钱二'] });
    expect(county?.text).toContain('林东镇 1/2 @钱二');
  });

  it('of a week is reported on any day of it, and belongs to the week', async () => {
    const bot = await start();
    const [answer] = await bot.says('孙三', '福山地村', '/卫生 保洁√ 垃圾桶12', { at: '+2d 09:00' });
    expect(answer).toBe('✅ 福山地村 11月23日起一周 卫生已收 09:00 保洁√ 垃圾桶12(1/2)');
    expect(await bot.rows('SELECT obligation_id FROM report')).toEqual([
      [`hygiene@2026-11-23.w@${bot.unitId('福山地村')}`],
    ]);
  });
});
