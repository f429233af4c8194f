import { describe, expect, it } from 'vitest';
import { CHAT, DIRECT, expectReading, expectRefusal, GROUP, read } from './reading.ts';

// biome-ignore format: a table of lines
const exact: readonly (readonly [string, string])[] = [
  ['/日抱 0', '/日报 0'], ['/日暴 0', '/日报 0'], ['/日爆 0', '/日报 0'], ['/曰报 0', '/日报 0'], ['/目报 0', '/日报 0'], ['/日抱0', '/日报 0'],
  ['/日抱：0', '/日报 0'], ['／日抱　０', '/日报 0'], ['#日抱 0', '/日报 0'], ['/日 抱 0', '/日报 0'], ['/日抱 2', '/日报 2'],
  ['/进渡', '/进度'], ['/近度', '/进度'], ['/汇中', '/汇总'], ['/回总', '/汇总'], ['/崔报', '/催报'], ['/催抱', '/催报'], ['/未抱', '/未报'],
  ['/辙回', '/撤回'], ['/撤会', '/撤回'], ['/更证 1', '/更正 1'], ['/帮住', '/帮助'], ['/帮組', '/帮助'],
];

describe('a mistyped command is answered with the line to send', () => {
  it.each(exact)('%j → %j', (typed, suggestion) => expectRefusal(typed, suggestion));

  it('keeps what was typed behind the name', () => {
    for (const [typed, meant] of [
      ['/日抱 三网格 2 返乡1', '/日报 三网格 2 返乡1'],
      ['/日抱 昨天 0', '/日报 昨天 0'],
      ['/带报 三网格 0 王五手机坏了', '/代报 三网格 0 王五手机坏了'],
      ['/补抱 11月20日 0 停电', '/补报 11月20日 0 停电'],
      ['/请加 11月22日-24日 李四代', '/请假 11月22日-24日 李四代'],
      ['/免抱 三网格 11月23日 整组搬迁', '/免报 三网格 11月23日 整组搬迁'],
      ['/绑订 福山地村', '/绑定 福山地村'],
      ['/任领 8F3K', '/认领 8F3K'],
      ['/汇中 昨天', '/汇总 昨天'],
      ['/帮住 日报', '/帮助 日报'],
      ['/零抱告', '/零报告'],
      ['/零报高', '/零报告'],
    ] as const) {
      const parsed = read(typed);
      expect(parsed.kind, typed).toBe('error');
      const suggestion = parsed.kind === 'error' ? (parsed.suggestion ?? '') : '';
      const { args: _, ...understood } = read(suggestion) as { args?: string };
      const { args: __, ...intended } = read(meant) as { args?: string };
      expect(understood, `${typed} → ${suggestion}`).toEqual(intended);
    }
  });

  it('is asked about when several commands are as near', () => {
    for (const typed of ['/末报', '/巾报', '/报', '/某报']) {
      const parsed = read(typed);
      expect(parsed.kind === 'error' && (parsed.suggestion !== null || parsed.choices.length > 1), typed).toBe(true);
    }
  });

  it('is understood in its pinyin or asked about, never as something else', () => {
    // biome-ignore format: a table
    for (const [typed, id] of [
      ['/ribao 0', 'report'], ['/jindu', 'progress'], ['/huizong', 'rollup'], ['/cuibao', 'nudge'], ['/weibao', 'missing'], ['/chehui', 'withdraw'],
      ['/bangzhu', 'help'], ['/Ribao 0', 'report'], ['/ri bao 0', 'report'], ['/help', 'help'], ['/?', 'help'], ['/？', 'help'],
    ] as const) {
      const parsed = read(typed);
      if (parsed.kind === 'command') expect(parsed.command, typed).toBe(id);
      else expect(parsed.kind).toBe('error');
    }
  });

  it('does not make a report of a command that resembles none', () => {
    for (const typed of [
      '/foo',
      '/天气',
      '/好的',
      '/感谢大家',
      '/abcdef 0',
      '/0',
      '/1',
      '/😀',
      '/无',
      '/没有',
      '/无异常',
      '/三网格 0',
    ])
      expectRefusal(typed);
  });

  it('is left alone in a group without a slash, and answered when the bot is spoken to', () => {
    for (const typed of ['日抱 0', '近度', '帮住', '请加 明天 李四代']) expectReading(typed, CHAT);
    expectRefusal('@网格助手 日抱 0', '/日报 0');
    expectRefusal('@网格助手\u2005/日抱 0', '/日报 0');
  });

  it('never yields a suggestion with a value that was not typed', () => {
    for (const typed of [
      '/日抱 十几',
      '/日抱 1 2',
      '/日抱 很多',
      '/日抱 100000',
      '/日报 100000',
      '/日报 13800000001',
    ]) {
      const parsed = read(typed);
      expect(parsed.kind, typed).toBe('error');
      if (parsed.kind !== 'error' || parsed.suggestion === null) continue;
      // An example to copy may hold the zero of "nothing happened", but no figure made out of the one refused.
      const example = read(parsed.suggestion);
      expect(
        example.kind === 'command' ? Object.values(example.values).filter((n) => n !== 0) : [],
        `${typed} → ${parsed.suggestion}`,
      ).toEqual([]);
    }
  });
});

describe('an offered line keeps the unit or the person that was named', () => {
  it.each([
    ['/日报 (三网格) 0', '三网格'],
    ['/日报 [三网格] 0', '三网格'],
    ['/日报 【三网格】0', '三网格'],
    ['/日报 “三网格” 0', '三网格'],
    ['/日报 0 三网格李四', '三网格'],
    ['/日报 三网格 0 咳嗽1', '三网格'],
    ['/日报 三网格 -1', '三网格'],
    ['/日报 三网格', '三网格'],
    ['/日报 三网格 O', '三网格'],
    ['/日抱 三网格 0', '三网格'],
    ['/日报 李四 0', '李四'],
    ['/日报 @张三 0', '张三'],
    ['/日报 张三@福山地村 0', '张三@福山地村'],
  ] as const)('%j names %s', (line, name) => {
    const parsed = read(line);
    if (parsed.kind === 'command') expect(parsed.subject).toBe(name);
    else
      for (const offered of parsed.kind === 'error' ? [...parsed.choices, parsed.suggestion ?? name] : [])
        expect(offered).toContain(name);
  });
});

describe('whatever begins with a slash is answered', () => {
  it.each([
    '/',
    '／',
    '//',
    '/ ',
    '/\u200b',
    '/。',
    '/,',
    '/?',
    '/ 0',
    '/0',
    '/日报写好了吗',
    '/今天的日报谁发',
    '/我们0感染',
    '/帮助一下',
    '/进度怎么样',
    '/home/user',
    '/😀',
    '/\ud800',
    '/__proto__',
    '/constructor',
    '/toString 1',
    '/hasOwnProperty',
    '/日报吗',
    '/我是',
    '/-',
    '/@网格助手',
    '/@张三 0',
    '/接龙',
    '#日报',
    '#接龙',
  ])('%j', (line) => {
    expect(read(line, GROUP).kind).not.toBe('chat');
    expect(read(line, DIRECT).kind).not.toBe('chat');
  });
  it.each([
    '/日报写好了吗',
    '/帮助一下',
    '/进度怎么样',
    '/我们0感染',
    '/日报0吗',
    '/日报 0 了吗',
    '/日报是0吗',
    '/日报 是不是0',
  ])('%j is no report', (line) => {
    const parsed = read(line);
    expect(parsed.kind === 'command' && parsed.command === 'report').toBe(false);
  });
});
