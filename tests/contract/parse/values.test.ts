import { describe, it } from 'vitest';
import { command, expectReading, expectReadingOrQuestion, expectRefusal, report, YESTERDAY, zero } from './reading.ts';

const two = report({ abnormal: 2, returned: 1, fever: 1 });

// biome-ignore format: a table of lines
const twoOneOne = [
  '/日报 2 返乡1 发热1', '/日报 返乡1 发热1 2', '/日报 返乡1 2 发热1', '/日报 发热1 返乡1 2', '/日报 2 返乡 1 发热 1', '/日报 2 返乡=1 发热=1',
  '/日报 2 返乡:1 发热:1', '/日报 2 返乡：1，发热：1', '/日报 2、返乡1、发热1', '/日报 2,返乡1,发热1。', '/日报 异常2 返乡1 发热1',
  '/日报 异常2返乡1发热1', '/日报2返乡1发热1', '/日报异常2返乡1发热1', '/日报 2返乡1发热1', '/日报 二 返乡一 发热一', '/日报 两人 返乡1人 发热1例',
  '/日報 2 返鄉1 發熱1', '／日报　２　返乡１　发热１', '/日报 异常：2人，返乡：1人，发热：1人。', '日报 2 返乡1 发热1', 'rb 2 返乡1 发热1',
  '@网格助手 日报 2 返乡1 发热1', '/日报 异常 2 返乡 1 发热 1', '/日报　异常2　返乡1　发热1', '/日报 发热=1 返乡=1 异常=2', '/日报 2人返乡1人发热1人',
  '/日 报 2 返 乡 1 发 热 1', '/日报 2\u200b 返乡1\ufe0f 发热1️⃣', '/日报 贰 返乡壹 发热壹', '/日报 2，返乡，1，发热，1', '/日报 返乡1，发热1，异常2',
];

describe('values are given by label, in any order, with any separator', () => {
  it.each(twoOneOne)('%j', (line) => expectReading(line, two));

  it.each([
    ['/日报 0 返乡1', { abnormal: 0, returned: 1 }],
    ['/日报 无异常 返乡1', { abnormal: 0, returned: 1 }],
    ['/日报 0返乡1发热1', { abnormal: 0, returned: 1, fever: 1 }],
    ['/日报 0 返乡无', { abnormal: 0, returned: 0 }],
    ['/日报 0 返乡没有 发热零', { abnormal: 0, returned: 0, fever: 0 }],
    ['/日报 无 返乡无 发热无 劝阻无', { abnormal: 0, returned: 0, fever: 0, dissuaded: 0 }],
    ['/日报 1 返乡十二 发热两 劝阻壹佰', { abnormal: 1, returned: 12, fever: 2, dissuaded: 100 }],
    ['/日报 0 劝阻99999', { abnormal: 0, dissuaded: 99_999 }],
    ['/日报 0 勸阻3', { abnormal: 0, dissuaded: 3 }],
    ['/日报 0 劝阻3户', { abnormal: 0, dissuaded: 3 }],
    ['/日报 异常0 返乡0 发热0 劝阻0', { abnormal: 0, returned: 0, fever: 0, dissuaded: 0 }],
    ['/日报 3万 返乡3千', { abnormal: 30_000, returned: 3000 }],
    ['/零报告 返乡2', { abnormal: 0, returned: 2 }],
  ] as const)('%s', (line, values) => expectReading(line, report(values)));
});

describe('what cannot be told apart is refused', () => {
  // biome-ignore format: a table of lines
  it.each([
    // the required count is not there
    '/日报 返乡3', '/日报 返乡3 发热1', '/日报 三网格 返乡3', '/日报 返乡', '/日报 异常', '/日报 异常 返乡1', '/日报 三网格', '/日报 昨天', '/日报 张三',
    // a label with nothing behind it
    '/日报 0 返乡', '/日报 0 返乡=', '/日报 0 返乡：发热1', '/日报 异常=', '/日报 返乡 0 发热',
    // a label nobody knows
    '/日报 咳嗽1', '/日报 0 咳嗽1', '/日报 0 咳嗽=1', '/日报 0 咳嗽：1', '/日报 0 abnormal=1', '/日报 0 __proto__=1', '/日报 0 constructor:1',
    '/日报 0 toString=1', '/日报 0 疑似2例', '/日报 疑似2 0', '/日报 0 死亡1', '/日报 0 外出3', '/日报 0 返乡1 外出3', '/日报 确诊=1',
    // twice, and not the same
    '/日报 0 异常1', '/日报 异常1 异常2', '/日报 0 返乡1 返乡2', '/日报 1 返乡1 2', '/日报 0 返乡 1 2', '/日报 1 2 返乡1', '/日报 异常1 2', '/日报 2 异常无',
    '/日报 无异常 2', '/日报 0 返乡1、2', '/日报 1 返乡无 返乡1', '/日报 0 3人', '/日报 三网格 0 1', '/日报 0 0',
  ])('%j', (line) => expectRefusal(line));

  it.each(['/日报 异常0 异常0', '/日报 0 返乡1 返乡1', '/日报 0 异常0'])(
    '%j, the same thing twice, is read once or asked about',
    (line) => expectReadingOrQuestion(line, [zero(), report({ abnormal: 0, returned: 1 })]),
  );
});

