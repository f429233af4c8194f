/** The table of a level, by itself at its step or on request. */
import type { PeriodBook } from '../core/book.ts';
import { formOfBook } from '../core/form.ts';
import type { Level } from '../core/playbook/index.ts';
import { rowsWithGap, type Table, tableOf } from '../core/rollup.ts';
import { whenOf } from '../core/rounds/period.ts';
import { put, type UnitId, type Write } from '../core/rows/index.ts';
import { stepOfSlot } from '../core/slots.ts';
import { ratioText } from '../core/tally.ts';
import { clockText } from '../core/time.ts';
import { zh } from '../locales/zh-CN.ts';
import type { ComposeContext, Composer } from './compose.ts';
import { gapRows, mentionsOf } from './missing.ts';
import { subjectName, withNames } from './subject.ts';
import { tableAttachments } from './table-files.ts';

/** Always sent; mentions who must act below, nobody when complete. */
export const composeTable: Composer<'table'> = (body, context) => {
  const found = find(body, context, true);
  if (!found) return null;
  const { book, table } = found;
  const rows = gapRows(book, body.unitId, context);
  return {
    text: tableText(
      table,
      rows.map((row) => row.text),
      context,
      book,
    ),
    mentions: mentionsOf(rows),
    attachments: tableAttachments(table, countyName(context), body),
    onAccepted: gapsShown(book, table, context),
  };
};

/** The same table as an answer: it mentions nobody. */
export const composeRequestedTable: Composer<'requestedTable'> = (body, context) => {
  const found = find(body, context, body.named);
  if (!found) return null;
  const { book, table } = found;
  const rows = gapRows(book, body.unitId, { ...context, reachable: () => true, known: () => true });
  const text = tableText(
    table,
    rows.map((row) => (body.named ? row.text.replaceAll('@', '').trimEnd() : unnamed(book, row.unitId, context))),
    context,
    book,
  );
  return {
    text,
    mentions: [],
    attachments: tableAttachments(table, countyName(context), body),
    onAccepted: body.inOwnGroup ? gapsShown(book, table, context) : [],
  };
};

/** A row for those who may not read the names of who is to act there. */
function unnamed(book: PeriodBook, unitId: UnitId, context: ComposeContext): string {
  const name = subjectName(book, unitId, context, false);
  return book.due(unitId) ? name : zh.gapUnit(name, ratioText(book.tally(unitId)), '');
}

function find({ periodId, unitId }: { periodId: string; unitId: UnitId }, context: ComposeContext, isNamed: boolean) {
  const { county, forms, now } = context;
  const book = county.book(periodId);
  const form = book && formOfBook(book, forms);
  const table = book && form ? tableOf(book, form, unitId, now) : null;
  return book && table ? { book, table: withNames(table, book, context, isNamed) } : null;
}

const countyName = ({ view }: ComposeContext): string => view.county?.name ?? '';

function tableText(table: Table, gaps: readonly string[], context: ComposeContext, book: PeriodBook): string {
  const { total, rows, fields, form, period } = table;
  const isVillage = rows.some((row) => row.detail !== null);
  const sums = fields.flatMap(({ id, name }) => (total.values.has(id) ? [`${name}${total.values.get(id)}`] : []));
  const noted = rows.filter((row) => [...row.values.values()].some((value) => value !== 0));
  const exempt = isVillage ? rows.filter((row) => row.detail?.state === 'exempt') : [];
  const skipped = skippedSteps(book, table.level);
  return [
    zh.tableTitle(table.unitName ?? countyName(context), form.name, whenOf(period), clockText(context.now)),
    zh.tableCounts(total.counts),
    ...(total.counts.missing === 0 ? [zh.tableComplete] : [isVillage ? zh.tableMissing(gaps) : zh.tableGaps(gaps)]),
    ...(exempt.length > 0 ? [zh.tableExempt(exempt.map((row) => row.name))] : []),
    ...(sums.length > 0 ? [zh.tableSums(sums)] : []),
    ...(noted.length > 0
      ? [
          zh.tableNoted(
            noted.map(
              (row) =>
                `${row.name} ${fields.flatMap(({ id, name }) => (row.values.get(id) ? [`${name}${row.values.get(id)}`] : [])).join(' ')}`,
            ),
          ),
        ]
      : []),
    ...(skipped.length > 0 ? [zh.tableSkipped(skipped)] : []),
  ].join('\n');
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
  if (now < book.period.dueAt) return [];
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
