/** Entries that are missing, named where their names may be read, each with who is responsible for them. */
import type { PeriodBook } from '../core/book.ts';
import type { Form } from '../core/playbook/index.ts';
import { labelOf, type MissingEntry, missingEntries } from '../core/register/missing.ts';
import type { EntriesShown } from '../core/rollup.ts';
import type { PersonId, UnitId } from '../core/rows/index.ts';
import { formWords } from '../locales/forms.ts';
import { actingFor, mentionText, type NamedRow } from './acting.ts';
import type { ComposeContext } from './compose.ts';

/** Levels below the county at which names of entries are read: a village, and whatever is below it. */
const VILLAGE_DEPTH = 2;

/** Whether the subjects of a form are entries, and a unit is so near to them that it reads their names. */
export function readsEntries(book: PeriodBook, form: Form, unitId: UnitId): boolean {
  return 'register' in form.subject && book.chain(unitId).length > VILLAGE_DEPTH;
}

/** How a form's entries are counted; 个 where its subjects are units. */
export function measureOf(form: Form, { registers }: Pick<ComposeContext, 'registers'>): string {
  const register = 'register' in form.subject ? registers.get(form.subject.register) : undefined;
  return register?.measure ?? formWords.measure;
}

/** How a form's entries are shown in a table; null where its subjects are units, or their names may not be read. */
export function entriesShown(form: Form, context: ComposeContext, named: boolean): EntriesShown | null {
  if (!named || !('register' in form.subject)) return null;
  const { registers, county } = context;
  const measure = measureOf(form, context);
  return {
    register: registers.get(form.subject.register)?.name ?? form.name,
    labelOf: (id) => labelOf(id, county.entries, measure),
  };
}

/**
 * One row for each person and unit: the entries there which that person is responsible for. That is who covers them,
 * if there and within reach, else whoever acts for the unit.
 */
export function entryRows(book: PeriodBook, form: Form, unitId: UnitId, context: ComposeContext): NamedRow[] {
  const measure = measureOf(form, context);
  return missingEntries(book, unitId, context.county.entries, measure).flatMap((place) => {
    const acting = actingFor(book, place.unitId, context);
    const rows = new Map<string, { personIds: PersonId[]; hint: string; entries: MissingEntry[] }>();
    for (const missing of place.entries) {
      const cover = coverOf(missing, context);
      const responsible = cover ? { personIds: [cover], hint: '' } : acting;
      // Whoever covers some and acts for the others is named once.
      const key = `${responsible.personIds.join(' ')} ${responsible.hint}`;
      const row = rows.get(key) ?? { ...responsible, entries: [] };
      rows.set(key, { ...row, entries: [...row.entries, missing] });
    }
    const name = place.unitId === unitId ? null : (book.unit(place.unitId)?.name ?? '');
    return [...rows.values()].map(({ personIds, hint, entries }) => {
      const labels = entries.map(({ label }) => label);
      const text = formWords.missing(name, labels, measure, hint, mentionText(personIds, context));
      return { unitId: place.unitId, text, mentions: personIds, fromAbove: false };
    });
  });
}

/** Who covers an entry, if they hold their own today and can be pointed at. */
function coverOf({ entry }: MissingEntry, { view, reachable }: ComposeContext): PersonId | null {
  const id = entry?.coverId ?? null;
  if (id === null || !view.person(id) || view.awayOn(id) !== null) return null;
  return reachable(id) ? id : null;
}
