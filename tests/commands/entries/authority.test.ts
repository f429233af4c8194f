import { describe, expect, it } from 'vitest';
import type { Bot } from '../../support/bot.ts';
import { HOUSEHOLDS, sayAll, startWithRegisters } from './county.ts';

type Said = readonly [who: string, where: string, line: string];

interface Authority {
  /** Said before. */
  first?: readonly Said[];
  /** By somebody of the lowest post that may. */
  may: Said;
  /** What the answer to it says. */
  hears: RegExp;
  /** By people who may not; the answer to each. */
  mayNot: readonly (readonly [...Said, RegExp])[];
}

const STRANGER = /认领码/;
const ELSEWHERE = /^名字只在本村说。请把刚才这一行发到/;
const WATCHED: Said = ['张三', '福山地村', '/登记 王小二 返乡'];
const GATE: Said = ['孙三', '福山地村', '/设卡口 东口'];

const AUTHORITY: Record<string, Authority> = {
  'adding somebody to a grid’s register': {
    may: ['张三', '福山地村', '/登记 王小二 返乡'],
    hears: /✅ 一网格重点人员已登记:王小二/,
    mayNot: [
      ['李四', '福山地村', '/登记 一网格 王小二 返乡', /要由一网格的人或上级来发/],
      ['周五', '福山地村', '/登记 一网格 王小二 返乡', /要由一网格的人或上级来发/],
      ['周五', '大新庄村', '/登记 福山地村/一网格 王小二 返乡', /要由一网格的人或上级来发/],
      ['外人', '福山地村', '/登记 一网格 王小二 返乡', STRANGER],
      ['孙三', '福山地村', '/登记 王小二 返乡', /请在网格的群里发,或在前面写明是哪个网格/],
      ['钱二', '林东镇', '/登记 福山地村/一网格 王小二 返乡', ELSEWHERE],
    ],
  },
  'adding a checkpoint of the village': {
    may: GATE,
    hears: /✅ 福山地村卡口已登记:东口/,
    mayNot: [
      ['张三', '福山地村', '/设卡口 东口', /要由福山地村的人或上级来发/],
      ['周五', '福山地村', '/设卡口 东口', /要由福山地村的人或上级来发/],
      ['外人', '福山地村', '/设卡口 东口', STRANGER],
    ],
  },
  'letting somebody go': {
    first: [WATCHED],
    may: ['张三', '福山地村', '/解除 王小二 转走'],
    hears: /王小二 已结束,不再提醒/,
    mayNot: [
      ['李四', '福山地村', '/解除 王小二', /不归您负责/],
      ['周五', '福山地村', '/解除 王小二', /不归您负责/],
      ['周五', '大新庄村', '/解除 王小二', /没有「王小二」/],
      ['钱二', '林东镇', '/解除 王小二', ELSEWHERE],
      ['钱二', '大新庄村', '/解除 王小二', ELSEWHERE],
      ['外人', '福山地村', '/解除 王小二', STRANGER],
    ],
  },
  'letting a checkpoint go': {
    first: [GATE],
    may: ['孙三', '福山地村', '/撤卡口 东口'],
    hears: /东口 已结束/,
    mayNot: [
      ['张三', '福山地村', '/撤卡口 东口', /不归您负责/],
      ['周五', '大新庄村', '/撤卡口 东口', /没有「东口」/],
    ],
  },
  'covering households, which the village says': {
    first: HOUSEHOLDS,
    may: ['孙三', '福山地村', '/包户 一网格 1-2 张三'],
    hears: /1户张大爷、2户李大娘 的包户人是张三/,
    mayNot: [
      ['张三', '福山地村', '/包户 1 张三', /要由福山地村的人或上级来发/],
      ['李四', '福山地村', '/包户 一网格 1 李四', /不归您负责/],
      ['周五', '大新庄村', '/包户 福山地村/一网格 1 吴六', /没有「1户」/],
      ['钱二', '林东镇', '/包户 福山地村/一网格 1 张三', ELSEWHERE],
      ['外人', '福山地村', '/包户 一网格 1 张三', STRANGER],
      ['孙三', '福山地村', '/包户 一网格 1 无名氏', /名册里没有「无名氏」/],
    ],
  },
  'looking an entry up': {
    first: HOUSEHOLDS,
    may: ['张三', '福山地村', '/户 1'],
    hears: /^1户张大爷 一网格\n人口3\n包户人:还没有$/,
    mayNot: [
      ['李四', '福山地村', '/户 一网格 1', /不归您负责/],
      ['周五', '大新庄村', '/户 福山地村/一网格 1', /没有「1户」/],
      ['钱二', '林东镇', '/户 12', ELSEWHERE],
      ['赵一', '巴林左旗', '/户 福山地村/一网格 1', ELSEWHERE],
      ['钱二', 'private', '/户 福山地村/一网格 1', /姓名只在本村看/],
      ['外人', '福山地村', '/户 1', STRANGER],
    ],
  },
  'asking how many there are': {
    first: HOUSEHOLDS,
    may: ['张三', '福山地村', '/户'],
    hears: /一网格 户台账 3户,没有包户人的 3户/,
    mayNot: [
      ['周五', '大新庄村', '/户 福山地村', /要由福山地村或上级的人来查/],
      ['吴六', 'private', '/户 福山地村/一网格', /要由一网格或上级的人来查/],
      ['外人', '福山地村', '/户', STRANGER],
    ],
  },
  'reporting of somebody watched': {
    first: [WATCHED],
    may: ['张三', '福山地村', '/体温 王小二 36.5'],
    hears: /✅ 一网格 11月23日早 体温已收:王小二 体温36\.5度\(1\/1\)/,
    mayNot: [
      ['李四', '福山地村', '/体温 王小二 36.5', /不归您负责/],
      ['周五', '福山地村', '/体温 王小二 36.5', /不归您负责/],
      ['吴六', '大新庄村', '/体温 王小二 36.5', /没有「王小二」/],
      ['周五', 'private', '/体温 王小二 36.5', /没有「王小二」/],
      ['钱二', '林东镇', '/体温 王小二 36.5', ELSEWHERE],
      ['张三', '林东镇', '/体温 王小二 36.5', ELSEWHERE],
      ['张三', '大新庄村', '/体温 王小二 36.5', ELSEWHERE],
      ['外人', '福山地村', '/体温 王小二 36.5', STRANGER],
    ],
  },
  'correcting a reading': {
    first: [WATCHED, ['张三', '福山地村', '/体温 王小二 36.5']],
    may: ['张三', '福山地村', '/更正 体温 王小二 36.6'],
    hears: /已更正:王小二 体温36\.6度\(1\/1\)/,
    mayNot: [
      ['李四', '福山地村', '/更正 体温 王小二 36.6', /不归您负责/],
      ['钱二', '林东镇', '/更正 体温 王小二 36.6', ELSEWHERE],
    ],
  },
  'taking a reading back': {
    first: [WATCHED, ['张三', '福山地村', '/体温 王小二 36.5']],
    may: ['张三', '福山地村', '/撤回 体温 王小二'],
    hears: /已撤回:王小二\(0\/1\)/,
    mayNot: [
      ['李四', '福山地村', '/撤回 体温 王小二', /不归您负责/],
      ['钱二', '林东镇', '/撤回 体温 王小二', ELSEWHERE],
    ],
  },
  'beginning a sweep': {
    first: HOUSEHOLDS,
    may: ['孙三', '福山地村', '/排查 开始 外来人员'],
    hears: /📢 福山地村开始排查:外来人员,共 4户/,
    mayNot: [
      ['张三', '福山地村', '/排查 开始 外来人员', /由福山地村或上级的负责人开始和结束/],
      ['周五', '福山地村', '/排查 开始 外来人员', /由福山地村或上级的负责人开始和结束/],
      ['周五', '大新庄村', '/排查 开始 福山地村 外来人员', /由福山地村或上级的负责人开始和结束/],
      ['外人', '福山地村', '/排查 开始 外来人员', STRANGER],
    ],
  },
};

