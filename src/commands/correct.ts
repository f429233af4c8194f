/** `/更正 1`: a new version of what is in. Both stay; the first one's timeliness stays too. */

import { whenOf } from '../core/rounds/period.ts';
import { put } from '../core/rows/index.ts';
import { zh } from '../locales/zh-CN.ts';
import { answer, defineCommand, formOf, isRefused, type KnownCall, periodIdOf } from './command.ts';
import { loadPlaces } from './entries/period.ts';
import { isAboutEntries, reportEntries } from './entries/report.ts';
import { isTally, reportTally } from './entries/unit.ts';
import { openBook, receiptNotice, reportRow } from './report.ts';
import { reportLine, subjectOf } from './whom.ts';

export const correct = defineCommand({
  name: 'correct',
  open: false,
  unbound: false,
  fits: ({ person, view }) => person !== null && view.gridsHeldBy(person.id).length > 0,
  load: (call, reads) =>
    isAboutEntries(call) || isTally(call) ? loadPlaces(call, reads) : reads.book(periodIdOf(call)),
  decide(call) {
    const known = call as KnownCall;
    if (isAboutEntries(call)) return reportEntries(known, 'correct');
    const subject = subjectOf(known);
    if (isRefused(subject)) return subject.refused;
    if (isTally(call)) return reportTally(known, subject.found, 'correct');
    const { grid, right } = subject.found;
    const book = openBook(known, subject.found);
    if (isRefused(book)) return book.refused;
    if (!book.found.due(grid.id)?.standing.current) {
      const text = zh.nothingToCorrect(
        grid.name,
        whenOf(book.found.period),
        formOf(call).form.name,
        reportLine(known, grid),
      );
      return answer(call, text);
    }
    const row = reportRow(known, book.found, grid, right === 'above' ? 'behalf' : 'self');
    return { writes: [put('report', row)], notices: [receiptNotice(known, book.found, row, grid.id)] };
  },
});
