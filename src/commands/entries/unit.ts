/** Reports of a unit that nobody owes, or that add up: tallies of the day's work, said as often as there is something. */
import { fillOnce } from '../../core/fill-once.ts';
import { valuesText } from '../../core/form.ts';
import type { Decision } from '../../core/notices.ts';
import { versionId } from '../../core/obligation-id.ts';
import type { Form, Values } from '../../core/playbook/index.ts';
import { whenOf } from '../../core/rounds/period.ts';
import { put, type ReportRow } from '../../core/rows/index.ts';
import { entryWords } from '../../locales/entries.ts';
import { dayText, zh } from '../../locales/zh-CN.ts';
import { answer, type Call, formOf, type KnownCall } from '../command.ts';
import { misfit, withPictures } from '../values.ts';
import type { Subject } from '../whom.ts';
import { unitPlaceOf } from './period.ts';

/** Whether a form's reports come as they come, instead of one that answers what is owed. */
export function isTally(call: Pick<Call, 'parsed' | 'playbook'>): boolean {
  const { form } = formOf(call);
  return 'level' in form.subject && (!form.owed || form.adds);
}

/** Takes in one more of them, takes the last one's place, or takes it back. */
export function reportTally(
  call: KnownCall,
  { grid, right }: Subject,
  act: 'report' | 'correct' | 'withdraw',
): Decision {
  const { form } = formOf(call);
  const place = unitPlaceOf(call, grid.id);
  if (!place) return answer(call, entryWords.noPeriod(form.name, grid.name));
  const { period, book, opening } = place;
  const when = dayText(whenOf(period));
  const current = book?.due(grid.id)?.standing.current ?? null;
  if (act !== 'report' && !current) return answer(call, entryWords.nothingYet(grid.name, when, form.name));
  if (call.sentAt >= period.locksAt && right !== 'above') return answer(call, entryWords.locked(when, form.name));
  const values = withPictures(call.parsed.values, book?.form ?? form, call.pictures);
  const wrong = act === 'withdraw' ? null : misfit(call, period, book, values);
  if (wrong !== null) return answer(call, wrong);
  const obligationId = `${period.id}@${grid.id}`;
  const row: ReportRow = {
    id: versionId(obligationId, call.messageId),
    obligationId,
    kind: act === 'withdraw' ? 'withdrawal' : act === 'correct' && form.adds ? 'correction' : 'report',
    values: act === 'withdraw' ? {} : values,
    items: call.parsed.items,
    note: call.parsed.note,
    sentAt: call.sentAt,
    receivedAt: call.now,
    personId: call.person.id,
    via: right === 'above' ? 'behalf' : 'self',
    message: call.messageId,
  };
  const text = entryWords.taken[act]({
    unit: call.view.nameAmong(grid.id, call.unit?.id ?? null),
    when,
    form: form.name,
    what: act === 'withdraw' ? entryWords.theLast : valuesText(form, row.values) || entryWords.zero,
    late: false,
    ratio: null,
    total: act === 'report' && form.adds && current ? sumText(form, current.values, row.values) : null,
  });
  const { rows, fills, empties } = fillOnce(call.county, call.playbook, row);
  const writes = [...opening, ...[row, ...rows].map((each) => put('report', each))];
  return answer(call, `${text}${zh.otherForms(fills, empties)}`, writes);
}

/** What was said so far and now, put together. */
export function sumText(form: Form, before: Values, now: Values): string | null {
  const sums = Object.entries(form.fields).flatMap(([id, field]) => {
    const sum = Number(before[id] ?? 0) + Number(now[id] ?? 0);
    return field.type === 'count' && sum > 0 ? `${field.name}${sum}` : [];
  });
  return sums.length > 0 ? sums.join(' ') : null;
}
