/** The first worksheet of an xlsx as rows of text. */
import exceljs, { type Cell, type CellValue, type Worksheet } from 'exceljs';
import type { SheetRow } from '../core/roster/table.ts';

/** Columns beyond these belong to no roster; a sheet can have 16,384 of them formatted and empty. */
const MOST_COLUMNS = 50;

/**
 * Reads the first worksheet with anything in it.
 * @throws when the bytes are no workbook
 */
export async function readWorkbook(bytes: Buffer): Promise<SheetRow[]> {
  const workbook = new exceljs.Workbook();
  // The library's types predate the Buffer of today's Node; at run time it takes any.
  await workbook.xlsx.load(bytes as unknown as Parameters<typeof workbook.xlsx.load>[0]);
  const sheets = workbook.worksheets.map(readSheet);
  const [first] = sheets;
  if (first === undefined) throw new Error('a workbook without worksheets');
  return sheets.find((rows) => rows.length > 0) ?? first;
}

function readSheet(sheet: Worksheet): SheetRow[] {
  const rows: SheetRow[] = [];
  sheet.eachRow({ includeEmpty: false }, (row, number) => {
    const width = Math.min(row.cellCount, MOST_COLUMNS);
    const cells = Array.from({ length: width }, (_, at) => textOf(contentOf(row.getCell(at + 1))));
    if (cells.some((text) => text.trim() !== '')) rows.push({ row: number, cells });
  });
  return rows;
}

/** A merged cell stands for every row it covers, but for no column other than its first. */
function contentOf(cell: Cell): CellValue {
  if (!cell.isMerged) return cell.value;
  return cell.master.col === cell.col ? cell.master.value : null;
}

function textOf(value: CellValue): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value) : value.toPrecision(15);
  if (typeof value !== 'object') return String(value);
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if ('richText' in value) return value.richText.map(({ text }) => text).join('');
  if ('error' in value) return value.error;
  if ('text' in value) return textOf(value.text);
  return textOf(value.result);
}
