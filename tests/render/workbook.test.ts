import excel, { type Worksheet } from 'exceljs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Table } from '../../src/core/rollup.ts';
import { tableWorkbook } from '../../src/render/workbook.ts';
import { bookOf, everyState, form, type Said, tableFrom } from './tables.ts';
import { unzipText } from './unzip.ts';

const VILLAGE = '林东镇/福山地村';

async function sheetOf(bytes: Uint8Array): Promise<Worksheet> {
  const book = new excel.Workbook();
  // exceljs declares a Buffer type of its own making; bytes are what it reads.
  await book.xlsx.load(bytes as unknown as Parameters<typeof book.xlsx.load>[0]);
  const [sheet] = book.worksheets;
  if (!sheet) throw new Error('the workbook has no sheet');
  return sheet;
}

const read = async (table: Table): Promise<Worksheet> => sheetOf(await tableWorkbook(table, '巴林左旗'));

/** The sheet's rows from the head on; an empty cell is null. */
function cellsOf(sheet: Worksheet): unknown[][] {
  return Array.from({ length: sheet.rowCount - 1 }, (_, row) =>
    Array.from({ length: sheet.columnCount }, (_, column) => sheet.getCell(row + 2, column + 1).value),
  );
}

describe("the workbook of a village's table", () => {
  it('tells every state, zero and blank apart, and adds up', async () => {
    const sheet = await read(tableFrom(everyState, VILLAGE));
    expect(cellsOf(sheet)).toEqual([
      ['网格', '状态', '异常', '返乡', '发热', '劝阻', '上报时间', '方式', '备注'],
      ['一网格', '零', 0, null, null, null, '17:30', '本人', null],
      ['二网格', '有情况', 2, 1, 1, null, '16:00', '本人', null],
      ['三网格', '迟报', 0, 0, null, null, '18:30', '本人', '手机没电'],
      ['四网格', '免报', null, null, null, null, null, null, '整组搬迁'],
      ['五网格', '未报', null, null, null, null, null, null, null],
      ['六网格', '未报(有一条没看懂)', null, null, null, null, null, null, null],
      ['合计', '已报 3/5', 2, 1, 1, null, null, null, null],
    ]);
  });

  it('is titled, named after unit, form and day, and keeps its head in sight', async () => {
    const sheet = await read(tableFrom(everyState, VILLAGE));
    expect(sheet.getCell('A1').value).toBe('福山地村 日报 2026年11月23日 周一 截止 18:00 18:03 统计');
    expect(sheet.name).toBe('福山地村 日报 11-23');
    expect(sheet.views[0]).toMatchObject({ state: 'frozen', xSplit: 1, ySplit: 2 });
    const width = (column: number) => sheet.getColumn(column).width ?? 0;
    expect(width(2)).toBeGreaterThan(width(3));
  });

  it('says a report sent on another day with its day', async () => {
    const sheet = await read(tableFrom([{ path: `${VILLAGE}/一网格`, values: { abnormal: 0 }, at: 33.25 }], VILLAGE));
    expect(sheet.getCell('G3').value).toBe('11月24日 09:15');
  });
});

describe("the workbook of a county's table", () => {
  it('has the five counts and the sums of every township', async () => {
    const sheet = await read(tableFrom([...everyState, { path: '隆昌镇/东村/一网格', values: { abnormal: 0 } }], ''));
    expect(sheet.name).toBe('巴林左旗 日报 11-23');
    expect(cellsOf(sheet)).toEqual([
      ['乡镇', '应报', '按时', '迟报', '免报', '未报', '异常', '返乡', '发热', '劝阻'],
      ['林东镇', 6, 2, 1, 1, 2, 2, 1, 1, null],
      ['隆昌镇', 1, 1, 0, 0, 0, 0, null, null, null],
      ['合计', 7, 3, 1, 1, 2, 2, 1, 1, null],
    ]);
  });
});

