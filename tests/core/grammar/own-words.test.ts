import { describe, expect, it } from 'vitest';
import type { ParseContext } from '../../../src/core/grammar/types.ts';
import { checkPlaybook } from '../../../src/core/playbook/index.ts';
import { parseErrorText } from '../../../src/locales/parse-errors.ts';
import { command, error, FORMS, GROUP } from './context.ts';

const { forms } = checkPlaybook({
  id: 'flood',
  name: '防汛',
  forms: {
    moved: {
      name: '转移',
      subject: 'grid',
      every: 'day',
      zeroWords: ['无'],
      fields: { people: { name: '人数', type: 'count' }, houses: { name: '房屋', type: 'count' } },
      opens: '00:00',
      due: '18:00',
      locks: '+1d 12:00',
    },
    both: {
      name: '险情',
      subject: 'grid',
      every: 'day',
      fields: {
        breaches: { name: '决口', type: 'count', required: true },
        leaks: { name: '渗漏', type: 'count', required: true },
      },
      opens: '00:00',
      due: '18:00',
      locks: '+1d 12:00',
    },
  },
});
const context: ParseContext = { ...GROUP, forms: new Map(Object.entries(forms)) };

/** The sentence about a line, and the line to send instead. */
function told(text: string, within: ParseContext = context): [string, string | null] {
  const { code, params, choices, suggestion } = error(text, within);
  return [parseErrorText(code, params, choices), suggestion];
}

describe("a line that went wrong is answered in its form's own words", () => {
  it('where nothing was said', () => {
    expect(told('/转移')).toEqual(['还没有写报什么,没有情况就写 人数0。', '/转移 人数0']);
    expect(told('/险情')).toEqual(['还没有写报什么,没有情况就写 决口0 渗漏0。', '/险情 决口0 渗漏0']);
    expect(told('/日报', { ...GROUP, forms: FORMS })).toEqual(['还没有写报什么,没有情况就写 0。', '/日报 0']);
  });

  it('where a required field was left out', () => {
    expect(told('/险情 决口1')).toEqual(['还差“渗漏”,没有就写 渗漏0。', '/险情 渗漏0 决口1']);
    expect(told('/日报 返乡1', { ...GROUP, forms: FORMS })[0]).toBe('还差“异常”,没有就写 0。');
  });

  it("where a number is no field's", () => {
    const [sentence] = told('/转移 3');
    expect(sentence).toBe('“3”前面请写明是哪一项。请选一行发:\n/转移 人数3\n/转移 房屋3');
    expect(command('/转移 房屋3', context).values).toEqual({ houses: 3 });
  });

  it('where a number is not exact', () => {
    expect(told('/转移 人数 3 左右')[0]).toContain('例如:/转移 人数12');
  });
});
