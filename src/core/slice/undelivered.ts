/** What a unit's group hears when its slice of a register reached nobody it was for. */
import { sliceOn } from '../meta.ts';
import type { Notice, SliceOf } from '../notices.ts';
import type { OutboxRow } from '../rows/index.ts';

/** One line for the unit's own group, once for the same titles. */
export function undelivered({ sliceId, unitId, day, titles }: SliceOf): Notice {
  return {
    to: { unit: unitId },
    body: { kind: 'sliceUndelivered', sliceId, unitId, day, titles },
    dedupeKey: `${sliceOn(sliceId, day)}#${unitId}#undelivered:${titles.join('+')}`,
  };
}

/** The same for a slice, or its workbook, that was given up, or that nobody may have any more; nothing for all else. */
export function undeliveredBy({ state, body }: OutboxRow): Notice[] {
  const isOver = state === 'dead' || state === 'dropped';
  return isOver && (body.kind === 'slice' || body.kind === 'sliceFile') ? [undelivered(body)] : [];
}
