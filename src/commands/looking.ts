/** Which unit a question is about, and whether this person may see it from here. */

import type { PeriodBook } from '../core/book.ts';
import { simplestLine } from '../core/form.ts';
import type { Form } from '../core/playbook/index.ts';
import { missingEntries } from '../core/register/missing.ts';
import type { Unit } from '../core/roster/view.ts';
import type { CivilDate } from '../core/time.ts';
import { formWords } from '../locales/forms.ts';
import { zh } from '../locales/zh-CN.ts';
import {
  answer,
  bookOf,
  type Call,
  type Found,
  formOf,
  isRefused,
  type KnownCall,
  periodIdOf,
  type Reads,
} from './command.ts';
import { loadAll, measureOf, namesNoForm } from './several.ts';
import { findUnit, homeOf, lineTyped } from './whom.ts';

export interface Looked {
  unit: Unit;
  book: PeriodBook;
}

/** The unit named, else the group's, else the highest one leads, else one's own grid; with the period asked for. */
export function lookedAt(call: KnownCall): Found<Looked> {
  const unit = unitAsked(call);
  if (isRefused(unit)) return unit;
  const { form } = formOf(call);
  const day = call.parsed.period ?? call.view.day;
  const book = bookOf(call);
  if (book?.unit(unit.found.id)) return { found: { unit: unit.found, book } };
  return { refused: answer(call, nothingToSee(unit.found, day, form, book !== undefined)) };
}

/** Why there is nothing to look at: nobody has said anything, nobody owes anything, or the period never was. */
function nothingToSee({ name }: Unit, day: CivilDate, form: Form, isOpen: boolean): string {
  if (!form.owed) return formWords.nothingSaid(name, day, form.name);
  if ('register' in form.subject || form.while) return formWords.nobodyOwes(name, day, form.name);
  return isOpen ? zh.noTable(name, day) : zh.noSuchPeriod(day, form.name, simplestLine(form));
}

/** The unit a question is about, if this person may see it from here. */
export function unitAsked(call: KnownCall): Found<Unit> {
  const { view, person, parsed, unit } = call;
  if (parsed.subject === null) {
    const own = unit ?? view.unitsAnsweredFor(person.id)[0] ?? view.gridsHeldBy(person.id)[0] ?? homeOf(call);
    return own ? { found: own } : { refused: answer(call, zh.noUnit('grid', null)) };
  }
  const named = findUnit(call, parsed.subject);
  if (isRefused(named)) return named;
  return maySee(call, named.found)
    ? named
    : { refused: answer(call, zh.notEntitled(zh.whoLeads(named.found.name), lineTyped(call))) };
}

/** In a group what lies below it; elsewhere what one answers for. */
function maySee({ view, person, unit }: KnownCall, target: Unit): boolean {
  if (unit && view.isWithin(target.id, unit.id)) return true;
  const line = [...view.ancestors(target.id), target];
  return line.some((each) => view.leads(person.id, each.id)) || view.mayReportFor(person.id, target.id) !== null;
}

/** Names of people stay at their level: shown in the village and its grids, and to their own people in private. */
export function maySeeNames({ view, unit, person }: KnownCall, target: Unit): boolean {
  if (unit !== null) return view.isWithin(unit.id, target.id);
  return view.postsOf(person.id).some(({ post }) => view.isWithin(post.unitId, target.id));
}

/** Names of entries, too, stay in their village: shown in its groups, and in private to those who hold a post there. */
export function maySeeEntries({ view, unit, person }: KnownCall, target: Unit): boolean {
  const places = unit ? [unit] : view.postsOf(person.id).flatMap(({ post }) => view.unit(post.unitId) ?? []);
  return places.some(
    ({ id, level }) =>
      level !== 'county' && level !== 'township' && (view.isWithin(id, target.id) || view.isWithin(target.id, id)),
  );
}

/** What is missing below a unit, in words, mentioning nobody. */
export function missingWords(call: KnownCall, { unit, book }: Looked, form: Form): string[] {
  const measure = measureOf(call, form);
  if (measure !== null) return missingLabels(call, { unit, book }, measure);
  const dues = book.due(unit.id) ? [book.due(unit.id)] : book.duesBelow(unit.id);
  if (dues.length > 0) {
    return dues.flatMap((due) => {
      if (due?.standing.state !== 'missing') return [];
      const id = due.obligation.subjectId;
      const holder = call.view.posts(id).find((post) => post.holder !== null)?.holder;
      const name = maySeeNames(call, unit) && holder ? [holder.name] : [];
      const tried = due.standing.unparsed ? [zh.hintUnparsed] : [];
      const hint = [...name, ...tried].join(',');
      return zh.missingGrid(book.unit(id)?.name ?? '', hint, '');
    });
  }
  return (book.unit(unit.id)?.children ?? []).flatMap((id) => {
    const { missing } = book.tally(id);
    return missing > 0 ? zh.gapMissing(book.unit(id)?.name ?? '', missing) : [];
  });
}

/** Entries by their names where those may be read, else how many they are in each unit below. */
function missingLabels(call: KnownCall, { unit, book }: Looked, measure: string): string[] {
  const isNear = unit.level !== 'county' && unit.level !== 'township';
  if (isNear && maySeeEntries(call, unit)) {
    const places = missingEntries(book, unit.id, call.county.entries, measure).map(({ unitId, entries }) => {
      const name = unitId === unit.id ? null : (book.unit(unitId)?.name ?? '');
      const labels = entries.map(({ label }) => label);
      return formWords.missing(name, labels, measure, '', '');
    });
    return [formWords.places(places)];
  }
  const below = (book.unit(unit.id)?.children ?? []).filter((id) => !book.due(id));
  if (below.length === 0) return [`${book.tally(unit.id).missing}${measure}`];
  return below.flatMap((id) => {
    const { missing } = book.tally(id);
    return missing > 0 ? `${book.unit(id)?.name ?? ''} ${missing}${measure}` : [];
  });
}

/** Whoever the roster knows may look. */
export const isKnown = ({ person }: Call): boolean => person !== null;

/** Brings the periods that were asked about into memory. */
export const loadPeriod = (call: Call, reads: Reads): Promise<void> | undefined =>
  namesNoForm(call) ? loadAll(call, reads) : reads.book(periodIdOf(call));
