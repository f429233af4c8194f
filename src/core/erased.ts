/** What is left of a row when its time is over: how many and how much, and nothing that names anybody. */
import type { Body } from './notices.ts';
import type { Form, Values } from './playbook/index.ts';
import type { EntryEventRow, EntryRow, ReportRow } from './rows/index.ts';
import type { Instant } from './time.ts';

/** Where it stood, since when and until when are left. */
export const erasedEntry = (entry: EntryRow, at: Instant): EntryRow => ({
  ...entry,
  number: null,
  name: '',
  values: {},
  coverId: null,
  erasedAt: at,
});

/** What was done, by whom of the roster and when are left. */
export const erasedEvent = (event: EntryEventRow): EntryEventRow => ({ ...event, values: {}, note: null });

/**
 * Whatever is counted is left. Null where nothing has to go.
 * @param form as it was when the report's period opened; null where that is not known
 */
export function erasedReport(report: ReportRow, form: Form | null): ReportRow | null {
  const kept = Object.entries(report.values).filter(([id, value]) => typeof value !== 'string' || isChoice(form, id));
  const isClean = kept.length === Object.keys(report.values).length;
  // Of an attempt it is the code of what could not be read.
  const note = report.kind === 'unparsed' ? report.note : null;
  if (isClean && report.items.length === 0 && report.note === note) return null;
  const values: Values = Object.fromEntries(kept);
  return { ...report, values, items: [], note };
}

/** A choice is one of the form's own words. */
const isChoice = (form: Form | null, id: string): boolean => form?.fields[id]?.type === 'choice';

/** That something was answered is left, and to which message. Null where nothing has to go. */
export function erasedBody(body: Body): Body | null {
  switch (body.kind) {
    case 'answer':
      return body.text === '' && body.who === undefined
        ? null
        : { kind: 'answer', text: '', ...(body.of === undefined ? {} : { of: body.of }) };
    case 'receipt': {
      const { parentId, day, form, sentAt, ratio } = body.words;
      return { kind: 'receipt', of: body.of, words: { unit: '', parentId, day, form, sentAt, ratio } };
    }
    default:
      // All others name units, periods and people of the roster by their ids.
      return null;
  }
}
