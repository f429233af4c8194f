/** Pictures and workbooks of forms whose fields are no counts, of what nobody owes, and of entries. */
import excel from 'exceljs';
import { describe, expect, it } from 'vitest';
import { PeriodBook } from '../../src/core/book.ts';
import type { Form, Values } from '../../src/core/playbook/index.ts';
import { type EntriesShown, type Table, tableOf } from '../../src/core/rollup.ts';
import { HOUR, startOfDay } from '../../src/core/time.ts';
import { tableSvg } from '../../src/render/picture.ts';
import { tableWorkbook } from '../../src/render/workbook.ts';
import { obligation, PERIOD, version } from '../core/book-rows.ts';
import { playbookOf, TEMPERATURE, unitForm, WATCHED } from '../support/forms.ts';

const MIDNIGHT = startOfDay('2026-11-23');
const PERIOD_TODAY = { ...PERIOD, opensAt: MIDNIGHT, dueAt: MIDNIGHT + 18 * HOUR, locksAt: MIDNIGHT + 36 * HOUR };
const [ONE, TWO] = ['林东镇/福山地村/一网格', '林东镇/福山地村/二网格'];

function tableFrom(form: Form, said: Record<string, Values>, unit: string, shown: EntriesShown | null = null): Table {
  const book = new PeriodBook(PERIOD_TODAY, form);
  for (const path of Object.keys(said)) book.addObligation(obligation(path), null);
  for (const [subject, values] of Object.entries(said)) {
    const sentAt = MIDNIGHT + 17 * HOUR;
    if (Object.keys(values).length > 0) book.addVersion(version(subject, { subject, values, sentAt }));
  }
  return tableOf(book, form, unit, MIDNIGHT + 18 * HOUR, shown) ?? expect.fail();
}

const formOf = (more: Record<string, unknown>): Form =>
  playbookOf({ water: unitForm('水情', more) }).forms.water ?? expect.fail();

async function cellsOf(table: Table): Promise<unknown[][]> {
  const book = new excel.Workbook();
  const bytes = await tableWorkbook(table, '巴林左旗');
  await book.xlsx.load(bytes as unknown as Parameters<typeof book.xlsx.load>[0]);
  const sheet = book.worksheets[0] ?? expect.fail();
  return Array.from({ length: sheet.rowCount - 1 }, (_, row) =>
    Array.from({ length: sheet.columnCount }, (_, column) => sheet.getCell(row + 2, column + 1).value),
  );
}

const textsOf = (table: Table): string[] =>
  [...tableSvg(table, '巴林左旗').matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map(([, text = '']) => text);

const LEVEL = { name: '水位', type: 'number', min: 0, max: 40, decimals: 2, required: true };

describe('a form of readings', () => {
  const said = { [ONE]: { level: 3.25 }, [TWO]: { level: 12.5 } };

  it('has no state of zero or of something to tell, and no sum', async () => {
    const table = tableFrom(formOf({ fields: { level: LEVEL } }), said, '林东镇/福山地村');
    expect((await cellsOf(table)).map((row) => row.slice(0, 3))).toEqual([
      ['网格', '状态', '水位'],
      ['一网格', '已报', 3.25],
      ['二网格', '已报', 12.5],
      ['合计', '已报 2/2', null],
    ]);
    const texts = textsOf(table);
    expect(texts.filter((text) => text === '✓ 已报')).toHaveLength(2);
    // What is not summed up is no blank that somebody left.
    expect(texts).not.toContain('—');
    expect(texts).toEqual(expect.arrayContaining(['3.25', '12.5']));
  });

  it('shows above the village the highest of them where that is wanted, under its name', async () => {
    const table = tableFrom(formOf({ fields: { level: { ...LEVEL, upward: 'max' } } }), said, '林东镇');
    const cells = await cellsOf(table);
    expect([cells[0]?.at(-1), cells[1]?.at(-1), cells[2]?.at(-1)]).toEqual(['最高水位', 12.5, 12.5]);
    expect(textsOf(table)).toContain('最高水位');
  });
});

describe('a sum of readings', () => {
  it('is no more exact than they are', async () => {
    const rain = { name: '雨量', type: 'number', min: 0, max: 500, decimals: 1, required: true, upward: 'sum' };
    const table = tableFrom(formOf({ fields: { rain } }), { [ONE]: { rain: 0.1 }, [TWO]: { rain: 0.2 } }, '林东镇');
    expect((await cellsOf(table)).at(-1)?.at(-1)).toBe(0.3);
    expect(textsOf(table)).toContain('0.3');
  });
});

describe('a form with a choice', () => {
  it('has a column for each option, and tells of the one that other words mean', async () => {
    const how = { name: '情况', type: 'choice', options: ['正常', '有情况'], otherwise: '有情况', required: true };
    const said = { [ONE]: { how: '正常' }, [TWO]: { how: '有情况' } };
    const table = tableFrom(formOf({ fields: { how } }), said, '林东镇/福山地村');
    expect((await cellsOf(table)).map((row) => row.slice(0, 4))).toEqual([
      ['网格', '状态', '正常', '有情况'],
      ['一网格', '已报', 1, null],
      ['二网格', '有情况', null, 1],
      ['合计', '已报 2/2', 1, 1],
    ]);
  });
});

describe('a form nobody owes', () => {
  const leaflets = { name: '传单', type: 'count' };
  const form = formOf({ owed: false, adds: true, fields: { leaflets } });
  const said = { [ONE]: { leaflets: 20 }, [TWO]: { leaflets: 5 } };

  it.each(['林东镇/福山地村', '林东镇', ''])('has figures alone: %j', async (unit) => {
    const table = tableFrom(form, said, unit);
    const [head, ...rows] = await cellsOf(table);
    expect(head).toEqual([expect.any(String), '传单']);
    expect(rows.at(-1)).toEqual(['合计', 25]);
    expect(textsOf(table).filter((text) => /应报|按时|迟报|免报|未报|✓/.test(text))).toEqual([]);
  });
});

describe('entries of a register', () => {
  it('stand under the register’s name', async () => {
    const form = playbookOf({ temperature: TEMPERATURE }, { watched: WATCHED }).forms.temperature ?? expect.fail();
    const shown: EntriesShown = { register: '重点人员', labelOf: (id) => (id.endsWith('e1') ? '张三' : '李四') };
    const table = tableFrom(form, { [`${ONE}/e1`]: { reading: 36.5 }, [`${ONE}/e2`]: {} }, ONE, shown);
    expect((await cellsOf(table)).map((row) => row.slice(0, 3))).toEqual([
      ['重点人员', '状态', '体温'],
      ['张三', '已报', 36.5],
      ['李四', '未报', null],
      ['合计', '已报 1/2', null],
    ]);
    expect(textsOf(table)).toEqual(expect.arrayContaining(['重点人员', '张三', '李四']));
  });
});
