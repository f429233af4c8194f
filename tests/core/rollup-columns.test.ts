import { describe, expect, it } from 'vitest';
import { PeriodBook } from '../../src/core/book.ts';
import type { Form, Values } from '../../src/core/playbook/index.ts';
import { type EntriesShown, type Table, tableOf } from '../../src/core/rollup.ts';
import { playbookOf, TEMPERATURE, unitForm, WATCHED } from '../support/forms.ts';
import { obligation, PERIOD, version } from './book-rows.ts';

const PATHS = ['甲镇/一村/1', '甲镇/一村/2', '甲镇/二村/1'];

function formOf(fields: Record<string, unknown>): Form {
  return playbookOf({ water: unitForm('水情', { fields }) }).forms.water ?? expect.fail();
}

/** A table over what each path said. */
function table(
  form: Form,
  said: Readonly<Record<string, Values>>,
  unitId: string,
  shown: EntriesShown | null = null,
): Table {
  const book = new PeriodBook(PERIOD, form);
  for (const path of Object.keys(said)) book.addObligation(obligation(path), null);
  for (const [subject, values] of Object.entries(said)) {
    if (Object.keys(values).length > 0) book.addVersion(version(subject, { subject, values }));
  }
  return tableOf(book, form, unitId, 2_000, shown) ?? expect.fail();
}

const figures = (made: Table) => made.rows.map(({ values }) => Object.fromEntries(values));
const total = (made: Table) => Object.fromEntries(made.total.values);

describe('the columns of a form whose fields are no counts', () => {
  const reading = { name: '水位', type: 'number', min: -5, max: 40, decimals: 1 };
  const said = Object.fromEntries(PATHS.map((path, i) => [path, { a: [3.5, -2, 7.2][i] ?? 0 }]));

  it('hold a reading that stays with its own only in rows of one report', () => {
    const form = formOf({ a: reading });
    const village = table(form, said, '甲镇/一村');
    expect([figures(village), total(village)]).toEqual([[{ a: 3.5 }, { a: -2 }], {}]);
    const township = table(form, said, '甲镇');
    expect([township.fields, figures(township), total(township)]).toEqual([[], [{}, {}], {}]);
  });

  it.each([
    ['max', [{ a: 3.5 }, { a: 7.2 }], { a: 7.2 }],
    ['min', [{ a: -2 }, { a: 7.2 }], { a: -2 }],
  ])('hold the %s of all readings below', (upward, rows, whole) => {
    const township = table(formOf({ a: { ...reading, upward } }), said, '甲镇');
    expect([figures(township), total(township)]).toEqual([rows, whole]);
    expect(total(table(formOf({ a: { ...reading, upward } }), said, ''))).toEqual(whole);
  });

  it('hold no reading where nobody gave one', () => {
    const silent = Object.fromEntries(PATHS.map((path) => [path, {}]));
    expect(total(table(formOf({ a: { ...reading, upward: 'max' } }), silent, ''))).toEqual({});
  });

  it('count each option of a choice, and every yes', () => {
    const form = formOf({
      how: { name: '情况', type: 'choice', options: ['正常', '有情况'], otherwise: '有情况' },
      clean: { name: '消毒', type: 'yesno' },
      words: { name: '说明', type: 'text', rest: true },
    });
    const made = table(
      form,
      {
        '甲镇/一村/1': { how: '正常', clean: true },
        '甲镇/一村/2': { how: '有情况', clean: false, words: '停水' },
        '甲镇/二村/1': { how: '正常', clean: true },
      },
      '甲镇',
    );
    expect(made.fields.map(({ name, telling }) => [name, telling])).toEqual([
      ['正常', false],
      ['有情况', true],
      ['消毒', false],
    ]);
    expect(figures(made)).toEqual([
      { 'how=正常': 1, 'how=有情况': 1, clean: 1 },
      { 'how=正常': 1, clean: 1 },
    ]);
    expect(total(made)).toEqual({ 'how=正常': 2, 'how=有情况': 1, clean: 2 });
  });
});

describe('a table whose rows are entries', () => {
  const form = playbookOf({ temperature: TEMPERATURE }, { watched: WATCHED }).forms.temperature ?? expect.fail();
  const said = { '甲镇/一村/1/e1': { reading: 36.5 }, '甲镇/一村/1/e2': {} };
  const shown: EntriesShown = { register: '重点人员', labelOf: (id) => `名${id.slice(-1)}` };

  it('names them to those who may read their names', () => {
    const made = table(form, said, '甲镇/一村/1', shown);
    expect([made.entries, made.rows.map(({ name }) => name)]).toEqual(['重点人员', ['名1', '名2']]);
    expect(figures(made)).toEqual([{ reading: 36.5 }, {}]);
  });

  it('has one row of all for everybody else', () => {
    const made = table(form, said, '甲镇/一村/1');
    expect([made.entries, made.rows.map(({ name, detail }) => [name, detail])]).toEqual([null, [['1', null]]]);
    expect([made.fields, figures(made)]).toEqual([[], [{}]]);
  });

  it('is one of units above them', () => {
    const made = table(form, said, '甲镇/一村', shown);
    expect([made.entries, made.rows.map(({ name }) => name)]).toEqual([null, ['1']]);
  });
});
