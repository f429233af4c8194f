/** Reminders of the ladder, and the nudge somebody asks for: one bundled message per group. */
import type { PeriodBook } from '../core/book.ts';
import { formOfBook, simplestLine } from '../core/form.ts';
import { entryExample } from '../core/grammar/mixed/example.ts';
import { REST_NAME } from '../core/grammar/scan.ts';
import type { Form } from '../core/playbook/index.ts';
import { missingEntries } from '../core/register/missing.ts';
import { dayOf, whenOf } from '../core/rounds/period.ts';
import type { PeriodId, UnitId } from '../core/rows/index.ts';
import { civilDateOf, clockText } from '../core/time.ts';
import { lines } from '../locales/lines.ts';
import { dayText, zh } from '../locales/zh-CN.ts';
import type { NamedRow } from './acting.ts';
import type { ComposeContext, Composed, Composer } from './compose.ts';
import { gapRows, mentionsOf } from './missing.ts';
import { measureOf, readsEntries } from './missing-entries.ts';

/** Nobody missing, or nobody who could still report by themselves: nothing is sent. */
export const composeReminder: Composer<'reminder'> = (body, context) => {
  const found = find(body.periodId, body.unitId, context);
  if (!found) return null;
  const { dueAt } = found.book.period;
  const key = whenOf(found.book.period);
  const past = context.now > dueAt;
  const { form, counted, rows, send } = found;
  return said(zh.reminder(key, form.name, clockText(dueAt), past, texts(rows), send, counted), found, context);
};

/** The same rows on request, of one form or of several one after the other. */
export const composeNudge: Composer<'nudge'> = (body, context) => {
  const parts = [body.periodId, ...(body.also ?? [])].flatMap((periodId) => {
    const found = find(periodId, body.unitId, context);
    if (!found) return [];
    const { book, form, counted, rows, send } = found;
    return said(zh.nudge(whenOf(book.period), form.name, texts(rows), send, counted), found, context);
  });
  if (parts.length === 0) return null;
  const mentions = [...new Set(parts.flatMap((part) => part.mentions))];
  return { text: parts.map(({ text }) => text).join('\n'), mentions, attachments: [], onAccepted: [] };
};

interface Found {
  book: PeriodBook;
  form: Form;
  rows: readonly NamedRow[];
  /** How many are missing, with what they are counted by, where that is not the number of rows: `5 户`. */
  counted: string | undefined;
  /** The line that answers, with its day where that is not today; null where units above are named. */
  send: string | null;
}

function find(periodId: PeriodId, unitId: UnitId, context: ComposeContext): Found | null {
  const book = context.county.book(periodId);
  const form = book && formOfBook(book, context.forms);
  if (!book || !form?.owed || book.tally(unitId).missing === 0 || context.now >= book.period.locksAt) return null;
  const rows = gapRows(book, form, unitId, context);
  if (rows.length === 0) return null;
  const near = readsEntries(book, form, unitId);
  const counted = near ? zh.counted(book.tally(unitId).missing, measureOf(form, context)) : undefined;
  const simplest = near || book.owesAt(unitId) ? exampleOf(form, book, unitId, context) : null;
  const send = simplest === null ? null : lines.report(simplest, dayNamed(book, context));
  return { book, form, rows, counted, send };
}

/** The line that answers for a unit, or for the first entry that is missing there. */
function exampleOf(form: Form, book: PeriodBook, unitId: UnitId, { registers, county }: ComposeContext): string {
  const { subject } = form;
  if (!('register' in subject)) return simplestLine(form);
  const register = registers.get(subject.register);
  const [first] = missingEntries(book, unitId, county.entries, register?.measure ?? '').flatMap(
    ({ entries }) => entries,
  );
  const { number = null, name = '' } = first?.entry ?? {};
  const called = number === null ? name : `${number}${register?.measure ?? ''}`;
  return called === '' ? simplestLine(form, register) : entryExample(form.name, form, register, called);
}

/** How a line names a period's day; null for today, which need not be named. */
function dayNamed(book: PeriodBook, { now }: ComposeContext): string | null {
  return dayOf(book.period) === civilDateOf(now) ? null : dayText(dayOf(book.period));
}

/** Whoever is asked to act for a grid of nobody's gets the line for it. */
function said(text: string, { book, form, rows }: Found, context: ComposeContext): Composed {
  const vacant = rows.find((row) => row.fromAbove);
  const zero = simplestLine(form).split(' ').slice(1).join(' ');
  // An act by itself means the main form.
  const [main] = context.forms.keys();
  const named = book.period.form === main ? null : form.name;
  // A grid merged away has no name any more that could be typed.
  const name = vacant && context.view.unit(vacant.unitId) ? (book.unit(vacant.unitId)?.name ?? '') : REST_NAME;
  const hint = vacant ? [zh.behalfHint(lines.behalf(named, name, dayNamed(book, context), zero))] : [];
  return { text: [text, ...hint].join('\n'), mentions: mentionsOf(rows), attachments: [], onAccepted: [] };
}

const texts = (rows: readonly NamedRow[]): string[] => rows.map((row) => row.text);
