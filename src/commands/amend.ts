/** `/更正 1`: a new version of what is in. Both stay; the first one's timeliness stays too. */
import { simplestLine } from '../core/form.ts';
import { put } from '../core/rows.ts';
import { lines } from '../locales/lines.ts';
import { dayText, zh } from '../locales/zh-CN.ts';
import { answer, bookOf, defineCommand, formOf, isRefused, type KnownCall, periodIdOf } from './command.ts';
import { openBook, receiptNotice, reportRow } from './report.ts';
import { reportLine, subjectOf } from './whom.ts';

export const correct = defineCommand({
  name: 'correct',
  open: false,
  unbound: false,
  fits: ({ person, view }) => person !== null && view.gridsHeldBy(person.id).length > 0,
  load: (call, reads) => reads.book(periodIdOf(call)),
  decide(call) {
    const known = call as KnownCall;
    const subject = subjectOf(known);
    if (isRefused(subject)) return subject.refused;
    const { grid, right } = subject.found;
    const book = openBook(known, subject.found);
    if (isRefused(book)) return book.refused;
    if (!book.found.due(grid.id)?.standing.current) {
      const text = zh.nothingToCorrect(
        grid.name,
        book.found.period.key,
        formOf(call).form.name,
        reportLine(known, grid),
      );
      return answer(call, text);
    }
    const row = reportRow(known, book.found, grid, right === 'above' ? 'behalf' : 'self');
    return { writes: [put('report', row)], notices: [receiptNotice(known, book.found, row, grid.id)] };
  },
});

/** `/撤回`: the report is taken back and the obligation is open again, until the lock. */
export const withdraw = defineCommand({
  name: 'withdraw',
  open: false,
  unbound: false,
  fits: ({ person, view }) => person !== null && view.gridsHeldBy(person.id).length > 0,
  load: (call, reads) => reads.book(periodIdOf(call)),
  decide(call) {
    const known = call as KnownCall;
    const subject = subjectOf(known);
    if (isRefused(subject)) return subject.refused;
    const { grid, right } = subject.found;
    const { form } = formOf(call);
    const book = bookOf(call);
    const day = call.parsed.period ?? call.view.day;
    const again = reportLine(known, grid);
    if (!book) return answer(call, zh.noSuchPeriod(day, form.name, simplestLine(form)));
    if (!book.due(grid.id)?.standing.current)
      return answer(call, zh.nothingToWithdraw(grid.name, day, form.name, again));
    if (call.sentAt >= book.period.locksAt) {
      return answer(call, zh.onlyOwnWithdraw(lines.correctAbove(grid.name, dayText(day))));
    }
    const row = reportRow(known, book, grid, right === 'above' ? 'behalf' : 'self');
    const withdrawal = put('report', { ...row, kind: 'withdrawal', values: {}, items: [] });
    return answer(call, zh.withdrawn(grid.name, day, form.name, again), [withdrawal]);
  },
});
