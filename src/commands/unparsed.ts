/** A report that could not be read is no report, but it is not silence either: the attempt is kept. */
import type { ParseErrorCode } from '../core/grammar/types.ts';
import { put, type Write } from '../core/rows.ts';
import { type Call, formOf } from './command.ts';

/** Errors of a line that was plainly meant as a report. */
const ATTEMPTS = /^(value|field|label|number|zero)\./;

/** The write that keeps an attempt, where it is clear whose it was. */
export function unparsedVersion(call: Call, code: ParseErrorCode): Write[] {
  const { person, view, county } = call;
  const grids = person ? view.gridsHeldBy(person.id) : [];
  const [grid] = grids;
  if (!person || !grid || grids.length > 1 || !ATTEMPTS.test(code)) return [];
  const book = county.book(`${formOf(call).id}@${call.parsed.period ?? view.day}`);
  if (!book?.due(grid.id) || call.sentAt >= book.period.locksAt) return [];
  return [
    put('report', {
      id: `${call.messageId}#${grid.id}`,
      obligationId: `${book.period.id}@${grid.id}`,
      kind: 'unparsed',
      values: {},
      items: [],
      note: code,
      sentAt: call.sentAt,
      receivedAt: call.now,
      personId: person.id,
      via: 'self',
      message: call.messageId,
    }),
  ];
}
