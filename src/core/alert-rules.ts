/** Thresholds over what was reported: which of them a report has passed, and what is told of it. */
import type { PeriodBook } from './book.ts';
import type { County } from './county.ts';
import { optionId } from './figures.ts';
import { type Alert, LEVELS, type Playbook } from './playbook/index.ts';
import { dayOf } from './rounds/period.ts';
import type { AlertRow, SubjectId, UnitId } from './rows/index.ts';
import { addDays, type CivilDate } from './time.ts';

/** A rule with the id it has in its playbook. */
export interface NamedAlert {
  id: string;
  alert: Alert;
}

/** A threshold that is passed in an area. */
export interface Passed extends NamedAlert {
  unitId: UnitId;
  day: CivilDate;
  /** What was counted, or the sum. */
  value: number;
}

const NONE: readonly NamedAlert[] = [];
const byForm = new WeakMap<Playbook, ReadonlyMap<string, readonly NamedAlert[]>>();

/** The rules over a form's fields. */
export function rulesOf(playbook: Playbook, formId: string): readonly NamedAlert[] {
  let rules = byForm.get(playbook);
  if (!rules) {
    const made = new Map<string, NamedAlert[]>();
    for (const [id, alert] of Object.entries(playbook.alerts)) {
      made.set(alert.form, [...(made.get(alert.form) ?? []), { id, alert }]);
    }
    rules = made;
    byForm.set(playbook, rules);
  }
  return rules.get(formId) ?? NONE;
}

/** The thresholds that hold for a report's subject now that it is in. */
export function passedBy(county: County, playbook: Playbook, book: PeriodBook, subject: SubjectId): Passed[] {
  const rules = rulesOf(playbook, book.period.form);
  if (rules.length === 0) return [];
  const chain = book.chain(subject);
  const day = dayOf(book.period);
  return rules.flatMap((rule) => {
    const unitId = chain[LEVELS.indexOf(rule.alert.in)];
    if (unitId === undefined) return [];
    const value = valueIn(county, rule.alert, unitId, day);
    return value >= rule.alert.atLeast ? { ...rule, unitId, day, value } : [];
  });
}

/** What a rule counts or sums up in an area, over its days up to one. */
export function valueIn(county: County, alert: Alert, unitId: UnitId, day: CivilDate): number {
  const first = addDays(day, 1 - alert.days);
  let value = 0;
  for (const book of county.books()) {
    const on = dayOf(book.period);
    if (book.period.form === alert.form && on >= first && on <= day) value += valueInBook(book, alert, unitId);
  }
  return value;
}

function valueInBook(book: PeriodBook, alert: Alert, unitId: UnitId): number {
  const { field, is, above, below } = alert;
  const { sums } = book.tally(unitId);
  if (typeof is === 'string') return sums.get(optionId(field, is))?.sum ?? 0;
  if (typeof is === 'boolean') {
    const { sum = 0, given = 0 } = sums.get(field) ?? {};
    return is ? sum : given - sum;
  }
  if (above === undefined && below === undefined && sums.has(field)) return sums.get(field)?.sum ?? 0;
  return readingsBeyond(book, alert, unitId);
}

/** Readings beyond the bounds below a unit; without bounds what they sum up to. Walks the area alone. */
function readingsBeyond(book: PeriodBook, alert: Alert, unitId: UnitId): number {
  const { field, above = Number.POSITIVE_INFINITY, below = Number.NEGATIVE_INFINITY } = alert;
  const isBounded = alert.above !== undefined || alert.below !== undefined;
  let value = 0;
  const reading = book.due(unitId)?.standing.current?.values[field];
  if (typeof reading === 'number') value += isBounded ? Number(reading > above || reading < below) : reading;
  for (const child of book.unit(unitId)?.children ?? []) value += readingsBeyond(book, alert, child);
  return value;
}

export const alertId = (rule: string, unitId: UnitId, day: CivilDate): string => `${rule}@${unitId}@${day}`;

/** The units of the told levels on the chain an area stands in, the lowest first; no level below the area is one. */
export function toldUnits(chain: readonly UnitId[], alert: Alert): UnitId[] {
  return [...LEVELS]
    .reverse()
    .filter((level) => alert.tell.includes(level))
    .flatMap((level) => chain[LEVELS.indexOf(level)] ?? []);
}

/** The next short number of a day. */
export function nextNumber(alerts: readonly AlertRow[]): number {
  return Math.max(0, ...alerts.map(({ number }) => number)) + 1;
}
