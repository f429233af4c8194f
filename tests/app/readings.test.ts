import fc from 'fast-check';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { NameFinder } from '../../src/app/name-finder.ts';
import { type Preparation, Readings } from '../../src/app/readings.ts';
import { parse } from '../../src/core/grammar/parse.ts';
import type { ParseContext, Parsed } from '../../src/core/grammar/types.ts';
import { DEFAULT_COMMANDS } from '../../src/core/grammar/words.ts';
import type { Form } from '../../src/core/playbook/index.ts';
import { Entries } from '../../src/core/register/entries.ts';
import { RosterView } from '../../src/core/roster/view.ts';
import type { CivilDate } from '../../src/core/time.ts';
import { helpFor } from '../../src/locales/help.ts';
import { BOT_NAME } from '../../src/locales/zh-CN.ts';
import { loadPlaybook } from '../../src/playbook-file.ts';
import { startBot } from '../support/bot.ts';
import { imported, noRows, planOf } from '../support/roster.ts';

const HEAD = ['巴林左旗,林东镇,,,书记,钱二,', '巴林左旗,林东镇,福山地村,,书记,孙三,'];
const BEFORE = [...HEAD, '巴林左旗,林东镇,福山地村,一网格,网格长,张三,'];
const AFTER = [
  ...BEFORE,
  '巴林左旗,林东镇,福山地村,零网格,网格长,无常,',
  '巴林左旗,林东镇,大新庄村,一网格,网格长,昨天,',
];
const viewOf = (...lines: string[]): RosterView =>
  RosterView.on('2026-11-23', imported(noRows(), planOf(...lines), '2026-01-01'));

let forms: ReadonlyMap<string, Form>;
beforeAll(async () => {
  forms = new Map(Object.entries((await loadPlaybook('epidemic')).forms));
});
afterEach(() => vi.restoreAllMocks());

interface Saying {
  text: string;
  today: CivilDate;
  place: 'group' | 'direct';
  mentionsBot: boolean;
  isKnown: boolean;
  village: string | null;
  view: number;
}

const WORDS = [
  '/日报',
  '日报',
  '0',
  '无异常',
  ' ',
  '2',
  '返乡',
  '张三',
  '零网格',
  '无常',
  '一网格',
  '福山地村',
  '@',
  '昨天',
  '20号',
];
const MORE = [
  '/代报',
  '/更正',
  '/撤回',
  '/我',
  '/汇总',
  '@网格助手',
  '\n',
  '？',
  '好的',
  '其余',
  '#接龙',
  '1.',
  '发热1',
];
/** What one roster or another, a stranger or somebody known, one day or another reads in different ways. */
const LINES = [
  '无常 0',
  '/日报 王五 0',
  '/代报 无常 0',
  '/代报 无常@一网格 0',
  '/代报 昨天@一网格 0',
  '昨天 0',
  '/日报 昨天 0',
  '/代报 零网格 0',
  '零网格 0',
  '20号 0',
  '0',
];
const text = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...LINES) },
  {
    weight: 1,
    arbitrary: fc
      .array(fc.constantFrom(...WORDS, ...MORE), { minLength: 1, maxLength: 6 })
      .map((words) => words.join('')),
  },
);
const saying: fc.Arbitrary<Saying> = fc.record({
  text,
  today: fc.constantFrom<CivilDate>('2026-11-23', '2026-11-24', '2026-12-01'),
  place: fc.constantFrom('group', 'direct'),
  mentionsBot: fc.boolean(),
  isKnown: fc.boolean(),
  village: fc.constantFrom('福山地村', '大新庄村', null),
  view: fc.nat(1),
});

/** How a line is read as a message brings it. */
function preparationOf({ today, place, mentionsBot, isKnown, village }: Saying, view: RosterView): Preparation {
  const finder = new NameFinder(
    view,
    village === null ? null : (view.findUnits(village)[0]?.id ?? null),
    new Entries(),
  );
  const context: ParseContext = {
    today,
    botName: BOT_NAME,
    place,
    mentionsBot,
    forms,
    commands: DEFAULT_COMMANDS,
    ...(isKnown ? { matchName: (said: string, at: number) => finder.match(said, at) } : {}),
  };
  return { context, finder: isKnown ? finder : null };
}

