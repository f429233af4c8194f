import { describe, expect, it } from 'vitest';
import { parse } from '../../../src/core/grammar/parse.ts';
import type { ParseContext } from '../../../src/core/grammar/types.ts';
import { assertDistinctAliases, DEFAULT_COMMANDS } from '../../../src/core/grammar/words.ts';
import { command, DIRECT, error, FORMS, GROUP, gist, KNOWING } from './context.ts';

describe('commands that are no report', () => {
  it.each([
    ['/进度', { command: 'progress', form: 'daily', period: '2026-11-21', subject: null }],
    ['/进度 福山地村', { command: 'progress', subject: '福山地村' }],
    ['/进度福山地村', { command: 'progress', subject: '福山地村' }],
    ['/汇总', { command: 'rollup' }],
    ['/汇总 昨天', { command: 'rollup', period: '2026-11-20' }],
    ['/汇总 日报 昨天 福山地村', { command: 'rollup', form: 'daily', period: '2026-11-20', subject: '福山地村' }],
    ['/汇总 11月20日 林东镇 福山地村', { period: '2026-11-20', subject: '林东镇/福山地村' }],
    ['/催报', { command: 'nudge' }],
    ['/未报', { command: 'missing' }],
    ['/绑定 福山地村', { command: 'bind', subject: '福山地村', period: null }],
    ['/绑定 林东镇 福山地村', { command: 'bind', subject: '林东镇/福山地村' }],
    ['/认领 8F3K', { command: 'claim', args: '8F3K' }],
    ['/认领 8f 3k', { command: 'claim', args: '8F3K' }],
    ['/认领８ｆ－３ｋ', { command: 'claim', args: '8F3K' }],
    ['/我', { command: 'me' }],
    ['/我是谁', { command: 'me' }],
    ['/帮助', { command: 'help', form: null, args: '' }],
    ['/帮助 日报', { command: 'help', form: 'daily', args: '日报' }],
    ['/帮助 请假', { command: 'help', form: null, args: '请假' }],
    ['/确认', { command: 'confirm' }],
    ['/死信', { command: 'failures' }],
    ['/销假', { command: 'back', period: '2026-11-21', subject: null }],
    ['/销假 张三', { command: 'back', subject: '张三' }],
  ])('%s', (text, expected) => {
    expect(command(text, KNOWING)).toMatchObject(expected);
  });
});

describe('taking note of a numbered notice', () => {
  it.each([
    ['/收到', ''],
    ['/收到了', ''],
    ['/收到。谢谢', ''],
    ['/收到 3', '3'],
    ['/收到3', '3'],
    ['/收到 预警3', '3'],
    ['/收到 三', '3'],
    ['/收到 3号,谢谢', '3'],
    ['@网格助手 收到 3', '3'],
    ['@网格助手 收到', ''],
    ['/收到 12', '12'],
  ])('%s', (text, args) => {
    expect(command(text, KNOWING)).toMatchObject({ command: 'acknowledge', args });
  });

  it.each(['收到', '收到 3', '收到3', '收到了', '收到,谢谢', '收到预警3'])('is talk without a slash: %s', (text) => {
    for (const context of [GROUP, DIRECT]) expect(gist(text, context)).toBe('chat');
  });

  it.each(['/收到 0', '/收到 王五', '/收到 3 4', '/收到 三五'])('asks for a number alone: %s', (text) => {
    expect(error(text)).toMatchObject({ code: 'text.extra', suggestion: '/收到' });
  });

  it('can be asked help about, though it is a word of courtesy', () => {
    expect(command('/帮助 收到')).toMatchObject({ command: 'help', args: '收到' });
    expect(command('/帮助 谢谢')).toMatchObject({ command: 'help', args: '' });
  });
});

