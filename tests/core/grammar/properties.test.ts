import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from '../../../src/core/grammar/parse.ts';
import type { ParseContext, Parsed } from '../../../src/core/grammar/types.ts';
import { normalise } from '../../../src/core/text.ts';
import { parseErrorText } from '../../../src/locales/parse-errors.ts';
import { DIRECT, GROUP, KNOWING } from './context.ts';

const CONTEXTS: readonly ParseContext[] = [GROUP, DIRECT, KNOWING, { ...GROUP, mentionsBot: true }];

const VALID = [
  '/日报 0',
  '/日报 2 返乡1 发热1\n张三 武汉回来 住3组',
  '/日报 三网格 0',
  '/代报 三网格 0 王五手机坏了',
  '/代报 其余 0 已电话核实',
  '/补报 11月20日 0 停电',
  '/更正 1',
  '/撤回',
  '#接龙\n1. 一网格 0\n2. 二网格 无\n3. 王五',
  '/汇总 昨天 福山地村',
  '/请假 11月22日-24日 李四代',
  '/免报 三网格 11月23日 整组搬迁',
  '/绑定 福山地村',
  '/认领 8F3K',
  '/帮助 日报',
  '@网格助手 日报 0',
  '日报 无异常',
];

const PIECES = [
  ...'0123456789零一二两三十百千万几多半无没有人名例个户起日报返乡发热异常劝阻网格村镇昨今天月号周至到代李四张三 ,，、:：=。.·-−~～/／#＃@?!()"½²①OＯ\n\u200b\u2005\ufe0f😀',
  '接龙',
  '左右',
  '大约',
  '日报',
  '/日报 ',
  '无异常',
  '11月20日',
  '其余',
];
const soup = fc.array(fc.constantFrom(...PIECES), { maxLength: 24 }).map((parts) => parts.join(''));
const anything = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  soup,
);

/** A valid line with one character put in, taken out or replaced. */
const mutated = fc
  .record({
    line: fc.constantFrom(...VALID),
    at: fc.nat(60),
    drop: fc.integer({ min: 0, max: 1 }),
    add: fc.oneof(fc.constant(''), fc.constantFrom(...PIECES), fc.string({ unit: 'grapheme', maxLength: 1 })),
  })
  .map(({ line, at, drop, add }) => {
    const i = at % (line.length + 1);
    return line.slice(0, i) + add + line.slice(i + drop);
  });

/** All errors in a reading, those of a chain's lines included. */
function errorsOf(parsed: Parsed): Extract<Parsed, { kind: 'error' }>[] {
  if (parsed.kind === 'error') return [parsed];
  return parsed.kind === 'command' ? parsed.lines.flatMap((line) => errorsOf(line.parsed)) : [];
}

