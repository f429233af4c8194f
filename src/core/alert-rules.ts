/**
 * Which thresholds of a playbook are passed, from the books in memory. A figure that tables sum up anyway is asked of
 * the tallies; for all else the area's own subtree is walked, never the county.
 */
import type { PeriodBook } from './book.ts';
import type { County } from './county.ts';
import { columnsOf, optionId } from './figures.ts';
import { partsOf } from './obligation-id.ts';
import type { Alert, Form, Playbook, Value } from './playbook/index.ts';
import type { RosterView } from './roster/view.ts';
import { dayOf } from './rounds/period.ts';
import type { ObligationId, UnitId } from './rows/index.ts';
import { addDays, type CivilDate } from './time.ts';

export interface Rule {
  id: string;
  alert: Alert;
}

/** The rules of each form that has any. */
export type Rules = ReadonlyMap<string, readonly Rule[]>;

/** A threshold that is passed: where, over the days up to which one, and by how much. */
export interface Passed {
  rule: Rule;
  unitId: UnitId;
  day: CivilDate;
  value: number;
}

export function rulesByForm(alerts: Playbook['alerts']): Rules {
  const rules = new Map<string, Rule[]>();
  for (const [id, alert] of Object.entries(alerts)) {
    rules.set(alert.form, [...(rules.get(alert.form) ?? []), { id, alert }]);
  }
  return rules;
}

/**
 * The thresholds that are passed where these obligations lie, each once however many of them lie there. An area that
 * is not in `view` any more is left out: nobody answers for it.
 */
export function passedAround(
  county: County,
  rules: Rules,
  obligations: readonly ObligationId[],
  view: RosterView,
): Passed[] {
  const seen = new Set<string>();
  const passed: Passed[] = [];
  for (const id of obligations) {
    const { period, subject } = partsOf(id);
    const book = county.book(period);
    if (!book) continue;
    const day = dayOf(book.period);
    for (const rule of rules.get(book.period.form) ?? []) {
      const unitId = book.chain(subject).find((each) => view.unit(each)?.level === rule.alert.in);
      const key = `${rule.id}@${unitId}@${day}`;
      if (unitId === undefined || seen.has(key)) continue;
      seen.add(key);
      const value = figureOf(county, rule.alert, unitId, day);
      if (value >= rule.alert.atLeast) passed.push({ rule, unitId, day, value });
    }
  }
  return passed;
}

/**
 * How many obligations of an area match, or the sum of the field where nothing narrows it, over the periods of the last
 * days up to and including `day`. Thousandths are the finest: sums of readings are not exact.
 */
export function figureOf(county: County, alert: Alert, unitId: UnitId, day: CivilDate): number {
  const since = addDays(day, 1 - alert.days);
  let figure = 0;
  for (const book of county.books()) {
    if (book.period.form !== alert.form) continue;
    const on = dayOf(book.period);
    if (since <= on && on <= day) figure += figureIn(book, alert, unitId);
  }
  return Math.round(figure * 1_000) / 1_000;
}

function figureIn(book: PeriodBook, alert: Alert, unitId: UnitId): number {
  const column = book.form && columnOf(alert, book.form);
  return column ? (book.tally(unitId).sums.get(column)?.sum ?? 0) : walked(book, alert, unitId);
}

/** The column of the form's tables that says the figure, if one does. */
function columnOf({ field, is, above, below }: Alert, form: Form): string | null {
  if (is === false || above !== undefined || below !== undefined) return null;
  const id = typeof is === 'string' ? optionId(field, is) : field;
  return columnsOf(form).some((column) => column.id === id && column.kind === 'sum') ? id : null;
}

function walked(book: PeriodBook, alert: Alert, unitId: UnitId): number {
  let figure = weightOf(alert, book.due(unitId)?.standing.current?.values[alert.field]);
  for (const child of book.unit(unitId)?.children ?? []) figure += walked(book, alert, child);
  return figure;
}

/** What one value adds to the figure. */
function weightOf(alert: Alert, value: Value | undefined): number {
  if (isNarrowed(alert)) return value !== undefined && isBeyond(alert, value) ? 1 : 0;
  return typeof value === 'number' ? value : 0;
}

/** Whether a rule looks out for single values, and not for what they sum up to. */
export const isNarrowed = ({ is, above, below }: Alert): boolean =>
  is !== undefined || above !== undefined || below !== undefined;

/** Whether one value is what a rule looks out for; of a rule that looks at sums none is. */
export function isBeyond({ is, above, below }: Alert, value: Value): boolean {
  if (is !== undefined) return value === is;
  if (typeof value !== 'number') return false;
  return (above !== undefined && value > above) || (below !== undefined && value < below);
}