describe('leave', () => {
  it.each([
    ['/请假 今天', { period: '2026-11-21', until: '2026-11-21', deputy: null, subject: null, note: null }],
    ['/请假 11月22日-24日 李四代', { period: '2026-11-22', until: '2026-11-24', deputy: '李四' }],
    ['/请假 11月22日至11月24日 李四代理', { period: '2026-11-22', until: '2026-11-24', deputy: '李四' }],
    ['/请假 22日到24日 代:李四', { period: '2026-11-22', until: '2026-11-24', deputy: '李四' }],
    ['/请假 明天 由李四代 家里有事', { period: '2026-11-22', deputy: '李四', note: '家里有事' }],
    ['/请假 李四代 明天', { period: '2026-11-22', deputy: '李四' }],
    ['/请假 明天李四代', { period: '2026-11-22', deputy: '李四' }],
    ['/请假 3天', { period: '2026-11-21', until: '2026-11-23' }],
    ['/请假 明天起3天', { period: '2026-11-22', until: '2026-11-24' }],
    ['/请假 张三 明天 李四代', { subject: '张三', period: '2026-11-22', deputy: '李四' }],
    ['/请假 张三明天', { subject: '张三', period: '2026-11-22' }],
    ['/请假 25号 去医院', { period: '2026-11-25', note: '去医院' }],
    ['/请假 明天 阿拉坦花代', { deputy: '阿拉坦花' }],
    ['/请假 明天 李四@福山地村代', { deputy: '李四@福山地村' }],
    ['/请假 11月22日-24日 李四 代', { until: '2026-11-24', deputy: '李四' }],
    ['/请假 11月22日-24日 @李四\u2005代', { until: '2026-11-24', deputy: '李四' }],
    ['/请假 11月22日-24日 代李四', { until: '2026-11-24', deputy: '李四' }],
    ['/请假 11月22日→24日 李四代', { until: '2026-11-24', deputy: '李四' }],
    ['/请假 11月22日/24日', { until: '2026-11-24' }],
    ['/请假 11月22日——24日', { until: '2026-11-24' }],
    ['/请假 11月22日起到24日', { until: '2026-11-24' }],
    ['/请假 11月30日-2日', { period: '2026-11-30', until: '2026-12-02' }],
    ['/请假 明天 代表村里开会', { deputy: null, note: '代表村里开会' }],
    ['/请假 明天到医院看病', { period: '2026-11-22', until: '2026-11-22', note: '到医院看病' }],
  ])('%s', (text, expected) => {
    expect(command(text, KNOWING)).toMatchObject({ command: 'leave', ...expected });
  });

  it.each([
    ['/请假', 'date.missing', '/请假 今天'],
    ['/请假 11月24日-22日', 'date.order', null],
    ['/请假 11月22日-31日', 'date.unreal', null],
    ['/请假 11月22日至月底', 'date.length', null],
    ['/请假 11月22日到下周', 'date.length', null],
    ['/请假 11月22日、24日', 'date.two', null],
    ['/请假 11月22日 大约25日回来', 'date.two', null],
    ['/请假 昨天', 'date.past', null],
    ['/请假 11月20日', 'date.past', null],
    ['/请假 2月30日', 'date.unreal', null],
    ['/请假 999天', 'date.length', null],
    ['/请假 半天', 'date.length', '/请假 今天'],
    ['/请假 明天 后天', 'date.two', null],
    ['/请假 明天 李四代 王五代', 'deputy.two', null],
    ['/请假 看病', 'text.unknown', '/请假 今天 看病'],
    ['/请假 张山 明天', 'text.unknown', '/请假 明天 张山'],
    ['/请假 明天?', 'text.question', '/请假 明天'],
  ])('%s is %s', (text, code, suggestion) => {
    expect(error(text, KNOWING)).toMatchObject({ code, suggestion });
  });

  it('asks whether a name after the day is the deputy or the one on leave', () => {
    expect(error('/请假 明天 李四', KNOWING).choices).toEqual(['/请假 明天 李四代', '/请假 李四 明天']);
  });
});

describe('exemption', () => {
  it.each([
    [
      '/免报 三网格 11月23日 整组搬迁',
      { subject: '三网格', period: '2026-11-23', until: '2026-11-23', note: '整组搬迁' },
    ],
    ['/免报 三网格 22日至24日 整组搬迁', { subject: '三网格', period: '2026-11-22', until: '2026-11-24' }],
    ['/免报 大新庄村一网格 明天 3户搬迁', { subject: '大新庄村一网格', note: '3户搬迁' }],
    ['/免报 大新庄村 一网格 整组搬迁', { subject: '大新庄村/一网格', period: '2026-11-21', note: '整组搬迁' }],
    ['/免报 日报 三网格 整组搬迁', { form: 'daily', subject: '三网格', note: '整组搬迁' }],
    ['/免报 三网格', { subject: '三网格', note: null }],
    ['/免报', { subject: null, note: null }],
  ])('%s', (text, expected) => {
    expect(command(text, KNOWING)).toMatchObject({ command: 'exempt', form: 'daily', ...expected });
  });

  it.each([
    '/免报 三网格 11月22日和24日 整组搬迁',
    '/免报 三网格 11月22日及25日搬迁',
    '/免报 三网格 11月22日~月底 搬迁',
  ])('%s, more days than are understood, is not cut to the first', (text) => {
    expect(['date.two', 'date.length']).toContain(gist(text, KNOWING));
  });

  it('wants a unit it can tell from the reason', () => {
    expect(gist('/免报 整组搬迁', KNOWING)).toBe('subject.missing');
  });
});

