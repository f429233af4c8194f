/** `/代报 其余 0`: all still missing below, reported by phone. Shown first, taken in after `/确认`. */

import type { PeriodBook } from '../core/book.ts';
import { fillOnce } from '../core/fill-once.ts';
import { isZero, simplestLine } from '../core/form.ts';
import { REST_NAME } from '../core/grammar/scan.ts';
import type { Decision } from '../core/notices.ts';
import { versionId } from '../core/obligation-id.ts';
import type { Values } from '../core/playbook/index.ts';
import type { Unit } from '../core/roster/view.ts';
import { whenOf } from '../core/rounds/period.ts';
import { type ConfirmationRow, type ObligationId, put, type ReportRow } from '../core/rows/index.ts';
import { ratioText } from '../core/tally.ts';
import { lines } from '../locales/lines.ts';
import { zh } from '../locales/zh-CN.ts';
import { answer, bookOf, formOf, isMain, type KnownCall } from './command.ts';
import { versionWrites } from './filling.ts';
import { questionOf } from './question.ts';
import { misfit } from './values.ts';
import { homeOf, lineTyped } from './whom.ts';

/** What a question about the rest remembers. */
export interface RestPayload {
  kind: 'rest';
  periodId: string;
  unitId: string;
  subjectIds: string[];
  values: Values;
  note: string | null;
}

/** Shows who would be reported for and asks. */
export function askForTheRest(call: KnownCall): Decision {
  const { form } = formOf(call);
  if (!isZero(call.parsed.values)) return answer(call, zh.restOnlyZero(restLine(call)));
  const unit = ledHere(call);
  if (!unit) return answer(call, zh.notEntitled(zh.whoLeads(homeOf(call)?.name ?? ''), lineTyped(call)));
  const book = bookOf(call);
  const day = call.parsed.period ?? call.view.day;
  if (!book) return answer(call, zh.noSuchPeriod(day, form.name, simplestLine(form)));
  const wrong = misfit(call, book.period, book, call.parsed.values);
  if (wrong !== null) return answer(call, wrong);
  if (needsReason(call, book, call.parsed.note)) {
    return answer(call, zh.lockedNeedsReason(whenOf(book.period), form.name, lines.withReason(restLine(call))));
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
  return answer(
    call,
    zh.restAsk(
      whenOf(book.period),
      form.name,
      missing.map((id) => call.view.nameAmong(id, call.unit?.id ?? null)),
    ),
    [put('confirmation', questionOf(call, payload))],
  );
}

/** Only those that were shown and are still missing; whoever reported in the meantime keeps their own. */
export function takeTheRest(call: KnownCall, question: ConfirmationRow, payload: RestPayload): Decision {
  const book = call.county.book(payload.periodId);
  const still = payload.subjectIds.filter((id) => book?.due(id)?.standing.state === 'missing');
  const used = put('confirmation', { ...question, usedAt: call.now });
  const unit = call.view.unit(payload.unitId);
  if (!book || !unit || still.length === 0) return answer(call, zh.restNone(unit?.name ?? ''), [used]);
  // Minutes have gone by since it was shown: the lock may have fallen, the post may have changed hands.
  const asked = { ...call, parsed: { ...call.parsed, form: book.period.form } };
  const { id, form } = formOf(asked);
  if (!answersFor(call, unit)) return answer(call, zh.notEntitled(zh.whoLeads(unit.name), restLine(asked)), [used]);
  if (needsReason(call, book, payload.note)) {
    const line = lines.withReason(restLine(asked));
    return answer(call, zh.lockedNeedsReason(whenOf(book.period), form.name, line), [used]);
  }
  const rows = still.map((subjectId) => phoneReport(call, `${book.period.id}@${subjectId}`, payload));
  const fillings = rows.map((row) => ({ row, filling: fillOnce(call.county, call.playbook, row) }));
  const fills = [...new Set(fillings.flatMap(({ filling }) => filling.fills))];
  const names = still.map((id) => call.view.nameAmong(id, call.unit?.id ?? null));
  const tally = book.tally(payload.unitId);
  const after = { ...tally, missing: tally.missing - still.length, reported: tally.reported + still.length };
  const other = isMain(call, id) ? '' : form.name;
  const isLate = call.sentAt > book.period.dueAt;
  const text = zh.restDone(names, whenOf(book.period), other, isLate, ratioText(after), fills);
  return answer(call, text, [used, ...fillings.flatMap(({ row, filling }) => versionWrites(row, filling))]);
}

/** The line with which all still missing of the form are reported. */
function restLine(call: KnownCall): string {
  const { id, form } = formOf(call);
  const zero = simplestLine(form).split(' ').slice(1).join(' ');
  return lines.behalf(isMain(call, id) ? null : form.name, REST_NAME, null, zero);
}

function phoneReport(call: KnownCall, obligationId: ObligationId, { values, note }: RestPayload): ReportRow {
  return {
    id: versionId(obligationId, call.messageId),
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
  const led = view.unitsAnsweredFor(person.id).filter((each) => each.level !== 'grid' && each.level !== 'cluster');
  if (!unit) return led[0] ?? null;
  // In a grid's own group the rest are those of its village.
  const whole = unit.level === 'grid' ? view.ancestors(unit.id).at(-1) : unit;
  return whole && answersFor(call, whole) ? whole : null;
}

/** Whether somebody leads a unit, or one above it. */
function answersFor({ view, person }: KnownCall, unit: Unit): boolean {
  return view.chain(unit.id).some((id) => view.leads(person.id, id));
}

/** After the lock only with a reason. */
function needsReason({ sentAt }: KnownCall, book: PeriodBook, note: string | null): boolean {
  return sentAt >= book.period.locksAt && !note;
}

function missingBelow(book: PeriodBook, unitId: string): string[] {
  if (book.tally(unitId).missing === 0) return [];
  const due = book.due(unitId);
  if (due) return due.standing.state === 'missing' ? [unitId] : [];
  return (book.unit(unitId)?.children ?? []).flatMap((child) => missingBelow(book, child));
}
