/** What the commands about registers have in common: which unit is meant, who may, and what is kept of it. */
import type { Decision } from '../../core/notices.ts';
import type { Level, Values } from '../../core/playbook/index.ts';
import type { Unit } from '../../core/roster/view.ts';
import type { EntryEventRow, EntryRow } from '../../core/rows/index.ts';
import { isRefused, type KnownCall } from '../command.ts';
import { findUnit } from '../whom.ts';
import { refusedHere } from './places.ts';
import { type NamedRegister, placeOfEntries, resolve } from './resolve.ts';

/** The unit a line names, or the one its sender speaks for; the refusal where neither is clear. */
export function placeNamed(call: KnownCall, named: NamedRegister): Unit | Decision | null {
  const { place } = call.parsed;
  if (place === null) return placeOfEntries(call, named);
  const unit = findUnit(call, place);
  return isRefused(unit) ? unit.refused : unit.found;
}

export const isDecision = (place: Unit | Decision | null): place is Decision => place !== null && 'writes' in place;

/** Whether somebody holds a post of one of these levels on the chain of a unit, or leads a level above it. */
export function mayDo({ view, person }: KnownCall, unitId: string, by: readonly Level[]): boolean {
  return view.chain(unitId).some((id) => {
    const level = view.unit(id)?.level;
    if (level === undefined) return false;
    if (!by.includes(level)) return view.leads(person.id, id) && by.some((each) => isBelow(each, level));
    return view.posts(id).some(({ holder }) => holder?.id === person.id) || view.leads(person.id, id);
  });
}

/** The nearest unit whose people may, going up from a unit; for the sentence that says who does. */
export function whoMay({ view }: KnownCall, unitId: string, by: readonly Level[]): string {
  const chain = view.chain(unitId).flatMap((id) => view.unit(id) ?? []);
  return chain.findLast(({ level }) => by.includes(level))?.name ?? chain.at(-1)?.name ?? '';
}

const ORDER: readonly Level[] = ['county', 'township', 'village', 'grid', 'cluster'];
const isBelow = (level: Level, above: Level): boolean => ORDER.indexOf(level) > ORDER.indexOf(above);

/** The row of one thing that happened to an entry. */
export function eventOf(
  call: KnownCall,
  entry: EntryRow,
  kind: EntryEventRow['kind'],
  values: Values,
  note: string | null,
): EntryEventRow {
  const { messageId, person, sentAt } = call;
  return {
    id: `${entry.id}#${messageId}`,
    entryId: entry.id,
    kind,
    values,
    note,
    personId: person.id,
    at: sentAt,
    message: messageId,
  };
}

/** The entries a line names, each with what is not clear of it; or the refusal of its place. */
export function entriesNamed(call: KnownCall, named: NamedRegister): ReturnType<typeof resolve> | Decision {
  const elsewhere = refusedHere(call);
  if (elsewhere) return elsewhere;
  const place = placeNamed(call, named);
  if (isDecision(place)) return place;
  const within = call.parsed.place === null ? null : place;
  return call.parsed.entries.flatMap((said) => resolve(call, named, said, within));
}
