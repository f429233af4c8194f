import { describe, expect, it } from 'vitest';
import { CHAT, DIRECT, expectReading, expectReadingOrQuestion, expectRefusal, read, report, zero } from './reading.ts';

/** The lines of the contract's table, as they stand there. */
const fromTheContract = ['/日报 0', '／日报　０', '/日报0', '/日报:零', '/日報 無', '日报 无异常', '@网格助手 日报 0'];

// biome-ignore format: a table
const names = [
  '/零报告', '/零报告 0', '/零報告', '／零报告', '/零 报 告', '/零报告 无', '/零报告。', '零报告', '#零报告', '@网格助手 零报告',
  '/rb 0', '/RB 0', '/Rb 0', '/rB0', '/rb0', 'rb 0', 'RB0', '／ｒｂ　０', '/ＲＢ 0', '/r b 0', '@网格助手 rb 0', '/rb 无', '/rb:0',
];

// biome-ignore format: a table
const words = [
  '/日报 零', '/日报 无', '/日报 没有', '/日报 无异常', '/日报 平安', '/日报零', '/日报无', '/日报没有', '/日报无异常', '/日报平安',
  '/日报 無', '/日报 沒有', '/日报 無異常', '/日报 無异常', '/日报 〇', '/日報 平安', '日报 平安', '日报 没有', '日报无', '日报零',
  '/日报 没 有', '/日报 无 异常', '/日报：无异常。', '/日报,没有', '/日报=零',
];

// biome-ignore format: a table
const slashes = [
  '/日报 0', '／日报 0', '#日报 0', '＃日报 0', '/ 日报 0', '／ 日报 0', '# 日报 0', ' /日报 0', '　/日报 0', '/日报 0 ', '/日报 0　',
  '\t/日报\t0\t', '\n/日报 0', '/日报 0\n', '/日报 0\r\n', '/日报 0\n\n\n', '日报 0', '日报0', '日报：0', '  日报  0  ',
];

// biome-ignore format: a table
const separators = [
  '/日报,0', '/日报，0', '/日报、0', '/日报:0', '/日报：0', '/日报=0', '/日报＝0', '/日报, 0', '/日报 ，0', '/日报 、 0', '/日报 : 0',
  '/日报 ： 0', '/日报 = 0', '/日报 ＝ 0', '/日报﹕0', '/日报﹐0', '/日报   0', '/日报　　0', '/日报\u00a00', '/日报\u20050',
  '/日报\u20030', '/日报\u202f0', '/日报\u20090', '/日报,,0', '/日报：：0', '日报，0', '日报＝0', '日报、0',
];

// biome-ignore format: a table
const endings = [
  '/日报 0。', '/日报 0｡', '/日报0。', '/日报 0 。', '/日报 零。', '/日报 无异常。', '日报 0。', '/日报 0人', '/日报 0名', '/日报 0例',
  '/日报 0个', '/日报 0户', '/日报 0起', '/日报 0 人', '/日报 0人。', '/日报 零人', '/日报 零例', '/日报 ０例', '/日报 0個', '/日报 0戶',
  '/日报 〇起', '日报 0人', '/日报0例',
];

const spaces = [
  '/日 报 0',
  '/日　报 0',
  '/日 报0',
  '/ 日 报 0',
  '日 报 0',
  '/日\u00a0报 0',
  '/日  报  0',
  '@网格助手 日 报 0',
  '#日 报 0',
];

// biome-ignore format: a table
const invisible = [
  '/日报\u200b0', '/\u200b日报 0', '\u200b/日报 0', '\ufeff/日报 0', '/日\u200d报 0', '/日\u200c报 0', '/日报\u2060 0', '/日报 0\ufe0f',
  '/日报 0\u20e3', '/日报 0\ufe0f\u20e3', '/日报0️⃣', '日报 0️⃣', '/日报 0\ufe0e', '/日报 \u200e0', '/日报 \u200f0', '/日报 0\u200b\u200b',
  '/日\ufe0f报 0', '/日报 ０\u20e3',
];

// biome-ignore format: a table
const fields = [
  '/日报 异常0', '/日报 异常 0', '/日报 异常=0', '/日报 异常:0', '/日报 异常：0', '/日报 异常＝0', '/日报 异常零', '/日报 异常无',
  '/日报 异常 没有', '/日报 异常0人', '/日报 异常 0 例', '/日报 異常0', '/日报异常0', '/日报异常:0', '/日报:异常:0', '日报 异常0',
  '/日报，异常，0', '/日报 异 常 0', '/日报 异常、0', '/日报 异常０',
];

