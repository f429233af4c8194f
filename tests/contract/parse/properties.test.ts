import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from '../../../src/core/grammar/parse.ts';
import { DEFAULT_COMMANDS } from '../../../src/core/grammar/words.ts';
import { DIRECT, expectSound, FIELDS, GROUP, MOST, on } from './reading.ts';
import { fullWidth, meaning, toSimple } from './writings.ts';

// biome-ignore format: a table
const vocabulary = [
  '/', '／', '#', '@网格助手', '@张三', '\u2005', ' ', '　', '\n', ',', '，', '、', ':', '：', '=', '。', '日报', '零报告', 'rb', '代报', '补报', '更正', '撤回', '进度', '汇总', '催报',
  '未报', '请假', '免报', '绑定', '认领', '我', '帮助', '接龙', '销假', '确认', '日抱', '近度', '异常', '返乡', '发热', '劝阻', '咳嗽', '0', '1', '2', '12', '99999', '100000', '-', '－', '—',
  '.', '1.5', '1e3', '一', '两', '十', '壹佰', '三万', '十几', '很多', '几', '约', '零', '无', '没有', '无异常', '平安', '人', '例', '户', '个', '三网格', '一网格', '网格', '大新庄村', '福山地村',
  '林东镇', '其余', '张三', '李四代', '今天', '昨天', '前天', '明天', '11月20日', '11月22日-24日', '12月31日', '2月30日', '20号', '至', '到', '停电', '手机坏了', '吗', '？', '?', '谁', '了', '的',
  '1. ', '2. ', '例', '8F3K', '\u200b', '\ufe0f', '\u20e3', '👍', '日報', '無', '網格',
];
const soup = fc.array(fc.constantFrom(...vocabulary), { maxLength: 14 }).map((words) => words.join(''));
const spaced = fc.array(fc.constantFrom(...vocabulary), { maxLength: 10 }).map((words) => words.join(' '));
const afterName = fc
  .tuple(
    fc.constantFrom(
      '/日报 ',
      '日报 ',
      '/代报 ',
      '/补报 ',
      '/更正 ',
      '/请假 ',
      '/免报 ',
      '#接龙\n1. ',
      '@网格助手 日报 ',
      '/汇总 ',
    ),
    soup,
  )
  .map(([name, rest]) => name + rest);
const anything = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
  soup,
  spaced,
  afterName,
  fc.tuple(afterName, fc.string({ unit: 'binary', maxLength: 5 })).map(([a, b]) => a + b),
);
const date = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2035-12-31'), noInvalidDate: true })
  .map((d) => d.toISOString().slice(0, 10) as `${number}-${number}-${number}`);

const runs = { numRuns: 3000 };

describe('whatever is typed', () => {
  it('is read soundly in a group, on any day', () => {
    fc.assert(
      fc.property(anything, date, (text, today) => expectSound(parse(text, on(today)), on(today))),
      runs,
    );
  });
  it('is read soundly in a direct chat', () => {
    fc.assert(
      fc.property(anything, (text) => expectSound(parse(text, DIRECT), DIRECT)),
      runs,
    );
  });
  it('is read the same the second time', () => {
    fc.assert(
      fc.property(anything, anything, (text, other) => {
        const first = parse(text, GROUP);
        parse(other, GROUP);
        expect(parse(text, GROUP)).toEqual(first);
      }),
      runs,
    );
  });
  it('is answered when it begins with a slash', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('/', '／', ' /', '\u200b/', '　／'),
        anything,
        fc.constantFrom(GROUP, DIRECT),
        (slash, text, context) => {
          expect(parse(slash + text, context).kind).not.toBe('chat');
        },
      ),
      runs,
    );
  });
  it('carries only values of known fields, in range', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const parsed = parse(text, GROUP);
        if (parsed.kind !== 'command') return;
        for (const [field, value] of Object.entries(parsed.values)) {
          expect(FIELDS).toContain(field);
          expect(Number.isInteger(value) && Number(value) >= 0 && Number(value) <= MOST && !Object.is(value, -0)).toBe(
            true,
          );
        }
      }),
      runs,
    );
  });
  it('holds no value that stands nowhere in the line', () => {
    // Only Arabic figures here, so that each value can be looked for.
    const words = vocabulary.filter((word) => !/[一两十壹三几零无無平没万]/.test(word));
    const line = fc
      .tuple(
        fc.constantFrom('/日报 ', '日报 ', '/更正 ', '/代报 三网格 '),
        fc.array(fc.constantFrom(...words), { maxLength: 8 }),
      )
      .map(([name, rest]) => name + rest.join(' '));
    fc.assert(
      fc.property(line, (text) => {
        const parsed = parse(text, GROUP);
        if (parsed.kind !== 'command') return;
        const first =
          text
            .trim()
            .split('\n')
            .find((part) => part.trim() !== '') ?? '';
        for (const value of Object.values(parsed.values))
          if (value !== 0) expect(first.match(/\d+/g)?.map(Number) ?? []).toContain(value);
      }),
      runs,
    );
  });
});