describe('whatever is typed', () => {
  it('is read without throwing, and what is suggested parses to a command', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          anything,
          mutated,
          soup.map((text) => `/日报 ${text}`),
        ),
        (text) => {
          for (const context of CONTEXTS) {
            for (const { code, params, suggestion, choices } of errorsOf(parse(text, context))) {
              for (const line of [...(suggestion === null ? [] : [suggestion]), ...choices]) {
                expect([text, line, parse(line, context).kind]).toEqual([text, line, 'command']);
              }
              expect(choices).not.toHaveLength(1);
              expect(parseErrorText(code, params, choices)).toMatch(/。|:/);
            }
          }
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('is never passed over when it begins with a slash', () => {
    fc.assert(
      fc.property(fc.constantFrom('/', '／', '#', '＃', ' /', '\u200b/'), anything, (slash, text) => {
        for (const context of CONTEXTS) expect(parse(slash + text, context).kind).not.toBe('chat');
      }),
      { numRuns: 600 },
    );
  });

  it('gives only whole counts within bounds', () => {
    fc.assert(
      fc.property(soup, (text) => {
        const parsed = parse(`/日报 ${text}`, KNOWING);
        if (parsed.kind !== 'command') return;
        for (const value of Object.values(parsed.values)) {
          expect(Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 99_999).toBe(true);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

/** What a plain report's line may be made of, each by itself; removing all of it must leave nothing. */
const EXPLAINED = [
  /(?:[一总]?共有?|(?<!没)有|是|为)(?= *[无没平0-9零〇一二两三四五六七八九十百千万])/g,
  /其余/g,
  /\p{Script=Han}*\d*(?:网格|嘎查|苏木|社区|街道|居委会|村委会|[村镇乡旗县区市组])/gu,
  /(?:二〇二六年)?\d{0,4} ?年? ?[\d一二三四五六七八九十]{1,3} ?月 ?[\d一二三四五六七八九十]{1,3} ?[日号]?/g,
  /[\d一二三四五六七八九十]{1,3} ?[日号]|\d{1,2} ?[-/] ?\d{1,2}|[今昨前]天|今日|昨日|上?周[一二三四五六日天]/g,
  /(?:返乡|发热|劝阻|异常)/g,
  /无异常|没有|平安|无/g,
  /\d+|[零〇一二两三四五六七八九十百千万壹贰叁肆伍陆柒捌玖拾佰仟廿卅卌俩仨]+/g,
  /[人名例个户起]/g,
  /我网格/g,
  /[\s,、:=。!.~;]/g,
];

describe('a report that was not meant', () => {
  it('is never made: in a plain one every piece is explained', () => {
    let reports = 0;
    fc.assert(
      fc.property(fc.oneof(soup, anything), (text) => {
        const parsed = parse(`/日报 ${text}`, GROUP);
        if (parsed.kind !== 'command' || parsed.command !== 'report' || parsed.note !== null) return;
        reports += 1;
        // A person named by the shape of the word alone is explained by being the subject.
        const named = [parsed.subject ?? '', ...(parsed.subject ?? '').split(/[@/]/)];
        const args = named.reduce((rest, part) => rest.replace(part, ' '), normalise(parsed.args)).replace('@', ' ');
        const left = EXPLAINED.reduce((rest, piece) => rest.replace(piece, ' '), args);
        expect([parsed.args, left.trim()]).toEqual([parsed.args, '']);
      }),
      { numRuns: 3_000 },
    );
    // The property says something only if reports did come up.
    expect(reports).toBeGreaterThan(20);
  });

  it('is never made of a remark with a number in it', () => {
    fc.assert(
      fc.property(fc.oneof(soup, anything), (text) => {
        const parsed = parse(`/日报 0 ${text}`, GROUP);
        if (parsed.kind !== 'command' || parsed.note === null || parsed.period !== GROUP.today) return;
        expect(parsed.note).not.toMatch(/[0-9几多约?不未]|\p{Extended_Pictographic}/u);
      }),
      { numRuns: 1_000 },
    );
  });

  it('is never made of talk in a group', () => {
    const talk = fc.array(fc.constantFrom(...'今天大家的都交了没有请尽快了解一下情况谢谢收到好的零报告0'), {
      minLength: 3,
      maxLength: 20,
    });
    fc.assert(
      fc.property(talk, (chars) => {
        const text = chars.join('');
        // The form's name may come behind the day.
        if (/^(?:今天)*零报告/.test(text)) return;
        expect([text, parse(text, GROUP).kind]).toEqual([text, 'chat']);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('a report that was meant', () => {
  const count = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 99_999 }));
  const report = fc.record({
    verb: fc.constantFrom('日报', 'rb', '更正'),
    slash: fc.constantFrom('/', '／', '#', '/ '),
    subject: fc.constantFrom(null, '三网格', '十二网格', '大新庄村一网格', '福山地村'),
    day: fc.constantFrom(
      null,
      ['昨天', '2026-11-20'],
      ['11月19日', '2026-11-19'],
      ['18号', '2026-11-18'],
      ['11-17', '2026-11-17'],
    ),
    abnormal: count,
    labelled: fc.record({ returned: count, fever: count, dissuaded: count }, { requiredKeys: [] }),
    measure: fc.constantFrom('', '人', '例', '个', '户'),
    equals: fc.constantFrom('', ' ', '=', ':', '：'),
    between: fc.constantFrom(' ', ',', '，', '、', '  '),
    bareFirst: fc.boolean(),
    end: fc.constantFrom('', '。', '!', ' '),
  });
  const LABELS = { returned: '返乡', fever: '发热', dissuaded: '劝阻' } as const;

  it('comes back as it was written, whatever the order and the separators', () => {
    fc.assert(
      fc.property(report, (r) => {
        const labels = Object.entries(r.labelled).map(
          ([id, n]) => `${LABELS[id as keyof typeof LABELS]}${r.equals}${n}${r.measure}`,
        );
        const bare = `${r.abnormal}${r.measure}`;
        const values = r.bareFirst || labels.length === 0 ? [bare, ...labels] : [...labels, `异常${bare}`];
        const args = [r.subject, r.day?.[0], ...values].filter((part) => typeof part === 'string');
        const text = `${r.slash}${r.verb} ${args.join(r.between)}${r.end}`;
        expect([text, parse(text, GROUP)]).toMatchObject([
          text,
          {
            kind: 'command',
            command: r.verb === '更正' ? 'correct' : 'report',
            values: { abnormal: r.abnormal, ...r.labelled },
            subject: r.subject,
            period: r.day?.[1] ?? GROUP.today,
            note: null,
          },
        ]);
      }),
      { numRuns: 600 },
    );
  });
});

describe('a hostile text', () => {
  const N = 3_990;
  it.each([
    ['0'],
    ['十'],
    ['几'],
    ['无'],
    ['无发热'],
    ['无 返乡'],
    ['返乡1'],
    ['村'],
    ['一村'],
    ['网格'],
    ['1 '],
    ['1-'],
    ['1.'],
    ['1,'],
    ['O'],
    ['大约'],
    ['十万'],
    ['张'],
    ['李四代 '],
    ['明天到'],
    ['11月'],
    ['1月1日'],
    ['@网格助手'],
    ['/'],
    ['a'],
    ['．'],
    ['①'],
    ['个'],
    ['日 '],
    ['1. 一网格 0\n'],
  ])(
    'of %s over and over takes no more than a moment',
    (piece) => {
      for (const head of ['/日报 ', '/日报 0 ', '/代报 ', '/请假 ', '/免报 ', '/进度 ', '/', '#接龙\n1. ']) {
        const text = head + piece.repeat(Math.floor((N - head.length) / piece.length));
        for (const context of [GROUP, KNOWING]) expect(parse(text, context).kind).not.toBe('chat');
      }
    },
    5_000,
  );
});
