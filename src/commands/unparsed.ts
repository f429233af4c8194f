/** A report that could not be read is no report, but it is not silence either: the attempt is kept. */
import type { ParsedError } from '../core/grammar/types.ts';
import { versionId } from '../core/obligation-id.ts';
import { put, type Write } from '../core/rows/index.ts';
import type { Call } from './command.ts';

/** The write that keeps an attempt, where the line was plainly meant as a report and it is clear whose. */
export function unparsedVersion(call: Call, { form, code }: ParsedError): Write[] {
  const { person, view, county } = call;
  const grids = person ? view.gridsHeldBy(person.id) : [];
  const [grid] = grids;
  if (form === null || !person || !grid || grids.length > 1) return [];
  const book = county.book(`${form}@${call.parsed.period ?? view.day}`);
  if (!book?.due(grid.id) || call.sentAt >= book.period.locksAt) return [];
  const obligationId = `${book.period.id}@${grid.id}`;
  return [
    put('report', {
      id: versionId(obligationId, call.messageId),
      obligationId,
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
