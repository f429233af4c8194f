/** Where entries of registers may be spoken of: names stay in their village. */
import type { Decision } from '../../core/notices.ts';
import type { Unit } from '../../core/roster/view.ts';
import type { EntryRow, UnitId } from '../../core/rows/index.ts';
import { entryWords } from '../../locales/entries.ts';
import { answer, isRefused, type KnownCall } from '../command.ts';
import { findUnit, homeOf } from '../whom.ts';

/** The village a unit is, or lies in; null for one above the villages. */
export function villageOf({ view }: Pick<KnownCall, 'view'>, unitId: UnitId): Unit | null {
  const line = view.chain(unitId).flatMap((id) => view.unit(id) ?? []);
  return line.find(({ level }) => level === 'village') ?? null;
}

const isAboveVillages = ({ level }: Unit): boolean => level === 'county' || level === 'township';

/** In the entry's own group, in its village's, in a group below its unit, or in private. */
export function isPlaceForEntry(call: KnownCall, entry: EntryRow): boolean {
  const { unit, view } = call;
  if (unit === null) return true;
  if (isAboveVillages(unit)) return false;
  return view.isWithin(entry.unitId, unit.id) || view.isWithin(unit.id, entry.unitId);
}

/** Whether somebody may hear that an entry exists: those of its own village, in its groups or in private. */
export function isFromHere(call: KnownCall, { unitId }: EntryRow): boolean {
  const home = homeOf(call);
  const village = villageOf(call, unitId);
  return home !== null && village !== null && call.view.isWithin(home.id, village.id);
}

/** Names may be written into this chat: those of a unit's village, in its groups; in private to its own people. */
export function maySayNamesOf(call: KnownCall, unitId: UnitId): boolean {
  const village = villageOf(call, unitId);
  const { unit, view, person } = call;
  if (village === null) return false;
  if (unit !== null) return view.isWithin(unit.id, village.id);
  return view.postsOf(person.id).some(({ post }) => view.isWithin(post.unitId, village.id));
}

/**
 * The answer to a line about entries in a group above the villages, where no entry is named: it says where the line is
 * to be sent, without repeating it. Null elsewhere.
 */
export function refusedHere(call: KnownCall): Decision | null {
  if (call.unit === null || !isAboveVillages(call.unit)) return null;
  const named = call.parsed.place === null ? null : findUnit(call, call.parsed.place);
  if (named && isRefused(named)) return named.refused;
  const village = named ? villageOf(call, named.found.id) : null;
  return answer(call, entryWords.elsewhere(village?.name ?? null));
}
