import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import exceljs from 'exceljs';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readRosterTable } from '../../src/core/roster/table.ts';
import { readRosterFile } from '../../src/roster/read-file.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'roster-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

type Sheet = exceljs.Worksheet;
async function workbook(name: string, fill: (sheet: Sheet, book: exceljs.Workbook) => void): Promise<string> {
  const book = new exceljs.Workbook();
  fill(book.addWorksheet('网格员'), book);
  const path = join(folder, name);
  await book.xlsx.writeFile(path);
  return path;
}

const HEADER = ['县', '乡镇', '村', '网格', '职务', '姓名', '电话'];
const ZHANG = ['巴林左旗', '林东镇', '福山地村', '一网格', '网格长', '张三', '13800000001'];
const CSV = `${HEADER.join(',')}\r\n${ZHANG.join(',')}\r\n`;
const ROWS = [
  { row: 1, cells: HEADER },
  { row: 2, cells: ZHANG },
];

describe('a CSV roster', () => {
  it.each([
    ['UTF-8', Buffer.from(CSV)],
    ['UTF-8 with its mark', Buffer.from(`\uFEFF${CSV}`)],
    ['GB18030', iconv.encode(CSV, 'gb18030')],
    ['UTF-16 as Excel writes it', iconv.encode(CSV.replaceAll(',', '\t'), 'utf-16le', { addBOM: true })],
  ])('is read in %s', async (name, bytes) => {
    expect(await readRosterFile(await file(`${name}.csv`, bytes))).toEqual(ROWS);
  });

  it('keeps rare names of GB18030 that GBK does not have', async () => {
    const path = await file('rare.csv', iconv.encode('姓名\n𠮷䶮\n', 'gb18030'));
    expect((await readRosterFile(path))[1]?.cells).toEqual(['𠮷䶮']);
  });

  it.each([',', ';', '\t'])('may be separated by %j', async (separator) => {
    const path = await file('separated.csv', CSV.replaceAll(',', separator));
    expect(await readRosterFile(path)).toEqual(ROWS);
  });

  it('keeps quoted separators and line breaks in a cell, and counts rows as a spreadsheet does', async () => {
    const path = await file('quoted.csv', '姓名,备注\n\n"张,三","两\n行"\n李四,\n');
    expect(await readRosterFile(path)).toEqual([
      { row: 1, cells: ['姓名', '备注'] },
      { row: 2, cells: [''] },
      { row: 3, cells: ['张,三', '两\n行'] },
      { row: 4, cells: ['李四', ''] },
    ]);
  });

  it('may be empty', async () => {
    const rows = await readRosterFile(await file('empty.csv', ''));
    expect(readRosterTable(rows)).toMatchObject({ ok: false, problems: [{ code: 'empty-sheet' }] });
  });
});

describe('an xlsx roster', () => {
  it('is read as text: numbers in full, rich text, links and results of formulas', async () => {
    const path = await workbook('full.xlsx', (sheet) => {
      sheet.addRow(HEADER);
      sheet.addRow([]);
      sheet.addRow([
        '巴林左旗',
        { richText: [{ text: '林东' }, { text: '镇' }] },
        { formula: 'A1', result: '福山地村' },
        '一网格',
        '网格长',
        { text: '张三', hyperlink: 'https://example.org' },
        13_800_000_001,
      ]);
    });
    expect(await readRosterFile(path)).toEqual([
      { row: 1, cells: HEADER },
      { row: 3, cells: ZHANG },
    ]);
  });

  it('repeats a merged cell down its rows and not across its columns', async () => {
    const path = await workbook('merged.xlsx', (sheet) => {
      sheet.addRow(['花名册']);
      sheet.addRow(HEADER);
      sheet.addRow(['巴林左旗', '林东镇', '', '', '书记', '钱二', '']);
      sheet.addRow(['', '', '福山地村', '一网格', '网格长', '张三', '']);
      sheet.addRow(['', '', '', '二网格', '网格长', '李四', '']);
      sheet.mergeCells('A1:G1');
      sheet.mergeCells('A3:A5');
      sheet.mergeCells('B4:B5');
      sheet.getCell('B4').value = '林东镇';
      sheet.mergeCells('C4:C5');
      sheet.mergeCells('B3:D3');
    });
    const reading = readRosterTable(await readRosterFile(path));
    expect(reading).toMatchObject({
      ok: true,
      plan: {
        posts: [
          { path: ['巴林左旗', '林东镇'], row: 3 },
          { path: ['巴林左旗', '林东镇', '福山地村', '一网格'], row: 4 },
          { path: ['巴林左旗', '林东镇', '福山地村', '二网格'], row: 5 },
        ],
      },
    });
  });

  it('is the first worksheet with anything in it', async () => {
    const path = await workbook('second.xlsx', (_, book) => {
      book.addWorksheet('人员').addRow(HEADER);
    });
    expect(await readRosterFile(path)).toEqual([{ row: 1, cells: HEADER }]);
  });

  it('says of a broken row which it is', async () => {
    const path = await workbook('broken.xlsx', (sheet) => {
      sheet.addRow(HEADER);
      sheet.addRow(ZHANG);
      sheet.addRow(['巴林左旗', '', '福山地村', '', '书记', '孙三', 1.5]);
    });
    expect(readRosterTable(await readRosterFile(path))).toMatchObject({
      ok: false,
      problems: [
        { row: 3, code: 'level-missing' },
        { row: 3, code: 'phone-malformed' },
      ],
    });
  });

  it('is known by its content under any name', async () => {
    const path = await workbook('named.csv', (sheet) => sheet.addRow(HEADER));
    expect(await readRosterFile(path)).toEqual([{ row: 1, cells: HEADER }]);
  });
});

describe('a file that is no roster', () => {
  it.each([
    ['old-excel', 'old.xls', Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1)],
    ['unknown-kind', 'picture.png', Uint8Array.of(0x89, 0x50, 0x4e, 0x47)],
    ['unknown-kind', 'archive.zip', Uint8Array.of(0x50, 0x4b, 0x03, 0x04, 1, 2, 3)],
    ['corrupt', 'half.xlsx', Uint8Array.of(0x50, 0x4b, 0x03, 0x04, 1, 2, 3)],
    ['corrupt', 'text.xlsx', Buffer.from(CSV)],
    ['encoding', 'bytes.csv', Uint8Array.of(0xff, 0x00, 0x81, 0xff)],
    ['encoding', 'zeros.csv', Buffer.from('a\0b,c')],
  ])('is refused as %s: %s', async (code, name, bytes) => {
    await expect(readRosterFile(await file(name, bytes))).rejects.toMatchObject({ name: 'RosterFileError', code });
  });

  it('is refused with the line where its quotation marks go wrong', async () => {
    const reading = readRosterFile(await file('quotes.csv', '姓名,电话\n张三,1\n"李四,2\n'));
    await expect(reading).rejects.toMatchObject({ code: 'corrupt', line: expect.any(Number) });
  });

  it('is refused when it is not there, is a folder, or is too large to be one', async () => {
    await expect(readRosterFile(join(folder, 'nothing.csv'))).rejects.toMatchObject({ code: 'missing' });
    await expect(readRosterFile(folder)).rejects.toMatchObject({ code: 'missing' });
    const large = await file('large.csv', CSV);
    await truncate(large, 20 * 1024 * 1024 + 1);
    await expect(readRosterFile(large)).rejects.toMatchObject({ code: 'too-large' });
  });
});
