/** A unit's slice of a register as a workbook: one row for each entry. Loaded when the first one is wanted. */
import { shownNumber } from '../core/figures.ts';
import type { Value } from '../core/playbook/index.ts';
import type { NamedField, SliceList, SliceRow, SliceSession } from '../core/slice/list.ts';
import { ratioText } from '../core/tally.ts';
import { sliceWords as words } from '../locales/slices.ts';
import { momentText, tableWords } from '../locales/table.ts';
import { sheetNamed } from './attachment-name.ts';
import { INK, stateTones } from './palette.ts';
import { type CellValue, type SheetColumn, workbookOf } from './sheet.ts';

/** An entry, or the total of all. */
type Row = SliceRow | 'total';
type Column = SheetColumn<Row>;

/**
 * Where each entry stands, its name, the fields that were declared, and for each session what was read, when and who
 * said it; what is not in is an empty cell. The last row says how many, how many are in and how many beyond bounds.
 */
export function sliceWorkbook(list: SliceList): Promise<Uint8Array> {
  const { unitName, name, day, asOf, rows } = list;
  return workbookOf<Row>({
    name: sheetNamed(unitName, name, day),
    title: `${tableWords.title(unitName, name)} ${tableWords.day(day)} ${tableWords.asOf(asOf, day)}`,
    columns: [...placeColumns(list), ...fieldColumns(list), ...list.sessions.flatMap(sessionColumns(list))],
    rows,
    total: 'total',
  });
}

function placeColumns({ wide, rows, register }: SliceList): Column[] {
  const levels = wide ? (['township', 'village', 'grid'] as const) : (['village', 'grid'] as const);
  return [
    ...levels.map((level, at): Column => {
      const total = at === 0 ? tableWords.total : null;
      return { head: words[level], figures: false, value: (row) => (row === 'total' ? total : row[level]) };
    }),
    {
      head: words.label,
      figures: false,
      value: (row) => (row === 'total' ? `${rows.length}${register.measure}` : row.label),
    },
  ];
}

function fieldColumns({ fields }: SliceList): Column[] {
  return fields.map(({ id, field }) => ({
    head: field.name,
    figures: isFigure(field),
    value: (row) => (row === 'total' ? null : cellOf(row.values[id])),
  }));
}

const sessionColumns =
  (list: SliceList) =>
  (session: SliceSession, at: number): Column[] => {
    const { label, fields, counts } = session;
    const readings = fields.map((each, place): Column => {
      const total = totalOf(list, session, at, each, place === 0);
      return {
        head: words.inSession(label, each.field.name),
        figures: isFigure(each.field),
        value: (row) => (row === 'total' ? total : cellOf(row.readings[at]?.values[each.id])),
        ink: (row) => (row !== 'total' && row.readings[at]?.beyond.has(each.id) ? stateTones.missing.ink : INK),
      };
    });
    return [
      ...readings,
      {
        head: words.inSession(label, words.readAt),
        figures: false,
        value: (row) => {
          if (row === 'total') return tableWords.inOf(ratioText(counts));
          const reading = row.readings[at];
          return reading ? momentText(reading.sentAt, list.day) : null;
        },
      },
      {
        head: words.inSession(label, words.readBy),
        figures: false,
        value: (row) => (row === 'total' ? null : (row.readings[at]?.by ?? null)),
      },
    ];
  };

/** Counts are summed up; of readings the first column says how many are beyond bounds. */
function totalOf(
  { rows, bounded }: SliceList,
  { beyond }: SliceSession,
  at: number,
  { id, field }: NamedField,
  isFirst: boolean,
): CellValue {
  if (field.type !== 'count') return isFirst && bounded ? words.beyond(beyond) : null;
  const given = rows.flatMap((row) => row.readings[at]?.values[id] ?? []);
  return given.length === 0 ? null : given.reduce<number>((sum, value) => sum + Number(value), 0);
}

const isFigure = ({ type }: NamedField['field']): boolean => type === 'count' || type === 'number' || type === 'photo';

function cellOf(value: Value | undefined): CellValue {
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  return typeof value === 'number' ? shownNumber(value) : (value ?? null);
}
