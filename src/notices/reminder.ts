/** Reminders of the ladder, and the nudge somebody asks for: one bundled message per group. */
import type { PeriodBook } from '../core/book.ts';
import { formOfBook, simplestLine } from '../core/form.ts';
import { REST_NAME } from '../core/grammar/scan.ts';
import type { Form } from '../core/playbook/index.ts';
import { dayOf, whenOf } from '../core/rounds/period.ts';
import type { PeriodId, UnitId } from '../core/rows/index.ts';
import { civilDateOf, clockText } from '../core/time.ts';
import { lines } from '../locales/lines.ts';
import { dayText, zh } from '../locales/zh-CN.ts';
import type { ComposeContext, Composed, Composer } from './compose.ts';
import { gapRows, mentionsOf, type NamedRow } from './missing.ts';

/** Nobody missing, or nobody who could still report by themselves: nothing is sent. */
export const composeReminder: Composer<'reminder'> = (body, context) => {
  const found = find(body.periodId, body.unitId, context);
  if (!found) return null;
  const { dueAt } = found.book.period;
  const key = whenOf(found.book.period);
  const past = context.now > dueAt;
  return said(zh.reminder(key, found.form.name, clockText(dueAt), past, texts(found.rows), found.send), found, context);
};

/** The same rows on request. */
export const composeNudge: Composer<'nudge'> = (body, context) => {
  const found = find(body.periodId, body.unitId, context);
  if (!found) return null;
  return said(zh.nudge(whenOf(found.book.period), found.form.name, texts(found.rows), found.send), found, context);
};

interface Found {
  book: PeriodBook;
  form: Form;
  rows: readonly NamedRow[];
  /** The line that answers, with its day where that is not today; null where units and not grids are named. */
  send: string | null;
}

function find(periodId: PeriodId, unitId: UnitId, context: ComposeContext): Found | null {
  const book = context.county.book(periodId);
  const form = book && formOfBook(book, context.forms);
  if (!book || !form || book.tally(unitId).missing === 0 || context.now >= book.period.locksAt) return null;
  const rows = gapRows(book, unitId, context);
  const send = book.owesAt(unitId) ? lines.report(simplestLine(form), dayNamed(book, context)) : null;
  return rows.length > 0 ? { book, form, rows, send } : null;
}

/** How a line names a period's day; null for today, which need not be named. */
function dayNamed(book: PeriodBook, { now }: ComposeContext): string | null {
  return dayOf(book.period) === civilDateOf(now) ? null : dayText(dayOf(book.period));
}

/** Whoever is asked to act for a grid of nobody's gets the line for it. */
function said(text: string, { book, form, rows }: Found, context: ComposeContext): Composed {
  const vacant = rows.find((row) => row.fromAbove);
  const zero = simplestLine(form).split(' ').slice(1).join(' ');
  // A grid merged away has no name any more that could be typed.
  const name = vacant && context.view.unit(vacant.unitId) ? (book.unit(vacant.unitId)?.name ?? '') : REST_NAME;
  const hint = vacant ? [zh.behalfHint(lines.behalf(name, dayNamed(book, context), zero))] : [];
  return { text: [text, ...hint].join('\n'), mentions: mentionsOf(rows), attachments: [], onAccepted: [] };
}

const texts = (rows: readonly NamedRow[]): string[] => rows.map((row) => row.text);
