/** `/撤回`: the report is taken back and the obligation is open again, until the lock. */
import { fillOnce } from '../core/fill-once.ts';
import { simplestLine } from '../core/form.ts';
import { whenOf } from '../core/rounds/period.ts';
import type { ReportRow } from '../core/rows/index.ts';
import { lines } from '../locales/lines.ts';
import { dayText, zh } from '../locales/zh-CN.ts';
import { answer, bookOf, defineCommand, formOf, isRefused, type KnownCall } from './command.ts';
import { isAboutEntries, reportEntries } from './entries/report.ts';
import { isTally, reportTally } from './entries/unit.ts';
import { loadToFill, versionWrites } from './filling.ts';
import { reportRow } from './report.ts';
import { reportLine, subjectOf } from './whom.ts';

export const withdraw = defineCommand({
  name: 'withdraw',
  open: false,
  unbound: false,
  fits: ({ person, view }) => person !== null && view.gridsHeldBy(person.id).length > 0,
  load: loadToFill,
  decide(call) {
    const known = call as KnownCall;
    if (isAboutEntries(call)) return reportEntries(known, 'withdraw');
    const subject = subjectOf(known);
    if (isRefused(subject)) return subject.refused;
    if (isTally(call)) return reportTally(known, subject.found, 'withdraw');
    const { grid, right } = subject.found;
    const { form } = formOf(call);
    const book = bookOf(call);
    const day = call.parsed.period ?? call.view.day;
    const again = reportLine(known, grid);
    if (!book) return answer(call, zh.noSuchPeriod(day, form.name, simplestLine(form)));
    const when = whenOf(book.period);
    if (!book.due(grid.id)?.standing.current)
      return answer(call, zh.nothingToWithdraw(grid.name, when, form.name, again));
    if (call.sentAt >= book.period.locksAt) {
      return answer(call, zh.onlyOwnWithdraw(lines.correctAbove(grid.name, dayText(day))));
    }
    const row = reportRow(known, book, grid, right === 'above' ? 'behalf' : 'self');
    const withdrawal: ReportRow = { ...row, kind: 'withdrawal', values: {}, items: [] };
    const filling = fillOnce(call.county, call.playbook, withdrawal);
    const text = zh.withdrawn(grid.name, when, form.name, again, filling.empties, filling.fills);
    return answer(call, text, versionWrites(withdrawal, filling));
  },
});
