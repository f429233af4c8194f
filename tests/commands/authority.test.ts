import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/commands/index.ts';
import { parse } from '../../src/core/grammar/parse.ts';
import { DEFAULT_COMMANDS } from '../../src/core/grammar/words.ts';
import { BOT_NAME } from '../../src/locales/bot-name.ts';
import { type CommandName, helpFor, PLAYBOOK_COMMANDS, type PlaybookCommandName } from '../../src/locales/help.ts';
import { loadPlaybook } from '../../src/playbook-file.ts';
import { type Bot, startBot } from '../support/bot.ts';

const HELP = helpFor({ name: '日报', simplest: '/日报 0', fuller: '/日报 2 返乡1 发热1', zero: '0' });

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
const REPORTED: Said = ['张三', '福山地村', '/日报 2'];

/** What a playbook's own words lead to is tried with a playbook that has some. */
const AUTHORITY: Record<Exclude<CommandName, PlaybookCommandName>, Authority> = {
  claim: { may: ['外人', 'private', '/认领 AAAAAA'], hears: /认领码不对/, mayNot: [] },
  addAccount: {
    may: ['张三', 'private', '/加账号'],
    hears: /发:\/认领 \S{6}/,
    mayNot: [
      ['外人', 'private', '/加账号', STRANGER],
      ['张三', '福山地村', '/加账号', /请私聊我发/],
    ],
  },
  report: {
    may: ['张三', '福山地村', '/日报 0'],
    hears: /✅ 一网格/,
    mayNot: [
      ['外人', '福山地村', '/日报 0', STRANGER],
      ['张三', '福山地村', '/日报 二网格 0', /由本网格的人/],
      ['孙三', '大新庄村', '/代报 大新庄村/一网格 0', /由本网格的人/],
      ['孙三', '福山地村', '/日报 0', /\/代报/],
      ['张三', '林东镇', '/日报 0', /请到福山地村群/],
    ],
  },
  correct: {
    first: [REPORTED],
    may: ['张三', '福山地村', '/更正 1'],
    hears: /已更正/,
    mayNot: [
      ['李四', '福山地村', '/更正 一网格 1', /由本网格的人/],
      ['外人', '福山地村', '/更正 1', STRANGER],
    ],
  },
  withdraw: {
    first: [REPORTED],
    may: ['张三', '福山地村', '/撤回'],
    hears: /已撤回/,
    mayNot: [
      ['李四', '福山地村', '/撤回 一网格', /由本网格的人/],
      ['外人', '福山地村', '/撤回', STRANGER],
    ],
  },
  confirm: {
    first: [['孙三', '福山地村', '/代报 其余 0']],
    may: ['孙三', '福山地村', '/确认'],
    hears: /电话代报/,
    mayNot: [
      ['张三', '福山地村', '/确认', /没有要确认/],
      ['钱二', '福山地村', '/确认', /没有要确认/],
      ['孙三', 'private', '/确认', /没有要确认/],
    ],
  },
  acknowledge: {
    may: ['孙三', '福山地村', '/收到'],
    hears: /没有要收到的预警/,
    mayNot: [
      ['外人', '福山地村', '/收到', STRANGER],
      ['张三', '福山地村', '/收到 3', /没有预警3/],
    ],
  },
  missing: {
    may: ['张三', '福山地村', '/未报'],
    hears: /还差/,
    mayNot: [
      ['外人', '福山地村', '/未报', STRANGER],
      ['吴六', '大新庄村', '/未报 福山地村', /要由福山地村或上级/],
    ],
  },
  rollup: {
    may: ['张三', '福山地村', '/汇总'],
    hears: /📋 福山地村/,
    mayNot: [
      ['外人', '福山地村', '/汇总', STRANGER],
      ['吴六', 'private', '/汇总 福山地村', /要由福山地村或上级/],
    ],
  },
  nudge: {
    may: ['孙三', '福山地村', '/催报'],
    hears: /🔔/,
    mayNot: [
      ['张三', '福山地村', '/催报', /要由福山地村或上级/],
      ['周五', '大新庄村', '/催报 福山地村', /要由福山地村或上级/],
    ],
  },
  progress: {
    may: ['张三', '福山地村', '/进度'],
    hears: /0\/3/,
    mayNot: [
      ['外人', '福山地村', '/进度', STRANGER],
      ['周五', '大新庄村', '/进度 林东镇', /要由林东镇或上级/],
    ],
  },
  leave: {
    may: ['张三', '福山地村', '/请假 今天 李四代'],
    hears: /请假,由李四代/,
    mayNot: [
      ['外人', '福山地村', '/请假 今天', STRANGER],
      ['李四', '福山地村', '/请假 张三 今天', /要由张三本人或上级/],
      ['周五', '福山地村', '/请假 张三 今天', /要由张三本人或上级/],
    ],
  },
  back: {
    first: [['张三', '福山地村', '/请假 今天']],
    may: ['张三', '福山地村', '/销假'],
    hears: /已销假/,
    mayNot: [
      ['李四', '福山地村', '/销假 张三', /要由张三本人或上级/],
      ['李四', '福山地村', '/销假', /没有请假/],
    ],
  },
  exempt: {
    may: ['孙三', '福山地村', '/免报 三网格 今天 整组搬迁'],
    hears: /免报/,
    mayNot: [
      ['张三', '福山地村', '/免报 一网格 今天 整组搬迁', /要由福山地村或上级/],
      ['周五', '福山地村', '/免报 三网格 今天 整组搬迁', /要由福山地村或上级/],
    ],
  },
  bind: {
    may: ['孙三', 'new group', '/绑定 福山地村'],
    hears: /已绑定福山地村/,
    mayNot: [
      ['张三', 'new group', '/绑定 福山地村', /要由福山地村或上级/],
      ['周五', 'new group', '/绑定 福山地村', /要由福山地村或上级/],
      ['外人', 'new group', '/绑定 福山地村', STRANGER],
    ],
  },
  me: { may: ['外人', '福山地村', '/我'], hears: /还不知道您是谁/, mayNot: [] },
  coverage: {
    may: ['张三', '福山地村', '/包保'],
    hears: /福山地村包保/,
    mayNot: [
      ['外人', '福山地村', '/包保', STRANGER],
      ['吴六', '大新庄村', '/包保 缺口 福山地村', /要由福山地村或上级/],
      ['吴六', '大新庄村', '/包保 福山地村', /要由福山地村或上级/],
    ],
  },
  failures: {
    may: ['张三', '福山地村', '/死信'],
    hears: /没有送不出去/,
    mayNot: [['外人', '福山地村', '/死信', STRANGER]],
  },
  chain: {
    may: ['孙三', '福山地村', '#接龙\n1. 一网格 0\n2. 二网格 0'],
    hears: /一网格、二网格/,
    mayNot: [
      ['外人', '福山地村', '#接龙\n1. 一网格 0', STRANGER],
      ['张三', '福山地村', '#接龙\n1. 二网格 0', /请本人或书记报/],
    ],
  },
  help: { may: ['外人', '福山地村', '/帮助'], hears: /可以发/, mayNot: [] },
};