describe('a number that stands before its label is not taken for the bare count', () => {
  it.each([
    ['/日报 1返乡', []],
    ['/日报 2人返乡', []],
    ['/日报 1人发热', []],
    ['/日报 3户劝阻', []],
    ['/日报 0 1人返乡', [{ abnormal: 0, returned: 1 }]],
    ['/日报 0 2例发热', [{ abnormal: 0, fever: 2 }]],
    ['/日报 有1人发热', []],
    ['/日报 今天有3个人返乡', []],
    ['/日报 2人异常', [{ abnormal: 2 }]],
    ['/日报 3 返乡', []],
    ['/日报 共3人', [{ abnormal: 3 }]],
    ['/日报 新增1', [{ abnormal: 1 }]],
    ['/日报 排查300户 无异常', [{ abnormal: 0 }]],
    ['/日报 排查300户', []],
    ['/日报 走访35户,异常0', [{ abnormal: 0 }]],
    ['/日报 体温38.5 1人', []],
    ['/日报 张三38.5度', []],
    ['/日报 0 张三发烧38.5', []],
    ['/日报 0 其中发热1', [{ abnormal: 0, fever: 1 }]],
    ['/日报 住3组 0', [{ abnormal: 0 }]],
  ] as const)('%j', (line, readings) => {
    expectReadingOrQuestion(
      line,
      readings.flatMap((values) => [report(values), report(values, { subject: '住3组' })]),
    );
  });
});

describe('a correction carries new values', () => {
  it.each([
    '/更正 1',
    '/更正1',
    '/更正：1',
    '／更正　１',
    '/更正 一',
    '/更正 壹',
    '/更 正 1',
    '/更正 异常1',
    '/更正 1人。',
    '@网格助手 更正 1',
    '#更正 1',
  ])('%j', (line) => expectReading(line, command('correct', { values: { abnormal: 1 } })));
  it.each(['/更正 0', '/更正 无', '/更正 无异常', '/更正无'])('%j', (line) =>
    expectReading(line, command('correct', { values: { abnormal: 0 } })),
  );
  it('may name a grid, a day and labels', () => {
    const values = { abnormal: 1, returned: 2 };
    expectReading('/更正 1 返乡2', command('correct', { values }));
    expectReading('/更正 三网格 1 返乡2', command('correct', { values, subject: '三网格' }));
    expectReading('/更正 昨天 1 返乡2', command('correct', { values, period: YESTERDAY }));
    expectReading(
      '/更正 三网格 11月20日 返乡2 1',
      command('correct', { values, subject: '三网格', period: YESTERDAY }),
    );
  });
  it.each([
    '/更正',
    '/更正 十几',
    '/更正 1 2',
    '/更正 1.5',
    '/更正 100000',
    '/更正 明天 1',
    '/更正 咳嗽1',
    '/更正 三网格',
  ])('%j is refused', (line) => expectRefusal(line));
});

describe('taking back', () => {
  it.each(['/撤回', '／撤回', '#撤回', '/撤 回', '/撤回。', '@网格助手 撤回', '/撤回 今天'])('%j', (line) =>
    expectReading(line, command('withdraw')),
  );
  it('may name a day and a grid', () => {
    expectReading('/撤回 昨天', command('withdraw', { period: YESTERDAY }));
    expectReading('/撤回 三网格', command('withdraw', { subject: '三网格' }));
    expectReading('/撤回三网格', command('withdraw', { subject: '三网格' }));
    expectReading('/撤回 三网格 昨天', command('withdraw', { subject: '三网格', period: YESTERDAY }));
  });
  it('is not taken for a report', () => expectRefusal('/撤回 0'));
});

describe('free text beside the values stays out of them', () => {
  it.each(['/日报 0 停电', '/日报 0 王五手机坏了', '/日报 0，今天下雨', '/日报 0 已入户', '/日报 0 路不好走。'])(
    '%j',
    (line) => expectReadingOrQuestion(line, [zero()]),
  );
});
