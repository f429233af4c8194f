import { describe, expect, it } from 'vitest';
import { type Bot, startBot } from '../support/bot.ts';
import { ROSTER } from '../support/rehearsal.ts';

const HOUSEHOLDS = `村,网格,编号,户主,包户人
福山地村,一网格,1,张大爷,张三
福山地村,一网格,2,李大娘,张三
福山地村,一网格,12,王二,
福山地村,二网格,1,赵老四,钱二
福山地村,二网格,12,马七,李四
大新庄村,一网格,1,牛八,吴六
`;
/** Whoever leads a grid, and everybody of a household. */
const OF_THE_GRIDS = /张三|李四|吴六|张大爷|李大娘|王二|赵老四|马七|牛八/;

const start = (): Promise<Bot> => startBot({ registers: { household: HOUSEHOLDS } });

async function says(bot: Bot, who: string, where: string, line: string): Promise<string> {
  return (await bot.says(who, where, line)).join('\n');
}

describe('who covers whom, asked in a group', () => {
  it('is told in a village by names, with the gaps counted', async () => {
    const bot = await start();
    expect(await says(bot, '孙三', '福山地村', '/包保')).toBe(
      [
        '福山地村包保:户台账 5户。缺口 3 处(空岗网格 1、空白网格 1、没人包的 1),要看请发:/包保 缺口',
        '张三(一网格):1户张大爷、2户李大娘',
        '钱二(二网格):1户赵老四',
        '李四(二网格):12户马七',
      ].join('\n'),
    );
    expect(await says(bot, '孙三', '福山地村', '/包保 缺口')).toBe(
      [
        '福山地村缺口 3 处(空岗网格 1、空白网格 1、没人包的 1):',
        '一网格 12户王二:还没有包户人',
        '三网格:没有人任职',
        '三网格:户台账还是空的',
      ].join('\n'),
    );
    expect(await says(bot, '吴六', '大新庄村', '/包保 缺口')).toBe('大新庄村没有缺口:网格都有人,户户有人包。');
  });

  it('is told above the villages by counts that add up, without a name of a household or of its cover', async () => {
    const bot = await start();
    expect(await says(bot, '钱二', '林东镇', '/包保')).toBe(
      [
        '林东镇包保:户台账 6户。缺口 3 处(空岗网格 1、空白网格 1、没人包的 1),要看请发:/包保 缺口',
        '福山地村(孙三):户台账 5户,缺口 3 处',
        '大新庄村(周五):户台账 1户',
      ].join('\n'),
    );
    for (const [who, group] of [
      ['钱二', '林东镇'],
      ['赵一', '巴林左旗'],
    ] as const) {
      for (const line of ['/包保', '/包保 缺口', '/包保 福山地村', '/包保 缺口 福山地村', '/包保 福山地村/一网格']) {
        await says(bot, who, group, line);
      }
      for (const line of ['/包保 12户', '/包保 张大爷', '/包保 张三', '/包保 福山地村 王二', '/包保 没有这人']) {
        expect([line, await says(bot, who, group, line)]).toEqual([line, expect.stringMatching(/^名字只在本村说/)]);
      }
      const texts = bot.heard(group).map(({ text }) => text);
      expect(texts.filter((text) => OF_THE_GRIDS.test(text))).toEqual([]);
      expect(texts.length).toBeGreaterThan(9);
    }
    expect(bot.heard('巴林左旗').map(({ text }) => text)).toContainEqual(
      expect.stringContaining('林东镇(钱二):户台账 6户,缺口 3 处'),
    );
  });

  it('is, for a household, everybody from its cover up to the county', async () => {
    const bot = await start();
    const chain = ['一网格:张三', '福山地村:孙三', '林东镇:钱二', '巴林左旗:赵一'];
    expect(await says(bot, '张三', '福山地村', '/包保 张大爷')).toBe(
      ['1户张大爷 一网格', '包户人:张三', ...chain].join('\n'),
    );
    expect(await says(bot, '孙三', '福山地村', '/包保 一网格 12户')).toBe(
      ['12户王二 一网格', '包户人:还没有', ...chain].join('\n'),
    );
    await bot.says('孙三', '福山地村', '/请假 李四 今天');
    expect(await says(bot, '孙三', '福山地村', '/包保 二网格12户')).toContain('包户人:李四(请假,没写代理人)');
    expect(await says(bot, '孙三', '福山地村', '/包保 缺口')).toContain('二网格 12户马七:包户人李四请假,没写代理人');
  });

  it('asks which of several is meant, with the lines to choose from', async () => {
    const bot = await start();
    const answer = await says(bot, '孙三', '福山地村', '/包保 12户');
    expect(answer).toBe('有几个「12户」,请选一行发:\n/包保 一网格 12户\n/包保 二网格 12户');
    expect(await says(bot, '孙三', '福山地村', '/包保 二网格 12户')).toContain('12户马七');
    // In a grid's own group, or said by whoever holds one, that grid is meant.
    expect(await says(bot, '李四', '福山地村', '/包保 12')).toContain('12户马七');
    expect(await says(bot, '孙三', '一网格', '/包保 12')).toContain('12户王二');
  });

  it('says how to ask where nothing of that name is there, and tells no village of another', async () => {
    const bot = await start();
    expect(await says(bot, '孙三', '福山地村', '/包保 99户')).toMatch(/没有「99户」.*\/包保 12户/);
    for (const line of ['/包保 牛八', '/包保 大新庄村 牛八', '/包保 大新庄村/一网格 1户', '/包保 吴六']) {
      expect([line, await says(bot, '孙三', '福山地村', line)]).toEqual([
        line,
        expect.not.stringMatching(/吴六:|1户牛八/),
      ]);
      expect([line, await says(bot, '孙三', 'private', line)]).toEqual([
        line,
        expect.not.stringMatching(/吴六包保|1户牛八/),
      ]);
    }
  });
});

