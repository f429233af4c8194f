/**
 * An Excel workbook of one sheet: a title, a head row, rows and what they amount to. Nothing in it is ever a formula,
 * whatever was typed into a chat.
 */
import excel, { type Cell, type Worksheet } from 'exceljs';
import { plainText, widthOf } from './text.ts';

/** What a cell holds: a number, words, or nothing; nothing is never 0. */
export type CellValue = number | string | null;

export interface SheetColumn<R> {
  head: string;
  /** Holds numbers, which stand to the right. */
  figures: boolean;
  value(row: R): CellValue;
  /** Colour of the words, `#rrggbb`; black by default. */
  ink?(row: R): string;
}

export interface Sheet<R> {
  name: string;
  title: string;
  columns: readonly SheetColumn<R>[];
  rows: readonly R[];
  /** Stands below the rows. */
  total: R;
}

/** Title and head; they stay in sight and are repeated on every printed page. */
const HEAD_ROWS = 2;
/** Column widths in Excel's unit, about one digit each. */
const [NARROWEST, WIDEST] = [8, 40];
/** Longest text in a cell, UTF-16 code units; Excel calls a file broken whose cells go beyond 32,767. */
const TEXT_LIMIT = 1_000;
const LINE = { style: 'thin', color: { argb: 'FFD5DBDE' } } as const;
const GROUND = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFEEF1F2' } } as const;

/** The bytes of the workbook. */
export async function workbookOf<R>({ name, title, columns, rows, total }: Sheet<R>): Promise<Uint8Array> {
  const book = new excel.Workbook();
  const sheet = book.addWorksheet(name, {
    views: [{ state: 'frozen', xSplit: 1, ySplit: HEAD_ROWS }],
    pageSetup: {
      paperSize: 9,
      orientation: columns.length > 7 ? 'landscape' : 'portrait',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      printTitlesRow: `1:${HEAD_ROWS}`,
    },
  });

  const titleCell = fill(sheet.getCell(1, 1), title);
  titleCell.font = { bold: true, size: 14 };
  titleCell.alignment = { vertical: 'middle' };
  sheet.mergeCells(1, 1, 1, columns.length);
  sheet.getRow(1).height = 28;

  const all = [...rows, total];
  writeRow(sheet, HEAD_ROWS, columns, null, true);
  all.forEach((row, i) => {
    writeRow(sheet, HEAD_ROWS + 1 + i, columns, row, row === total);
  });
  columns.forEach(({ head, value }, i) => {
    const widths = [head, ...all.map(value)].map((text) => widthOf(plainText(String(text ?? '')), 2));
    const widest = widths.reduce((most, width) => Math.max(most, width), 0);
    sheet.getColumn(i + 1).width = Math.min(WIDEST, Math.max(NARROWEST, Math.ceil(widest) + 3));
  });
  return new Uint8Array(await book.xlsx.writeBuffer());
}

/** Writes the cells of one row, or the head where there is no row. */
function writeRow<R>(
  sheet: Worksheet,
  at: number,
  columns: readonly SheetColumn<R>[],
  row: R | null,
  strong: boolean,
): void {
  columns.forEach(({ head, figures, value, ink }, i) => {
    const cell = fill(sheet.getCell(at, i + 1), row === null ? head : value(row));
    const argb = row !== null && ink ? `FF${ink(row).slice(1).toUpperCase()}` : 'FF000000';
    cell.font = { bold: strong, color: { argb } };
    if (strong) cell.fill = GROUND;
    cell.border = { top: LINE, left: LINE, bottom: LINE, right: LINE };
    cell.alignment = { vertical: 'middle', horizontal: figures ? 'right' : 'left', wrapText: !figures };
  });
}

/** Signs that make a spreadsheet take text for a formula, also in their full-width forms. */
const FORMULA_START = /^[=+\-@\uff1d\uff0b\uff0d\uff20]/;

/**
 * Puts a value into a cell. Words are stored as a string in the text format, which stays words when somebody edits
 * the cell; and words that begin like a formula get a quotation mark in front, which keeps them words when the sheet
 * is saved as CSV and opened again.
 */
function fill(cell: Cell, value: CellValue): Cell {
  if (typeof value === 'string') {
    const text = plainText(value.slice(0, TEXT_LIMIT));
    const words = FORMULA_START.test(text) ? `\u2019${text}` : text;
    cell.value = words === '' ? null : words;
    cell.numFmt = '@';
  } else {
    cell.value = value;
    cell.numFmt = value === null || Number.isInteger(value) ? '0' : 'General';
  }
  return cell;
}
