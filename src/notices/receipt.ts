/** Answers to reports; those of one group that say the same become one line. */
import type { PeriodBook } from '../core/book.ts';
import type { County } from '../core/county.ts';
import { formOfBook, isZero, valuesText } from '../core/form.ts';
import type { Body, Notice, Taken } from '../core/notices.ts';
import type { Form } from '../core/playbook/index.ts';
import type { ReceiptWords } from '../core/receipt-words.ts';
import { dayOf, whenOf } from '../core/rounds/period.ts';
import type { ReportRow } from '../core/rows/index.ts';
import { bySending } from '../core/standing.ts';
import { ratioText } from '../core/tally.ts';
import { civilDateOf, type Instant } from '../core/time.ts';
import { zh } from '../locales/zh-CN.ts';
import type { Composer } from './compose.ts';
import { plain } from './compose.ts';

type Receipt = Extract<Body, { kind: 'receipt' }>;

/** Several receipts for one chat: alike zero reports are said in one line, the grids side by side. */
export function receiptLines(bodies: readonly Receipt[]): string[] {
  const [only] = bodies;
  if (only && bodies.length === 1) return [zh.receipt(only.words)];
  const groups = new Map<string, ReceiptWords[]>();
  // The one taken in last knows of all the others.
  const ratios = new Map<string, string>();
  for (const { words, of } of bodies) {
    ratios.set(ratioKey(words), words.ratio);
    const alike = words.zero && !words.corrected && !words.items;
    const { day, form, late, madeUp, behalf, parentId, unit, alsoFills, stillOwed } = words;
    const key = JSON.stringify(alike ? [day, form, late, madeUp, behalf, parentId, alsoFills, stillOwed] : [of, unit]);
    groups.set(key, [...(groups.get(key) ?? []), words]);
  }
  return [...groups.values()].map((alike) => {
    const last = alike.reduce((a, b) => (b.sentAt >= a.sentAt ? b : a));
    const unit = [...new Set(alike.map((words) => words.unit))].join('、');
    return zh.receipt({ ...last, unit, ratio: ratios.get(ratioKey(last)) ?? last.ratio });
  });
}

/** Receipts whose ratio is of the same reports. */
const ratioKey = ({ parentId, day, form }: ReceiptWords): string => JSON.stringify([parentId, day, form]);

export const composeReceipt: Composer<'receipt'> = ({ words }) => plain(zh.receipt(words));

/**
 * Makes a receipt of a version that has just been taken into `county`; other notices stay as they are. Null when the
 * version is not there.
 */
export function inReceipt(
  notice: Notice,
  county: County,
  forms: ReadonlyMap<string, Form>,
  now: Instant,
): Notice | null {
  if (notice.body.kind !== 'taken') return notice;
  const words = wordsOf(notice.body, county, forms, now);
  return words && { ...notice, body: { kind: 'receipt', of: notice.body.of, words } };
}

function wordsOf(
  { periodId, subjectId, reportId, here, alsoFills, stillOwed }: Taken,
  county: County,
  forms: ReadonlyMap<string, Form>,
  now: Instant,
): ReceiptWords | null {
  const book = county.book(periodId);
  const due = book?.due(subjectId);
  const form = book && formOfBook(book, forms);
  const report = due?.versions.find((version) => version.id === reportId);
  if (!book || !due || !form || !report) return null;
  const view = county.viewAt(now);
  const subject = book.unit(subjectId);
  const parentId = subject?.parentId ?? subjectId;
  const zero = isZero(report.values);
  const behalf = behalfOf(report, view.person(report.personId)?.name ?? '');
  return {
    unit: view.nameAmong(subjectId, here) || (subject?.name ?? ''),
    parentId,
    day: whenOf(book.period),
    form: form.name,
    sentAt: report.sentAt,
    ratio: ratioText(book.tally(parentId)),
    ...(zero ? { zero } : { values: valuesText(form, report.values) }),
    ...(report.items.length > 0 ? { items: report.items.length } : {}),
    ...(due.standing.state === 'late' ? { late: true } : {}),
    ...(isMadeUp(report, book) ? { madeUp: true } : {}),
    ...(corrects(report, due.versions) ? { corrected: true } : {}),
    ...(behalf ? { behalf } : {}),
    ...(alsoFills ? { alsoFills } : {}),
    ...(stillOwed ? { stillOwed } : {}),
  };
}

/** Whether a version says something else than the report before it. */
function corrects(report: ReportRow, versions: readonly ReportRow[]): boolean {
  if (versions.length === 1) return false;
  const previous = versions
    .filter((version) => version !== report && version.kind !== 'unparsed' && bySending(version, report) <= 0)
    .sort(bySending)
    .at(-1);
  return previous?.kind === 'report' && !sameContent(previous, report);
}

function sameContent(a: ReportRow, b: ReportRow): boolean {
  return JSON.stringify([a.values, a.items]) === JSON.stringify([b.values, b.items]);
}

function behalfOf({ via }: ReportRow, name: string): string | null {
  if (via === 'behalf') return zh.onBehalf(name);
  if (via === 'phone') return zh.byPhone(name);
  return null;
}

/** Whether a report came on a later day than its period's, and not within a period that goes on for days. */
const isMadeUp = ({ sentAt }: ReportRow, { period }: PeriodBook): boolean =>
  civilDateOf(sentAt) > dayOf(period) && sentAt > period.dueAt;
