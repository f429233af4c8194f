/**
 * A table as an Excel workbook, ready to be sent up or worked on. Importing this module loads a large library (about
 * 0.2 s of the event loop): import it when the first workbook is wanted, not at the start.
 */
import { shownNumber } from '../core/figures.ts';
import type { Table, TableRow } from '../core/rollup.ts';
import { dayOf, whenOf } from '../core/rounds/period.ts';
import { ratioText } from '../core/tally.ts';
import { momentText, tableWords } from '../locales/table.ts';
import { sheetName } from './attachment-name.ts';
import { INK, stateTones } from './palette.ts';
import { type CellValue, type SheetColumn, workbookOf } from './sheet.ts';
import { isDetailed, rowState, rowsHead, tellingOf } from './state.ts';

type Column = SheetColumn<TableRow>;

/**
 * One sheet: a title, a head row, one row per unit and their total. Counts and sums are plain numbers that add up; a
 * field nobody gave is an empty cell; times are Shanghai time as text; states are words.
 * Nothing in it is ever a formula, whatever was typed into a chat.
 */
export function tableWorkbook(table: Table, countyName: string): Promise<Uint8Array> {
  const unit = table.unitName ?? countyName;
  const { dueAt } = table.period;
  const key = dayOf(table.period);
  const title = `${tableWords.title(unit, table.form.name)} ${tableWords.day(whenOf(table.period))} ${tableWords.cutOff(dueAt, key)} ${tableWords.asOf(table.asOf, key)}`;
  const { rows, total } = table;
  return workbookOf({ name: sheetName(table, unit), title, columns: columnsOf(table), rows, total });
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

const figureOf = (value: number | undefined): CellValue => (value === undefined ? null : shownNumber(value));
