/** Where everything in a table's picture stands: heading, summary, and the rows in one block or several side by side. */

import type { Table, TableRow } from '../core/rollup.ts';
import { dayOf, whenOf } from '../core/rounds/period.ts';
import { tableWords } from '../locales/table.ts';
import {
  ASIDE_GAP,
  ASIDE_SIZE,
  CELL_SIZE,
  type Cell,
  CHIP_SIZE,
  type Column,
  chipWidth,
  columnsOf,
  HEAD_SIZE,
} from './columns.ts';
import type { Box, Drawing, Label } from './drawing.ts';
import { countTones, DESK, INK, LINE, PAPER, QUIET_INK } from './palette.ts';
import { plainText, shorten } from './text.ts';

/** A phone's width at a size one reads without zooming. */
const WIDTH = 720;
const MARGIN = 20;
const PADDING = 22;
const GAP = 17;
const ROW = 52;
const HEAD = 46;
const TITLE = 122;
const SUMMARY = 114;
const LEGEND = 44;

/** Most rows in one block: a taller picture is refused by some platforms. */
const BLOCK_ROWS = 100;
/** Most rows drawn at all; what is missing is drawn before what is complete. */
const MOST_ROWS = 300;

type Shape = Box | Label;

/** Draws a table; `unit` is the name it is headed with and `above` the county's, null when that is the same. */
export function drawTable(table: Table, unit: string, above: string | null): Drawing {
  const rows = rowsToDraw(table);
  const blocks = Math.max(1, Math.ceil(rows.length / BLOCK_ROWS));
  const perBlock = Math.ceil(rows.length / blocks);
  const columns = spread(columnsOf(table), WIDTH - 2 * (MARGIN + PADDING));
  const blockWidth = widthOfColumns(columns) + 2 * PADDING;
  const width = blocks * blockWidth + (blocks + 1) * MARGIN;
  const top = TITLE + (table.owed ? SUMMARY : 0);
  const tallest = HEAD + (perBlock + 1) * ROW;
  const height = top + tallest + LEGEND + MARGIN;

  const shapes: Shape[] = [{ x: 0, y: 0, width, height, fill: DESK }];
  shapes.push(...titleShapes(table, unit, above, width), ...(table.owed ? summaryShapes(table, blockWidth) : []));
  for (let block = 0; block < blocks; block++) {
    const last = block === blocks - 1;
    const shown = rows.slice(block * perBlock, (block + 1) * perBlock);
    const x = MARGIN + block * (blockWidth + MARGIN);
    shapes.push(
      ...blockShapes(columns, last ? [...shown, table.total] : shown, table.total, { x, y: top, blockWidth }),
    );
  }
  const hidden = table.rows.length - rows.length;
  const legend = hidden > 0 ? `${tableWords.more(hidden)}。${tableWords.legend}` : tableWords.legend;
  shapes.push({ text: legend, x: MARGIN + PADDING, y: height - MARGIN - 12, size: ASIDE_SIZE, fill: QUIET_INK });
  return { width, height, shapes };
}

function rowsToDraw({ rows }: Table): TableRow[] {
  if (rows.length <= MOST_ROWS) return rows;
  const gaps = rows.filter((row) => row.counts.missing > 0);
  const others = rows.filter((row) => row.counts.missing === 0);
  const drawn = new Set([...gaps, ...others].slice(0, MOST_ROWS));
  return rows.filter((row) => drawn.has(row));
}

const widthOfColumns = (columns: readonly Column[]): number =>
  columns.reduce((sum, { width }) => sum + width, GAP * (columns.length - 1));

/** Gives what is left of `width` to the columns: half to the first, the rest in equal parts. */
function spread(columns: Column[], width: number): Column[] {
  const spare = Math.max(0, width - widthOfColumns(columns));
  const each = Math.floor(spare / 2 / Math.max(1, columns.length - 1));
  const first = spare - each * (columns.length - 1);
  return columns.map((column, i) => ({ ...column, width: column.width + (i === 0 ? first : each) }));
}

