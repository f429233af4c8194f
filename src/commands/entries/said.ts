/** What is answered to reports of entries: who was taken in with what, and how far their unit is. */
import { valuesText } from '../../core/form.ts';
import type { Due } from '../../core/frozen.ts';
import type { Form } from '../../core/playbook/index.ts';
import { againOf } from '../../core/register/again.ts';
import { dayOf, whenOf } from '../../core/rounds/period.ts';
import type { EntryRow, ObligationRow, ReportRow, UnitId } from '../../core/rows/index.ts';
import { bySending, type State, standingOf } from '../../core/standing.ts';
import { countsOf, emptyTally, ratioText } from '../../core/tally.ts';
import { clockText } from '../../core/time.ts';
import { entryWords } from '../../locales/entries.ts';
import { dayText } from '../../locales/zh-CN.ts';
import type { KnownCall } from '../command.ts';
import type { Place } from './period.ts';
import type { ReportAct } from './report.ts';
import { labelOf, type NamedRegister } from './resolve.ts';
import { sumText } from './unit.ts';

/** What came of one entry of a line. */
export interface Taken {
  entry: EntryRow;
  place: Place;
  row: ReportRow;
  /** The form of the period it goes into. */
  form: Form;
  /** As it was before. */
  due: Due | undefined;
}

/** One line per period and unit. */
export function said(call: KnownCall, named: NamedRegister, taken: readonly Taken[], act: ReportAct): string[] {
  const groups = new Map<string, Taken[]>();
  for (const one of taken) {
    const key = `${one.place.period.id} ${unitOf(one)}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].flatMap((ones) => {
    const [first] = ones;
    if (!first) return [];
    const { form, place } = first;
    return entryWords.taken[act]({
      unit: call.view.unit(first.entry.unitId)?.name ?? '',
      when: dayText(whenOf(place.period)),
      form: form.name,
      what: grouped(call, ones, named),
      late: act === 'report' && call.sentAt > place.period.dueAt && form.owed,
      ratio: form.owed ? ratioAfter(call, ones) : null,
      total: form.adds && act === 'report' && ones.length === 1 ? totalOf(first) : null,
    });
  });
}

/** Entries that were said the same of stand together: `12户、13户 无`. */
function grouped(call: KnownCall, ones: readonly Taken[], named: NamedRegister): string {
  const groups = new Map<string, string[]>();
  for (const one of ones) {
    const { row, form } = one;
    const what = row.kind === 'withdrawal' ? (form.adds ? entryWords.theLast : '') : valuesOf(one);
    const key = `${what}${marksOf(call, one)}`;
    groups.set(key, [...(groups.get(key) ?? []), labelOf(one.entry, named)]);
  }
  return [...groups].map(([what, labels]) => entryWords.these(labels, what)).join(';');
}

const valuesOf = ({ row, form }: Taken): string => valuesText(form, row.values) || entryWords.zero;

/** Which visit it is, whether another is due, and who had said something before. */
function marksOf(call: KnownCall, { row, form, due }: Taken): string {
  if (row.kind === 'withdrawal' || form.adds) return '';
  const isSweep = form.every.kind === 'sweep';
  const visit = isSweep && row.kind === 'report' ? visitsOf(due) + 1 : 1;
  const again = isSweep && againOf(form, row.values) !== null;
  const before = due?.standing.current ?? null;
  const other = before !== null && before.personId !== row.personId ? before : null;
  const who = other && (call.view.person(other.personId)?.name ?? '');
  return entryWords.marks({
    visit: visit > 1 ? visit : null,
    again,
    before: other && who !== null ? { name: who, at: clockText(other.sentAt), replaced: visit < 2 } : null,
  });
}

/** How often somebody was there, as far as it was not taken back. */
function visitsOf(due: Due | undefined): number {
  const versions = (due?.versions ?? []).toSorted(bySending);
  const since = versions.findLastIndex(({ kind }) => kind === 'withdrawal') + 1;
  return versions.slice(since).filter(({ kind }) => kind === 'report').length;
}

/** The unit an entry was counted in when its period opened. */
const unitOf = ({ entry, place: { book } }: Taken): UnitId => book?.chain(entry.id).at(-2) ?? entry.unitId;

/** What of the unit is in once these are, of what is owed there: as the book will have it. */
function ratioAfter(call: KnownCall, ones: readonly Taken[]): string {
  const [first] = ones;
  if (!first) return '';
  const { book, period } = first.place;
  const unitId = unitOf(first);
  const counts = countsOf(book?.tally(unitId) ?? emptyTally());
  const exemptionOf = (subjectId: string) => call.county.exemptionOn(period.form, subjectId, dayOf(period));
  const stateOfNew = (subjectId: string): State => (exemptionOf(subjectId) ? 'exempt' : 'missing');
  for (const { subjectId, chain } of openedWith(ones)) {
    if (!chain.includes(unitId)) continue;
    counts.expected += 1;
    counts[stateOfNew(subjectId)] += 1;
  }
  for (const { entry, due, row, form } of ones) {
    const before = due?.standing.state ?? stateOfNew(entry.id);
    const versions = [...(due?.versions ?? []), row];
    counts[before] -= 1;
    counts[standingOf(period, versions, due?.exemption ?? exemptionOf(entry.id), form).state] += 1;
  }
  return ratioText(counts);
}

/** Obligations that these reports bring with them, each once. */
function openedWith(ones: readonly Taken[]): Iterable<ObligationRow> {
  const rows = ones.flatMap(({ place }) =>
    place.opening.flatMap((write) => (write.table === 'obligation' ? write.row : [])),
  );
  return new Map(rows.map((row) => [row.id, row])).values();
}

/** Where reports add up: all that was said of an entry in its period, this report included. */
function totalOf({ due, row, form }: Taken): string | null {
  const before = due?.standing.current?.values;
  return before ? sumText(form, before, row.values) : null;
}
