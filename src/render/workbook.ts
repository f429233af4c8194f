/**
 * A table as an Excel workbook, ready to be sent up or worked on. Importing this module loads a large library (about
 * 0.2 s of the event loop): import it when the first workbook is wanted, not at the start.
 */
import excel, { type Cell, type Worksheet } from 'exceljs';
import { shownNumber } from '../core/figures.ts';
import type { Table, TableRow } from '../core/rollup.ts';
import { dayOf, whenOf } from '../core/rounds/period.ts';
import { ratioText } from '../core/tally.ts';
import { momentText, tableWords } from '../locales/table.ts';
import { sheetName } from './attachment-name.ts';
import { INK, stateTones } from './palette.ts';
import { isDetailed, rowState, rowsHead, tellingOf } from './state.ts';
import { plainText, widthOf } from './text.ts';

/** What a cell holds: a number, words, or nothing; nothing is never 0. */
type Value = number | string | null;

interface Column {
  head: string;
  /** Holds numbers, which stand to the right. */
  figures: boolean;
  value(row: TableRow): Value;
  /** Colour of the words, `#rrggbb`; black by default. */
  ink?(row: TableRow): string;
}

/** Title and head; they stay in sight and are repeated on every printed page. */
const HEAD_ROWS = 2;
/** Column widths in Excel's unit, about one digit each. */
const [NARROWEST, WIDEST] = [8, 40];
/** Longest text in a cell, UTF-16 code units; Excel calls a file broken whose cells go beyond 32,767. */
const TEXT_LIMIT = 1_000;
const LINE = { style: 'thin', color: { argb: 'FFD5DBDE' } } as const;
const GROUND = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFEEF1F2' } } as const;

/**
 * One sheet: a title, a head row, one row per unit and their total. Counts and sums are plain numbers that add up; a
 * field nobody gave is an empty cell; times are Shanghai time as text; states are words.
 * Nothing in it is ever a formula, whatever was typed into a chat.
 */
export async function tableWorkbook(table: Table, countyName: string): Promise<Uint8Array> {
  const unit = table.unitName ?? countyName;
  const { dueAt } = table.period;
  const key = dayOf(table.period);
  const columns = columnsOf(table);
  const book = new excel.Workbook();
  const sheet = book.addWorksheet(sheetName(table, unit), {
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

  const title = `${tableWords.title(unit, table.form.name)} ${tableWords.day(whenOf(table.period))} ${tableWords.cutOff(dueAt, key)} ${tableWords.asOf(table.asOf, key)}`;
  const titleCell = fill(sheet.getCell(1, 1), title);
  titleCell.font = { bold: true, size: 14 };
  titleCell.alignment = { vertical: 'middle' };
  sheet.mergeCells(1, 1, 1, columns.length);
  sheet.getRow(1).height = 28;

  const rows = [...table.rows, table.total];
  writeRow(sheet, HEAD_ROWS, columns, null, true);
  rows.forEach((row, i) => {
    writeRow(sheet, HEAD_ROWS + 1 + i, columns, row, row === table.total);
  });
  columns.forEach(({ head, value }, i) => {
    const widest = Math.max(...[head, ...rows.map(value)].map((text) => widthOf(plainText(String(text ?? '')), 2)));
    sheet.getColumn(i + 1).width = Math.min(WIDEST, Math.max(NARROWEST, Math.ceil(widest) + 3));
  });
  return new Uint8Array(await book.xlsx.writeBuffer());
}

function columnsOf(table: Table): Column[] {
  const fields = table.fields.map(
    (field): Column => ({
      head: tableWords.column(field),
      figures: true,
      value: (row) => figureOf(row.values.get(field.id)),
    }),
  );
  const name: Column = {
    head: rowsHead(table),
    figures: false,
    value: (row) => (row === table.total ? tableWords.total : row.name),
  };
  if (!table.owed) return [name, ...fields];
  if (!isDetailed(table)) {
    const counts = (['expected', 'reported', 'late', 'exempt', 'missing'] as const).map(
      (id): Column => ({ head: tableWords.counts[id], figures: true, value: (row) => row.counts[id] }),
    );
    return [name, ...counts, ...fields];
  }
  const state: Column = {
    head: tableWords.state,
    figures: false,
    value: (row) =>
      row.detail
        ? tableWords.states[rowState(row.detail, tellingOf(table, row))]
        : tableWords.inOf(ratioText(row.counts)),
    ink: (row) => (row.detail ? stateTones[rowState(row.detail, tellingOf(table, row))].ink : INK),
  };
  const sentAt: Column = {
    head: tableWords.sentAt,
    figures: false,
    value: ({ detail }) => (detail?.sentAt == null ? null : momentText(detail.sentAt, dayOf(table.period))),
  };
  const sentBy: Column = {
    head: tableWords.sentBy,
    figures: false,
    value: ({ detail }) => (detail?.via == null ? null : tableWords.via[detail.via]),
  };
  const note: Column = { head: tableWords.note, figures: false, value: ({ detail }) => detail?.note ?? null };
  return [name, state, ...fields, sentAt, sentBy, note];
}

const figureOf = (value: number | undefined): Value => (value === undefined ? null : shownNumber(value));

/** Writes the cells of one row, or the head where there is no row. */
function writeRow(
  sheet: Worksheet,
  at: number,
  columns: readonly Column[],
  row: TableRow | null,
  strong: boolean,
): void {
  columns.forEach(({ head, figures, value, ink }, i) => {
    const cell = fill(sheet.getCell(at, i + 1), row ? value(row) : head);
    const argb = row && ink ? `FF${ink(row).slice(1).toUpperCase()}` : 'FF000000';
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
function fill(cell: Cell, value: Value): Cell {
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
