import { describe, expect, it } from 'vitest';
import type { Bot } from '../../support/bot.ts';
import { HOUSEHOLDS, sayAll, startWithRegisters } from './county.ts';

const OTHER_VILLAGE = [
  ['吴六', '大新庄村', '/加户 1 钱老大'],
  ['吴六', '大新庄村', '/加户 2 孙老二'],
] as const;

const BEGUN = [...HOUSEHOLDS, ['孙三', '福山地村', '/排查 开始 外来人员']] as const;

async function startSwept(): Promise<Bot> {
  const bot = await startWithRegisters();
  await sayAll(bot, BEGUN);
  return bot;
}

const texts = (bot: Bot, group: string): string[] => bot.heard(group).map(({ text }) => text);

describe('a sweep', () => {
  it('begun for a township is told once to every group below, and once where it was said', async () => {
    const bot = await startWithRegisters();
    await sayAll(bot, [...HOUSEHOLDS, ...OTHER_VILLAGE]);
    const [answer] = await bot.says('钱二', '林东镇', '/排查 开始 外来人员');
    expect(answer).toMatch(/^📢 林东镇开始排查:外来人员,共 6户,11月25日 18:00 截止/);
    await bot.walkTo('08:30');
    for (const group of ['林东镇', '福山地村', '大新庄村']) {
      expect([group, texts(bot, group).filter((text) => text.startsWith('📢'))]).toEqual([
        group,
        [expect.stringMatching(/^📢 林东镇开始排查:外来人员/)],
      ]);
    }
    const [again] = await bot.says('钱二', '林东镇', '/排查 开始 外来人员');
    expect(again).toContain('「外来人员」正在排查,不用再开始');
  });

  it('is ticked by numbers, ranges and lists, and the answer says how far the grid is', async () => {
    const bot = await startSwept();
    expect(await bot.says('张三', '福山地村', '/排查 1-2 无')).toEqual([
      '✅ 一网格 11月23日外来人员 排查已收:1户张大爷、2户李大娘 无(2/3)',
    ]);
    expect(await bot.says('孙三', '福山地村', '/排查 一网格 3 2人 湘J12345 河南来')).toEqual([
      '✅ 一网格 11月23日外来人员 排查已收:3户王二 发现2 车牌:湘J12345 河南来(3/3)',
    ]);
  });

  it('says of a second visit that it is one, and who was there before', async () => {
    const bot = await startSwept();
    await bot.says('张三', '福山地村', '/排查 1 无人');
    const [second] = await bot.says('张三', '福山地村', '/排查 1 无人', { at: '09:00' });
    expect(second).toContain('1户张大爷 结果:无人(第2次,还要再去)(1/3)');
    const [third] = await bot.says('孙三', '福山地村', '/排查 一网格 1 已查 2人', { at: '09:30' });
    expect(third).toContain('(第3次,上次 张三 09:00)(1/3)');
    const [corrected] = await bot.says('孙三', '福山地村', '/更正 排查 一网格 1 已查 3人');
    expect(corrected).not.toContain('第');
    const [fourth] = await bot.says('孙三', '福山地村', '/排查 一网格 1 已查');
    expect(fourth).toContain('第4次');
  });

  it('asks for another visit until a later tick says otherwise', async () => {
    const bot = await startSwept();
    await sayAll(bot, [
      ['张三', '福山地村', '/排查 1 2 无人'],
      ['张三', '福山地村', '/排查 2 已查'],
      ['李四', '福山地村', '/排查 1 拒访'],
    ]);
    const [ended] = await bot.says('孙三', '福山地村', '/排查 结束');
    expect(ended?.split('\n')).toEqual([
      '福山地村「外来人员」排查结束(11月23日开始),查到 3/4。还没查到的:',
      '一网格:3户王二',
      '一网格还要再去:1户张大爷(无人)',
      '二网格还要再去:1户赵老四(拒访)',
    ]);
  });

  it('is shared by two people of one grid: neither’s ticks are lost', async () => {
    const bot = await startSwept();
    const [first, second] = await Promise.all([
      bot.says('张三', '福山地村', '/排查 1 无'),
      bot.says('孙三', '福山地村', '/排查 一网格 2 无'),
    ]);
    expect([first, second].flat().join('\n')).toMatch(/1户张大爷 无\(1\/3\)[\s\S]*2户李大娘 无\(2\/3\)/);
  });

  it('takes no more ticks once it was ended, nor a word of its topic', async () => {
    const bot = await startSwept();
    await bot.says('孙三', '福山地村', '/排查 结束');
    expect(await bot.says('张三', '福山地村', '/排查 1 无')).toEqual([
      '现在没有正在进行的排查。要开始,请发:/排查 开始 外来人员',
    ]);
    await bot.says('孙三', '福山地村', '/排查 开始 消防');
    const [answer] = await bot.says('张三', '福山地村', '/排查 外来人员 1 无');
    expect(answer).toBe('现在没有「外来人员」这个排查,没有记。正在进行的:消防。请发:/排查 消防 12 无');
    expect(await bot.rows('SELECT count(*) FROM report')).toEqual([[0]]);
  });

  it('keeps to whom it was begun with: a household added since is not expected', async () => {
    const bot = await startSwept();
    await bot.says('张三', '福山地村', '/加户 4 新来的');
    expect(await bot.says('张三', '福山地村', '/排查 4 无')).toEqual([
      '4户新来的不在这次排查的名单里(开始以后登记的),下次排进来。',
    ]);
    expect((await bot.says('张三', '福山地村', '/排查 1 无'))[0]).toContain('(1/3)');
  });

  it('of a township is ended by the township, with counts only', async () => {
    const bot = await startWithRegisters();
    await sayAll(bot, [...HOUSEHOLDS, ...OTHER_VILLAGE, ['钱二', '林东镇', '/排查 开始 外来人员']]);
    await sayAll(bot, [
      ['吴六', '大新庄村', '/排查 1 无'],
      ['吴六', '大新庄村', '/排查 2 拒访'],
    ]);
    expect(await bot.says('孙三', '福山地村', '/排查 结束')).toEqual(['「外来人员」是林东镇开始的排查,由林东镇结束。']);
    const [ended] = await bot.says('钱二', '林东镇', '/排查 结束');
    expect(ended).toBe(
      '林东镇「外来人员」排查结束(11月23日开始),查到 2/6。还没查到的:\n福山地村 4户\n大新庄村还要再去 1户',
    );
  });

  it('whose households were all met says so', async () => {
    const bot = await startSwept();
    await sayAll(bot, [
      ['孙三', '福山地村', '/排查 一网格 1-3 无'],
      ['李四', '福山地村', '/排查 1 无'],
    ]);
    expect(await bot.says('孙三', '福山地村', '/排查 结束')).toEqual([
      '✅ 福山地村「外来人员」排查结束,全部查到(4/4)。',
    ]);
  });
});

