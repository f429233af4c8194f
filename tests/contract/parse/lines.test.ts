import { describe, expect, it } from 'vitest';
import { CHAT, expectReading, expectReadingOrQuestion, expectRefusal, read, report, zero } from './reading.ts';

describe('each further line is one item of the report', () => {
  const values = { abnormal: 2, returned: 1, fever: 1 };
  it('keeps items apart from the values', () => {
    expectReading('/日报 2 返乡1 发热1\n张三 武汉回来 住3组', report(values, { items: ['张三 武汉回来 住3组'] }));
    expectReading(
      '/日报 2 返乡1 发热1\n张三 武汉回来 住3组\n李四 38.5度 住1组',
      report(values, { items: ['张三 武汉回来 住3组', '李四 38.5度 住1组'] }),
    );
  });
  it.each(['\n', '\r\n', '\n\n', ' \n ', '\n\u200b\n', '\n　\n'])('divides by %j and keeps no empty item', (gap) =>
    expectReading(
      ['/日报 2', '张三 武汉', '李四 上海', ''].join(gap),
      report({ abnormal: 2 }, { items: ['张三 武汉', '李四 上海'] }),
    ),
  );
  it('counts no number in an item', () => {
    for (const item of [
      '蒙A12345',
      '13800000001',
      '38.5',
      '-1',
      '1e3',
      '100000',
      '十几',
      '0',
      '张三 5',
      '1. 张三',
      '11月20日 从武汉回',
      '三网格 住户',
      '返乡2',
      '异常5',
      '日报写好了',
    ])
      expectReading(`/日报 2\n${item}`, report({ abnormal: 2 }, { items: [item] }));
  });
  it('takes items after any form of the first line', () => {
    expectReading('日报 1\n张三 武汉', report({ abnormal: 1 }, { items: ['张三 武汉'] }));
    expectReading('@网格助手 日报 1\n张三 武汉', report({ abnormal: 1 }, { items: ['张三 武汉'] }));
    expectReading('/日报 三网格 1。\n张三 武汉', report({ abnormal: 1 }, { subject: '三网格', items: ['张三 武汉'] }));
    expectReading('/更正 1\n张三 武汉', { ...report({ abnormal: 1 }, { items: ['张三 武汉'] }), command: 'correct' });
  });
  it('takes a hundred', () => {
    const items = Array.from({ length: 100 }, (_, i) => `住户${i + 1} 武汉回来`);
    expectReading(['/日报 99', ...items].join('\n'), report({ abnormal: 99 }, { items }));
  });
  it('does not look for the count in an item', () => {
    expectRefusal('/日报\n张三 2');
    expectRefusal('/日报 返乡1\n异常2 张三');
    expectRefusal('/日报 十几\n2');
  });
});

describe('two commands in one message are asked about', () => {
  // biome-ignore format: a table of lines
  it.each([
    '/日报 0\n/日报 1', '/日报 0\n/进度', '/日报 三网格 0\n/日报 四网格 0', '/日报 0\n/撤回', '/进度\n/汇总', '/日报 0 /日报 1', '/日报 0 /进度', '/日报 0\n／日报　１',
    '/日报 0\n\n/日报 1', '/日报 2\n张三 武汉\n/日报 0', '/更正 1\n/日报 0', '/日报 0 /撤回', '/日报 0\n@网格助手 日报 1', '/撤回\n/日报 0',
  ])('%j', (line) => expectRefusal(line));

  it('offers each of them to be sent alone', () => {
    const parsed = read('/日报 三网格 0\n/日报 四网格 2');
    expect(parsed).toMatchObject({ kind: 'error', choices: ['/日报 三网格 0', '/日报 四网格 2'] });
  });
  it.each([
    '/日报 0\n日报 1',
    '日报 0\n日报 1',
    '/日报 0\n更正 1',
    '日报 三网格 0\n日报 四网格 0',
    '/日报 0 日报 1',
    '日报 0 日报 1',
    '/日报 0/日报 1',
    '/日报0/日报1',
  ])('%j is never the first with the second lost', (line) => {
    const parsed = read(line);
    expect(parsed.kind, JSON.stringify(parsed)).not.toBe('command');
  });
  it('takes the same line twice for one, or asks', () => {
    expectReadingOrQuestion('/日报 0\n/日报 0', [zero()]);
    expectReadingOrQuestion('/日报 0 /日报 0', [zero()]);
  });
});

describe('a message of several lines whose first is no command is no report', () => {
  it.each([
    '大家好\n/日报 0',
    '通知\n日报 0',
    '今天的情况\n0',
    '1\n2\n3',
    '「张三：/日报 0」\n----\n/日报 1',
    '转发\n/撤回',
    '会议记录\n1. 日报 0\n2. 进度',
  ])('%j', (line) => expectReadingOrQuestion(line, [CHAT]));
});
