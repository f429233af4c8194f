/** What an obligation's id `form@key@subject` says. */
import type { ObligationId, PeriodId, UnitId } from './rows.ts';

/** The period and the subject of an obligation; a subject's own id may hold any sign. */
export function partsOf(id: ObligationId): { period: PeriodId; subject: UnitId } {
  const at = id.indexOf('@', id.indexOf('@') + 1);
  return { period: id.slice(0, at), subject: id.slice(at + 1) };
}
