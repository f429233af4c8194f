/** The table of a level, by itself at its step or on request. */
import type { PeriodBook } from '../core/book.ts';
import { shownNumber, type TableColumn } from '../core/figures.ts';
import { formOfBook } from '../core/form.ts';
import type { Form, Level } from '../core/playbook/index.ts';
import { rowsWithGap, type Table, type TableRow, tableOf } from '../core/rollup.ts';
import { whenOf } from '../core/rounds/period.ts';
import { type PeriodId, put, type UnitId, type Write } from '../core/rows/index.ts';
import { stepOfSlot } from '../core/slots.ts';
import { ratioText } from '../core/tally.ts';
import { clockText } from '../core/time.ts';
import { formWords } from '../locales/forms.ts';
import { lines, WORDS } from '../locales/lines.ts';
import { tableWords } from '../locales/table.ts';
import { zh } from '../locales/zh-CN.ts';
import type { ComposeContext, Composer } from './compose.ts';
import { gapRows, mentionsOf } from './missing.ts';
import { entriesShown, readsEntries } from './missing-entries.ts';
import { tableAttachments } from './table-files.ts';

/** Always sent; mentions who must act below, nobody when complete. */
export const composeTable: Composer<'table'> = (body, context) => {
  const found = find(body, true, context);
  if (!found) return null;
  const { book, form, table } = found;
  const rows = gapRows(book, form, body.unitId, context);
  return {
    text: tableText(
      found,
      rows.map((row) => row.text),
      context,
    ),
    mentions: mentionsOf(rows),
    attachments: tableAttachments(table, countyName(context), body),
    onAccepted: gapsShown(book, table, context),
  };
};

/** The same table as an answer: it mentions nobody. */
export const composeRequestedTable: Composer<'requestedTable'> = (body, context) => {
  const found = find(body, body.named, context);
  if (!found) return null;
  const { book, form, table } = found;
  const rows = gapRows(book, form, body.unitId, { ...context, reachable: () => true, known: () => true });
  const gaps = rows.map((row) => (body.named ? row.text.replaceAll('@', '').trimEnd() : unnamed(book, row.unitId)));
  // Of several rows of one unit nothing tells them apart without their names.
  const text = tableText(found, [...new Set(gaps)], context);
  const others = (body.also ?? []).map((form) => lines.of(WORDS.rollup, form));
  return {
    text: others.length > 0 ? `${text}\n${formWords.otherTables(others)}` : text,
    mentions: [],
    attachments: tableAttachments(table, countyName(context), body),
    onAccepted: body.inOwnGroup ? gapsShown(book, table, context) : [],
  };
};

/** A row for those who may not read the names of who is to act there. */
function unnamed(book: PeriodBook, unitId: UnitId): string {
  const name = book.unit(unitId)?.name ?? '';
  return book.due(unitId) ? name : zh.gapUnit(name, ratioText(book.tally(unitId)), '');
}

interface Found {
  book: PeriodBook;
  form: Form;
  table: Table;
}

function find(
  { periodId, unitId }: { periodId: PeriodId; unitId: UnitId },
  named: boolean,
  context: ComposeContext,
): Found | null {
  const book = context.county.book(periodId);
  const form = book && formOfBook(book, context.forms);
  if (!book || !form) return null;
  const table = tableOf(book, form, unitId, context.now, entriesShown(form, context, named));
  return table && { book, form, table };
}

const countyName = ({ view }: ComposeContext): string => view.county?.name ?? '';

function tableText({ book, form, table }: Found, gaps: readonly string[], context: ComposeContext): string {
  const { total, rows, fields, period } = table;
  const isVillage = rows.some((row) => row.detail !== null) || readsEntries(book, form, table.unitId);
  const sums = figuresText(fields, total);
  const telling = fields.filter((field) => field.telling);
  const noted = rows.flatMap((row) => {
    const told = figuresText(telling, row, (figure) => figure !== 0);
    return told.length > 0 ? `${row.name} ${told.join(' ')}` : [];
  });
  const exempt = isVillage ? rows.filter((row) => row.detail?.state === 'exempt') : [];
  const skipped = skippedSteps(book, table.level);
  return [
    zh.tableTitle(table.unitName ?? countyName(context), form.name, whenOf(period), clockText(context.now)),
    ...(table.owed ? [zh.tableCounts(total.counts), gapsText(table, gaps, isVillage)] : []),
    ...(exempt.length > 0 ? [zh.tableExempt(exempt.map((row) => row.name))] : []),
    ...(sums.length > 0 ? [zh.tableSums(sums)] : []),
    ...(noted.length > 0 ? [zh.tableNoted(noted)] : []),
    ...(skipped.length > 0 ? [zh.tableSkipped(skipped)] : []),
  ].join('\n');
}

function gapsText({ total }: Table, gaps: readonly string[], isVillage: boolean): string {
  if (total.counts.missing === 0) return zh.tableComplete;
  return isVillage ? zh.tableMissing(gaps) : zh.tableGaps(gaps);
}

/** `异常2 最高体温38.5`: the figures of a row that was given them. */
function figuresText(
  fields: readonly TableColumn[],
  { values }: TableRow,
  wanted: (figure: number) => boolean = () => true,
): string[] {
  return fields.flatMap((field) => {
    const figure = values.get(field.id);
    return figure !== undefined && wanted(figure) ? `${tableWords.column(field)}${shownNumber(figure)}` : [];
  });
}

/** Steps of this period at this level that downtime swallowed, in words. */
function skippedSteps(book: PeriodBook, level: Level): string[] {
  return [...book.slots.values()]
    .filter((slot) => slot.outcome === 'skipped')
    .flatMap((slot) => {
      const step = stepOfSlot(slot.id);
      if (step?.in !== level) return [];
      return step.do === 'remind' ? zh.stepRemind(clockText(slot.dueAt)) : zh.stepTable(clockText(slot.dueAt));
    });
}

/** Above the village, a row shown with a gap is remembered, so that its completion can be told. */
function gapsShown(book: PeriodBook, table: Table, { now }: ComposeContext): Write[] {
  // Before the due moment nothing is missed yet, and nothing is to be made good.
  const isAbove = table.level === 'county' || table.level === 'township';
  if (!table.owed || !isAbove || now < book.period.dueAt) return [];
  return rowsWithGap(table)
    .filter((row) => row.detail === null && book.gap(table.unitId, row.unitId)?.madeGoodAt !== null)
    .map((row) =>
      put('gap', {
        id: `${book.period.id}#${table.unitId}#${row.unitId}`,
        periodId: book.period.id,
        unitId: table.unitId,
        rowUnitId: row.unitId,
        shownAt: now,
        madeGoodAt: null,
      }),
    );
}
