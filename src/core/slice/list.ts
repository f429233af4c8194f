/**
 * A unit's slice of a register on one day: its entries, with the fields that were declared, and what was read of them in
 * each session. Nothing else gets in: words that came with a reading stay where they were said.
 */
import { isBeyond, isNarrowed } from '../alert-rules.ts';
import type { PeriodBook } from '../book.ts';
import type { County } from '../county.ts';
import { formOfBook } from '../form.ts';
import type { Alert, Field, Form, Register, Slice, Values } from '../playbook/index.ts';
import { entryLabel } from '../register/entry.ts';
import type { RosterView } from '../roster/view.ts';
import { dayOf } from '../rounds/period.ts';
import type { EntryRow, UnitId } from '../rows/index.ts';
import { type Counts, countsOfOne } from '../tally.ts';
import type { CivilDate, Instant } from '../time.ts';
import { entriesWithin } from './entries.ts';

/** A field with the id it has in its form or register. */
export interface NamedField {
  id: string;
  field: Field;
}

/** What was said of one entry in one session. */
export interface Reading {
  values: Values;
  sentAt: Instant;
  /** Who said it. */
  by: string;
  /** Fields whose value is beyond what an alert of the playbook looks out for. */
  beyond: ReadonlySet<string>;
}

export interface SliceSession {
  /** 早, 晚; null where the day has one. */
  label: string | null;
  fields: readonly NamedField[];
  counts: Counts;
  /** Readings of which something is beyond bounds. */
  beyond: number;
}

export interface SliceRow {
  /** Names of the units the entry stands in, by level. */
  township: string | null;
  village: string | null;
  grid: string | null;
  label: string;
  values: Values;
  /** One for each session; null where nothing is in. */
  readings: (Reading | null)[];
}

export interface SliceList {
  name: string;
  unitName: string;
  day: CivilDate;
  /** The moment whose facts it shows; UTC ms. */
  asOf: Instant;
  register: { name: string; measure: string };
  /** It is of a unit above the townships, whose names it needs. */
  wide: boolean;
  /** Whether the playbook says what is beyond bounds. */
  bounded: boolean;
  fields: readonly NamedField[];
  sessions: readonly SliceSession[];
  rows: readonly SliceRow[];
}

export interface SliceFacts {
  county: County;
  forms: ReadonlyMap<string, Form>;
  registers: ReadonlyMap<string, Register>;
  alerts: ReadonlyMap<string, Alert>;
  now: Instant;
}

/** Null where there is nobody to tell of, or the playbook does not know the form any more. */
export function sliceList(slice: Slice, unitId: UnitId, day: CivilDate, facts: SliceFacts): SliceList | null {
  const { county, forms, registers, now } = facts;
  const form = forms.get(slice.form);
  const register = form && 'register' in form.subject ? registers.get(form.subject.register) : undefined;
  const unit = county.view(day).unit(unitId);
  if (!form || !register || !unit) return null;
  const entries = entriesWithin(county, form, unitId, day);
  if (entries.length === 0) return null;
  const alerts = [...facts.alerts.values()].filter((alert) => alert.form === slice.form && isNarrowed(alert));
  const sessions = county
    .books()
    .filter(({ period }) => period.form === slice.form && dayOf(period) === day)
    .sort((a, b) => a.period.opensAt - b.period.opensAt)
    .map((book) => sessionOf(book, formOfBook(book, forms) ?? form, entries, alerts, county.viewAt(now)));
  return {
    name: slice.name,
    unitName: unit.name,
    day,
    asOf: now,
    register: { name: register.name, measure: register.measure },
    wide: unit.level === 'county',
    bounded: alerts.length > 0,
    fields: slice.fields.flatMap((id) => named(id, register.fields[id])),
    sessions: sessions.map(({ session }) => session),
    rows: entries.map((entry) => ({
      ...placeOf(entry, day, county),
      label: entryLabel(entry, register.measure),
      values: declared(entry, slice),
      readings: sessions.map(({ readings }) => readings.get(entry.id) ?? null),
    })),
  };
}

const named = (id: string, field: Field | undefined): NamedField[] => (field ? [{ id, field }] : []);

function declared({ values }: EntryRow, { fields }: Slice): Values {
  return Object.fromEntries(Object.entries(values).filter(([id]) => fields.includes(id)));
}

function placeOf(
  { unitId }: EntryRow,
  day: CivilDate,
  county: County,
): Pick<SliceRow, 'township' | 'village' | 'grid'> {
  const view = county.view(day);
  const line = [...view.ancestors(unitId), view.unit(unitId)];
  const nameAt = (level: string): string | null => line.find((unit) => unit?.level === level)?.name ?? null;
  return { township: nameAt('township'), village: nameAt('village'), grid: nameAt('grid') };
}

/** Kinds of fields that are readings; words, people and plates are not. */
const READINGS: readonly Field['type'][] = ['count', 'number', 'choice', 'yesno', 'date'];

function sessionOf(
  book: PeriodBook,
  form: Form,
  entries: readonly EntryRow[],
  alerts: readonly Alert[],
  view: RosterView,
): { session: SliceSession; readings: ReadonlyMap<string, Reading> } {
  const fields = Object.entries(form.fields)
    .filter(([, { type }]) => READINGS.includes(type))
    .map(([id, field]) => ({ id, field }));
  const counts: Counts = { expected: 0, reported: 0, late: 0, exempt: 0, missing: 0 };
  const readings = new Map<string, Reading>();
  for (const { id } of entries) {
    const standing = book.due(id)?.standing;
    if (!standing) continue;
    const one = countsOfOne(standing.state);
    for (const key of Object.keys(counts) as (keyof Counts)[]) counts[key] += one[key];
    if (!standing.current) continue;
    const { values, sentAt, personId } = standing.current;
    const passed = alerts.filter(({ field }) => values[field] !== undefined).filter((alert) => beyond(alert, values));
    readings.set(id, {
      values: Object.fromEntries(fields.flatMap((each) => given(each.id, values))),
      sentAt,
      by: view.person(personId)?.name ?? '',
      beyond: new Set(passed.map(({ field }) => field)),
    });
  }
  const outside = [...readings.values()].filter((reading) => reading.beyond.size > 0).length;
  return { session: { label: book.period.label, fields, counts, beyond: outside }, readings };
}

function beyond(alert: Alert, values: Values): boolean {
  const value = values[alert.field];
  return value !== undefined && isBeyond(alert, value);
}

function given(id: string, values: Values): [string, Values[string]][] {
  const value = values[id];
  return value === undefined ? [] : [[id, value]];
}
