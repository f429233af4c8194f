import { describe, expect, it } from 'vitest';
import { PARSE_ERROR_CODES } from '../../../src/core/grammar/types.ts';
import { parseErrorText } from '../../../src/locales/parse-errors.ts';
import { command, DIRECT, error, GROUP, gist, KNOWING } from './context.ts';

describe('what never becomes a value', () => {
  it.each([
    ['/日报', 'value.missing', '/日报 0'],
    ['/更正', 'value.missing', '/更正 0'],
    ['/日报 三网格', 'value.missing', '/日报 三网格 0'],
    ['/日报 昨天', 'value.missing', '/日报 昨天 0'],
    ['/日报\n0', 'value.missing', '/日报 0'],
    ['/日报 十几', 'number.vague', null],
    ['/日报 很多', 'number.vague', null],
    ['/日报 几个', 'number.vague', null],
    ['/日报 若干', 'number.vague', null],
    ['/日报 10左右', 'number.vague', null],
    ['/日报 10 左右', 'number.vague', null],
    ['/日报 大概 10', 'number.vague', null],
    ['/日报 约10', 'number.vague', null],
    ['/日报 10多人', 'number.vague', null],
    ['/日报 十来个', 'number.vague', null],
    ['/日报 返乡十几', 'number.vague', null],
    ['/日报 -1', 'number.negative', '/日报 1'],
    ['/日报 −1', 'number.negative', '/日报 1'],
    ['/日报 –1', 'number.negative', '/日报 1'],
    ['/日报 ﹣1', 'number.negative', '/日报 1'],
    ['/日报 - 1', 'number.negative', '/日报 1'],
    ['/日报 负一', 'number.negative', '/日报 1'],
    ['/日报 三网格-1', 'number.negative', '/日报 三网格1'],
    ['/日报 +1', 'number.invalid', '/日报 1'],
    ['/日报 1e3', 'number.invalid', '/日报 1000'],
    ['/日报 0x1', 'number.invalid', null],
    ['/日报 1²', 'number.invalid', null],
    ['/日报 ½', 'number.invalid', null],
    ['/日报 1½', 'number.invalid', null],
    ['/日报 ٣', 'number.invalid', null],
    ['/日报 1,000', 'number.invalid', '/日报 1000'],
    ['/日报 100000', 'number.range', null],
    ['/日报 10万', 'number.range', null],
    ['/日报 一亿', 'number.range', null],
    ['/日报 半', 'number.fraction', null],
    ['/日报 50%', 'number.fraction', null],
    ['/日报 O', 'number.letter-o', '/日报 0'],
    ['/日报 Ｏ', 'number.letter-o', '/日报 0'],
    ['/日报 1O', 'number.letter-o', '/日报 10'],
    ['/日报 返乡O 0', 'number.letter-o', '/日报 返乡0 0'],
    ['/补报 昨天三网格0停电', 'number.glued', '/补报 昨天三网格0 停电'],
    ['/日报 0 3楼停电', 'number.glued', null],
    ['/日报 反乡1', 'label.unknown', '/日报 0 返乡1'],
    ['/日报 0 反乡1', 'label.unknown', '/日报 0 返乡1'],
    ['/日报 0 反乡 1', 'label.unknown', '/日报 0 返乡 1'],
    ['/日报 0 咳嗽1', 'label.unknown', null],
    ['/日报 合计2人', 'label.unknown', '/日报 2人'],
    ['/日报 0 2人返乡', 'label.no-value', '/日报 0 返乡2'],
    ['/日报 返乡1', 'field.missing', '/日报 0 返乡1'],
    ['/日报 没有返乡', 'field.missing', '/日报 0 没有返乡'],
    ['/日报 无发热1', 'zero.ambiguous', null],
    ['/日报 0 0', 'value.two', '/日报 0'],
    ['/补报 昨天 0 停电 3 小时', 'value.two', '/补报 昨天 0 停电3小时'],
    ['/日报 11月23日 0', 'date.future', '/日报 0'],
    ['/日报 明天 0', 'date.future', '/日报 0'],
    ['/日报 2月30日 0', 'date.unreal', null],
    ['/日报 8月1日 0', 'date.too-old', null],
    ['/日报 昨天 前天 0', 'date.two', null],
    ['/日报 0?', 'text.question', '/日报 0'],
    ['/日报 0吗', 'text.question', '/日报 0'],
    ['/日报 😀', 'text.unknown', null],
    ['/日报 不是0', 'label.unknown', null],
    ['/日报 有发热', 'text.unknown', null],
    ['/日报 均无', 'text.unknown', '/日报 0'],
    ['/日报 "0"', 'text.unknown', '/日报 0'],
    ['/代报 0', 'subject.missing', null],
    ['/撤回 1', 'text.extra', '/撤回'],
    ['/进度 怎么样', 'text.unknown', '/进度'],
    ['/汇总 明天', 'date.future', '/汇总'],
    ['/确认 0', 'text.extra', '/确认'],
    ['/进度\n福山地村', 'lines.extra', '/进度'],
    ['收到\n/日报 0', 'lines.command-below', '/日报 0'],
    ['/日抱 0', 'command.typo', '/日报 0'],
    ['/日抱0', 'command.typo', '/日报 0'],
    ['/日 抱 0', 'command.typo', '/日报 0'],
    ['/曰报 0', 'command.typo', '/日报 0'],
    ['/报日 0', 'command.typo', '/日报 0'],
    ['/日 0', 'command.typo', '/日报 0'],
    ['/ribao 0', 'command.typo', '/日报 0'],
    ['/日抱三网格0', 'command.typo', '/日报 三网格0'],
    ['/日抱', 'command.typo', '/日报 0'],
    ['/日抱 十几', 'command.typo', '/日报 0'],
    ['/请驾 明天 李四代', 'command.typo', '/请假 明天 李四代'],
    ['/jindu', 'command.typo', '/进度'],
    ['/foo', 'command.unknown', '/帮助'],
    ['/', 'command.unknown', '/帮助'],
    ['//', 'command.unknown', '/帮助'],
    ['#吃饭', 'command.unknown', '/帮助'],
    ['@网格助手 你好', 'command.unknown', '/帮助'],
    ['@网格助手', 'command.unknown', '/帮助'],
    ['/认领', 'code.missing', null],
    ['/认领 口令', 'code.invalid', null],
    ['/绑定', 'subject.missing', null],
  ])('%s is %s, send %s', (text, code, suggestion) => {
    expect(error(text)).toMatchObject({ code, suggestion });
  });

  it.each([
    ['/日报 2 3', ['/日报 2', '/日报 3']],
    ['/日报 ①②', ['/日报 1', '/日报 2']],
    ['/日报 两三个', ['/日报 2', '/日报 3']],
    ['/日报 三五个', ['/日报 3', '/日报 5']],
    ['/日报 1.5', ['/日报 1', '/日报 2']],
    ['/日报 1。5', ['/日报 1', '/日报 2']],
    ['/日报 1~3', ['/日报 1', '/日报 3']],
    ['/日报 1-3', ['/日报 1', '/日报 3']],
    ['/日报 2 无异常', ['/日报 2', '/日报 无异常']],
    ['/日报 2 异常3', ['/日报 2', '/日报 异常3']],
    ['/日报 0 返乡1 返乡2', ['/日报 0 返乡1', '/日报 0 返乡2']],
    ['/日报 2 返乡', ['/日报 2', '/日报 0 返乡2']],
    ['/日报 0\n/进度', ['/日报 0', '/进度']],
    ['/报 0', ['/日报 0', '/补报 0']],
  ])('%s asks between the readings', (text, choices) => {
    const parsed = error(text);
    expect(new Set(parsed.choices)).toEqual(new Set(choices));
    expect(parsed.suggestion).toBeNull();
    const sentence = parseErrorText(parsed.code, parsed.params, parsed.choices);
    for (const choice of choices) expect(sentence).toContain(choice);
  });

  it('asks too where the number could be meant for two fields', () => {
    expect(gist('/日报 返乡1,5')).toBe('value.two');
    expect(gist('/日报 返乡1。5 0')).toBe('number.fraction');
    expect(gist('/日报 返乡1-3 0')).toBe('number.vague');
  });
});

