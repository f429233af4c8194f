import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entryExample } from '../../../../src/core/grammar/mixed/example.ts';
import { isMixed, registerOf } from '../../../../src/core/grammar/mixed/report.ts';
import { parse } from '../../../../src/core/grammar/parse.ts';
import type { ParseContext, Parsed } from '../../../../src/core/grammar/types.ts';
import { parseErrorText } from '../../../../src/locales/parse-errors.ts';
import { BOTH, KNOWING, knowing, PLAIN, PRACTICES } from './context.ts';

const ELDERS = knowing(PRACTICES, { elder: ['王奶奶', '李大爷'], risk: ['老鹰水库', '东河段'], forest: ['东山'] });
const CONTEXTS: readonly ParseContext[] = [...BOTH, { ...KNOWING, place: 'direct' }, PRACTICES, ELDERS];

const HEADS = [
  ...['/体温 ', '/排查 ', '/卡口 ', '/检查 ', '/登记 ', '/解除 ', '/户 ', '/加户 ', '/包户 ', '/加场所 ', '/发证 '],
  ...['/更正 体温 ', '/撤回 排查 ', '/代报 检查 ', '/补报 体温 昨天 ', '#接龙 体温\n1. ', '/走访 ', '/水情 ', '/巡山 '],
  ...['/响应 ', '/加老人 ', '/体温', '/排查', '/问安 ', '/加险点 ', '/排查 开始 '],
];
const PIECES = [
  ...'0123456789零一二三十百两半几多无有是否不没和都户号人名度点米车组第张李王√×✅❌xX ,，、:：=。.·-~～/@?!()\n',
  ...[
    '张三',
    '张三丰',
    '李四',
    '王奶奶',
    '东口',
    '车站口',
    '口罩厂',
    '福满家超市',
    '老鹰水库',
    '二网格',
    '正常',
    '不在家',
  ],
  ...[
    '36.5',
    '36',
    '12户',
    '3-1',
    '15-20',
    '2人',
    '湘J12345',
    '昨天',
    '11月20日',
    '消毒',
    '测温',
    '口罩',
    '体温',
    '返乡',
    '密接',
  ],
  ...[
    '没有',
    '大约',
    '左右',
    '多少',
    '吗',
    '谢谢',
    '\n',
    ' ',
    ' ',
    '来自',
    '血压高',
    '水位',
    '雨量',
    '/日报 0',
    '每周',
    '说明',
  ],
];
const soup = fc.array(fc.constantFrom(...PIECES), { maxLength: 16 }).map((parts) => parts.join(''));
const anything = fc.oneof(
  { weight: 4, arbitrary: soup },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
);
const line = fc.tuple(fc.constantFrom(...HEADS), anything).map(([head, text]) => head + text);

const errorsOf = (parsed: Parsed): Extract<Parsed, { kind: 'error' }>[] => (parsed.kind === 'error' ? [parsed] : []);

