/** Reminders of the ladder, and the nudge somebody asks for: one bundled message per group. */
import type { PeriodBook } from '../core/book.ts';
import { simplestLine } from '../core/form.ts';
import type { UnitId } from '../core/rows.ts';
import { clockText } from '../core/time.ts';
import { zh } from '../locales/zh-CN.ts';
import type { ComposeContext, Composed, Composer } from './compose.ts';
import { gapRows, mentionsOf, type NamedRow } from './missing.ts';

/** Nobody missing: nothing is sent. */
export const composeReminder: Composer<'reminder'> = (body, context) => {
  const found = find(body.periodId, body.unitId, context);
  if (!found) return null;
  const { book, form, rows } = found;
  const { period } = book;
  const text = zh.reminder(
    period.key,
    form.name,
    clockText(period.dueAt),
    context.now > period.dueAt,
    rows.map((row) => row.text),
    simplestLine(form),
  );
  return said(text, rows);
};

/** The same rows on request, said in the name of who asked. */
export const composeNudge: Composer<'nudge'> = (body, context) => {
  const found = find(body.periodId, body.unitId, context);
  if (!found) return null;
  const { book, form, rows } = found;
  const send = book.duesBelow(body.unitId).length > 0 ? simplestLine(form) : null;
  const unit = context.view.unit(body.unitId)?.name ?? '';
  return said(
    zh.nudge(
      unit,
      book.period.key,
      form.name,
      rows.map((row) => row.text),
      send,
    ),
    rows,
  );
};

function find(periodId: string, unitId: UnitId, context: ComposeContext) {
  const book: PeriodBook | undefined = context.county.book(periodId);
  const form = book && context.forms.get(book.period.form);
  if (!book || !form || book.tally(unitId).missing === 0) return null;
  const rows = gapRows(book, unitId, context);
  return rows.length > 0 ? { book, form, rows } : null;
}

function said(text: string, rows: readonly NamedRow[]): Composed {
  return { text, mentions: mentionsOf(rows), attachments: [], onAccepted: [] };
}