const readIn = (readings: Readings, said: Saying, view: RosterView): Parsed =>
  readings.read(said.text, { ...said, known: said.isKnown }, view, () => preparationOf(said, view));

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) frozen(part);
  }
  return value;
}

describe('a reading that was kept', () => {
  it('is what reading the line anew gives, whoever says it, wherever, on whatever day and roster', () => {
    const views = [viewOf(...BEFORE), viewOf(...AFTER)];
    fc.assert(
      fc.property(fc.array(saying, { minLength: 1, maxLength: 40, size: 'max' }), (sayings) => {
        const readings = new Readings();
        // Everything is said twice: what somebody else said meanwhile is in nobody's way.
        for (const each of [...sayings, ...sayings.toReversed()]) {
          const view = views[each.view] ?? viewOf();
          const read = frozen(readIn(readings, each, view));
          expect(read).toEqual(parse(each.text, preparationOf(each, view).context));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('is given again as it is, and not where a name of the roster may be meant', () => {
    const readings = new Readings();
    const view = viewOf(...BEFORE);
    const base: Saying = {
      text: '/日报 0',
      today: '2026-11-23',
      place: 'group',
      mentionsBot: false,
      isKnown: true,
      village: '福山地村',
      view: 0,
    };
    const read = (more: Partial<Saying>) => readIn(readings, { ...base, ...more }, view);
    expect(read({})).toBe(read({ village: null }));
    // A number might begin the name of a grid; this one begins none.
    expect(read({ text: '/日报 2 返乡1' })).toBe(read({ text: '/日报 2 返乡1', village: null }));
    expect(read({ text: '/代报 张三@一网格 0' })).not.toBe(read({ text: '/代报 张三@一网格 0' }));
    expect(read({ text: '/代报 一网格 0' })).not.toBe(read({ text: '/代报 一网格 0' }));
    expect(read({ today: '2026-11-24' })).not.toBe(read({}));
  });

  it('is changed by no command', async () => {
    const read = Readings.prototype.read;
    let given = 0;
    vi.spyOn(Readings.prototype, 'read').mockImplementation(function (this: Readings, ...args) {
      given += 1;
      return frozen(read.apply(this, args));
    });
    const bot = await startBot();
    const help = helpFor({ name: '日报', simplest: '/日报 0', fuller: '/日报 2 返乡1 发热1', zero: '0' });
    const lines = Object.values(help).flatMap(({ examples }) => [...examples]);
    const chains = [
      '#接龙\n1. 一网格 0\n2. 二网格 0',
      '/代报 其余 0',
      '/确认',
      '/日报 很多',
      '/日报 0 返乡2',
      '/更正 1',
    ];
    for (let twice = 0; twice < 2; twice += 1) {
      for (const line of [...lines, ...chains]) {
        await bot.says('张三', '福山地村', line);
        await bot.says('孙三', '福山地村', line);
        await bot.says('钱二', 'private', line);
        await bot.says('生人', '福山地村', line);
      }
    }
    expect(given).toBeGreaterThan(200);
    expect(bot.logged.filter((line) => line.startsWith('error'))).toEqual([]);
  });

  it('does not hide a name that has come into the roster since', async () => {
    const bot = await startBot();
    const lines = ['/日报 0', '无常 0', '/日报 无常 0', '/代报 无常 0'];
    for (const line of lines) await bot.says('孙三', '福山地村', line);
    const roster = `县,乡镇,村,网格,职务,姓名,电话
巴林左旗,,,,书记,赵一,
巴林左旗,林东镇,,,书记,钱二,
巴林左旗,林东镇,福山地村,,书记,孙三,
巴林左旗,林东镇,福山地村,一网格,网格长,张三,13800000001
巴林左旗,林东镇,福山地村,二网格,网格长,李四,
巴林左旗,林东镇,福山地村,三网格,网格长,无常,
巴林左旗,林东镇,大新庄村,,书记,周五,
巴林左旗,林东镇,大新庄村,一网格,网格长,吴六,
`;
    await bot.importRoster(roster, '2026-11-23');
    await bot.app.refresh();
    expect(await bot.says('孙三', '福山地村', '/代报 无常 0')).toEqual([expect.stringContaining('三网格')]);
  });
});
