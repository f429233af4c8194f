import { describe, expect, it } from 'vitest';
import { command, error, GROUP, gist, KNOWING } from './context.ts';

describe('a zero report', () => {
  it.each([
    '/日报 0',
    '／日报　０',
    '/日报0',
    '/日报:零',
    '/日報 無',
    '日报 无异常',
    '@网格助手 日报 0',
    '@网格助手\u2005日报 0',
    '日报 0 @网格助手',
    '/日 报 0',
    '/ 日报 0',
    '//日报 0',
    '＃日报 0',
    '/日报 0。',
    '/日报 0.',
    '/日报=0',
    '/日报，0！',
    '/日报 0️⃣',
    '/日报 0人',
    '/日报 0 例',
    '/日报 没有',
    '/日报 没有人',
    '/日报 没有异常',
    '/日报 平安',
    '/日报 異常：０',
    '/rb 0',
    '/RB0',
    '/零报告',
    '/零报告 0',
    '/日报 今天 0',
    '/日报 0 无异常',
    '/日报 无异常 平安',
    '/\u200b日报\ufeff 0',
  ])('%s', (text) => {
    expect(command(text)).toEqual({
      kind: 'command',
      command: 'report',
      verb: 'report',
      form: 'daily',
      values: { abnormal: 0 },
      items: [],
      period: '2026-11-21',
      subject: null,
      note: null,
      until: null,
      deputy: null,
      args: expect.any(String),
      lines: [],
      formNamed: true,
      entries: [],
      place: null,
    });
  });
});

describe('numbers by label', () => {
  it.each([
    ['/日报 2 返乡1 发热1', { abnormal: 2, returned: 1, fever: 1 }],
    ['/日报2返乡1发热1', { abnormal: 2, returned: 1, fever: 1 }],
    ['/日报 返乡=1 发热:2、异常 0', { abnormal: 0, returned: 1, fever: 2 }],
    ['/日报 返乡1人发热两例 0', { abnormal: 0, returned: 1, fever: 2 }],
    ['/日报 2人,返乡1人。', { abnormal: 2, returned: 1 }],
    ['/日报 十二', { abnormal: 12 }],
    ['/日报 壹佰 劝阻一千零五十', { abnormal: 100, dissuaded: 1_050 }],
    ['/日报 3万', { abnormal: 30_000 }],
    ['/日报 99999', { abnormal: 99_999 }],
    ['/日报 返乡1 2', { abnormal: 2, returned: 1 }],
    ['/日报 0 无发热', { abnormal: 0, fever: 0 }],
    ['/日报 0 没有发热', { abnormal: 0, fever: 0 }],
    ['/日报 0 返乡无', { abnormal: 0, returned: 0 }],
    ['/日报 0 无返乡无发热', { abnormal: 0, returned: 0, fever: 0 }],
    ['/日报 0 返乡1无发热', { abnormal: 0, returned: 1, fever: 0 }],
    ['/日报 异常无返乡无发热无', { abnormal: 0, returned: 0, fever: 0 }],
    ['/日报 无 返乡1', { abnormal: 0, returned: 1 }],
    ['/日报 无异常返乡1', { abnormal: 0, returned: 1 }],
    ['/日报 返乡零 0', { abnormal: 0, returned: 0 }],
    ['/日报 零五', { abnormal: 5 }],
    ['/零报告 返乡1', { abnormal: 0, returned: 1 }],
  ])('%s', (text, values) => {
    expect(command(text).values).toEqual(values);
  });

  it('takes each further line as an item', () => {
    const parsed = command('/日报 2 返乡1 发热1\n张三  武汉回来 住３组\n\n李四 蒙A12345\n');
    expect(parsed.values).toEqual({ abnormal: 2, returned: 1, fever: 1 });
    expect(parsed.items).toEqual(['张三 武汉回来 住3组', '李四 蒙A12345']);
  });
});

describe('whom a report is for', () => {
  it.each([
    ['/日报 三网格 0', '三网格'],
    ['/日报三网格0', '三网格'],
    ['/日报 0 三网格', '三网格'],
    ['/日报 0三网格', '三网格'],
    ['/日报 3网格 0', '3网格'],
    ['/日报 13网格 0', '13网格'],
    ['/日报 三 网格 0', '三网格'],
    ['/日报 一网格 一', '一网格'],
    ['/日报 大新庄村一网格0', '大新庄村一网格'],
    ['/日报 大新庄村 一网格 0', '大新庄村/一网格'],
    ['/日报 大新庄村/一网格 0', '大新庄村/一网格'],
    ['/日报 林东镇 大新庄村 一网格 0', '林东镇/大新庄村/一网格'],
    ['/日报 张三@福山地村 0', '张三@福山地村'],
    ['/日报：三网格，0。', '三网格'],
    ['/日报 十三号村 0', '十三号村'],
    ['/日报 八一村0', '八一村'],
    ['/日报 二八地村一网格 0', '二八地村一网格'],
    ['/日报 3道沟村 0', '3道沟村'],
    ['/日报 要尔亚嘎查 0', '要尔亚嘎查'],
    ['/日报 移民区一区生活区 0', '移民区一区生活区'],
  ])('%s is for %s', (text, subject) => {
    expect(command(text, text.includes('@') ? KNOWING : GROUP)).toMatchObject({ subject });
  });

  it('knows a person by name where the roster does', () => {
    expect(command('/日报 张三 0', KNOWING).subject).toBe('张三');
    expect(command('/日报 一网格 张三 0', KNOWING).subject).toBe('张三@一网格');
    expect(error('/日报 王小二 0', KNOWING)).toMatchObject({ code: 'text.unknown', suggestion: null });
    expect(error('/日报 李四四 0', KNOWING)).toMatchObject({ code: 'text.unknown', suggestion: null, choices: [] });
  });

  it('takes no two grids in one line', () => {
    expect(error('/日报 一网格 二网格 0').code).toBe('subject.two');
    expect(error('/日报 一网格 0 二网格').code).toBe('subject.two');
  });
});