// biome-ignore format: a table
const mentions = [
  '@网格助手\u2005日报 0', '@网格助手\u2005/日报 0', '@网格助手 /日报0', '@网格助手　日报 0', '＠网格助手 日报 0', '@网格助手\u2005 日报 0',
  ' @网格助手 日报 0', '@网格助手 ／日报 ０', '@网格助手 日报 无', '@网格助手\u2005零报告', '@網格助手 日報 0', '@网格助手\u2005#日报 0',
  '@网格助手\n日报 0', '@网格助手\u2005\n/日报 0', '@网格助手 日报：0。', '@网格助手\u00a0日报0', '@网格助手 @网格助手 日报 0', '@网格助手日报 0', '@网格助手/日报 0', '@网格助手日报0',
];

describe('a zero report is understood however it is typed', () => {
  const tables = { fromTheContract, names, words, slashes, separators, endings, spaces, invisible, fields, mentions };
  for (const [name, lines] of Object.entries(tables)) {
    describe(name, () => {
      it.each(lines)('%j', (line) => expectReading(line, zero()));
    });
  }
});

describe('in a direct chat the slash may be left out', () => {
  it.each([...fromTheContract, ...names.slice(-4), '日报0', '日报:零', '零报告', 'rb0', '日 报 0'])('%j', (line) =>
    expectReading(line, zero(), DIRECT),
  );
});

describe('a name alone is a report only when the name says zero', () => {
  it.each([
    '/日报',
    '／日报',
    '#日报',
    '/日報',
    '/rb',
    '/RB',
    '/日 报',
    '/日报 ',
    '/日报。',
    '/日报：',
    '/日报,',
    '/日报=',
    '/日报\u200b',
  ])('%j is answered with the line to send', (line) => {
    const parsed = read(line);
    expect(parsed.kind).toBe('error');
    if (parsed.kind === 'error') expectReading(parsed.suggestion ?? '', zero());
  });
  it('asks when the bot is mentioned with it', () => expectRefusal('@网格助手 日报'));
  it('leaves the bare word in a group alone', () => expectReading('日报', CHAT));
});

describe('a zero beside the name that says zero', () => {
  it.each(['/零报告 0', '/零报告：无', '/零报告 异常0'])('%j is no contradiction', (line) =>
    expectReading(line, zero()),
  );
  it.each([
    ['/零报告 1', 1],
    ['/零报告 异常2', 2],
    ['/零报告 3人', 3],
    ['/零报告 十二', 12],
  ] as const)('%j is the count or a question, not a zero', (line, abnormal) =>
    expectReadingOrQuestion(line, [report({ abnormal })]),
  );
  it.each(['/零报告 三网格', '/零报告三网格'])('%j is for that grid', (line) =>
    expectReading(line, zero({ subject: '三网格' })),
  );
  it('may be for another day', () => expectReading('/零报告 昨天', zero({ period: '2026-11-20' })));
});

describe('a zero with something harmless behind it is a zero or a question', () => {
  it.each([
    '/日报 0👌',
    '/日报 0 👍',
    '/日报 0🙏🙏',
    '/日报 0[强]',
    '/日报 0 谢谢',
    '/日报 0!',
    '/日报 0！',
    '/日报 0~',
    '/日报 0;',
    '/日报 00',
    '/日报 0.',
    '/日报 ⓪',
    '/日报 𝟎',
    '/日报 没有异常',
    '/日报 0 无异常',
    '/日报 无异常 0',
    '/日报 O',
    '/日报 o',
    '/日报 Ｏ',
    '/日报 ○',
    // biome-ignore format: a table
    '/日报 无人',
    '/日报 零 零',
    '/日报(0)',
    '/日报（0）',
    '/日报 “0”',
    '/日报\n0',
    '/日报 0 @网格助手',
    '@网格助手，日报 0',
    '@网格助手：日报 0',
    '/日报/0',
    '/日报 都是0',
    '/日报 全是0',
    '/日报 是0',
    '/日报 今天0',
    '/日报 今天 0',
  ])('%j', (line) => expectReadingOrQuestion(line, [zero()]));
});
