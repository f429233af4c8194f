/** Whom a line means, and by what right its sender speaks of them. */
import type { EntryRef, EntrySaid } from '../../core/grammar/types.ts';
import type { Register } from '../../core/playbook/index.ts';
import { entryLabel, isAlive } from '../../core/register/entry.ts';
import type { Unit } from '../../core/roster/view.ts';
import type { EntryRow, UnitId } from '../../core/rows/index.ts';
import { addDays, type CivilDate } from '../../core/time.ts';
import { entryWords } from '../../locales/entries.ts';
import type { KnownCall } from '../command.ts';
import { homeOf } from '../whom.ts';
import { lineAbout } from './lines.ts';
import { isFromHere, isPlaceForEntry, villageOf } from './places.ts';

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
  // Whoever holds several posts of one unit holds one unit.
  const held = view.unitsHeldBy(person.id, register.of);
  const [own] = held;
  return held.length === 1 && own && (!unit || view.isWithin(own.id, unit.id)) ? own : null;
}

/** What is asked for: some entries of a register, said together, within a unit where the line names one. */
interface Asked {
  named: NamedRegister;
  said: EntrySaid;
  within: Unit | null;
}

/** Entries by what they are called in a line; one problem for each that is not clear. */
export function resolve(call: KnownCall, named: NamedRegister, said: EntrySaid, within: Unit | null): Resolved[] {
  if (said.refs.length === 0) return [ownOf(call, named)];
  return said.refs.map((ref) => resolveOne(call, { named, said, within }, ref));
}

/** The one entry of a register that somebody covers. */
function ownOf(call: KnownCall, { id, register }: NamedRegister): Resolved {
  const own = call.county.entries
    .coveredBy(call.person.id)
    .filter((entry) => entry.register === id && isAlive(entry, call.view.day));
  const [only] = own;
  if (own.length !== 1 || !only) return { problem: entryWords.nameIt(register.name) };
  const village = villageOf(call, only.unitId);
  return isPlaceForEntry(call, only) ? { entry: only } : { problem: entryWords.elsewhere(village?.name ?? null) };
}

function resolveOne(call: KnownCall, asked: Asked, ref: EntryRef): Resolved {
  const { named, said } = asked;
  const { register } = named;
  const candidates = candidatesOf(call, asked, ref);
  const allowed = candidates.filter((entry) => mayReportOf(call, entry));
  const near = nearest(call, allowed);
  const [only] = near;
  if (only && near.length === 1) {
    const village = villageOf(call, only.unitId);
    return isPlaceForEntry(call, only) ? { entry: only } : { problem: entryWords.elsewhere(village?.name ?? null) };
  }
  const called = ref.kind === 'number' ? `${ref.text}${register.measure}` : ref.text;
  if (only) {
    const lines = near.map((entry) => lineAbout(call, named, said, ref, entry));
    return { problem: entryWords.several(called, [...new Set(lines)]) };
  }
  // Who is in a register elsewhere is nobody's business here.
  if (candidates.some((entry) => isFromHere(call, entry))) return { problem: entryWords.notYours(called) };
  const send = register.add ? `/${register.add.aliases[0]} ${called}` : null;
  return { problem: entryWords.unknown(called, register.name, send) };
}

/** Entries of that name or number: those looked after on the day meant, else those of today or of the day before. */
function candidatesOf(call: KnownCall, asked: Asked, ref: EntryRef): EntryRow[] {
  const { view, parsed } = call;
  const day = parsed.period ?? view.day;
  const isReport = ['report', 'correct', 'withdraw'].includes(parsed.command);
  // What ended at midnight is still reported of in the round that began before.
  const days = isReport ? [day, view.day, addDays(day, -1)] : [view.day];
  for (const each of days) {
    const found = candidatesOn(call, asked, ref, each);
    if (found.length > 0) return found;
  }
  return [];
}

function candidatesOn(call: KnownCall, { named, within }: Asked, ref: EntryRef, day: CivilDate): EntryRow[] {
  const { id, register } = named;
  const { view, county } = call;
  const inside = (entry: EntryRow): boolean => within === null || view.isWithin(entry.unitId, within.id);
  if (ref.kind === 'name') return county.entries.named(id, ref.text, day).filter(inside);
  const place = within ?? placeOfEntries(call, named);
  const ofNumber = (entries: readonly EntryRow[]): EntryRow[] =>
    entries.filter(
      (entry) => entry.register === id && entry.number === ref.text && isAlive(entry, day) && inside(entry),
    );
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