describe('a slash is always answered', () => {
  it('in a group and in a direct chat', () => {
    for (const text of ['/', '/日程表', '#', '/😀', '/ ', '＃＃＃', '/日报 0 撤回', '/0', '/一网格']) {
      for (const context of [GROUP, DIRECT]) expect(gist(text, context)).not.toBe('chat');
    }
  });

  it('even below a line of talk', () => {
    expect(gist('各位好\n/日报 0')).toBe('lines.command-below');
    expect(gist('各位好\n/usr/bin')).toBe('chat');
  });
});

describe('a direct chat', () => {
  it.each([
    ['日报 0', { abnormal: 0 }],
    ['进度', {}],
    ['我是谁', {}],
    ['日抱 0', 'command.typo'],
    ['日报 十几', 'number.vague'],
    ['日报', 'value.missing'],
    ['我们今天开会', 'chat'],
    ['你好', 'chat'],
    ['0', 'chat'],
  ])('%s needs no slash', (text, expected) => {
    expect(gist(text, DIRECT)).toEqual(expected);
  });
});

describe('mentions', () => {
  it('of the bot count as a slash when the platform says so', () => {
    expect(gist('进度', { ...GROUP, mentionsBot: true })).toEqual({});
    expect(gist('你好', { ...GROUP, mentionsBot: true })).toBe('command.unknown');
  });

  it('of the bot are found only as a whole', () => {
    expect(gist('@网格助手小王 日报 0')).toBe('chat');
  });

  it('of others are text', () => {
    expect(command('/日报 0 @李书记').note).toBe('@李书记');
  });
});