describe('whatever is typed', () => {
  it('is read without throwing, never passed over, and what is suggested parses to a command', () => {
    let offered = 0;
    fc.assert(
      fc.property(line, (text) => {
        for (const context of CONTEXTS) {
          const parsed = parse(text, context);
          // A list of something else is somebody else's.
          if (text.startsWith('/')) expect([text, parsed.kind]).not.toEqual([text, 'chat']);
          for (const { code, params, suggestion, choices } of errorsOf(parsed)) {
            for (const each of [...(suggestion === null ? [] : [suggestion]), ...choices]) {
              offered += 1;
              expect([text, each, parse(each, context).kind]).toEqual([text, each, 'command']);
            }
            expect(choices).not.toHaveLength(1);
            expect(parseErrorText(code, params, choices)).toMatch(/。|:/);
          }
        }
      }),
      { numRuns: 700 },
    );
    expect(offered).toBeGreaterThan(200);
  });

  it('gives readings within their range and whole counts only, and says of whom where others are named', () => {
    let read = 0;
    fc.assert(
      fc.property(line, (text) => {
        for (const context of CONTEXTS) {
          const parsed = parse(text, context);
          if (parsed.kind !== 'command' || parsed.entries.length === 0) continue;
          read += 1;
          const form = context.forms.get(parsed.form ?? '');
          for (const { refs, values } of parsed.entries) {
            expect([text, parsed.entries.length === 1 || refs.length > 0]).toEqual([text, true]);
            if (!form || !isMixed(form) || !['report', 'correct'].includes(parsed.command)) continue;
            for (const [id, value] of Object.entries(values)) {
              const field = form.fields[id];
              const fits =
                field?.type === 'number'
                  ? Number(value) >= field.min && Number(value) <= field.max
                  : field?.type !== 'count' ||
                    (Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 99_999);
              expect([text, id, value, fits]).toEqual([text, id, value, true]);
              // A number is never said of several at once: it could be all of theirs together.
              const numbered = refs.filter(({ kind }) => kind === 'number');
              const several = (numbered.length > 0 ? numbered : refs).length > 1;
              expect([text, several && typeof value === 'number' && value > 0]).toEqual([text, false]);
            }
            for (const [id, field] of Object.entries(form.fields)) {
              expect([text, id, !field.required || field.type === 'photo' || id in values]).toEqual([text, id, true]);
            }
          }
        }
      }),
      { numRuns: 700 },
    );
    expect(read).toBeGreaterThan(50);
  });

  it('keeps every digit in what was read: none is dropped on the way', () => {
    const digits = (text: string): string =>
      [...text]
        .filter((char) => /\d/.test(char))
        .sort()
        .join('');
    let read = 0;
    const temperature = fc
      .array(
        fc.constantFrom('张三', '李四', '王五', '36.5', '36', '37.2', '5', '度', '℃', ' ', ',', '、', ':', '。', '\n'),
        {
          minLength: 2,
          maxLength: 12,
        },
      )
      .map((parts) => `/体温 ${parts.join('')}`);
    fc.assert(
      fc.property(temperature, (text) => {
        for (const context of BOTH) {
          const parsed = parse(text, context);
          if (parsed.kind !== 'command') continue;
          read += 1;
          const back = parsed.entries.flatMap(({ refs, values }) => [
            ...refs.map((ref) => ref.text),
            String(values.reading),
          ]);
          expect([text, digits(back.join(' '))]).toEqual([text, digits(text.replace(/\.0\b/g, ''))]);
        }
      }),
      { numRuns: 2_000 },
    );
    expect(read).toBeGreaterThan(50);
  });
});

