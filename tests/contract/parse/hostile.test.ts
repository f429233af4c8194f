import { describe, expect, it } from 'vitest';
import { parse } from '../../../src/core/grammar/parse.ts';
import { DIRECT, expectSound, GROUP, read } from './reading.ts';

const LONG = 20_000;
const fill = (unit: string, length = LONG): string => unit.repeat(Math.ceil(length / unit.length)).slice(0, length);

/** Repeated, each of these has sent some parser or other back over what it had read. */
// biome-ignore format: a table
const units = [
  ' ', '\u3000', '\u200b', '\u2005', '\n', '\r\n', '\t', '0', '1', '一', '十', '零', '百', '万', '一万', '亿', '〇', '-', '—', '.', '。', ',', '，', '、', ':', '：', '=',
  '/', '／', '#', '@', '@网格助手 ', '@网格助手', '日', '报', '日报', '日 报 ', '/日报', '/日报 0 ', '/日报 0\n', '返乡', '返乡1', '返乡1 ', '返乡:', '返乡=', '异常', '无', '没有',
  '无异常', '平安', '网格', '三网格', '三网格 ', '一网格/', '村/', '昨天', '昨天 ', '11月20日', '11月', '1月1日-', '11月22日-24日', '-24日', '2026-', '代', '李四代', '其余 ', '接龙',
  '#接龙\n', '1. ', '1. 一网格 0\n', '1.', '例 ', '例\n', '吗', '?', '人', '个', '0人', '0个 ', 'rb', 'r b ', '%', '\\', '(', ')', '[', '{', '"', "'", '<a>', '\0', '\u0301',
  '\u20e3', '0\ufe0f\u20e3', '👨‍👩‍👧‍👦', '\ud83d', '\udc00', '\ud83d\udc4d', 'ﷺ', '㈠', '①', '¼', 'İ', 'ß', 'a', 'aA', '報', '臺', '麵', '後', '\u202e', '\u2028', '１', 'e', '1e', '0x',
  '1,', '1，000', '1/', '几', '十几', '多', '约', '请假', '更正 ', '撤回', '绑定', '认领', 'ri', 'bao', '曰报', '日抱', '张三@', '@a', '张三 武汉\n',
];
const openings = [
  '',
  '/',
  '/日报 ',
  '日报 ',
  '/日报 0 ',
  '/日报',
  '@网格助手 ',
  '#接龙\n',
  '/请假 ',
  '/代报 三网格 0 ',
  '/日报 0\n',
  '/更正 ',
  '/绑定 ',
  '/日抱 ',
];

describe('very long input is read in time and soundly', () => {
  it.each(units)('%j, twenty thousand characters behind every opening', (unit) => {
    for (const opening of openings) {
      const text = opening + fill(unit);
      expectSound(parse(text, GROUP));
    }
    expectSound(parse(`${fill(unit)}/日报 0`, GROUP));
    expectSound(parse(`/日报 ${fill(unit)}0`, GROUP));
    expectSound(parse(`日报 0${fill(unit)}吗`, GROUP));
    expectSound(parse(fill(unit), DIRECT));
  });

  it('does not count what a long line drowns', () => {
    for (const text of [
      `/日报 ${fill('9')}`,
      `/日报 ${fill('一')}`,
      `/日报 ${fill('1 ')}`,
      `/日报 ${fill('0')}1 2`,
      `/日报 ${fill('万')}`,
      `/日报 ${fill('-')}1`,
    ])
      expect(read(text).kind, text.slice(0, 20)).toBe('error');
  });
  it.each(['', '/日报 ', '日报 ', '#接龙\n', '/请假 '])(
    'takes no time out of proportion behind %j: ten times as long is still read',
    (opening) => {
      for (const unit of units) expectSound(parse(opening + fill(unit, 10 * LONG), GROUP));
    },
  );
  it('answers with a message that is not as long as what it answers', () => {
    for (const unit of ['日', '0', '三网格 ', '返乡', '@张三 ', '/进度 ', '1. 一 十几\n', '很多'])
      for (const opening of ['/', '/日报 ', '/日报 0 ', '/日报 0\n/', '/绑定 ']) {
        const parsed = parse(opening + fill(unit), GROUP);
        if (parsed.kind !== 'error') continue;
        const size = [parsed.params.text, parsed.suggestion ?? '', ...parsed.choices].join('').length;
        expect(size, opening + unit).toBeLessThan(2000);
      }
  });
});

describe('names of object properties are only words', () => {
  it.each([
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'valueOf',
    'prototype',
    '__defineGetter__',
    'length',
    'then',
  ])('%s', (word) => {
    for (const text of [
      `/${word}`,
      `/${word} 0`,
      `/日报 ${word}=1`,
      `/日报 0 ${word}:1`,
      `/日报 0 ${word}1`,
      `/帮助 ${word}`,
      `/日抱 ${word}`,
    ]) {
      const parsed = read(text);
      if (parsed.kind === 'command') expect(Object.keys(parsed.values)).not.toContain(word);
    }
    expect(read(`/${word} 0`).kind).toBe('error');
    expect(read(`/日报 0 ${word}=1`).kind).toBe('error');
    expect(read(`/帮助 ${word}`).kind).not.toBe('chat');
  });
});

describe('broken text', () => {
  it.each([
    '\ud800',
    '\udfff',
    '/日报 \ud8000',
    '/日报 0\udc00',
    '/\ud800日报 0',
    '\0',
    '/日报\x000',
    '/日报 0\0',
    '/日报 \x1b[31m0',
    '/日报 \u202e1',
    '\ufffd',
    '/\ufffd',
    '/日报 0\u0301',
    '/日报 0\u0338',
    '/日\u0301报 0',
    '/日报 \u{1f1e8}\u{1f1f3}',
    '/日报 \u{e0030}',
    '/日报 \u{1d7ce}',
    '\u2028/日报 0',
    '/日报 0\u2029/日报 1',
    '/日报\u000b0',
  ])('%j', (text) => {
    const parsed = read(text);
    if (parsed.kind === 'command')
      expect(parsed.values).toEqual({
        abnormal: text.includes('1') && !text.includes('[31m') && !text.includes('\u{1d7ce}') ? 1 : 0,
      });
  });
  it('does not let a crossed-out zero or a reversed line pass for a plain one', () => {
    for (const text of ['/日报 \u202e01', '/日报 1\u202e0']) {
      const parsed = read(text);
      if (parsed.kind === 'command') expect([{ abnormal: 1 }, { abnormal: 10 }]).toContainEqual(parsed.values);
    }
  });
});
