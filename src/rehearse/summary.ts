/** The counts at the end of a rehearsal. */
import type { App } from '../app.ts';
import { type Form, LEVELS, type Playbook } from '../core/playbook/index.ts';
import { roundsOn } from '../core/rounds/rounds.ts';
import type { PeriodKey } from '../core/rows/index.ts';
import { type Counts, countsOf } from '../core/tally.ts';
import { addDays, type CivilDate, civilDateOf, type Instant } from '../core/time.ts';
import type { Store } from '../store/store.ts';

/** The five counts of the county, and of every unit below it by its path. */
export type PeriodSummary = Counts & { units: Record<string, Counts> };

export interface Summary {
  /** Form id → period key → counts; forms without a single period are left out. */
  forms: Record<string, Record<string, PeriodSummary>>;
  /** Messages given up, or still waiting at the end. */
  undelivered: number;
}

/** Counts every period that was opened between two moments. */
export async function summaryOf(
  app: App,
  store: Store,
  playbook: Pick<Playbook, 'forms'>,
  start: Instant,
  end: Instant,
): Promise<Summary> {
  const forms: Summary['forms'] = {};
  for (const [form, spec] of Object.entries(playbook.forms)) {
    const periods: Record<string, PeriodSummary> = {};
    for (let day = civilDateOf(start); day <= civilDateOf(end); day = addDays(day, 1)) {
      for (const key of keysOn(spec, day)) {
        const counted = await countPeriod(app, store, `${form}@${key}`, day);
        if (counted) periods[key] = counted;
      }
    }
    // What nobody owed or said anything of has nothing to count.
    if (Object.keys(periods).length > 0) forms[form] = periods;
  }
  const waiting = [...app.county().tray.pending()].length;
  const givenUp = (await store.dead(Number.MAX_SAFE_INTEGER)).length;
  return { forms, undelivered: waiting + givenUp };
}

/** So many sweeps of one form may begin on a day. */
const MOST_SWEEPS = 20;

/** The keys that periods of a form may have on a day. */
function keysOn(form: Form, day: CivilDate): PeriodKey[] {
  if (form.every.kind !== 'sweep') return roundsOn(form, day).map(({ key }) => key);
  return Array.from({ length: MOST_SWEEPS }, (_, i): PeriodKey => `${day}.s${i + 1}`);
}

async function countPeriod(app: App, store: Store, id: string, day: CivilDate): Promise<PeriodSummary | null> {
  const record = await store.period(id);
  if (!record) return null;
  const county = app.county();
  county.remember(record);
  const book = county.book(id);
  const view = county.view(day);
  if (!book || !view.county) return null;
  const units: Record<string, Counts> = {};
  for (const level of LEVELS.slice(1)) {
    for (const unit of view.units(level)) units[view.path(unit.id)] = countsOf(book.tally(unit.id));
  }
  // Entries of registers are no units: nobody is named in a summary.
  for (const unit of book.units()) {
    if (unit.path && !county.entries.get(unit.id)) units[unit.path] = countsOf(book.tally(unit.id));
  }
  return { ...countsOf(book.tally(view.county.id)), units };
}
