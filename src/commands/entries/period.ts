/** Which period a line about an entry or a unit goes into; one that nobody was expected in is opened by the first report. */
import type { PeriodBook } from '../../core/book.ts';
import { isEnded } from '../../core/rounds/ended.ts';
import { entrySubject, expectedIn, obligationRow, unitSubject } from '../../core/rounds/expected.ts';
import { openingOf, periodRow } from '../../core/rounds/opening.ts';
import { dayOf } from '../../core/rounds/period.ts';
import { type Rhythm, roundFor } from '../../core/rounds/rounds.ts';
import { type EntryRow, type PeriodRow, put, type UnitId, type Write } from '../../core/rows/index.ts';
import { daysBetween } from '../../core/time.ts';
import { type Call, formOf, type Reads } from '../command.ts';

/** A period that takes a report, and what has to be written first. */
export interface Place {
  period: PeriodRow;
  book: PeriodBook | undefined;
  opening: Write[];
}

/** Days back for which a period that does not exist may still be opened by a report. */
const OPENED_LATE = 1;

const rhythmOf = (call: Call, entry: EntryRow | null): Rhythm => {
  const { every } = formOf(call).form;
  return every.kind === 'rhythm' ? (every.rhythms[String(entry?.values[every.by] ?? '')] ?? 'day') : 'day';
};

/** Brings the periods a line may go into into memory. */
export function loadPlaces(call: Call, reads: Reads): Promise<void> | undefined {
  const { id, form } = formOf(call);
  const day = call.parsed.period ?? call.view.day;
  const rhythms: readonly Rhythm[] = form.every.kind === 'rhythm' ? ['day', 'week', 'month'] : ['day'];
  const waits = rhythms.flatMap((rhythm) => {
    const round = roundFor(form, day, call.sentAt, rhythm);
    return (round && reads.book(`${id}@${round.key}`)) || [];
  });
  return waits.length > 0 ? Promise.all(waits).then(() => undefined) : undefined;
}

/** The period of an entry's report; null where there is none to take it. A sweep's are found by their topics. */
export function placeOf(call: Call, entry: EntryRow): Place | null {
  return placeFor(call, entry.id, rhythmOf(call, entry), () => entrySubject(call.view, entry));
}

/** The same of a unit's. */
export function unitPlaceOf(call: Call, unitId: UnitId): Place | null {
  return placeFor(call, unitId, 'day', () => unitSubject(call.view, unitId));
}

function placeFor(
  call: Call,
  subjectId: string,
  rhythm: Rhythm,
  subject: () => ReturnType<typeof unitSubject>,
): Place | null {
  const { county, playbook, view, parsed, sentAt } = call;
  const { id, form } = formOf(call);
  const day = parsed.period ?? view.day;
  const round = roundFor(form, day, sentAt, rhythm);
  if (!round) return null;
  const book = county.book(`${id}@${round.key}`);
  if (book) {
    const known = book.due(subjectId) !== undefined;
    return {
      period: book.period,
      book,
      opening: known ? [] : [put('obligation', obligationRow(book.period.id, subject()))],
    };
  }
  if (daysBetween(dayOf(round), view.day) > OPENED_LATE && rhythm === 'day') return null;
  const period = periodRow({ id, form, playbookId: playbook.id }, round);
  const named = { id, form, playbookId: playbook.id };
  const own = subject();
  const others = expectedIn(form, round, county).filter((each) => each.subjectId !== own.subjectId);
  return { period, book: undefined, opening: openingOf(county, named, period, [...others, own]) };
}

/** Sweeps of the call's form that are under way, the latest first. */
export function openSweeps({ county, parsed, playbook, sentAt }: Call): PeriodBook[] {
  const { id } = formOf({ parsed, playbook });
  return county
    .books()
    .filter(({ period }) => period.form === id && sentAt < period.locksAt && !isEnded(county, period.id))
    .reverse();
}
