/** What a report does to other forms, as commands need it: the periods to have at hand, and the writes. */

import { type Filling, NOTHING_FILLED } from '../core/fill-once.ts';
import { dayOf, namedBy } from '../core/rounds/period.ts';
import { type PeriodId, put, type ReportRow, type Write } from '../core/rows/index.ts';
import { periodsSharing } from '../core/shared-figures.ts';
import { addDays, civilDateOf } from '../core/time.ts';
import { type Call, periodIdOf, type Reads } from './command.ts';
import { loadPlaces } from './entries/period.ts';
import { isAboutEntries } from './entries/report.ts';
import { isTally } from './entries/unit.ts';

/** Brings the periods a line may go into into memory, with those of their day that it may fill. */
export function loadToFill(call: Call, reads: Reads): Promise<void> | undefined {
  const periodId = periodIdOf(call);
  const hasPlaces = isAboutEntries(call) || isTally(call);
  return withShared(call, reads, periodId, hasPlaces ? loadPlaces(call, reads) : reads.book(periodId));
}

/** The same of a period that is known. */
export function loadPeriodToFill(
  call: Pick<Call, 'playbook' | 'now'>,
  reads: Reads,
  periodId: PeriodId,
): Promise<void> | undefined {
  return withShared(call, reads, periodId, reads.book(periodId));
}

function withShared(
  { playbook, now }: Pick<Call, 'playbook' | 'now'>,
  reads: Reads,
  periodId: PeriodId,
  own: Promise<void> | undefined,
): Promise<void> | undefined {
  const named = namedBy(periodId);
  const day = dayOf(named);
  // The last two days are in memory whatever becomes of older ones.
  if (day >= addDays(civilDateOf(now), -1)) return own;
  const shared = periodsSharing(playbook, named.form, day).flatMap((id) =>
    id === periodId ? [] : (reads.book(id) ?? []),
  );
  return shared.length === 0 ? own : Promise.all([own, ...shared]).then(() => undefined);
}

/** A version is kept together with those of the forms it fills. */
export function versionWrites(row: ReportRow, { rows }: Filling = NOTHING_FILLED): Write[] {
  return [row, ...rows].map((each) => put('report', each));
}