describe('who covers whom, asked in private', () => {
  it('is what I cover and who is above me', async () => {
    const bot = await start();
    expect(await says(bot, '张三', 'private', '/包保')).toBe(
      [
        '张三包保 一网格 1户张大爷、2户李大娘',
        '岗位:福山地村一网格网格长',
        '往上:',
        '福山地村:孙三',
        '林东镇:钱二',
        '巴林左旗:赵一',
        '一网格缺口 1 处,要看请发:/包保 缺口',
      ].join('\n'),
    );
    expect(await says(bot, '张三', 'private', '/包保 缺口')).toContain('一网格 12户王二:还没有包户人');
  });

  it('tells those above the villages of the households they cover themselves, and of no other', async () => {
    const bot = await start();
    const own = await says(bot, '钱二', 'private', '/包保');
    expect(own).toContain('钱二包保 二网格 1户赵老四');
    expect(own).toContain('林东镇缺口 3 处');
    expect(await says(bot, '钱二', 'private', '/包保 赵老四')).toContain('二网格:李四');
    for (const line of ['/包保 张大爷', '/包保 缺口', '/包保 福山地村']) {
      expect([line, await says(bot, '钱二', 'private', line)]).toEqual([
        line,
        expect.not.stringMatching(/张三|1户张大爷|王二/),
      ]);
    }
  });

  it('is what somebody of my village covers', async () => {
    const bot = await start();
    expect(await says(bot, '孙三', '福山地村', '/包保 张三')).toContain('张三包保 一网格 1户张大爷、2户李大娘');
    expect(await says(bot, '孙三', '福山地村', '/包保 钱二')).toContain('钱二包保 二网格 1户赵老四');
    expect(await says(bot, '周五', '大新庄村', '/包保 钱二')).not.toContain('赵老四');
    expect(await says(bot, '孙三', 'private', '/包保')).toMatch(/^孙三没有直接包保的。/);
  });

  it('is asked without a slash only where the word stands apart', async () => {
    const bot = await start();
    expect(await says(bot, '张三', 'private', '包保 张大爷')).toContain('包户人:张三');
    expect(await says(bot, '张三', 'private', '包保责任要落实到人')).toBe('');
    expect(await says(bot, '张三', '福山地村', '包保 张大爷')).toBe('');
  });
});

describe('gaps', () => {
  it('are told of a county that keeps no register by its vacant grids alone', async () => {
    const bot = await startBot({ roster: ROSTER });
    expect(await says(bot, '孙三', '福山地村', '/包保')).toBe(
      '福山地村包保:还没有登记。缺口 1 处(空岗网格 1),要看请发:/包保 缺口',
    );
  });
});
