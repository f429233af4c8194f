/**
 * What importing a register's table would change. Nothing is deleted: what is gone from a unit in the table ends on the
 * effective day, what is new in it begins on it, and importing the same table again changes nothing. Units that are not
 * in the table stay as they are, and so does what it has no column for or leaves blank.
 */

import type { Values } from '../../playbook/index.ts';
import type { SheetRow } from '../../roster/table.ts';
import type { RosterView } from '../../roster/view.ts';
import { type EntryEventRow, type EntryRow, put, type UnitId, type Write } from '../../rows/index.ts';
import { addDays, type CivilDate, type Instant } from '../../time.ts';
import type { RegisterTarget } from '../below.ts';
import type { Entries } from '../entries.ts';
import { HEADS } from './columns.ts';
import { isOpen, type Matched, matchRows } from './match.ts';
import { type PlannedEntry, problem, type RegisterProblem } from './problem.ts';
import { readTable } from './read.ts';

export type { RegisterTarget } from '../below.ts';
export type { RegisterProblem, RegisterProblemCode } from './problem.ts';

/** One change, for people to look at first. */
export interface EntryChange {
  kind: 'added' | 'changed' | 'ended';
  /** As it was; null for a new one. */
  before: EntryRow | null;
  after: EntryRow;
}

/** What an import would write, and the same told for people to look at first. */
export interface RegisterChange {
  effective: CivilDate;
  writes: Write[];
  changes: EntryChange[];
  /** Entries that are as the table says. */
  same: number;
  /** Units that are in the table. */
  units: number;
  /** Heads of columns that were not taken in. */
  unknown: string[];
}

export type RegisterPlan = { ok: true; change: RegisterChange } | { ok: false; problems: RegisterProblem[] };

export interface ImportOptions {
  /** From this day on the register is what the table says. */
  effective: CivilDate;
  now: Instant;
  /** Gives an id never used before; called once for each new entry. */
  newId: () => string;
  /** Names this import, unlike any other. */
  token: string;
}

/**
 * Compares a table with a register and says what to write so that from `effective` on the units in it hold what it says;
 * what is known of an entry changes at once. Either every row is good, or there are problems, all of them.
 * @param facts the entries there are, and the roster in which units and people are looked for
 */
export function planRegister(
  sheet: readonly SheetRow[],
  target: RegisterTarget,
  facts: { entries: Entries; view: RosterView },
  options: ImportOptions,
): RegisterPlan {
  const { view, entries } = facts;
  const reading = readTable(sheet, target, { view, today: view.day });
  const problems = [...reading.problems];
  const changes: EntryChange[] = [];
  const units = byUnit(reading.entries);
  let same = 0;
  for (const [unitId, planned] of units) {
    const known = entries.inUnit(target.id, unitId);
    const result = matchRows(planned, known, target, options.effective);
    problems.push(...result.problems);
    for (const matched of result.matched) {
      const outcome = rowOf(matched, target, options);
      if ('code' in outcome) problems.push(outcome);
      else if (matched.entry && isSame(matched.entry, outcome.after)) same += 1;
      else changes.push(outcome);
    }
    const kept = new Set(result.matched.map(({ entry }) => entry?.id));
    for (const entry of known) {
      if (kept.has(entry.id) || !isOpen(entry, options.effective)) continue;
      changes.push({ kind: 'ended', before: entry, after: { ...entry, until: options.effective } });
    }
  }
  if (problems.length > 0) return { ok: false, problems: problems.sort((a, b) => a.row - b.row) };
  const writes = changes.flatMap((change) => [put('entry', change.after), put('entryEvent', eventOf(change, options))]);
  const { unknown } = reading;
  return { ok: true, change: { effective: options.effective, writes, changes, same, units: units.size, unknown } };
}

function byUnit(planned: readonly PlannedEntry[]): Map<UnitId, PlannedEntry[]> {
  const units = new Map<UnitId, PlannedEntry[]>();
  for (const row of planned) {
    const rows = units.get(row.unitId) ?? [];
    rows.push(row);
    units.set(row.unitId, rows);
  }
  return units;
}

/** The entry as the table has it. */
function rowOf(
  { planned, number, entry }: Matched,
  { id, register }: RegisterTarget,
  { effective, newId }: ImportOptions,
): EntryChange | RegisterProblem {
  const { row, name, coverId } = planned;
  const values = valuesAfter(entry?.values ?? {}, planned.values);
  const required = Object.entries(register.fields).find(
    ([field, each]) => each.required && values[field] === undefined,
  );
  if (required) return problem(row, required[1].name, 'required');
  const isNew = entry === null || !isOpen(entry, effective);
  const since = planned.since ?? sinceOf(entry, effective);
  const until = endOf(entry, since, isNew, register.lasts);
  // Who was let go on the last of their days is not taken in again by the table that first named them.
  if (entry && until !== null && until === entry.until && !isOpen(entry, effective)) {
    return { kind: 'changed', before: entry, after: entry };
  }
  if (until !== null && until <= effective && register.lasts !== undefined) {
    return problem(row, HEADS.since, 'over', { days: String(register.lasts), since });
  }
  const known = { id: entry?.id ?? `${id}#${newId()}`, register: id, unitId: planned.unitId, erasedAt: null };
  const cover = coverId === undefined ? (entry?.coverId ?? null) : coverId;
  const after: EntryRow = { ...known, number, name: name || (entry?.name ?? ''), values, coverId: cover, since, until };
  return { kind: isNew ? 'added' : 'changed', before: entry, after };
}

/** What had ended on the effective day itself is taken up as if it had not; what was to begin later begins now. */
function sinceOf(entry: EntryRow | null, effective: CivilDate): CivilDate {
  if (entry === null || entry.since > effective) return effective;
  return entry.until === null || entry.until >= effective ? entry.since : effective;
}

function endOf(entry: EntryRow | null, since: CivilDate, isNew: boolean, lasts: number | undefined): CivilDate | null {
  if (entry !== null && !isNew && entry.since === since) return entry.until;
  return lasts === undefined ? null : addDays(since, lasts);
}

function valuesAfter(before: Values, said: PlannedEntry['values']): Values {
  const after = { ...before };
  for (const [field, value] of Object.entries(said)) {
    if (value === null) delete after[field];
    else after[field] = value;
  }
  return after;
}

/** The fields whose values are not what they were. */
export function changedFields({ before, after }: EntryChange): string[] {
  const fields = new Set([...Object.keys(before?.values ?? {}), ...Object.keys(after.values)]);
  return [...fields].filter((field) => before?.values[field] !== after.values[field]);
}

function isSame(before: EntryRow, after: EntryRow): boolean {
  return (
    before.number === after.number &&
    before.name === after.name &&
    before.coverId === after.coverId &&
    before.since === after.since &&
    before.until === after.until &&
    changedFields({ kind: 'changed', before, after }).length === 0
  );
}

function eventOf(change: EntryChange, { now, token }: ImportOptions): EntryEventRow {
  const { after } = change;
  const said = changedFields(change).flatMap((field) => {
    const value = after.values[field];
    return value === undefined ? [] : [[field, value] as const];
  });
  return {
    id: `${after.id}#${token}`,
    entryId: after.id,
    kind: change.kind === 'ended' ? 'ended' : 'imported',
    values: Object.fromEntries(said),
    note: null,
    personId: null,
    at: now,
    message: null,
  };
}