describe('too long', () => {
  it('is refused unread', () => {
    expect(gist(`/日报 0 ${'好'.repeat(4_000)}`)).toBe('text.too-long');
    expect(gist(`/日报 0${'\n张三'.repeat(200)}`)).toBe('text.too-long');
    expect(gist(`#接龙${'\n1. 一网格 0'.repeat(201)}`)).toBe('text.too-long');
  });

  it('but long talk in a group is left alone', () => {
    expect(gist('好'.repeat(5_000))).toBe('chat');
  });

  it('at the limit is read', () => {
    expect(command(`/日报 0${'\n张三'.repeat(199)}`).items).toHaveLength(199);
  });
});

describe('the sentences', () => {
  it('exist for every code, name the words, and offer the choices', () => {
    for (const code of PARSE_ERROR_CODES) {
      const plain = parseErrorText(code, { text: '某词', example: '' }, []);
      expect(plain).toMatch(/^[^。]*\p{Script=Han}[^。]*。$/u);
      expect(plain).not.toMatch(/undefined|\$\{|!/);
      expect(parseErrorText(code, {}, [])).not.toContain('undefined');
      expect(parseErrorText(code, { text: '某词', example: '' }, ['/日报 1', '/日报 2'])).toContain(
        '\n/日报 1\n/日报 2',
      );
    }
  });

  it('show an example only where it can be sent', () => {
    const { code, params } = error('/日报 十几');
    expect(params.example).toBe('/日报 12');
    expect(parseErrorText(code, params, [])).toContain('“十几”');
    expect(gist(params.example ?? '')).toEqual({ abnormal: 12 });
    expect(error('/日报 返乡十几').params.example).toBe('');
  });
});

describe('names the roster knows', () => {
  it('do not turn a remark into a second subject', () => {
    expect(command('/代报 三网格 0 王五 手机坏了', KNOWING)).toMatchObject({
      subject: '三网格',
      note: '王五 手机坏了',
    });
  });

  it('do not swallow a count that stands before a grid', () => {
    const twentieth = { ...GROUP, matchName: (text: string, at: number) => (text.startsWith('2 十网格', at) ? 5 : 0) };
    expect(command('/日报 2 十网格', twentieth)).toMatchObject({ subject: '十网格', values: { abnormal: 2 } });
  });
});