/** Everything that a line about entries may change. */
async function facts(bot: Bot): Promise<string> {
  const tables = ['entry', 'entry_event', 'report', 'obligation', 'period', 'exemption'];
  return JSON.stringify(await Promise.all(tables.map((table) => bot.rows(`SELECT * FROM ${table} ORDER BY id`))));
}

describe('what is done with entries of registers', () => {
  it.each(Object.entries(AUTHORITY))(
    '%s is for those who answer for them, and refused to others',
    async (_, { first = [], may, hears, mayNot }) => {
      const bot = await startWithRegisters();
      await sayAll(bot, first);
      const before = await facts(bot);
      for (const [who, where, line, why] of mayNot) {
        const answers = await bot.says(who, where, line);
        expect([who, where, line, ...answers]).toEqual([who, where, line, expect.stringMatching(why)]);
        expect([who, line, await facts(bot)]).toEqual([who, line, before]);
      }
      expect((await bot.says(...may)).join('\n')).toMatch(hears);
    },
  );
});

describe('names of entries', () => {
  const NAMES = /王小二|张大爷|李大娘|王二|赵老四|东口/;

  it('are written in no group above the village, whatever is said there', async () => {
    const bot = await startWithRegisters();
    await sayAll(bot, [
      ...HOUSEHOLDS,
      WATCHED,
      GATE,
      ['钱二', '林东镇', '/排查 开始 外来人员'],
      ['张三', '福山地村', '/排查 1 无'],
    ]);
    for (const [who, where] of [
      ['钱二', '林东镇'],
      ['赵一', '巴林左旗'],
    ] as const) {
      for (const line of [
        '/体温 王小二 36.5',
        '/体温 王小二 365',
        '/更正 体温 王小二 36.5',
        '/撤回 体温 王小二',
        '/查人 王小二',
        '/户 福山地村/一网格 1',
        '/户',
        '/登记 福山地村/一网格 王小二 密接',
        '/解除 王小二',
        '/包户 福山地村/一网格 1 张三',
        '/卡口 东口 车3',
        '/排查 福山地村/一网格 2 无',
      ]) {
        await bot.says(who, where, line);
      }
    }
    await bot.walkTo('19:00');
    const [ended] = await bot.says('钱二', '林东镇', '/排查 结束');
    expect(ended).toMatch(/查到 1\/4。还没查到的:\n福山地村 3户$/);
    const heard = [...bot.heard('林东镇'), ...bot.heard('巴林左旗')].map(({ text }) => text);
    expect(heard.filter((text) => NAMES.test(text))).toEqual([]);
  });

  it('stay in the village where its sweep is ended from the township’s group', async () => {
    const bot = await startWithRegisters();
    await sayAll(bot, [...HOUSEHOLDS, ['孙三', '福山地村', '/排查 开始 外来人员']]);
    const [ended] = await bot.says('钱二', '林东镇', '/排查 结束 福山地村');
    expect(ended).toMatch(/查到 0\/4。还没查到的:\n一网格 3户\n二网格 1户$/);
  });
});
