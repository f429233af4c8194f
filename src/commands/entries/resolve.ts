/** Whom a line means, and by what right its sender speaks of them. */
import type { EntryRef } from '../../core/grammar/types.ts';
import type { Register } from '../../core/playbook/index.ts';
import { entryLabel, isAlive } from '../../core/register/entry.ts';
import type { Unit } from '../../core/roster/view.ts';
import type { EntryRow, UnitId } from '../../core/rows/index.ts';
import { entryWords } from '../../locales/entries.ts';
import type { KnownCall } from '../command.ts';
import { homeOf } from '../whom.ts';

/** A register with the id it has in its playbook. */
export interface NamedRegister {
  id: string;
  register: Register;
}

/** Either the entry, or the sentence that says why not. */
export type Resolved = { entry: EntryRow } | { problem: string };

/** The register a line is about: its form's, or its own. */
export function registerOf({ playbook, parsed }: Pick<KnownCall, 'playbook' | 'parsed'>): NamedRegister {
  const subject = playbook.forms[parsed.form ?? '']?.subject;
  const id = subject && 'register' in subject ? subject.register : (parsed.form ?? '');
  const register = playbook.registers[id];
  if (!register) throw new Error(`no register ${id} in playbook ${playbook.id}`);
  return { id, register };
}

/** Whether somebody may report of an entry: who covers it or stands in for them, who holds the unit, and levels above. */
export function mayReportOf({ view, person }: KnownCall, entry: EntryRow): boolean {
  if (entry.coverId === person.id) return true;
  if (entry.coverId !== null && view.awayOn(entry.coverId)?.deputyId === person.id) return true;
  if (view.posts(entry.unitId).some(({ holder }) => holder?.id === person.id)) return true;
  return view.mayReportFor(person.id, entry.unitId) !== null || leadsAbove({ view, person }, entry.unitId);
}

function leadsAbove({ view, person }: Pick<KnownCall, 'view' | 'person'>, unitId: UnitId): boolean {
  return view.chain(unitId).some((id) => view.leads(person.id, id));
}

/** The unit whose entries are meant where none is named: the group's, else the one the sender holds; null: any. */
export function placeOfEntries(call: KnownCall, { register }: NamedRegister): Unit | null {
  const { unit, view, person } = call;
  if (unit?.level === register.of) return unit;
  const held = view
    .postsOf(person.id)
    .flatMap(({ post }) => view.unit(post.unitId) ?? [])
    .filter(({ level }) => level === register.of);
  const [own] = held;
  return held.length === 1 && own && (!unit || view.isWithin(own.id, unit.id)) ? own : null;
}

/** Entries by what they are called in a line; one problem for each that is not clear. */
export function resolve(
  call: KnownCall,
  named: NamedRegister,
  refs: readonly EntryRef[],
  within: Unit | null,
): Resolved[] {
  if (refs.length === 0) return [ownOf(call, named)];
  return refs.map((ref) => resolveOne(call, named, ref, within));
}

/** The one entry of a register that somebody covers. */
function ownOf(call: KnownCall, { id, register }: NamedRegister): Resolved {
  const own = call.county.entries
    .coveredBy(call.person.id)
    .filter((entry) => entry.register === id && isAlive(entry, call.view.day));
  const [only] = own;
  return own.length === 1 && only ? { entry: only } : { problem: entryWords.nameIt(register.name) };
}

function resolveOne(call: KnownCall, named: NamedRegister, ref: EntryRef, within: Unit | null): Resolved {
  const { register } = named;
  const candidates = candidatesOf(call, named, ref, within);
  const allowed = candidates.filter((entry) => mayReportOf(call, entry));
  const [only, ...more] = nearest(call, allowed);
  if (only && more.length === 0) return { entry: only };
  const called = ref.kind === 'number' ? `${ref.text}${register.measure}` : ref.text;
  if (only) {
    const units = [only, ...more].map((entry) => call.view.unit(entry.unitId)?.name ?? '');
    return { problem: entryWords.several(called, units) };
  }
  if (candidates.length > 0) return { problem: entryWords.notYours(called) };
  const send = register.add ? `/${register.add.aliases[0]} ${called}` : null;
  return { problem: entryWords.unknown(called, register.name, send) };
}

function candidatesOf(
  call: KnownCall,
  { id, register }: NamedRegister,
  ref: EntryRef,
  within: Unit | null,
): EntryRow[] {
  const { view, county } = call;
  const alive = (entry: EntryRow): boolean => isAlive(entry, view.day);
  const inside = (entry: EntryRow): boolean => within === null || view.isWithin(entry.unitId, within.id);
  if (ref.kind === 'name') return county.entries.named(id, ref.text, view.day).filter(inside);
  const place = within ?? placeOfEntries(call, { id, register });
  const ofNumber = (entries: readonly EntryRow[]): EntryRow[] =>
    entries.filter((entry) => entry.register === id && entry.number === ref.text && alive(entry) && inside(entry));
  if (place && place.level === register.of) return ofNumber(county.entries.inUnit(id, place.id));
  const covered = ofNumber(county.entries.coveredBy(call.person.id));
  if (covered.length > 0) return covered;
  const home = place ?? homeOf(call);
  return home ? ofNumber(county.entries.of(id)).filter(({ unitId }) => view.isWithin(unitId, home.id)) : [];
}

/** Of several of one name: those one covers, else those of this group or of the units one holds. */
function nearest(call: KnownCall, entries: readonly EntryRow[]): readonly EntryRow[] {
  if (entries.length < 2) return entries;
  const { view, person, unit } = call;
  const covered = entries.filter(({ coverId }) => coverId === person.id);
  if (covered.length > 0) return covered;
  const held = new Set(view.postsOf(person.id).map(({ post }) => post.unitId));
  const own = entries.filter(({ unitId }) => held.has(unitId));
  if (own.length > 0) return own;
  const here = unit ? entries.filter(({ unitId }) => view.isWithin(unitId, unit.id)) : [];
  return here.length > 0 ? here : entries;
}

/** How an entry is called in sentences. */
export const labelOf = (entry: EntryRow, { register }: NamedRegister): string => entryLabel(entry, register.measure);
