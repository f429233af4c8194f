import { describe, expect, it } from 'vitest';
import { CHAT, DIRECT, expectReading, read, TODAY, YESTERDAY, zero } from './reading.ts';

// biome-ignore format: a table of lines
const talk = [
  '日报写好了吗', '今天的日报谁发', '我们0感染', '一网格 0', '无异常', '0', '没有', '帮助一下', '', ' ', '\n', '。', '?', '1', '收到', '好的', '[强]', '👍', '零',
  '平安', '三网格', '三网格 0', '0 三网格', '异常0', '返乡1', '昨天', '十几', '大家好', '谁还没报日报', '日报呢', '日报吗', '日报?', '日报？', '日报谁没发',
  '日报怎么写', '日报 怎么写', '日报 谁还没发', '日报 1.5万份', '日报 0 了吗', '日报 0?', '日报 0？', '日报是0吗', '日报是0吧?', '日报 0 对吗', '日报0吗', '日报0对不对',
  '日报不是0', '日报 几点截止', '日报 3点前发', '日报 18:00前报', '日报 18:00', '日报 18点', '日报 6点', '日报 6点截止', '日报 20号', '日报 第3期', '日报 2份',
  '日报 3天没发了', '日报还差3个', '日报还有2个没交', '日报 还有2个没交', '日报收到0份', '日报 3个网格没报', '日报3次没交', '日报 1 2', '日报 十几', '日报 很多',
  '日报 -1', '日报 1.5', '日报写完了', '日报已经发了', '日报无人发', '日报没有发', '日报没有人发', '日报 没有人发', '日报没有收到', '日报没有了', '日报没有吗', '日报无所谓',
  '日报无法提交', '日报 无法提交', '日报平安村的呢', '日报零点截止', '日报一会发', '日报一会儿发', '日报 一会发', '日报一下', '日报一起发', '日报一直没发', '日报一共几份',
  '日报一个都没交', '日报 一个都没交', '日报三网格没交', '日报 三网格没交', '日报两点交', '日报十点前', '日报万一漏了', '日报千万别忘', '日报百分百完成', '日报发热怎么填',
  '日报 返乡怎么填', '日报返乡1是什么意思', '日报张三没交', '日报昨天没交', '日报 昨天没交', '日报今天还没发', '零报告制度要坚持', '零报告是什么意思', '零报告吗', '零报告?',
  '零报告制度', '零报告 制度', '零报告要每天发', '零报告怎么报', '不要零报告', '坚持零报告', '我零报告', 'rb是什么', 'rb?', 'rbq', 'rb 是啥', 'RBC', '红日报 0', '人民日报 0',
  '《日报》 0', '光明日报 2', '晨报 0', '日报社 3', '日报社3楼', '日报表 0', '日报告 0', '今日报 0', '昨日报0', '我的日报 0', '请发日报 0', '请大家发 /日报 0', '请大家发/日报 0',
  '比如/日报 0', '例如：/日报 0', '发“/日报 0”就行', '“/日报 0”', '"/日报 0"', '「/日报 0」', '转发：/日报 0', '> /日报 0', '张三：/日报 0', '张三: 日报 0', '回复 /日报 0',
  '「张三：/日报 0」\n- - - - - - - - -\n收到', '「张三:日报 0」\n—————————\n好', '0 日报', '0日报', '2 日报', '无 日报',
  '进度怎么样', '进度太慢了', '进度？', '进度如何', '进度条', '什么进度', '进度 50%', '进度到哪了', '汇总一下', '汇总好了', '汇总表发群里', '汇总了吗', '汇总表', '谁汇总', '催报一下',
  '催报了吗', '别催报了', '未报的抓紧', '未报的有谁', '未报名', '未报销', '请假条', '请假三天', '请假了', '请假吗', '我请假', '我要请假', '请假怎么弄', '绑定手机号吧', '绑定了吗',
  '绑定银行卡', '绑定失败了', '认领任务了', '认领一下', '认领了吗', '认领一户', '我', '我来了', '我 0', '我0', '我在', '我？', '我去', '我是谁家的', '我们', '我的', '撤回一条消息',
  '撤回了', '撤回吧', '撤回干嘛', '张三撤回了一条消息', '更正一下', '更正：会议改到3点', '更正 3点开会', '更正：3点开会', '更正 明天3点', '更正通知', '更正了吗', '更正一处错误',
  '补报材料', '补报了吗', '补报 材料3份', '补报一下', '代报一下', '谁代报', '代报可以吗', '代报的举手', '免报的有谁', '免报名费', '免报 3次', '帮助', '帮助别人', '帮助老人', '帮助了3户',
  '帮助 3户', '需要帮助', '谢谢帮助', '接龙', '接龙了', '大家接龙', '接龙吧', '开始接龙', '确认', '确认一下', '@张三 日报 0', '@张三\u2005日报 0', '@张三 /日报 0', '@所有人 日报 0',
  '@所有人\u2005请发日报', '张三 @网格助手是谁', 'http://a.cn/日报 0', 'https://example.com/日报', '日报.xlsx', '日报 0.xlsx', '日报0.docx', '11月20日日报', '日报 11月20日',
  '日报 11月20日的发我', '日报 昨天的呢', '日报1群', '日报 2群', '日报 5楼会议室', '日报 38.5', '日报 100000', '日报 13800000001', '日报 张三13800000001', '日报 3号前交',
];

