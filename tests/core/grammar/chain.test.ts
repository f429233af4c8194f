import { describe, expect, it } from 'vitest';
import type { ParseContext } from '../../../src/core/grammar/types.ts';
import { command, error, GROUP, gist, KNOWING } from './context.ts';

/** Name and outcome of each line. */
function lines(text: string, context: ParseContext = GROUP): unknown[] {
  return command(text, context).lines.map(({ name, parsed }) => [
    name,
    parsed.kind === 'command' ? parsed.values : parsed.kind === 'error' ? parsed.code : 'chat',
  ]);
}

describe('a pasted chain', () => {
  it('is one report per line', () => {
    const parsed = command('#接龙\n1. 一网格 0\n2. 二网格 0');
    expect(parsed).toMatchObject({
      command: 'chain',
      form: 'daily',
      period: '2026-11-21',
      items: ['一网格 0', '二网格 0'],
    });
    expect(parsed.lines.map(({ text, name }) => [text, name])).toEqual([
      ['一网格 0', '一网格'],
      ['二网格 0', '二网格'],
    ]);
    expect(parsed.lines[0]?.parsed).toMatchObject({ command: 'report', subject: '一网格', values: { abnormal: 0 } });
  });

  it('may have a title, an example, blank lines and any numbering', () => {
    const text =
      '接龙\n福山地村零报告\n例 一网格 0\n\n1. 一网格 0\n2、张三 0\n3 二网格：无\n4) 三网格 返乡1 0\n(5)四网格 2\n⑥ 五网格 0';
    expect(lines(text)).toEqual([
      ['一网格', { abnormal: 0 }],
      ['张三', { abnormal: 0 }],
      ['二网格', { abnormal: 0 }],
      ['三网格', { abnormal: 0, returned: 1 }],
      ['四网格', { abnormal: 2 }],
      ['五网格', { abnormal: 0 }],
    ]);
  });

  it('never takes a list number for a value', () => {
    expect(lines('#接龙\n1. 一网格\n2. 二网格\n3. 三网格 0')).toEqual([
      [null, 'value.missing'],
      [null, 'value.missing'],
      ['三网格', { abnormal: 0 }],
    ]);
    expect(lines('#接龙\n1. 3网格 0\n2网格 0')).toEqual([
      ['3网格', { abnormal: 0 }],
      [null, 'chain.unnumbered'],
    ]);
  });

  it('keeps the lines that stand when others do not', () => {
    expect(lines('#接龙\n1. 一网格 0\n2. 王五\n3. 0\n4. 二网格 十几\n5. 三网格 1\n散会')).toEqual([
      ['一网格', { abnormal: 0 }],
      [null, 'value.missing'],
      [null, 'chain.no-name'],
      [null, 'number.vague'],
      ['三网格', { abnormal: 1 }],
      [null, 'chain.unnumbered'],
    ]);
  });

  it('is for the day its title names, not for today', () => {
    const parsed = command('#接龙 11月20日零报告\n1. 一网格 0');
    expect(parsed.period).toBe('2026-11-20');
    expect(parsed.lines[0]?.parsed).toMatchObject({ period: '2026-11-20' });
    expect(gist('#接龙 11月25日\n1. 一网格 0')).toBe('date.future');
    expect(gist('#接龙 11月19日至11月20日\n1. 一网格 0')).toBe('date.two');
    expect(gist('#接龙 2月30日\n1. 一网格 0')).toBe('date.unreal');
  });

  it('names a grid and its leader in one line', () => {
    expect(lines('#接龙\n1. 一网格 张三 0\n2. 李四 0', KNOWING)).toEqual([
      ['张三@一网格', { abnormal: 0 }],
      ['李四', { abnormal: 0 }],
    ]);
  });

  it('offers a line to send for a line that failed', () => {
    const failed = command('#接龙\n1. 一网格').lines[0]?.parsed;
    expect(failed).toMatchObject({ kind: 'error', suggestion: '/日报 一网格 0' });
  });

  it('is answered even when empty', () => {
    expect(error('#接龙').code).toBe('chain.empty');
    expect(error('#接龙\n大家快报').code).toBe('chain.empty');
  });

  it('passes over the form’s own name and thanks in a line', () => {
    const text = '#接龙\n1. 日报 一网格 0\n2. /日报 二网格 0\n3. 三网格 日报 2\n4. 四网格 零报告\n5. 五网格 0 谢谢👍';
    expect(lines(text)).toEqual([
      ['一网格', { abnormal: 0 }],
      ['二网格', { abnormal: 0 }],
      ['三网格', { abnormal: 2 }],
      ['四网格', { abnormal: 0 }],
      ['五网格', { abnormal: 0 }],
    ]);
  });

  it.each(['团购鸡蛋', '周末包车去县城', '口罩领取 11只', '核酸检测', '报名'])(
    'headed %s is somebody else’s',
    (title) => {
      for (const text of [`#接龙\n${title}\n1. 一网格 2`, `#${title}接龙\n1. 一网格 2`, `${title}接龙\n1. 一网格 2`]) {
        expect([text, gist(text)]).toEqual([text, 'chat']);
      }
      expect(gist(`@网格助手 #接龙\n${title}\n1. 一网格 2`)).toBe('chain.other');
      expect(gist(`/接龙\n${title}\n1. 一网格 2`)).toBe('chain.other');
    },
  );

  it.each(['', '请大家填写', '今日情况上报', '11月21日', '各网格', '福山地村', 'rb'])('headed %s is ours', (title) => {
    expect(lines(`#接龙\n${title}\n1. 一网格 2`)).toEqual([['一网格', { abnormal: 2 }]]);
  });

  it('without a mark or a mention needs a heading that names the form', () => {
    expect(gist('接龙\n1. 一网格 0')).toBe('chat');
    for (const title of ['福山地村', '各网格', '情况上报', '11月21日'])
      expect(gist(`${title}接龙\n1. 一网格 0`)).toBe('chat');
    expect(lines('零报告接龙\n1. 一网格 0')).toEqual([['一网格', { abnormal: 0 }]]);
    expect(lines('@网格助手\n接龙\n1. 一网格 0')).toEqual([['一网格', { abnormal: 0 }]]);
  });

  it('is no chain without numbered lines or a title', () => {
    expect(gist('大家接龙吧')).toBe('chat');
    expect(gist('大家接龙吧\n快点')).toBe('chat');
    expect(gist('通知\n1. 一网格 0')).toBe('chat');
  });

  it('is no chain when the first line is a report of its own', () => {
    expect(command('#日报 2\n1. 张三\n2. 李四')).toMatchObject({ command: 'report', items: ['1. 张三', '2. 李四'] });
  });
});
