import { describe, expect, it } from 'vitest';
import { contextOf } from '../../src/cli/parse.ts';
import { fullerLine, registerOf, simplestLine, typedValue } from '../../src/core/example-line.ts';
import { parse } from '../../src/core/grammar/parse.ts';
import type { Field, Playbook } from '../../src/core/playbook/index.ts';
import { loadPlaybook } from '../../src/playbook-file.ts';
import { playbookOf, unitForm } from '../support/forms.ts';

const reading = { name: '水位', type: 'number', min: 2, max: 40, decimals: 2, usual: 12.5 };
const state = { name: '情况', type: 'choice', options: ['正常', '有情况'], otherwise: '有情况' };

/** Fields of a form, with its simplest line and a fuller one. */
const FORMS: [fields: Record<string, unknown>, simplest: string, fuller: string][] = [
  [{ a: { name: '异常', type: 'count', required: true, bare: true } }, '/水情 0', '/水情 2'],
  [{ a: { name: '人数', type: 'count', required: true } }, '/水情 人数0', '/水情 人数2'],
  [{ a: { name: '人数', type: 'count' }, b: { name: '房屋', type: 'count' } }, '/水情 人数0', '/水情 人数1 房屋1'],
  [{ a: { ...reading, required: true, bare: true } }, '/水情 12.5', '/水情 12.5'],
  [{ a: { ...reading, usual: undefined, required: true } }, '/水情 水位21', '/水情 水位21'],
  [{ a: { ...state, required: true } }, '/水情 正常', '/水情 有情况'],
  [{ a: { name: '消毒', type: 'yesno', required: true } }, '/水情 消毒√', '/水情 消毒√'],
  [{ a: { name: '地点', type: 'text', required: true } }, '/水情 地点 情况', '/水情 地点 情况'],
  [{ a: { name: '日期', type: 'date', required: true } }, '/水情 日期 今天', '/水情 日期 今天'],
  [
    {
      a: { ...reading, required: true },
      b: { name: '决口', type: 'count' },
      c: state,
      d: { name: '照片', type: 'photo' },
    },
    '/水情 水位12.5',
    '/水情 水位12.5 决口1 有情况',
  ],
];

describe('the lines that show how a form is answered', () => {
  it.each(FORMS)('of %j can be read', (fields, simplest, fuller) => {
    const playbook = playbookOf({ water: unitForm('水情', { fields }) });
    const form = playbook.forms.water ?? expect.fail();
    expect([simplestLine(form), fullerLine(form)]).toEqual([simplest, fuller]);
    for (const line of [simplest, fuller]) {
      expect(parse(line, contextOf(playbook)), line).toMatchObject({
        kind: 'command',
        command: 'report',
        form: 'water',
      });
    }
  });

  it('can be read of every playbook that is there', async () => {
    for (const id of ['epidemic', 'tests/playbook/every-kind.yaml', 'tests/playbook/registers.yaml']) {
      const playbook: Playbook = await loadPlaybook(id);
      for (const [name, form] of Object.entries(playbook.forms)) {
        const register = registerOf(form, playbook.registers);
        for (const line of [simplestLine(form, register), fullerLine(form, register)]) {
          expect([line, parse(line, contextOf(playbook))]).toMatchObject([line, { kind: 'command', form: name }]);
        }
      }
    }
  });

  it('call an entry as its register does', async () => {
    const { forms, registers } = await loadPlaybook('tests/playbook/registers.yaml');
    expect(simplestLine(forms.temperature ?? expect.fail(), registers.watched)).toBe('/体温 张三 36.5');
    expect(simplestLine(forms.sweep ?? expect.fail(), registers.household)).toBe('/排查 12户 无');
  });
});

describe('a value that was read', () => {
  it.each([
    [{ name: '异常', type: 'count', bare: true }, 2, '2'],
    [{ name: '返乡', type: 'count' }, 2, '返乡2'],
    [{ name: '消毒', type: 'yesno' }, false, '消毒×'],
    [{ name: '情况', type: 'choice', options: ['正常', '异常'] }, '异常', '异常'],
    [{ name: '说明', type: 'text', rest: true }, '血压高', '血压高'],
    [{ name: '地点', type: 'text' }, '东口', '地点 东口'],
  ])('of %j is typed so that it is read again', (field, value, typed) => {
    const { forms } = playbookOf({ water: unitForm('水情', { fields: { a: field } }) });
    expect(typedValue(forms.water?.fields.a as Field, value)).toBe(typed);
  });
});
