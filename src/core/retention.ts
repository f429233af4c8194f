/**
 * Whose time is over. Each register and each form of a playbook declares how many days it keeps what names somebody;
 * nothing is erased before they have gone by, and what declares none is kept. The playbook in force says how long; a form
 * that it no longer has is kept as its last version said.
 */
import { type Form, formOfSource, type Playbook, type Register } from './playbook/index.ts';
import type { EntryRow, SpecRow } from './rows/index.ts';
import { addDays, type CivilDate, civilDateOf, DAY, daysBetween, HOUR, type Instant, startOfDay } from './time.ts';

/** Entries erased at once at most, and the days for which they were looked after: of each day there are some reports. */
const MOST_ENTRIES = 200;
const MOST_DAYS = 6_000;

/** The hours in which it is done, and those in which it never is: then everybody reports. Of civil time. */
const NIGHT = { from: 3 * HOUR, until: 6 * HOUR };
const EVENING = { from: 16 * HOUR, until: 21 * HOUR };

/** What a declaration says of its entries or periods. */
type Keeping = Pick<Register, 'keep'>;

/** Whether an entry was let go so long ago that what names it must go; an erased one has nothing left. */
export function isEntryOver({ until, erasedAt }: EntryRow, { keep }: Keeping, today: CivilDate): boolean {
  return erasedAt === null && until !== null && keep !== undefined && addDays(until, keep) <= today;
}

/** Those of a register's entries whose time is over, as many as are erased at once: those that ended first first. */
export function entriesOver(entries: readonly EntryRow[], register: Keeping, today: CivilDate): EntryRow[] {
  const over = entries.filter((entry) => isEntryOver(entry, register, today));
  over.sort((a, b) => compare(a.until ?? '', b.until ?? '') || compare(a.id, b.id));
  const portion: EntryRow[] = [];
  let days = 0;
  for (const entry of over.slice(0, MOST_ENTRIES)) {
    days += entry.until === null ? 0 : Math.max(1, daysBetween(entry.since, entry.until));
    if (portion.length > 0 && days > MOST_DAYS) break;
    portion.push(entry);
  }
  return portion;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * Form id → days after a period's lock; only forms that declare them.
 * @param last the last version of each form there ever was
 */
export function formsKept(forms: Playbook['forms'], last: ReadonlyMap<string, Form>): Map<string, number> {
  const kept = new Map<string, number>();
  for (const [id, { keep }] of [...last, ...Object.entries(forms)]) {
    if (keep === undefined) kept.delete(id);
    else kept.set(id, keep);
  }
  return kept;
}

/** The forms whose reports are, or ever were, of entries of a register. */
export function formsAbout(register: string, forms: Playbook['forms'], specs: Iterable<SpecRow>): string[] {
  const isAbout = (form: Form | null): boolean =>
    form !== null && 'register' in form.subject && form.subject.register === register;
  const found = new Set(Object.keys(forms).filter((id) => isAbout(forms[id] ?? null)));
  for (const { form, source } of specs) if (isAbout(formOfSource(source))) found.add(form);
  return [...found];
}

/** How far the periods of a form have been gone through, in the order in which they locked. */
export interface Reached {
  locksAt: Instant;
  /** The period that was gone through last. */
  period: string;
  /** The last version of it that was; empty where all were. */
  report: string;
}

export const FROM_THE_FIRST: Reached = { locksAt: Number.MIN_SAFE_INTEGER, period: '', report: '' };

/** What is said late of a period is said within a month of it. */
const LATE = 32 * DAY;

/** Where the next night begins: what was said late since must go too. */
export function reachedAgain(reached: Reached, now: Instant): Reached {
  const from = now - LATE;
  return reached.locksAt < from ? reached : { locksAt: from, period: '', report: '' };
}

/** The last moment at which a period may have locked for its time to be over. */
export const lockedBy = (keep: number, now: Instant): Instant => now - keep * DAY;

/**
 * When to look for what is over: once a night. A machine that is off at night does it as soon as two nights have gone by
 * without, but not in the evening.
 * @param doneOn the last night in which all was done; null before the first
 */
export function nextErasure(doneOn: CivilDate | null, now: Instant): Instant {
  const today = civilDateOf(now);
  const midnight = startOfDay(today);
  const tonight = midnight + NIGHT.from;
  if (doneOn !== null && doneOn >= today) return startOfDay(addDays(doneOn, 1)) + NIGHT.from;
  if (now < midnight + NIGHT.until) return Math.max(tonight, now);
  const nextNight = startOfDay(addDays(today, 1)) + NIGHT.from;
  if (doneOn === null || daysBetween(doneOn, today) < 2) return nextNight;
  const isEvening = now >= midnight + EVENING.from && now < midnight + EVENING.until;
  return isEvening ? midnight + EVENING.until : now;
}