describe('several forms', () => {
  const daily = FORMS.get('daily');
  if (!daily) throw new Error('the playbook has no daily form');
  const forms = new Map([
    ['daily', daily],
    ['flood', { ...daily, name: '汛情', aliases: ['汛情', 'xq'], zeroNames: [] }],
  ]);
  const context: ParseContext = { ...GROUP, forms };

  it('are told apart by name', () => {
    expect(command('/汛情 2', context)).toMatchObject({ command: 'report', form: 'flood' });
    expect(command('/代报 汛情 三网格 0', context)).toMatchObject({ form: 'flood', subject: '三网格' });
    expect(command('/补报 昨天 日报 0', context)).toMatchObject({ form: 'daily', period: '2026-11-20' });
    expect(command('/撤回 xq', context)).toMatchObject({ command: 'withdraw', form: 'flood' });
    expect(command('/汇总 汛情 昨天', context)).toMatchObject({ form: 'flood', period: '2026-11-20' });
    expect(command('/汇总', context)).toMatchObject({ form: 'daily', formNamed: false });
  });

  it('are the main one where the line names none', () => {
    const unnamed = ['/更正 1', '/撤回', '/代报 三网格 0', '/代报 其余 0', '/补报 昨天 0 停电', '#接龙\n1. 一网格 0'];
    expect(unnamed.map((line) => command(line, context).form)).toEqual(unnamed.map(() => 'daily'));
    expect(command('/代报 其余 0', context)).toMatchObject({ subject: '其余', values: { abnormal: 0 } });
    expect(command('#接龙\n汛情\n1. 一网格 0', context).form).toBe('flood');
    expect(command('/免报 三网格 今天 整组搬迁', context).form).toBe('daily');
  });

  it('are asked for where a heading names two', () => {
    expect(error('#接龙 日报 汛情\n1. 一网格 0', context)).toMatchObject({ code: 'form.ambiguous' });
  });

  it('tell of which one an act that went wrong was an attempt', () => {
    expect(error('/更正 很多', context)).toMatchObject({ form: 'daily' });
    expect(error('/更正 汛情 很多', context)).toMatchObject({ form: 'flood' });
  });

  it('are overheard in a group only where they may be spoken', () => {
    const quiet = new Map([...forms].map(([id, form]) => [id, { ...form, spoken: id === 'daily' }]));
    const group: ParseContext = { ...GROUP, forms: quiet };
    expect(gist('日报 0', group)).toEqual({ abnormal: 0 });
    expect(gist('汛情 0', group)).toBe('chat');
    expect(gist('更正 汛情 1', group)).toBe('chat');
    expect(gist('更正 1', group)).toEqual({ abnormal: 1 });
    expect(gist('/汛情 0', group)).toEqual({ abnormal: 0 });
    expect(gist('汛情 0', { ...group, place: 'direct' })).toEqual({ abnormal: 0 });
    expect(gist('汛情 0', { ...group, mentionsBot: true })).toEqual({ abnormal: 0 });
  });
});

describe('the words', () => {
  it('each have one owner in the shipped set', () => {
    expect(() => assertDistinctAliases({ forms: FORMS, commands: DEFAULT_COMMANDS })).not.toThrow();
  });

  it('are refused at start when two commands claim one, however it is spelt', () => {
    const twice = [...DEFAULT_COMMANDS, { name: 'stop', aliases: ['進 度'], shape: 'none' as const }];
    expect(() => assertDistinctAliases({ forms: FORMS, commands: twice })).toThrow(
      '"進 度" belongs to command progress and to command stop',
    );
    const report = [{ name: 'rb', aliases: ['RB'], shape: 'none' as const }];
    expect(() => assertDistinctAliases({ forms: FORMS, commands: report })).toThrow('form daily');
    const correct = [{ name: 'fix', aliases: ['更正'], shape: 'none' as const }];
    expect(() => assertDistinctAliases({ forms: FORMS, commands: correct })).toThrow('correct');
    expect(() =>
      assertDistinctAliases({ forms: FORMS, commands: [{ name: 'x', aliases: [' '], shape: 'none' }] }),
    ).toThrow('empty');
  });

  it('may be named like what every object has', () => {
    for (const word of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) {
      expect(parse(`/${word}`, GROUP)).toMatchObject({ kind: 'error', code: 'command.unknown' });
    }
  });
});