function titleShapes(table: Table, unit: string, above: string | null, width: number): Shape[] {
  const { dueAt } = table.period;
  const key = dayOf(table.period);
  const x = MARGIN + 4;
  const place = above === null ? '' : shorten(plainText(above), 22, 200);
  const room = width - 2 * x - (place === '' ? 0 : 220);
  const title = shorten(plainText(tableWords.title(unit, table.form.name)), 40, room);
  const when = [
    tableWords.day(whenOf(table.period)),
    tableWords.cutOff(dueAt, key),
    tableWords.asOf(table.asOf, key),
  ].join(' · ');
  return [
    { text: title, x, y: 62, size: 40, fill: INK, bold: true },
    { text: place, x: width - x, y: 60, size: 22, fill: QUIET_INK, anchor: 'end' },
    { text: when, x, y: 102, size: 24, fill: QUIET_INK },
  ];
}

function summaryShapes({ total }: Table, width: number): Shape[] {
  const ids = ['expected', 'reported', 'late', 'exempt', 'missing'] as const;
  const gap = 10;
  const tile = (width - gap * (ids.length - 1)) / ids.length;
  return ids.flatMap((id, i): Shape[] => {
    const x = MARGIN + i * (tile + gap);
    const count = total.counts[id];
    const tone = count > 0 ? countTones[id] : countTones.exempt;
    return [
      { x, y: TITLE, width: tile, height: SUMMARY - 18, radius: 12, fill: tone.ground },
      { text: tableWords.counts[id], x: x + 14, y: TITLE + 30, size: 20, fill: tone.ink },
      { text: String(count), x: x + tile - 14, y: TITLE + 78, size: 40, fill: tone.ink, anchor: 'end', bold: true },
    ];
  });
}

function blockShapes(
  columns: readonly Column[],
  rows: readonly TableRow[],
  total: TableRow,
  { x, y, blockWidth }: { x: number; y: number; blockWidth: number },
): Shape[] {
  const height = HEAD + rows.length * ROW;
  const shapes: Shape[] = [{ x, y, width: blockWidth, height, radius: 14, fill: PAPER }];
  eachColumn(columns, x, (column, left) => {
    shapes.push({ text: column.head, ...aligned(column, left), y: y + 31, size: HEAD_SIZE, fill: QUIET_INK });
  });
  rows.forEach((row, i) => {
    const top = y + HEAD + i * ROW;
    const inset = row === total ? 0 : PADDING;
    const line = row === total ? 2 : 1;
    shapes.push({ x: x + inset, y: top, width: blockWidth - 2 * inset, height: line, fill: LINE });
    eachColumn(columns, x, (column, left) => {
      shapes.push(...cellShapes(column, column.cell(row), left, top));
    });
  });
  return shapes;
}

function eachColumn(columns: readonly Column[], x: number, draw: (column: Column, left: number) => void): void {
  let left = x + PADDING;
  for (const column of columns) {
    draw(column, left);
    left += column.width + GAP;
  }
}

const aligned = ({ align, width }: Column, left: number): Pick<Label, 'x' | 'anchor'> =>
  align === 'end' ? { x: left + width, anchor: 'end' } : { x: left };

function cellShapes(
  column: Column,
  { text, ink, bold = false, chip, aside }: Cell,
  left: number,
  top: number,
): Shape[] {
  if (!chip) return [{ text, ...aligned(column, left), y: top + 35, size: CELL_SIZE, fill: ink, bold }];
  const width = chipWidth(text);
  const shapes: Shape[] = [
    { x: left, y: top + 9, width, height: ROW - 17, radius: 9, fill: chip.ground },
    { text, x: left + width / 2, y: top + 34, size: CHIP_SIZE, fill: ink, anchor: 'middle' },
  ];
  if (aside !== undefined) {
    const x = left + width + ASIDE_GAP;
    shapes.push({ text: aside, x, y: top + 33, size: ASIDE_SIZE, fill: QUIET_INK });
  }
  return shapes;
}