describe('a line that was meant', () => {
  const between = fc.constantFrom(' ', '  ', ',', '，', '、', '；', '\n');
  const equals = fc.constantFrom('', ' ', '=', ':', '：');
  const end = fc.constantFrom('', '。', '!', ' 谢谢', ' 收到');
  const day = fc.constantFrom(
    null,
    ['昨天', '2026-11-22'],
    ['11月20日', '2026-11-20'],
    ['20号', '2026-11-20'],
    ['周日', '2026-11-22'],
  );
  const readings = fc.uniqueArray(
    fc.record({
      name: fc.constantFrom('张三', '张三丰', '李四', '王五', '王奶奶'),
      tenths: fc.integer({ min: 340, max: 430 }),
      how: fc.nat(5),
      glue: fc.boolean(),
    }),
    { selector: ({ name }) => name, minLength: 1, maxLength: 5 },
  );
  const CHINESE = '零一二三四五六七八九';
  const spelt = (tenths: number, how: number): string => {
    const [whole, tenth] = [Math.floor(tenths / 10), tenths % 10];
    const chinese = `${CHINESE[Math.floor(whole / 10)]}十${whole % 10 === 0 ? '' : CHINESE[whole % 10]}`;
    switch (how) {
      case 0:
        return `${whole}.${tenth}`;
      case 1:
        return `${whole}.${tenth}℃`;
      case 2:
        return `${whole}度${tenth}`;
      case 3:
        return `体温${whole}.${tenth}`;
      case 4:
        return `${chinese}点${CHINESE[tenth]}`;
      default:
        return `${whole}．${tenth}度`;
    }
  };

  it('about readings comes back as it was written, however it was spelt', () => {
    fc.assert(
      fc.property(readings, between, day, end, (all, gap, when, last) => {
        const parts = all.map(
          ({ name, tenths, how, glue }) => `${name}${glue && how < 2 ? '' : ' '}${spelt(tenths, how)}`,
        );
        const text = `/体温 ${when ? `${when[0]} ` : ''}${parts.join(gap)}${last}`;
        const expected = all.map(({ name, tenths }) => ({
          refs: [{ kind: 'name', text: name }],
          values: { reading: tenths / 10 },
        }));
        for (const context of BOTH) {
          expect([text, parse(text, context)]).toMatchObject([
            text,
            { kind: 'command', command: 'report', period: when?.[1] ?? context.today, entries: expected },
          ]);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('about numbered households comes back with every one of them', () => {
    const household = fc.record({
      numbers: fc.uniqueArray(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 4 }),
      found: fc.nat(9),
      measure: fc.constantFrom('', '户', '号'),
      plate: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.array(household, { minLength: 1, maxLength: 4 }),
        between,
        end,
        fc.boolean(),
        (all, gap, last, placed) => {
          const seen = new Set<number>();
          const some = all
            .map((each) => ({ ...each, numbers: each.numbers.filter((n) => !seen.has(n) && seen.add(n)) }))
            .map((each) => ({ ...each, numbers: each.found > 0 ? each.numbers.slice(0, 1) : each.numbers }))
            .filter(({ numbers }) => numbers.length > 0);
          const parts = some.map(({ numbers, found, measure, plate }) =>
            [
              numbers.map((n) => `${n}${measure}`).join('、'),
              found === 0 ? '无' : `${found}人`,
              ...(plate ? ['湘J·1234A'] : []),
            ].join(' '),
          );
          const text = `/排查 ${placed ? '二网格 ' : ''}${parts.join(gap)}${last}`;
          const expected = some.map(({ numbers, found, plate }) => ({
            refs: numbers.map((n) => ({ kind: 'number', text: String(n) })),
            values: { found, ...(plate ? { plate: '湘J1234A' } : {}) },
          }));
          expect([text, parse(text, KNOWING)]).toMatchObject([
            text,
            { kind: 'command', place: placed ? '二网格' : null, entries: expected },
          ]);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('about ticks comes back in whatever order and with whatever mark', () => {
    const mark = fc.record({ yes: fc.boolean(), n: fc.nat(6) });
    const YES = ['√', '✓', '✔', '☑', '✅', '是', '合格'];
    const NO = ['×', '✗', '✘', '❌', 'x', 'X', '不合格'];
    const labels = { disinfected: '消毒', temperature: '测温', masks: '口罩' } as const;
    const order = fc.shuffledSubarray(['disinfected', 'temperature', 'masks'] as const, { minLength: 3 });
    const place = fc.constantFrom('福满家超市', '口罩厂', '正常村超市');
    fc.assert(
      fc.property(
        order,
        fc.tuple(mark, mark, mark),
        equals,
        fc.constantFrom('', ' ', '，'),
        place,
        (ids, marks, mid, gap, name) => {
          const parts = ids.map((id, i) => `${labels[id]}${mid}${(marks[i]?.yes ? YES : NO)[marks[i]?.n ?? 0]}`);
          const text = `/检查 ${name} ${parts.join(gap)}`;
          const values = Object.fromEntries(ids.map((id, i) => [id, marks[i]?.yes]));
          for (const context of BOTH) {
            expect([text, parse(text, context)]).toMatchObject([text, { kind: 'command', subject: name, values }]);
          }
        },
      ),
      { numRuns: 400 },
    );
  });

  it('about counts comes back in whatever order', () => {
    const LABELS = { cars: '车', people: '人', fever: '发热', refused: '劝返' } as const;
    const values = fc.record(
      { cars: fc.nat(99_999), people: fc.nat(99_999), fever: fc.nat(20), refused: fc.nat(20) },
      { requiredKeys: ['cars'] },
    );
    const gate = fc.record({ name: fc.constantFrom('东口', '西口', '车站口'), values });
    fc.assert(
      fc.property(
        fc.uniqueArray(gate, { selector: ({ name }) => name, minLength: 1 }),
        equals,
        between,
        (all, mid, gap) => {
          const parts = all.map((each) =>
            [
              each.name,
              ...Object.entries(each.values).map(([id, n]) => `${LABELS[id as keyof typeof LABELS]}${mid}${n}`),
            ].join(' '),
          );
          const text = `/卡口 ${parts.join(gap)}`;
          const expected = all.map((each) => ({ refs: [{ kind: 'name', text: each.name }], values: each.values }));
          for (const context of BOTH)
            expect([text, parse(text, context)]).toMatchObject([text, { kind: 'command', entries: expected }]);
        },
      ),
      { numRuns: 400 },
    );
  });
});

describe('an example', () => {
  it.each([
    ['of the registers under test', PLAIN],
    ['of the practices that are shipped', PRACTICES],
  ])('%s can always be sent as it is', (_, context) => {
    for (const [id, form] of context.forms) {
      for (const word of [form.name, ...form.aliases]) {
        if (!isMixed(form)) continue;
        const register = registerOf(form, context);
        for (const whom of [undefined, '张三', ...(register?.numbered ? ['12'] : [])]) {
          const text = entryExample(word, form, register, whom);
          expect([text, parse(text, context)]).toMatchObject([text, { kind: 'command', form: id }]);
        }
      }
    }
    for (const [id, register] of context.registers ?? []) {
      for (const word of [
        ...(register.add?.aliases ?? []),
        ...(register.end?.aliases ?? []),
        ...(register.cover?.aliases ?? []),
      ]) {
        const parsed = parse(`/${word}`, context);
        expect(parsed).toMatchObject({ kind: 'error' });
        const line = parsed.kind === 'error' ? (parsed.suggestion ?? '') : '';
        expect([line, parse(line, context)]).toMatchObject([line, { kind: 'command', form: id }]);
      }
    }
  });
});

describe('a hostile text', () => {
  const N = 3_990;
  it.each([
    ...[
      '0',
      '十',
      '几',
      '无',
      '1 ',
      '1-',
      '1.',
      '1,',
      'O',
      '大约',
      '张',
      '张三',
      '车',
      '车3',
      '人',
      '口罩',
      '消毒√',
      '36.5',
    ],
    ...[
      '3-1',
      '1-300 ',
      '12户',
      '湘J',
      '湘J1234',
      '昨天',
      '11月',
      '1月1日',
      'a',
      '√',
      '(',
      '/',
      '@',
      '。',
      '1. 张三 36.5\n',
      '12 无\n',
    ],
    ...['张三36.5', '一村', '二网格', '和1', '来自', '正常', '?', '吗', '1和', '第', '36度', '三十', 'X ', '车 '],
  ])(
    'of %s over and over takes no more than a moment',
    (piece) => {
      const started = performance.now();
      let lines = 0;
      for (const head of [
        '/体温 ',
        '/体温 张三 36.5 ',
        '/排查 ',
        '/排查 12 无 ',
        '/卡口 东口 ',
        '/检查 口罩厂',
        '/登记 ',
        '/户 ',
        '/包户 ',
        '/解除 ',
        '#接龙 体温\n1. ',
      ]) {
        const text = head + piece.repeat(Math.floor((N - head.length) / piece.length));
        for (const context of BOTH) {
          expect(parse(text, context).kind).not.toBe('chat');
          lines += 1;
        }
      }
      expect((performance.now() - started) / lines).toBeLessThan(250);
    },
    20_000,
  );

  it('of a thousand numbers names no more entries than a message may', () => {
    const many = Array.from({ length: 1_000 }, (_, i) => i + 1);
    for (const text of [
      `/排查 ${many.slice(0, 900).join(' ')} 无`,
      '/排查 1-300 301-600 无',
      `/户 ${many.slice(0, 900).join('、')}`,
    ]) {
      expect([text.slice(0, 20), parse(text, PLAIN)]).toMatchObject([
        text.slice(0, 20),
        { kind: 'error', code: 'entry.many' },
      ]);
    }
  });
});