describe('on behalf, made up, corrected, withdrawn', () => {
  it.each([
    ['/代报 三网格 0 王五手机坏了', { verb: 'behalf', subject: '三网格', note: '王五手机坏了', period: '2026-11-21' }],
    ['/代报 张三 0 手机坏了', { verb: 'behalf', subject: '张三', note: '手机坏了' }],
    ['/代报 三网格 2 返乡1 停电3小时', { verb: 'behalf', values: { abnormal: 2, returned: 1 }, note: '停电3小时' }],
    ['/代报 其余 0 已电话核实', { verb: 'behalf', subject: '其余', values: { abnormal: 0 }, note: '已电话核实' }],
    ['/代报 其他 无异常', { subject: '其余', note: null }],
    ['/代报 剩下的网格都0', { subject: '其余' }],
    ['/补报 11月20日 0 停电', { verb: 'makeup', period: '2026-11-20', note: '停电' }],
    ['/补报 昨天三网格 0 去镇里开会', { period: '2026-11-20', subject: '三网格', note: '去镇里开会' }],
    ['/日报 昨天 0', { verb: 'report', period: '2026-11-20', note: null }],
    ['/日报 昨天 0 未报,手机没电', { verb: 'report', period: '2026-11-20', note: '未报,手机没电' }],
    ['/日报 周三 0', { period: '2026-11-18' }],
    ['/更正 1', { command: 'correct', verb: null, values: { abnormal: 1 } }],
    ['/更正 日报 三网格 1', { command: 'correct', subject: '三网格', values: { abnormal: 1 } }],
    ['/更正 昨天 2 数错了', { command: 'correct', period: '2026-11-20', note: '数错了' }],
    ['/代报 三网格 0 日报没发出去', { subject: '三网格', note: '日报没发出去' }],
    ['/撤回', { command: 'withdraw', verb: null, values: {}, period: '2026-11-21' }],
    ['/撤回 三网格 昨天', { command: 'withdraw', subject: '三网格', period: '2026-11-20' }],
    ['/撤回 报错了', { command: 'withdraw', note: '报错了' }],
  ])('%s', (text, expected) => {
    expect(command(text)).toMatchObject(expected);
  });

  it('reads January’s 31 December as last year’s', () => {
    expect(command('/补报 12月31日 0', { ...GROUP, today: '2027-01-03' }).period).toBe('2026-12-31');
  });

  it('refuses a reason that corrects the number', () => {
    for (const text of ['/更正 1 应为2', '/补报 昨天 1 其实2', '/代报 三网格 0 有人发热']) {
      expect(error(text)).toMatchObject({ code: 'text.unknown', suggestion: null });
    }
  });
});

describe('a remark on a plain report', () => {
  it.each(['/日报 0 停电', '/日报 0 已核实', '/日报 0 一切正常'])('%s is kept', (text) => {
    expect(command(text).note).toBe(text.slice(6));
  });

  it.each([
    '/日报 0 未核实',
    '/日报 0 有人发热',
    '/日报 0 发烧',
    '/日报 0 待定',
    '/日报 0 可能',
    '/日报 0 撤回',
    '/日报 0 不对',
    '/日报 0 有几人外出',
    '/日报 0 两人外出',
    '/日报 0 😀',
    '/日报 0 ½',
    '/日报 收到 0',
  ])('%s is refused', (text) => {
    expect(typeof gist(text)).toBe('string');
  });
});

describe('in a group without a slash', () => {
  it.each([
    '日报 0',
    '日报0',
    'rb 0',
    '零报告',
    '日报 三网格 0',
    '日报 2 返乡1\n张三',
    '代报 三网格 0 手机坏了',
    '补报 昨天 0 停电',
    '更正 1',
  ])('%s is a report', (text) => {
    expect(['report', 'correct']).toContain(command(text).command);
  });

  it.each([
    '今天日报怎么还没交',
    '日报 0 吗',
    '日报 十几',
    '日报',
    '日报 0 停电',
    '日报明天交',
    '代报 张三 0',
    '更正 3 楼停电',
    '撤回',
    '进度',
    '请假 明天',
    '我',
    '帮助',
    '0',
    '一网格 0',
    '收到',
    '日抱 0',
    '@张三 日报 0',
    '',
    '   ',
  ])('%s is talk', (text) => {
    expect(gist(text)).toBe('chat');
  });
});
