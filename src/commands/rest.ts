/** `/代报 其余 0`: all still missing below, reported by phone. Shown first, taken in after `/确认`. */

import type { PeriodBook } from '../core/book.ts';
import { isZero, simplestLine } from '../core/form.ts';
import type { Decision } from '../core/notices.ts';
import type { Unit } from '../core/roster/view.ts';
import { type ConfirmationRow, type ObligationId, put, type ReportRow } from '../core/rows.ts';
import { ratioText } from '../core/tally.ts';
import { MINUTE } from '../core/time.ts';
import { lines } from '../locales/lines.ts';
import { zh } from '../locales/zh-CN.ts';
import { answer, bookOf, formOf, type KnownCall } from './command.ts';
import { homeOf, lineTyped } from './whom.ts';

/** How long a question waits for its `/确认`. */
const PATIENCE = 10 * MINUTE;

/** What a question about the rest remembers. */
export interface RestPayload {
  kind: 'rest';
  periodId: string;
  unitId: string;
  subjectIds: string[];
  values: Record<string, number>;
  note: string | null;
}

/** Shows who would be reported for and asks. */
export function askForTheRest(call: KnownCall): Decision {
  const { form } = formOf(call);
  if (!isZero(call.parsed.values)) return answer(call, zh.restOnlyZero(lines.rest));
  const unit = ledHere(call);
  if (!unit) return answer(call, zh.notEntitled(zh.whoLeads(homeOf(call)?.name ?? ''), lineTyped(call)));
  const book = bookOf(call);
  const day = call.parsed.period ?? call.view.day;
  if (!book) return answer(call, zh.noSuchPeriod(day, form.name, simplestLine(form)));
  if (call.sentAt >= book.period.locksAt && !call.parsed.note) {
    return answer(call, zh.lockedNeedsReason(day, form.name, lines.restWithReason));
  }
  const missing = missingBelow(book, unit.id);
  if (missing.length === 0) return answer(call, zh.restNone(unit.name));
  const payload: RestPayload = {
    kind: 'rest',
    periodId: book.period.id,
    unitId: unit.id,
    subjectIds: missing,
    values: call.parsed.values,
    note: call.parsed.note,
  };
  const question: ConfirmationRow = {
    id: `ask#${call.messageId}`,
    chat: call.chatKey,
    personId: call.person.id,
    payload: JSON.stringify(payload),
    askedAt: call.now,
    expiresAt: call.now + PATIENCE,
    usedAt: null,
  };
  return answer(
    call,
    zh.restAsk(
      day,
      form.name,
      missing.map((id) => call.view.nameAmong(id, call.unit?.id ?? null)),
    ),
    [put('confirmation', question)],
  );
}

/** Only those that were shown and are still missing; whoever reported in the meantime keeps their own. */
export function takeTheRest(call: KnownCall, question: ConfirmationRow, payload: RestPayload): Decision {
  const book = call.county.book(payload.periodId);
  const still = payload.subjectIds.filter((id) => book?.due(id)?.standing.state === 'missing');
  const used = put('confirmation', { ...question, usedAt: call.now });
  const unit = call.view.unit(payload.unitId);
  if (!book || still.length === 0) return answer(call, zh.restNone(unit?.name ?? ''), [used]);
  const rows = still.map((subjectId) => phoneReport(call, `${book.period.id}@${subjectId}`, payload));
  const names = still.map((id) => call.view.nameAmong(id, call.unit?.id ?? null));
  const tally = book.tally(payload.unitId);
  const after = { ...tally, missing: tally.missing - still.length, reported: tally.reported + still.length };
  const text = zh.restDone(names, book.period.key, call.sentAt > book.period.dueAt, ratioText(after));
  return answer(call, text, [used, ...rows.map((row) => put('report', row))]);
}

function phoneReport(call: KnownCall, obligationId: ObligationId, { values, note }: RestPayload): ReportRow {
  return {
    id: `${call.messageId}#${obligationId}`,
    obligationId,
    kind: 'report',
    values,
    items: [],
    note,
    sentAt: call.sentAt,
    receivedAt: call.now,
    personId: call.person.id,
    via: 'phone',
    message: call.messageId,
  };
}

/** The unit whose missing ones a person may report here: the group's, if they answer for it; else the first they lead. */
function ledHere(call: KnownCall): Unit | null {
  const { view, person, unit } = call;
  const led = view.unitsLedBy(person.id).filter((each) => each.level !== 'grid' && each.level !== 'cluster');
  if (!unit) return led[0] ?? null;
  const answersFor = [...view.ancestors(unit.id), unit].some((each) => view.leads(person.id, each.id));
  return answersFor && unit.level !== 'grid' ? unit : null;
}

function missingBelow(book: PeriodBook, unitId: string): string[] {
  if (book.tally(unitId).missing === 0) return [];
  const due = book.due(unitId);
  if (due) return due.standing.state === 'missing' ? [unitId] : [];
  return (book.unit(unitId)?.children ?? []).flatMap((child) => missingBelow(book, child));
}