describe('an offered line', () => {
  it('reads the same however it is copied: as it stands, full-width, or through a second normalising', () => {
    fc.assert(
      fc.property(afterName, (text) => {
        const parsed = parse(text, GROUP);
        if (parsed.kind !== 'error') return;
        for (const line of [parsed.suggestion, ...parsed.choices]) {
          if (line === null) continue;
          const once = parse(line, GROUP);
          expect(once.kind).toBe('command');
          for (const copy of [line.normalize('NFKC'), ` ${line} `, `${line}\n`, fullWidth(line)])
            expect(meaning(copy)).toEqual(meaning(line));
        }
      }),
      runs,
    );
  });
});

describe('plain talk', () => {
  const names = DEFAULT_COMMANDS.flatMap(({ aliases }) => aliases).concat([
    '日报',
    '零报告',
    'rb',
    '代报',
    '补报',
    '更正',
    '撤回',
    '接龙',
  ]);
  it('that does not begin with a name, a slash or the bot is left alone in a group', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const plain = text
          .normalize('NFKC')
          .replace(/[\p{Cf}\p{Z}\p{Cc}\p{M}]/gu, '')
          .toLowerCase();
        const simple = toSimple(plain);
        // A day or a grid may stand before the form's name, and more than one of them.
        const before = /^$|(?:网格|村|[今昨前明]天|11月20日|20号|12月31日)[,,、:;]*$/u;
        const called = [...simple].some((_, at) =>
          names.some((name) => simple.startsWith(name, at) && before.test(simple.slice(0, at))),
        );
        fc.pre(!/[/#]|@网格助手|接龙/.test(simple) && !called);
        expect(parse(text, GROUP).kind, JSON.stringify(parse(text, GROUP))).toBe('chat');
      }),
      runs,
    );
  });
  it('that ends in a question never reports', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('日报 ', '/日报 ', '日报', '@网格助手 日报 ', '更正 '),
        fc.constantFrom('0', '2', '三网格 0', '昨天 0', '返乡1 2', '无异常', '没有', '十二人'),
        fc.constantFrom(
          '吗',
          '?',
          '？',
          '吗?',
          '了吗',
          '对吗',
          '呢?',
          '是不是',
          '谁报的',
          '还是1',
          '吧?',
          '怎么填',
          '怎么报',
          '可以吗',
          '对不对',
          '行不行',
          '了没',
          '没',
        ),
        (name, rest, tail) => {
          const parsed = parse(name + rest + tail, GROUP);
          expect(parsed.kind, JSON.stringify(parsed)).not.toBe('command');
        },
      ),
      runs,
    );
  });
  it('to another person never reports', () => {
    fc.assert(
      fc.property(fc.constantFrom('张三', '所有人', '网格长', '网格助手2', '李四 '), soup, (who, rest) => {
        // A command on a line of its own is answered, whomever the first line speaks to.
        fc.pre(!rest.includes('@网格助手') && /^[/ 0-9日零]/.test(rest) && !/\n(?:\s|\u200b|\ufe0f)*[/／#]/.test(rest));
        expect(parse(`@${who} ${rest}`, GROUP).kind).toBe('chat');
      }),
    );
  });
});