/** Single words that are a whole command, which a group may as well be answered. */
const words: ReadonlySet<string> = new Set(['我', '帮助', '确认', '接龙']);

describe('plain talk in a group is left alone', () => {
  it.each(talk.filter((line) => !words.has(line)))('%j', (line) => expectReading(line, CHAT));

  it.each([...words])('%j is no report', (line) => {
    const parsed = read(line);
    expect(parsed.kind === 'command' && Object.keys(parsed.values).length > 0).toBe(false);
  });
});

describe('nobody reports by talking', () => {
  it.each(talk)('%j, in a direct chat', (line) => {
    const parsed = read(line, DIRECT);
    const reported = parsed.kind === 'command' && ['report', 'correct', 'chain'].includes(parsed.command);
    // Two lines of the table are, to the bot alone, a question about a value; none is a value.
    expect(reported, JSON.stringify(parsed)).toBe(false);
  });
  it.each(talk)('%j, to the bot by name', (line) => {
    if (line.startsWith('@')) return;
    const parsed = read(`@网格助手 ${line}`);
    const reported = parsed.kind === 'command' && ['report', 'correct', 'chain'].includes(parsed.command);
    expect(reported, JSON.stringify(parsed)).toBe(false);
  });
});

describe('a whole line that is a known form needs no slash in the work group', () => {
  it.each([
    '日报 0',
    '日报0',
    '日报 2 返乡1',
    '日报 三网格 0',
    '日报 昨天 0',
    '零报告',
    'rb 0',
    '补报 昨天 0 停电',
    '代报 三网格 0 王五手机坏了',
    '更正 1',
    '更正 三网格 1',
  ])('%j', (line) => expect(read(line)).toMatchObject({ kind: 'command' }));
  it.each([
    ['三网格日报 0', { subject: '三网格', period: TODAY }],
    ['三网格 日报 0', { subject: '三网格', period: TODAY }],
    ['一网格零报告', { subject: '一网格', period: TODAY }],
    ['今天日报 0', { subject: null, period: TODAY }],
    ['昨天 日报 0', { subject: null, period: YESTERDAY }],
    ['昨天三网格日报：0', { subject: '三网格', period: YESTERDAY }],
    ['11月20日日报 0', { subject: null, period: YESTERDAY }],
  ] as const)('%j has its day or its grid before the name', (line, more) => expectReading(line, zero(more)));
  it.each([
    '三网格零报告制度',
    '三网格日报没有',
    '三网格日报呢',
    '今天零报告',
    '昨天日报没有',
    '昨天日报 0 吗',
    '东村日报 0',
  ])('%j does not say enough for a report', (line) => expectReading(line, CHAT));
  it('means the same as with the slash', () => {
    for (const line of ['日报 0', '日报 2 返乡1 发热1', '日报 三网格 0', '日报 昨天 0', '零报告', 'rb 0']) {
      const bare = read(line);
      expect(bare).toEqual(read(`/${line}`));
    }
  });
});
