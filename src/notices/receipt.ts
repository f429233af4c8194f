/** Answers to reports, rendered when they leave; those of one group that say the same become one line. */
import { isZero, valuesText } from '../core/form.ts';
import type { Body } from '../core/notices.ts';
import type { ReportRow } from '../core/rows.ts';
import { bySending } from '../core/standing.ts';
import { ratioText } from '../core/tally.ts';
import { civilDateOf } from '../core/time.ts';
import { type ReceiptWords, zh } from '../locales/zh-CN.ts';
import type { ComposeContext, Composer } from './compose.ts';
import { plain } from './compose.ts';

type Receipt = Extract<Body, { kind: 'receipt' }>;

/** Several receipts for one chat: alike zero reports are said in one line, the grids side by side. */
export function receiptLines(bodies: readonly Receipt[], context: ComposeContext): string[] {
  const groups = new Map<string, ReceiptWords[]>();
  for (const body of bodies) {
    const words = wordsOf(body, context);
    if (!words) continue;
    const alike = words.zero && !words.corrected && words.items === 0;
    const key = alike
      ? JSON.stringify([words.day, words.form, words.late, words.madeUp, words.behalf, villageOf(body, context)])
      : `${body.reportId}`;
    groups.set(key, [...(groups.get(key) ?? []), words]);
  }
  return [...groups.values()].map((alike) => {
    const last = alike.reduce((a, b) => (b.sentAt >= a.sentAt ? b : a));
    return zh.receipt({ ...last, unit: [...new Set(alike.map((words) => words.unit))].join('、') });
  });
}

export const composeReceipt: Composer<'receipt'> = (body, context) => {
  const lines = receiptLines([body], context);
  return lines.length > 0 ? plain(lines.join('\n')) : null;
};

function villageOf(body: Receipt, { county }: ComposeContext): string {
  return county.book(body.periodId)?.unit(body.subjectId)?.parentId ?? '';
}

function wordsOf(body: Receipt, { county, forms, view, here }: ComposeContext): ReceiptWords | null {
  const book = county.book(body.periodId);
  const due = book?.due(body.subjectId);
  const form = book && forms.get(book.period.form);
  const report = due?.versions.find((version) => version.id === body.reportId);
  if (!book || !due || !form || !report) return null;
  const before = due.versions.filter((version) => version !== report && bySending(version, report) <= 0);
  const previous = before
    .filter((version) => version.kind !== 'unparsed')
    .sort(bySending)
    .at(-1);
  const parent = book.unit(body.subjectId)?.parentId ?? body.subjectId;
  return {
    unit: view.nameAmong(body.subjectId, here) || (book.unit(body.subjectId)?.name ?? ''),
    day: book.period.key,
    form: form.name,
    zero: isZero(report.values),
    values: valuesText(form, report.values),
    items: report.items.length,
    late: due.standing.state === 'late',
    madeUp: civilDateOf(report.sentAt) > book.period.key,
    corrected: previous?.kind === 'report' && !sameContent(previous, report),
    behalf: behalfText(report, view.person(report.personId)?.name ?? ''),
    sentAt: report.sentAt,
    ratio: ratioText(book.tally(parent)),
  };
}

function sameContent(a: ReportRow, b: ReportRow): boolean {
  return JSON.stringify([a.values, a.items]) === JSON.stringify([b.values, b.items]);
}

function behalfText({ via }: ReportRow, name: string): string | null {
  if (via === 'behalf') return zh.onBehalf(name);
  if (via === 'phone') return zh.byPhone(name);
  return null;
}
