/** What an obligation's id `form@key@subject` says, and the ids that are made of it. */
import type { ObligationId, PeriodId, UnitId } from './rows/index.ts';

/** The period and the subject of an obligation; a subject's own id may hold any sign. */
export function partsOf(id: ObligationId): { period: PeriodId; subject: UnitId } {
  const at = id.indexOf('@', id.indexOf('@') + 1);
  return { period: id.slice(0, at), subject: id.slice(at + 1) };
}

/** The id of the version that a message makes; a message makes one version of an obligation at most. */
export const versionId = (id: ObligationId, messageId: string): string => `${id}#${messageId}`;