/** Everything that a command may change. */
async function facts(bot: Bot): Promise<string> {
  const tables = ['report', 'exemption', 'leave', 'binding', 'account', 'confirmation'];
  return JSON.stringify(await Promise.all(tables.map((table) => bot.rows(`SELECT * FROM ${table} ORDER BY id`))));
}

describe('every command', () => {
  it('stands in the list of those who may and who may not use it', () => {
    const all = [...Object.keys(AUTHORITY), ...PLAYBOOK_COMMANDS];
    expect(all.sort()).toEqual([...COMMANDS.keys()].sort());
  });

  it.each(Object.entries(AUTHORITY))(
    '%s: is for those who answer for it, and refused to others',
    async (_, { first = [], may, hears, mayNot }) => {
      const bot = await startBot();
      for (const [who, where, line] of first) await bot.says(who, where, line);
      const before = await facts(bot);
      for (const [who, where, line, why] of mayNot) {
        const answers = await bot.says(who, where, line);
        expect([who, line, ...answers]).toEqual([who, line, expect.stringMatching(why)]);
        expect([who, line, await facts(bot)]).toEqual([who, line, before]);
      }
      expect((await bot.says(...may)).join('\n')).toMatch(hears);
    },
  );

  it('has help whose every example is read as that command', async () => {
    const context = {
      today: '2026-11-21',
      botName: BOT_NAME,
      place: 'group',
      forms: new Map(Object.entries((await loadPlaybook('epidemic')).forms)),
      commands: DEFAULT_COMMANDS,
    } as const;
    for (const [name, { examples }] of Object.entries(HELP)) {
      const command = name === 'behalf' || name === 'rest' ? 'report' : name;
      expect(COMMANDS.get(command)?.name).toBe(command);
      for (const example of examples) {
        const parsed = parse(example, context);
        expect([example, parsed.kind === 'command' ? parsed.command : parsed]).toEqual([example, command]);
      }
    }
  });

  it('explains itself to whoever asks for it by the word of an example', async () => {
    const bot = await startBot();
    for (const { examples } of Object.values(HELP)) {
      const word = /^[/#]([^\s\d]+)/.exec(examples[0])?.[1] ?? '';
      const [answer] = await bot.says('孙三', '福山地村', `/帮助 ${word}`);
      expect([word, answer]).toEqual([word, expect.stringContaining(examples[0])]);
    }
  });
});

describe('help', () => {
  it('shows a grid leader what a grid leader does, and a secretary what a secretary does', async () => {
    const bot = await startBot();
    const [leader = ''] = await bot.says('张三', '福山地村', '/帮助');
    const [secretary = ''] = await bot.says('孙三', '福山地村', '/帮助');
    expect(leader).toContain('/日报 0');
    expect(leader).not.toMatch(/催报|免报|绑定|死信/);
    expect(secretary).toMatch(/催报/);
    expect(secretary).toMatch(/免报/);
    expect(secretary).toContain('/代报 其余 0');
    expect(secretary).not.toContain('/日报 0');
    for (const text of [leader, secretary]) expect(text.split('\n').length).toBeLessThanOrEqual(13);
  });

  it('shows a stranger how to claim a post, and nothing they cannot use', async () => {
    const bot = await startBot();
    const [answer = ''] = await bot.says('外人', 'private', '/帮助');
    expect(answer).toContain('/认领');
    expect(answer).not.toMatch(/催报|免报|请假/);
  });

  it('answers a word it does not know with the way to the whole list', async () => {
    const bot = await startBot();
    const [answer] = await bot.says('张三', '福山地村', '/帮助 天气');
    expect(answer).toContain('/帮助');
  });
});
