/** `/更正 1`: a new version of what is in. Both stay; the first one's timeliness stays too. */

import { fillOnce } from '../core/fill-once.ts';
import { whenOf } from '../core/rounds/period.ts';
import { zh } from '../locales/zh-CN.ts';
import { answer, defineCommand, formOf, isRefused, type KnownCall } from './command.ts';
import { isAboutEntries, reportEntries } from './entries/report.ts';
import { isTally, reportTally } from './entries/unit.ts';
import { loadToFill, versionWrites } from './filling.ts';
import { openBook, receiptNotice, reportRow } from './report.ts';
import { reportLine, subjectOf } from './whom.ts';

export const correct = defineCommand({
  name: 'correct',
  open: false,
  unbound: false,
  fits: ({ person, view }) => person !== null && view.gridsHeldBy(person.id).length > 0,
  load: loadToFill,
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
    const filling = fillOnce(call.county, call.playbook, row);
    return {
      writes: versionWrites(row, filling),
      notices: [receiptNotice(known, book.found, row, grid.id, filling)],
    };
  },
});