describe('two sweeps at once', () => {
  it('are told apart by the topic in the line', async () => {
    const bot = await startSwept();
    await bot.says('孙三', '福山地村', '/排查 开始 消防');
    const [fire] = await bot.says('张三', '福山地村', '/排查 消防 1 2 无');
    expect(fire).toBe('✅ 一网格 11月23日消防 排查已收:1户张大爷、2户李大娘 无(2/3)');
    const [people] = await bot.says('孙三', '福山地村', '/排查 一网格 外来人员 1 2人');
    expect(people).toBe('✅ 一网格 11月23日外来人员 排查已收:1户张大爷 发现2(1/3)');
  });

  it('are asked about where a line names none, with lines that can be sent as they are', async () => {
    const bot = await startSwept();
    await bot.says('孙三', '福山地村', '/排查 开始 消防');
    const [asked = ''] = await bot.says('孙三', '福山地村', '/排查 一网格 1-2 无');
    const [head, ...lines] = asked.split('\n');
    expect([head, lines]).toEqual([
      '现在有 2 个排查,请选一行发:',
      ['/排查 一网格 消防 1-2 无', '/排查 一网格 外来人员 1-2 无'],
    ]);
    expect(await bot.rows('SELECT count(*) FROM report')).toEqual([[0]]);
    expect(await bot.says('孙三', '福山地村', lines[1] ?? '')).toEqual([
      '✅ 一网格 11月23日外来人员 排查已收:1户张大爷、2户李大娘 无(2/3)',
    ]);
    expect(await bot.says('孙三', '福山地村', '/撤回 排查 一网格 1')).toEqual([
      '↩️ 一网格 11月23日外来人员 排查已撤回:1户张大爷(1/3)',
    ]);
  });

  it('are ended by name', async () => {
    const bot = await startSwept();
    await bot.says('孙三', '福山地村', '/排查 开始 消防');
    const [asked = ''] = await bot.says('孙三', '福山地村', '/排查 结束');
    const [, first = '', second = ''] = asked.split('\n');
    expect([first, second]).toEqual(['/排查 结束 福山地村 消防', '/排查 结束 福山地村 外来人员']);
    expect((await bot.says('孙三', '福山地村', first))[0]).toContain('福山地村「消防」排查结束');
    expect((await bot.says('张三', '福山地村', '/排查 1 无'))[0]).toContain('11月23日外来人员 排查已收');
  });
});
