/** The columns of a table's picture: what each cell says and how wide each column must be. */
import { shownNumber, type TableColumn } from '../core/figures.ts';
import type { Table, TableRow } from '../core/rollup.ts';
import { dayOf } from '../core/rounds/period.ts';
import { ratioText } from '../core/tally.ts';
import { momentText, tableWords } from '../locales/table.ts';
import { countTones, groupTones, INK, QUIET_INK, stateTones, type Tone } from './palette.ts';
import { groupState, isDetailed, rowState, rowsHead, tellingOf } from './state.ts';
import { plainText, shorten, widthOf } from './text.ts';

export const CELL_SIZE = 25;
export const CHIP_SIZE = 22;
export const ASIDE_SIZE = 19;
export const HEAD_SIZE = 20;
/** Free room inside a chip, left and right together. */
export const CHIP_PADDING = 20;
/** Between a chip and what is said beside it. */
export const ASIDE_GAP = 10;

const HEAD_LIMIT = 110;
const NAME_LIMIT = 280;

export interface Cell {
  text: string;
  ink: string;
  bold?: boolean;
  /** A coloured ground that the text stands on. */
  chip?: Tone;
  /** Small and quiet, right of the chip. */
  aside?: string;
}

export interface Column {
  head: string;
  align: 'start' | 'end';
  /** What the widest cell needs, pixels, without the space to the next column. */
  width: number;
  cell(row: TableRow): Cell;
}

type ColumnSpec = Omit<Column, 'width'> & { limit?: number };

/** The columns of a table, left to right; the first names the row. */
export function columnsOf(table: Table): Column[] {
  const specs = [
    nameColumn(table),
    ...standingColumns(table),
    ...table.fields.map((field) => fieldColumn(table, field)),
  ];
  return specs.map(({ limit = Number.POSITIVE_INFINITY, ...spec }) => {
    const head = shorten(plainText(spec.head), HEAD_SIZE, HEAD_LIMIT);
    const cells = [...table.rows, table.total].map((row) => cellWidth(spec.cell(row)));
    return { ...spec, head, width: Math.ceil(Math.min(limit, Math.max(widthOf(head, HEAD_SIZE), ...cells))) };
  });
}

/** How far it is; of what nobody owes there is nothing to say. */
function standingColumns(table: Table): ColumnSpec[] {
  if (!table.owed) return [];
  return isDetailed(table) ? [stateColumn(table)] : [markColumn(table), ...countColumns(table)];
}

/** How much room a cell takes, pixels. */
export function cellWidth({ text, chip, aside }: Cell): number {
  if (!chip) return widthOf(text, CELL_SIZE);
  const beside = aside === undefined ? 0 : ASIDE_GAP + widthOf(aside, ASIDE_SIZE);
  return chipWidth(text) + beside;
}

/** How wide the chip under a text is, pixels. */
export const chipWidth = (text: string): number => widthOf(text, CHIP_SIZE) + CHIP_PADDING;

function nameColumn(table: Table): ColumnSpec {
  return {
    head: rowsHead(table),
    align: 'start',
    limit: NAME_LIMIT,
    cell: (row) =>
      row === table.total
        ? { text: tableWords.total, ink: INK, bold: true }
        : { text: shorten(plainText(row.name), CELL_SIZE, NAME_LIMIT), ink: INK },
  };
}

function stateColumn(table: Table): ColumnSpec {
  return {
    head: tableWords.state,
    align: 'start',
    cell: (row) => {
      if (!row.detail) return { text: tableWords.inOf(ratioText(row.counts)), ink: INK, bold: true };
      const state = rowState(row.detail, tellingOf(table, row));
      const chip = stateTones[state];
      const { sentAt } = row.detail;
      const said = sentAt === null ? {} : { aside: momentText(sentAt, dayOf(table.period)) };
      return { text: tableWords.chips[state], ink: chip.ink, chip, ...said };
    },
  };
}

function markColumn(table: Table): ColumnSpec {
  return {
    head: '',
    align: 'start',
    cell: (row) => {
      if (row === table.total) return { text: '', ink: INK };
      const state = groupState(row);
      return { text: tableWords.marks[state], ink: groupTones[state].ink, chip: groupTones[state] };
    },
  };
}

function countColumns(table: Table): ColumnSpec[] {
  return (['expected', 'reported', 'late', 'exempt', 'missing'] as const).map((id) => ({
    head: tableWords.counts[id],
    align: 'end',
    cell: (row) => {
      const count = row.counts[id];
      const telling = count > 0 && id !== 'expected' && id !== 'reported';
      const bold = row === table.total || (telling && id === 'missing');
      return { text: String(count), ink: telling ? countTones[id].ink : count > 0 ? INK : QUIET_INK, bold };
    },
  }));
}

function fieldColumn(table: Table, field: TableColumn): ColumnSpec {
  return {
    head: tableWords.column(field),
    align: 'end',
    cell: (row) => {
      const value = row.values.get(field.id);
      const bold = row === table.total || (field.telling && (value ?? 0) > 0);
      // A reading that nobody gave is left out; one that is not summed up was never asked for.
      const blank = field.kind === 'own' && row.detail === null ? '' : tableWords.blank;
      const text = value === undefined ? blank : String(shownNumber(value));
      return { text, ink: value ? INK : QUIET_INK, bold };
    },
  };
}
