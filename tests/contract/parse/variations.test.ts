import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { read, report, YESTERDAY } from './reading.ts';
import { fullWidth, meaning, toTraditional } from './writings.ts';

const runs = { numRuns: 3000 };

// biome-ignore format: a table
const valid = [
  '/日报 0', '日报 0', '/rb 0', 'rb 12', '/零报告', '/日报 2 返乡1 发热1', '/日报 三网格 0', '/日报 大新庄村一网格 0', '/日报 大新庄村/一网格 3', '/代报 三网格 0 王五手机坏了', '/代报 其余 0 已电话核实',
  '/日报 昨天 0', '/补报 11月20日 0 停电', '/更正 1', '/撤回', '/进度', '/汇总', '/汇总 昨天', '/催报', '/未报', '/请假 11月22日-24日 李四代', '/绑定 福山地村', '/认领 8F3K', '/我', '/帮助',
  '/帮助 日报', '/免报 三网格 11月23日 整组搬迁', '@网格助手 日报 0', '/日报 异常=1 返乡=2', '/日报 十二', '/日报 壹佰', '/日报 无异常', '/日报 2\n张三 武汉', '#接龙\n1. 一网格 0\n2. 二网格 2',
];
const noise = fc.constantFrom('\u200b', '\u200c', '\u200d', '\ufeff', '\u2060', '\ufe0f', '\ufe0e');

describe('a valid line keeps its meaning', () => {
  it.each(valid)('%j is a command', (line) => expect(read(line).kind).toBe('command'));
  it.each(valid)('%j in full width, in traditional characters, in capitals, with the other slash', (line) => {
    for (const copy of [
      fullWidth(line),
      toTraditional(line),
      line.toUpperCase(),
      line.replace(/^\//, '／'),
      line.replace(/^\//, '# '),
      line.replace(/^\//, '@网格助手\u2005'),
    ])
      expect(meaning(copy), copy).toEqual(meaning(line));
  });
  it('with invisible characters anywhere', () => {
    fc.assert(
      fc.property(fc.constantFrom(...valid), fc.array(fc.tuple(fc.nat(60), noise), { maxLength: 6 }), (line, marks) => {
        let copy = line;
        for (const [at, mark] of marks) copy = copy.slice(0, at) + mark + copy.slice(at);
        expect(meaning(copy), JSON.stringify(copy)).toEqual(meaning(line));
      }),
      runs,
    );
  });
  it('with wider, other and more spaces, before, between and behind', () => {
    const space = fc.stringMatching(/^[ \u3000\u00a0\t\u2005\u2002\u2003]{1,4}$/);
    fc.assert(
      fc.property(fc.constantFrom(...valid), fc.array(space, { minLength: 12, maxLength: 12 }), (line, spaces) => {
        let i = 2;
        const copy = (spaces[0] ?? '') + line.replace(/ /g, () => spaces[i++ % 12] ?? ' ') + (spaces[1] ?? '');
        expect(meaning(copy), JSON.stringify(copy)).toEqual(meaning(line));
      }),
      runs,
    );
  });
  it('with each character wide or narrow, and letters large or small', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...valid.filter((line) => !line.includes('8F'))),
        fc.array(fc.nat(3), { minLength: 40, maxLength: 40 }),
        (line, choice) => {
          const copy = [...line].map((c, i) => {
            const cased = (choice[i] ?? 0) & 1 ? c.toUpperCase() : c;
            return (choice[i] ?? 0) & 2 ? fullWidth(cased) : cased;
          });
          expect(meaning(copy.join('')), copy.join('')).toEqual(meaning(line));
        },
      ),
      runs,
    );
  });
  it('with its arguments in any order', () => {
    const parts = ['三网格', '昨天', '异常2', '返乡1', '发热3', '劝阻0'];
    const expected = report(
      { abnormal: 2, returned: 1, fever: 3, dissuaded: 0 },
      { subject: '三网格', period: YESTERDAY },
    );
    fc.assert(
      fc.property(
        fc.shuffledSubarray(parts, { minLength: parts.length }),
        fc.constantFrom(' ', '，', '、', ', '),
        (order, gap) => {
          expect(read(`/日报 ${order.join(gap)}`)).toMatchObject(expected);
        },
      ),
      { numRuns: 500 },
    );
    fc.assert(
      fc.property(fc.shuffledSubarray(['三网格', '昨天', '2', '返乡1', '发热3'], { minLength: 5 }), (order) => {
        expect(read(`/日报 ${order.join(' ')}`)).toMatchObject(
          report({ abnormal: 2, returned: 1, fever: 3 }, { subject: '三网格', period: YESTERDAY }),
        );
      }),
      { numRuns: 500 },
    );
  });
});