describe('whatever stands in a cell', () => {
  const hostile = [
    '=HYPERLINK("http://x")',
    '+1+1',
    '-2',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '＝1+1',
    '＠x',
    ' =1',
    '\u200b=1',
  ];

  it.each(hostile)('is never a formula: %j', async (typed) => {
    const said: Said = { path: `${VILLAGE}/${typed.replaceAll('/', '')}`, values: { abnormal: 0 }, note: typed };
    const bytes = await tableWorkbook(tableFrom([said], VILLAGE), '=巴林左旗');
    const sheet = await sheetOf(bytes);
    for (const address of ['A3', 'I3']) {
      expect(sheet.getCell(address).type).toBe(excel.ValueType.String);
      expect(sheet.getCell(address).numFmt).toBe('@');
      expect(sheet.getCell(address).text).toMatch(/^’[=+\-@＝＠]/);
    }
    const xml = unzipText(bytes, 'xl/worksheets/sheet1.xml');
    expect(xml).not.toContain('<f');
    expect(xml).toMatch(/<c r="A3" [^>]*t="s">/);
    expect(xml).toMatch(/<c r="I3" [^>]*t="s">/);
  });

  it('stays as it was typed when it is no formula', async () => {
    const note = '村口<1号>卡点 & 3-5组 "已核实"';
    const sheet = await read(tableFrom([{ path: `${VILLAGE}/一网格`, values: { abnormal: 0 }, note }], VILLAGE));
    expect(sheet.getCell('I3').value).toBe(note);
  });

  it('is short enough for Excel and free of what breaks a file', async () => {
    const note = `${'\u0000\ud800'}${'长'.repeat(40_000)}`;
    const bytes = await tableWorkbook(
      tableFrom([{ path: `${VILLAGE}/一网格`, values: { abnormal: 0 }, note }], VILLAGE),
      '巴林左旗',
    );
    expect(String((await sheetOf(bytes)).getCell('I3').value)).toMatch(/^长{900,1000}$/);
  });
});

describe('sums', () => {
  const amount = fc.option(fc.integer({ min: 0, max: 99_999 }), { nil: undefined });
  const said: fc.Arbitrary<Omit<Said, 'path'>> = fc.oneof(
    fc.record({
      values: fc
        .record({ abnormal: fc.nat(99_999), returned: amount, fever: amount, dissuaded: amount })
        .map((values) => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))),
      at: fc.constantFrom(9, 18, 18.01, 30),
    }) as fc.Arbitrary<Omit<Said, 'path'>>,
    fc.constant({ exempt: '搬迁' }),
    fc.constant({ unparsed: true }),
    fc.constant({}),
  );
  const grid = fc.tuple(fc.nat(2), fc.nat(2), said);
  const county = fc
    .array(grid, { minLength: 1, maxLength: 25 })
    .map((all) => all.map(([town, village, what], i): Said => ({ ...what, path: `${town}镇/${village}村/${i}格` })));

  /** Checks every column of numbers against its last row and gives that row's numbers. */
  function addUp(cells: unknown[][], from: number, to: number): (number | null)[] {
    const [, ...rows] = cells;
    const total = rows.pop() ?? [];
    return Array.from({ length: to - from }, (_, i) => {
      const column = rows.map((row) => row[from + i]);
      const given = column.filter((value) => value !== null);
      const sum = given.length === 0 ? null : given.reduce((a: number, b) => a + Number(b), 0);
      expect(given.every((value) => typeof value === 'number')).toBe(true);
      expect(total[from + i]).toBe(sum);
      return sum;
    });
  }

  it('agree by row, by column, and from level to level', async () => {
    const fields = Object.keys(form.fields).length;
    await fc.assert(
      fc.asyncProperty(county, async (grids) => {
        const whole = cellsOf(await read(tableFrom(grids, '')));
        addUp(whole, 1, 6 + fields);
        for (const [, expected, reported, late, exempt, missing] of whole.slice(1)) {
          expect(Number(reported) + Number(late) + Number(exempt) + Number(missing)).toBe(expected);
        }
        for (const [town, ...figures] of whole.slice(1, -1)) {
          const below = cellsOf(await read(tableFrom(grids, String(town))));
          expect(addUp(below, 1, 6 + fields)).toEqual(figures);
        }
        const [village] = bookOf(grids).unitsAt(2);
        if (!village) throw new Error('no village');
        const sums = addUp(cellsOf(await read(tableFrom(grids, village.id))), 2, 2 + fields);
        const [town] = village.path.split('/');
        const above = cellsOf(await read(tableFrom(grids, String(town))));
        expect(above.find(([name]) => name === village.name)?.slice(6)).toEqual(sums);
      }),
      { numRuns: 30 },
    );
  });
});
