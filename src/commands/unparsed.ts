/** A report that could not be read is no report, but it is not silence either: the attempt is kept. */
import type { ParsedError } from '../core/grammar/types.ts';
import { versionId } from '../core/obligation-id.ts';
import { put, type Write } from '../core/rows/index.ts';
import { type Call, periodIdOf } from './command.ts';

/** The write that keeps an attempt, where the line was plainly meant as a report and it is clear whose. */
export function unparsedVersion(call: Call, { form, code }: ParsedError): Write[] {
  const { person, view, county, playbook } = call;
  const subject = playbook.forms[form ?? '']?.subject;
  if (form === null || !person || !subject || !('level' in subject)) return [];
  const grids = view.unitsHeldBy(person.id, subject.level);
  const [grid] = grids;
  if (!grid || grids.length > 1) return [];
  const book = county.book(periodIdOf({ ...call, parsed: { ...call.parsed, form } }));
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
