/** `/日报 0`, `/代报`, `/补报`: a report is taken in. */

import type { PeriodBook } from '../core/book.ts';
import { type Filling, fillOnce, NOTHING_FILLED } from '../core/fill-once.ts';
import { simplestLine } from '../core/form.ts';
import { REST_NAME } from '../core/grammar/scan.ts';
import type { Notice } from '../core/notices.ts';
import { versionId } from '../core/obligation-id.ts';
import type { Values } from '../core/playbook/index.ts';
import type { Unit } from '../core/roster/view.ts';
import { whenOf } from '../core/rounds/period.ts';
import type { ReportRow, ReportVia } from '../core/rows/index.ts';
import { lines, WORDS } from '../locales/lines.ts';
import { zh } from '../locales/zh-CN.ts';
import {
  answer,
  answerBody,
  bookOf,
  type Call,
  defineCommand,
  type Found,
  formOf,
  isRefused,
  type KnownCall,
  replyNotice,
} from './command.ts';
import { isAboutEntries, reportEntries } from './entries/report.ts';
import { isTally, reportTally } from './entries/unit.ts';
import { loadToFill, versionWrites } from './filling.ts';
import { askForTheRest } from './rest.ts';
import { misfit, withPictures } from './values.ts';
import { isAbove, isPlaceFor, lineFor, type Subject, subjectOf } from './whom.ts';

export const report = defineCommand({
  name: 'report',
  open: false,
  unbound: false,
  fits: ({ person }) => person !== null,
  load: loadToFill,
  decide(call) {
    const known = call as KnownCall;
    if (isAboutEntries(call)) return reportEntries(known, 'report');
    if (call.parsed.subject === REST_NAME) return askForTheRest(known);
    const subject = subjectOf(known);
    if (isRefused(subject)) return subject.refused;
    if (isTally(call)) return reportTally(known, subject.found, 'report');
    const { grid, right } = subject.found;
    const book = openBook(known, subject.found);
    if (isRefused(book)) return book.refused;
    const row = reportRow(known, book.found, grid, right === 'above' ? 'behalf' : 'self');
    const filling = fillOnce(call.county, call.playbook, row);
    return {
      writes: versionWrites(row, filling),
      notices: [receiptNotice(known, book.found, row, grid.id, filling), ...standingInHint(known, grid)],
    };
  },
});

/** The book a report goes into, if the subject is expected there and the lock allows it. */
export function openBook(call: KnownCall, { grid }: Subject): Found<PeriodBook> {
  const { form } = formOf(call);
  const book = bookOf(call);
  const day = call.parsed.period ?? call.view.day;
  if (!book && form.while) return { refused: answer(call, zh.notOwedNow(form.name)) };
  if (!book) return { refused: answer(call, zh.noSuchPeriod(day, form.name, simplestLine(form))) };
  const wrong = misfit(call, book.period, book, valuesOf(call, book));
  if (wrong !== null) return { refused: answer(call, wrong) };
  if (!book.due(grid.id)) return { refused: answer(call, zh.notExpected(grid.name, day)) };
  if (call.sentAt < book.period.locksAt) return { found: book };
  const when = whenOf(book.period);
  const example = lines.withReason(lineFor(call, grid, WORDS.makeup));
  if (!isAbove(call, grid.id)) return { refused: answer(call, zh.locked(when, form.name, example)) };
  if (!call.parsed.note) return { refused: answer(call, zh.lockedNeedsReason(when, form.name, example)) };
  return { found: book };
}

const valuesOf = (call: Call, book: PeriodBook): Values =>
  withPictures(call.parsed.values, book.form ?? formOf(call).form, call.pictures);

/** The version a call makes. */
export function reportRow(call: KnownCall, book: PeriodBook, grid: Unit, via: ReportVia): ReportRow {
  const obligationId = `${book.period.id}@${grid.id}`;
  return {
    id: versionId(obligationId, call.messageId),
    obligationId,
    kind: 'report',
    values: valuesOf(call, book),
    items: call.parsed.items,
    note: call.parsed.note,
    sentAt: call.sentAt,
    receivedAt: call.now,
    personId: call.person.id,
    via,
    message: call.messageId,
  };
}

/** The answer to one version, with the forms it fills. */
export function receiptNotice(
  call: Call,
  book: PeriodBook,
  row: ReportRow,
  subjectId: string,
  { fills, empties }: Filling = NOTHING_FILLED,
): Notice {
  return replyNotice(call, {
    kind: 'taken',
    periodId: book.period.id,
    subjectId,
    reportId: row.id,
    of: call.messageId,
    here: call.unit?.id ?? null,
    ...(fills.length > 0 ? { alsoFills: fills } : {}),
    ...(empties.length > 0 ? { stillOwed: empties } : {}),
  });
}

/** Whoever reports for their own grid while standing in for somebody is told the other line, if it is still owed. */
function standingInHint(call: KnownCall, reported: Unit): Notice[] {
  if (call.parsed.subject !== null) return [];
  const book = bookOf(call);
  return call.view.deputizedBy(call.person.id).flatMap(({ leave, unit }) => {
    if (
      unit.id === reported.id ||
      !isPlaceFor(call, unit, 'deputy') ||
      book?.due(unit.id)?.standing.state !== 'missing'
    )
      return [];
    const away = call.view.person(leave.personId)?.name ?? '';
    const zero = { ...call, parsed: { ...call.parsed, values: {} } };
    const text = zh.alsoStandingIn(unit.name, away, lineFor(zero, unit));
    return replyNotice(call, answerBody(call, text), `in#${unit.id}`);
  });
}
