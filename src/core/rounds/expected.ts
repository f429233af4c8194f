/** Who is expected to report in a round: written down when it opens, and frozen from then on. */
import type { County } from '../county.ts';
import type { Form } from '../playbook/index.ts';
import { entryPath, isAlive } from '../register/entry.ts';
import type { RosterView } from '../roster/view.ts';
import type { EntryRow, ObligationRow, PeriodId, UnitId } from '../rows/index.ts';
import { daysBetween } from '../time.ts';
import { dayOf } from './period.ts';
import { phaseOn } from './phase-on.ts';
import type { Round } from './rounds.ts';

type Expected = Omit<ObligationRow, 'id' | 'periodId'>;

/** Obligations of a form in a round; those of a form nobody owes come with its reports. */
export function expectedIn(form: Form, round: Round, county: County): Expected[] {
  if (!form.owed) return [];
  const day = dayOf(round);
  const view = county.view(day);
  const isOn = phaseOn(form, county, view);
  if ('level' in form.subject) {
    return view
      .units(form.subject.level)
      .filter(({ id }) => isOn(id))
      .map(({ id }) => unitSubject(view, id));
  }
  return county.entries
    .of(form.subject.register)
    .filter((entry) => isExpected(entry, form, round) && view.unit(entry.unitId) !== undefined && isOn(entry.unitId))
    .map((entry) => entrySubject(view, entry));
}

/** Whether an entry owes a form in a round. */
export function isExpected(entry: EntryRow, form: Form, round: Pick<Round, 'key' | 'rhythm'>): boolean {
  const day = dayOf(round);
  if (!('register' in form.subject) || entry.register !== form.subject.register) return false;
  if (!isAlive(entry, day) || !meets(entry, form.subject.where)) return false;
  const { every } = form;
  const age = daysBetween(entry.since, day);
  if (every.kind === 'nth') return every.days.includes(age + 1);
  if (every.kind === 'each') return age > 0 && age % every.each === 0;
  if (every.kind !== 'rhythm') return true;
  const own = every.rhythms[String(entry.values[every.by] ?? '')];
  return own === round.rhythm;
}

/** Whether an entry has one of the values asked for in each of some fields; a text may hold several words. */
export function meets(entry: Pick<EntryRow, 'values'>, where: Readonly<Record<string, readonly string[]>>): boolean {
  return Object.entries(where).every(([field, wanted]) => {
    const value = entry.values[field];
    if (value === undefined) return false;
    const words = String(value).split(/[\s、,]+/);
    return wanted.some((word) => words.includes(word));
  });
}

export function unitSubject(view: RosterView, id: UnitId): Expected {
  return { subjectId: id, path: view.path(id), chain: view.chain(id) };
}

export function entrySubject(view: RosterView, entry: EntryRow): Expected {
  return {
    subjectId: entry.id,
    path: entryPath(view.path(entry.unitId), entry),
    chain: [...view.chain(entry.unitId), entry.id],
  };
}

/** The row of an obligation. */
export function obligationRow(periodId: PeriodId, expected: Expected): ObligationRow {
  return { id: `${periodId}@${expected.subjectId}`, periodId, ...expected };
}
