import { describe, expect, it } from 'vitest';
import { startBot } from '../support/bot.ts';

const TWINS = `县,乡镇,村,网格,职务,姓名,电话
巴林左旗,,,,书记,赵一,
巴林左旗,林东镇,,,书记,钱二,
巴林左旗,林东镇,福山地村,,书记,孙三,
巴林左旗,林东镇,福山地村,一网格,网格长,张三,
巴林左旗,碧流台镇,,,书记,王九,
巴林左旗,碧流台镇,福山地村,,书记,周五,
巴林左旗,碧流台镇,福山地村,一网格,网格长,吴六,
`;

describe('/绑定', () => {
  it('makes a group that of a unit: reports are taken there and reminders come there', async () => {
    const bot = await startBot({ without: ({ table }) => table === 'binding' });
    expect(await bot.says('孙三', 'new', '/绑定 福山地村')).toEqual([expect.stringContaining('✅ 本群已绑定福山地村')]);
    expect(await bot.says('张三', 'new', '日报 0')).toEqual([expect.stringContaining('✅ 一网格')]);
    await bot.walkTo('17:00');
    expect(bot.heard('new').at(-1)?.text).toMatch(/^⏰/);
  });

  it('tells who has it that a group is that unit’s already, and changes nothing', async () => {
    const bot = await startBot();
    expect(await bot.says('孙三', '福山地村', '/绑定 福山地村')).toEqual([expect.stringContaining('不用再绑')]);
    expect(await bot.rows(`SELECT count(*) FROM binding WHERE bound_by IS NOT NULL`)).toEqual([[0]]);
  });

  it('moves a unit to another group, and says that the old one hears no more', async () => {
    const bot = await startBot();
    const [answer] = await bot.says('孙三', 'new', '/绑定 福山地村');
    expect(answer).toMatch(/已绑定福山地村.*原来的群/);
    await bot.restart();
    await bot.walkTo('17:00');
    expect(bot.heard('福山地村')).toEqual([]);
    expect(bot.heard('new').at(-1)?.text).toMatch(/^⏰/);
    expect(await bot.says('张三', '福山地村', '/日报 0')).toEqual([expect.stringContaining('还没有绑定')]);
  });

  it('takes a group away from a unit only for somebody who answers for that unit too', async () => {
    const bot = await startBot();
    expect(await bot.says('周五', '福山地村', '/绑定 大新庄村')).toEqual([expect.stringContaining('要由福山地村')]);
    const asked = await bot.says('钱二', '福山地村', '/绑定 大新庄村');
    expect(asked).toEqual([expect.stringMatching(/福山地村就没有群了.*\/确认/)]);
    expect(await bot.says('钱二', '福山地村', '/确认')).toEqual([expect.stringContaining('已绑定大新庄村')]);
    await bot.walkTo('17:00');
    expect(
      bot
        .heard('福山地村')
        .filter(({ text }) => text.startsWith('⏰'))
        .map(({ mentions }) => mentions),
    ).toEqual([['吴六']]);
  });

  it('is refused in a direct chat with the line to send in the group', async () => {
    const bot = await startBot();
    expect(await bot.says('孙三', 'private', '/绑定 福山地村')).toEqual([
      expect.stringMatching(/群里.*\/绑定 福山地村/),
    ]);
  });

  it('asks for the full name of a unit it does not know', async () => {
    const bot = await startBot();
    expect(await bot.says('孙三', 'new', '/绑定 没有这个村')).toEqual([expect.stringContaining('没找到')]);
  });

  it('offers lines that work where two units share a name', async () => {
    const bot = await startBot({ roster: TWINS, without: ({ table }) => table === 'binding' });
    const [answer = ''] = await bot.says('赵一', 'new', '/绑定 福山地村');
    const offered = answer.split('\n').filter((line) => line.startsWith('/'));
    expect(offered).toHaveLength(2);
    for (const [at, line] of offered.entries()) {
      expect([line, await bot.says('赵一', `new ${at}`, line)]).toEqual([line, [expect.stringContaining('✅')]]);
    }
    expect((await bot.rows('SELECT DISTINCT unit_id FROM binding WHERE released_at IS NULL')).length).toBe(2);
  });

  it('lets a level above bind for the level below', async () => {
    const bot = await startBot();
    expect(await bot.says('赵一', 'new', '/绑定 福山地村/一网格')).toEqual([expect.stringContaining('已绑定一网格')]);
    expect(await bot.says('张三', 'new', '日报 0')).toEqual([expect.stringContaining('✅ 一网格')]);
  });
});
