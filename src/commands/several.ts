/** Questions that name no form, where there are several: what of each form concerns a unit, the main form first. */
import type { PeriodBook } from '../core/book.ts';
import type { Form } from '../core/playbook/index.ts';
import { isEnded } from '../core/rounds/ended.ts';
import { keyHolding } from '../core/rounds/holding.ts';
import { dayOf } from '../core/rounds/period.ts';
import type { UnitId } from '../core/rows/index.ts';
import type { CivilDate } from '../core/time.ts';
import type { Call, Reads } from './command.ts';

/** Whether a line leaves open which of several forms it is about. */
export function namesNoForm({ parsed, playbook }: Pick<Call, 'parsed' | 'playbook'>): boolean {
  return !parsed.formNamed && Object.keys(playbook.forms).length > 1;
}

/** Which forms are asked about: those somebody owes, or also those that are said as they come. */
export type Which = 'owed' | 'all';

/**
 * The periods of all forms that hold the day asked about and are that day's or still open, of those in which something
 * is owed at or below a unit. A form whose entries have rhythms of their own may have several.
 */
export function booksHere(call: Call, unitId: UnitId, which: Which = 'owed'): PeriodBook[] {
  const { parsed, view } = call;
  return goingOn(call, parsed.period ?? view.day)
    .filter((book) => which === 'all' || formOfBookHere(call, book).owed)
    .filter((book) => book.tally(unitId).expected > 0);
}

/** The periods of all forms that are today's or still open, the main form's first. */
export const booksOfToday = (call: Call): PeriodBook[] => goingOn(call, call.view.day);

function goingOn({ county, playbook, now }: Call, day: CivilDate): PeriodBook[] {
  return Object.keys(playbook.forms).flatMap((id) =>
    county
      .holding(id, day, now)
      .filter(({ period }) => dayOf(period) === day || now < period.locksAt)
      .filter(({ period }) => !isEnded(county, period.id)),
  );
}

/** The form a period is read under. */
export function formOfBookHere({ playbook }: Pick<Call, 'playbook'>, book: PeriodBook): Form {
  const form = book.form ?? playbook.forms[book.period.form];
  if (!form) throw new Error(`no form ${book.period.form} in playbook ${playbook.id}`);
  return form;
}

/** How the entries of a form's register are counted; null where its subjects are units. */
export function measureOf({ playbook }: Pick<Call, 'playbook'>, { subject }: Form): string | null {
  return 'register' in subject ? (playbook.registers[subject.register]?.measure ?? '') : null;
}

/**
 * Brings the periods of all forms that hold the day asked about into memory. Of today only those that began long ago
 * can be missing there.
 */
export function loadAll(call: Call, reads: Reads): Promise<void> | undefined {
  const { playbook, parsed, view, now } = call;
  const day = parsed.period ?? view.day;
  const waits = Object.entries(playbook.forms).flatMap(([id, form]) => {
    const goesOn = ['week', 'month', 'rhythm'].includes(form.every.kind);
    if (day === view.day && !goesOn) return [];
    return reads.book(`${id}@${keyHolding(form, day, now)}`) ?? [];
  });
  return waits.length > 0 ? Promise.all(waits).then(() => undefined) : undefined;
}
