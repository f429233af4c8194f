/** `/汇总`: the table, with its picture and its workbook; without a form's name the main one's, and which others there are. */
import type { PeriodBook } from '../core/book.ts';
import { defineCommand, type Found, isMain, isRefused, type KnownCall, replyNotice } from './command.ts';
import { isKnown, type Looked, loadPeriod, lookedAt, maySeeEntries, maySeeNames, unitAsked } from './looking.ts';
import { booksHere, formOfBookHere, namesNoForm } from './several.ts';

export const rollup = defineCommand({
  name: 'rollup',
  open: false,
  unbound: false,
  fits: isKnown,
  load: loadPeriod,
  decide(call) {
    const known = call as KnownCall;
    const looked = mainOrNamed(known);
    if (isRefused(looked)) return looked.refused;
    const { unit, book, others } = looked.found;
    const form = formOfBookHere(call, book);
    const names = others.map((other) => formOfBookHere(call, other).name);
    const also = [...new Set(names)].filter((name) => name !== form.name);
    const inOwnGroup = call.unit?.id === unit.id;
    const named = 'register' in form.subject ? maySeeEntries(known, unit) : maySeeNames(known, unit);
    const what = { periodId: book.period.id, unitId: unit.id, inOwnGroup, named } as const;
    const body = { kind: 'requestedTable', ...what, ...(also.length > 0 ? { also } : {}) } as const;
    return { writes: [], notices: [replyNotice(call, body)] };
  },
});

/** The period named, else the main form's where it has one for the unit, else the first there is; with all others. */
function mainOrNamed(call: KnownCall): Found<Looked & { others: PeriodBook[] }> {
  if (namesNoForm(call)) {
    const unit = unitAsked(call);
    if (isRefused(unit)) return unit;
    const books = booksHere(call, unit.found.id, 'all');
    const book = books.find(({ period }) => isMain(call, period.form)) ?? books[0];
    if (book) return { found: { unit: unit.found, book, others: books.filter((other) => other !== book) } };
  }
  const looked = lookedAt(call);
  return isRefused(looked) ? looked : { found: { ...looked.found, others: [] } };
}
