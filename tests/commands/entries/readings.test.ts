import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inCount, owedCount } from '../../../src/core/tally.ts';
import type { Bot } from '../../support/bot.ts';
import { sayAll, startWithRegisters } from './county.ts';

const PEOPLE = [
  ['张三', '福山地村', '/登记 王小二 返乡\n刘大 密接'],
  ['李四', '福山地村', '/登记 马七 发热'],
] as const;

describe('readings', () => {
  it('are taken in by list, each grid with its own ratio', async () => {
    const bot = await startWithRegisters();
    await sayAll(bot, PEOPLE);
    const [answer] = await bot.says('孙三', '福山地村', '/体温 王小二 36.5 刘大 36.7 马七 37');
    expect(answer?.split('\n')).toEqual([
      '✅ 一网格 11月23日早 体温已收:王小二 体温36.5度;刘大 体温36.7度(2/2)',
      '✅ 二网格 11月23日早 体温已收:马七 体温37度(1/1)',
    ]);
  });

  it('of one session are versions of one: by the same person without a word, by another with who it was', async () => {
    const bot = await startWithRegisters();
    await sayAll(bot, PEOPLE);
    await bot.says('张三', '福山地村', '/体温 王小二 36.5');
    const [own] = await bot.says('张三', '福山地村', '/体温 王小二 36.6');
    expect(own).toBe('✅ 一网格 11月23日早 体温已收:王小二 体温36.6度(1/2)');
    const [other] = await bot.says('孙三', '福山地村', '/体温 王小二 36.7', { at: '08:10' });
    expect(other).toContain('王小二 体温36.7度(张三 08:00 已报过,以这次为准)(1/2)');
    expect(await bot.rows('SELECT count(*) FROM report')).toEqual([[3]]);
  });

  it('are corrected, taken back, and made up for of the day before', async () => {
    const bot = await startWithRegisters();
    await sayAll(bot, PEOPLE);
    await bot.walkTo('+1d 08:00');
    await bot.says('张三', '福山地村', '/体温 王小二 36.5');
    expect(await bot.says('张三', '福山地村', '/更正 体温 王小二 36.8')).toEqual([
      '✅ 一网格 11月24日早 体温已更正:王小二 体温36.8度(1/2)',
    ]);
    expect(await bot.says('张三', '福山地村', '/撤回 体温 王小二')).toEqual([
      '↩️ 一网格 11月24日早 体温已撤回:王小二(0/2)',
    ]);
    expect(await bot.says('张三', '福山地村', '/撤回 体温 王小二')).toEqual(['王小二 11月24日早 还没有报体温。']);
    const [locked] = await bot.says('张三', '福山地村', '/补报 体温 昨天 王小二 36.5');
    expect(locked).toBe('11月23日晚体温已经锁定,要补或改请村里或上级来发。');
    const [made] = await bot.says('孙三', '福山地村', '/补报 体温 昨天 王小二 36.5');
    expect(made).toBe('✅ 一网格 11月23日晚 体温已收(迟报):王小二 体温36.5度(1/2)');
  });

  it('that name nobody are of the only one whom the sender looks after, and always answered', async () => {
    const bot = await startWithRegisters();
    await sayAll(bot, PEOPLE);
    expect((await bot.says('李四', '福山地村', '/体温 36.5'))[0]).toContain('体温已收:马七');
    expect((await bot.says('李四', '福山地村', '/撤回 体温'))[0]).toContain('体温已撤回:马七(0/1)');
    for (const line of ['/体温 36.5', '/更正 体温 36.5', '/撤回 体温']) {
      expect(await bot.says('张三', '福山地村', line)).toEqual(['请写明是哪一个重点人员。']);
    }
  });

  it('are late after the due moment, and after the lock for a level above only', async () => {
    const bot = await startWithRegisters();
    await sayAll(bot, PEOPLE);
    await bot.walkTo('+1d 06:30');
    expect(await bot.says('张三', '福山地村', '/体温 王小二 36.5', { at: '+1d 10:00:01' })).toEqual([
      expect.stringContaining('体温已收(迟报):王小二'),
    ]);
    await bot.walkTo('+2d 05:59');
    expect(await bot.says('张三', '福山地村', '/体温 王小二 36.5')).toEqual([
      expect.stringContaining('✅ 一网格 11月24日晚 体温已收(迟报)'),
    ]);
  });

  it('are not of a day on which somebody was not in the register yet', async () => {
    const bot = await startWithRegisters();
    await bot.walkTo('+1d 08:00');
    await sayAll(bot, PEOPLE);
    const [answer] = await bot.says('孙三', '福山地村', '/补报 体温 昨天 王小二 36.5');
    expect(answer).toBe('王小二 这天没有体温要报。');
  });

  it('of the last evening may be said after midnight, when the 14 days are over', async () => {
    const bot = await startWithRegisters();
    await bot.says('张三', '福山地村', '/登记 王小二 返乡 11月10日');
    await bot.walkTo('13:00');
    const [answer] = await bot.says('张三', '福山地村', '/体温 王小二 36.5', { at: '+1d 00:30' });
    expect(answer).toContain('✅ 一网格 11月23日晚 体温已收(迟报):王小二');
  });

  it('that are out of range or of nobody keep none of the others from being taken', async () => {
    const bot = await startWithRegisters();
    await sayAll(bot, PEOPLE);
    const [answer] = await bot.says('张三', '福山地村', '/体温 王小二 36.5 赵无名 36.7');
    expect(answer?.split('\n')).toEqual([
      '✅ 一网格 11月23日早 体温已收:王小二 体温36.5度(1/2)',
      '重点人员里没有「赵无名」,请核对;新来的先登记,请发:/登记 赵无名',
    ]);
  });
});

