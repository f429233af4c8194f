/** Who is named, and how, where something is missing: the rows of reminders, nudges and tables. */
import type { PeriodBook } from '../core/book.ts';
import type { Form } from '../core/playbook/index.ts';
import type { PersonId, UnitId } from '../core/rows/index.ts';
import { ratioText } from '../core/tally.ts';
import { zh } from '../locales/zh-CN.ts';
import { actingFor, mentionText, type NamedRow } from './acting.ts';
import type { ComposeContext } from './compose.ts';
import { entryRows, readsEntries } from './missing-entries.ts';

/** One row per missing grid directly below a village, or for a grid itself: its name, what is known, and who is to act. */
export function missingGrids(book: PeriodBook, villageId: UnitId, context: ComposeContext): NamedRow[] {
  const rows: NamedRow[] = [];
  for (const { subjectId, standing } of book.duesAt(villageId)) {
    if (standing.state !== 'missing') continue;
    const { personIds, hint, fromAbove } = actingFor(book, subjectId, context);
    const hints = [...(hint ? [hint] : []), ...(standing.unparsed ? [zh.hintUnparsed] : [])];
    const name = book.unit(subjectId)?.name ?? '';
    const text = zh.missingGrid(name, hints.join(','), mentionText(personIds, context));
    rows.push({ unitId: subjectId, text, mentions: personIds, fromAbove });
  }
  return rows;
}

/** One row per unit directly below that has a gap: its name, how many are in, and who is to act there. */
export function unitsWithGap(book: PeriodBook, unitId: UnitId, context: ComposeContext): NamedRow[] {
  return (book.unit(unitId)?.children ?? []).flatMap((childId) => {
    const tally = book.tally(childId);
    if (tally.missing === 0) return [];
    // Those who act below are named though their own groups are on another platform: whoever reads this knows them.
    const { personIds } = context.view.whoActs(childId, context.known);
    const name = book.unit(childId)?.name ?? '';
    return {
      unitId: childId,
      text: zh.gapUnit(name, ratioText(tally), mentionText(personIds, context)),
      mentions: personIds,
      fromAbove: false,
    };
  });
}

const NOBODY: readonly NamedRow[] = [];

/**
 * The rows a unit's own group is shown: grids in a village, villages in a township, townships in the county; of a form
 * about entries those that are missing, by name, in a village and below.
 */
export function gapRows(book: PeriodBook, form: Form, unitId: UnitId, context: ComposeContext): readonly NamedRow[] {
  if (!form.owed || book.tally(unitId).missing === 0) return NOBODY;
  if (readsEntries(book, form, unitId)) return entryRows(book, form, unitId, context);
  return book.owesAt(unitId) ? missingGrids(book, unitId, context) : unitsWithGap(book, unitId, context);
}

/** Everyone mentioned in some rows, each once. */
export function mentionsOf(rows: readonly NamedRow[]): PersonId[] {
  return [...new Set(rows.flatMap((row) => row.mentions))];
}
