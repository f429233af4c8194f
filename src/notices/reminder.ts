/** Reminders of the ladder, and the nudge somebody asks for: one bundled message per group. */
import type { PeriodBook } from '../core/book.ts';
import { simplestLine } from '../core/form.ts';
import type { Form } from '../core/playbook.ts';
import type { PeriodId, UnitId } from '../core/rows.ts';
import { clockText } from '../core/time.ts';
import { lines } from '../locales/lines.ts';
import { zh } from '../locales/zh-CN.ts';
import type { ComposeContext, Composed, Composer } from './compose.ts';
import { gapRows, mentionsOf, type NamedRow } from './missing.ts';

/** Nobody missing, or nobody who could still report by themselves: nothing is sent. */
export const composeReminder: Composer<'reminder'> = (body, context) => {
  const found = find(body.periodId, body.unitId, context);
  if (!found || context.now >= found.book.period.locksAt) return null;
  const { book, form, rows } = found;
  const { key, dueAt } = book.period;
  const past = context.now > dueAt;
  return said(zh.reminder(key, form.name, clockText(dueAt), past, texts(rows), simplestLine(form)), found, context);
};

/** The same rows on request. */
export const composeNudge: Composer<'nudge'> = (body, context) => {
  const found = find(body.periodId, body.unitId, context);
  if (!found) return null;
  const { book, form, rows } = found;
  const send = book.duesBelow(body.unitId).length > 0 ? simplestLine(form) : null;
  return said(zh.nudge(book.period.key, form.name, texts(rows), send), found, context);
};

interface Found {
  book: PeriodBook;
  form: Form;
  rows: NamedRow[];
}

function find(periodId: PeriodId, unitId: UnitId, context: ComposeContext): Found | null {
  const book = context.county.book(periodId);
  const form = book && context.forms.get(book.period.form);
  if (!book || !form || book.tally(unitId).missing === 0) return null;
  const rows = gapRows(book, unitId, context);
  return rows.length > 0 ? { book, form, rows } : null;
}

/** Whoever is asked to act for a grid of nobody's gets the line for it. */
function said(text: string, { book, form, rows }: Found, { view }: ComposeContext): Composed {
  const vacant = rows.find((row) => row.fromAbove);
  const zero = simplestLine(form).split(' ').slice(1).join(' ');
  // A grid merged away has no name any more that could be typed.
  const named =
    vacant && view.unit(vacant.unitId) ? lines.behalf(book.unit(vacant.unitId)?.name ?? '', zero) : lines.rest;
  const hint = vacant ? [zh.behalfHint(named)] : [];
  return { text: [text, ...hint].join('\n'), mentions: mentionsOf(rows), attachments: [], onAccepted: [] };
}

const texts = (rows: readonly NamedRow[]): string[] => rows.map((row) => row.text);
