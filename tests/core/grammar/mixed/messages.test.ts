import { describe, expect, it } from 'vitest';
import { parse } from '../../../../src/core/grammar/parse.ts';
import { parseErrorText } from '../../../../src/locales/parse-errors.ts';
import { KNOWING } from './context.ts';

describe('an error says in the form’s own words what is wrong', () => {
  it.each([
    ['/体温', '还没有写报什么。'],
    ['/体温 张三 36.5 李四', '还差“李四的体温”,例如:36.5。'],
    ['/检查 口罩厂 消毒√', '还差“口罩厂的测温、口罩”,例如:测温√,测温×。'],
    ['/登记 李四', '还没写“类别”是哪一种。'],
    ['/排查 12户', '还差“12的发现”,没有就写 无。'],
    ['/体温 张三 36,5', '写了两个数字“36,5”,不知道用哪个。'],
    ['/体温 张三 36.5左右', '“36.5左右”说不准是多少,没有记。'],
    ['/体温 张三 李四 36.5', '“36.5”写在几个后面,请一个一个写清楚。'],
    ['/体温 36.5 张三', '“36.5”前面请写明是谁、哪一户或哪一处。'],
    ['/体温 张三 55', '“55”不在可能的范围里(34–43),没有记,请核对。'],
    ['/体温 张三 36.5 李四 36.7 昨天', '“昨天”请写在最前面,对每一项都算数。'],
    ['/排查 一网格 12 无\n二网格 12 无', '“一网格 二网格”是两个单位的,请分开发。'],
    ['/登记 王五、李四 返乡', '“王五、李四”不止一个,请一行写一个。'],
  ])('%s: %s', (text, sentence) => {
    const parsed = parse(text, KNOWING);
    if (parsed.kind !== 'error') throw new Error(`${text} is no error`);
    const [first = ''] = parseErrorText(parsed.code, parsed.params, parsed.choices).split('请选一行发');
    expect(first).toBe(sentence);
  });
});