const NAMES = ['王小二', '刘大', '马七', '何八'];
const SPEAKERS = [
  ['张三', '福山地村', '一网格 '],
  ['李四', '福山地村', '二网格 '],
  ['孙三', '福山地村', '一网格 '],
  ['吴六', '大新庄村', '一网格 '],
] as const;

const step = fc.record({
  by: fc.nat({ max: SPEAKERS.length - 1 }),
  whom: fc.nat({ max: NAMES.length - 1 }),
  also: fc.nat({ max: NAMES.length - 1 }),
  act: fc.constantFrom('add', 'report', 'report', 'both', 'correct', 'withdraw', 'end', 'makeup'),
  value: fc.integer({ min: 360, max: 389 }),
  minutes: fc.integer({ min: 0, max: 150 }),
});

function lineOf({ whom, also, act, value }: { whom: number; also: number; act: string; value: number }, unit: string) {
  const [name, other, reading] = [NAMES[whom], NAMES[also], `${value / 10}`];
  switch (act) {
    case 'add':
      return `/登记 ${unit}${name} 返乡`;
    case 'end':
      return `/解除 ${unit}${name}`;
    case 'both':
      return `/体温 ${name} ${reading} ${other} 36.5`;
    case 'correct':
      return `/更正 体温 ${name} ${reading}`;
    case 'withdraw':
      return `/撤回 体温 ${name}`;
    case 'makeup':
      return `/补报 体温 昨天 ${name} ${reading}`;
    default:
      return `/体温 ${name} ${reading}`;
  }
}

/** What an answer says of a unit's period: `一网格 11月23日早` → `1/2`. */
const RATIO = /^(?:✅|↩️) (\S+) 11月(\d+)日(早|晚) 体温.*\((\d+\/\d+)\)$/u;

function checkBooks(bot: Bot): void {
  for (const book of bot.app.county().books()) {
    for (const unit of book.units()) {
      if (unit.children.length === 0) continue;
      const parts = unit.children.map((id) => book.tally(id));
      const sum = (count: (tally: (typeof parts)[number]) => number): number =>
        parts.reduce((total, part) => total + count(part), 0);
      const { expected, reported, late, exempt, missing } = book.tally(unit.id);
      expect({ expected, reported, late, exempt, missing }).toEqual({
        expected: sum((part) => part.expected),
        reported: sum((part) => part.reported),
        late: sum((part) => part.late),
        exempt: sum((part) => part.exempt),
        missing: sum((part) => part.missing),
      });
      expect(expected).toBe(reported + late + exempt + missing);
    }
  }
}

describe('after any sequence of registrations, readings, corrections, withdrawals and ends', () => {
  it('each answer’s ratio is the book’s, and the counts add up level by level', async () => {
    let answers = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 12, maxLength: 40 }), async (steps) => {
        const bot = await startWithRegisters();
        try {
          await sayAll(bot, PEOPLE);
          let at = bot.clock.now();
          for (const each of steps) {
            at += each.minutes * 60_000;
            const [who, where, unit] = SPEAKERS[each.by] ?? SPEAKERS[0];
            const time = new Date(at + 8 * 3_600_000).toISOString().slice(11, 16);
            const days = Math.floor((at - Date.parse('2026-11-23T00:00:00+08:00')) / 86_400_000);
            const heard = await bot.says(who, where, lineOf(each, unit), {
              at: `${days > 0 ? `+${days}d ` : ''}${time}`,
            });
            for (const line of heard.join('\n').split('\n')) {
              const [, name = '', day = '', session = '', ratio = ''] = RATIO.exec(line) ?? [];
              if (ratio === '') continue;
              answers += 1;
              const book = bot.app.county().book(`temperature@2026-11-${day}.${session === '早' ? 1 : 2}`);
              const [grid] = bot.app.county().viewAt(at).findUnits(name, bot.unitId(where));
              const tally = book?.tally(grid?.id ?? '');
              expect([line, tally && `${inCount(tally)}/${owedCount(tally)}`]).toEqual([line, ratio]);
            }
            checkBooks(bot);
          }
        } finally {
          await bot.end();
        }
      }),
      { numRuns: 12 },
    );
    expect(answers).toBeGreaterThan(30);
  }, 120_000);
});
