/** Who is named, and how, where something is missing: the rows of reminders, nudges and tables. */
import type { PeriodBook } from '../core/book.ts';
import type { PersonId, UnitId } from '../core/rows/index.ts';
import { ratioText } from '../core/tally.ts';
import { zh } from '../locales/zh-CN.ts';
import type { ComposeContext } from './compose.ts';
import { subjectName, whoActsFor } from './subject.ts';

export interface NamedRow {
  unitId: UnitId;
  text: string;
  mentions: PersonId[];
  /** Nobody of the unit itself can act: the level above is asked to. */
  fromAbove: boolean;
}

/** One row per missing grid directly below a village, or for a grid itself: its name, what is known, and who is to act. */
export function missingGrids(book: PeriodBook, villageId: UnitId, context: ComposeContext): NamedRow[] {
  const rows: NamedRow[] = [];
  for (const { subjectId, standing } of book.duesAt(villageId)) {
    if (standing.state !== 'missing') continue;
    const { personIds, hint, fromAbove } = actingFor(book, subjectId, context);
    const hints = [...(hint ? [hint] : []), ...(standing.unparsed ? [zh.hintUnparsed] : [])];
    const name = subjectName(book, subjectId, context);
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

/** The rows a unit's own group is shown: grids in a village, villages in a township, townships in the county. */
export function gapRows(book: PeriodBook, unitId: UnitId, context: ComposeContext): readonly NamedRow[] {
  if (book.tally(unitId).missing === 0) return NOBODY;
  return book.owesAt(unitId) ? missingGrids(book, unitId, context) : unitsWithGap(book, unitId, context);
}

/** Everyone mentioned in some rows, each once. */
export function mentionsOf(rows: readonly NamedRow[]): PersonId[] {
  return [...new Set(rows.flatMap((row) => row.mentions))];
}

function actingFor(
  book: PeriodBook,
  gridId: UnitId,
  context: ComposeContext,
): { personIds: PersonId[]; hint: string; fromAbove: boolean } {
  const { view, county, reachable } = context;
  const entry = county.entries.get(gridId);
  if (entry) return { personIds: whoActsFor(entry, context).personIds, hint: '', fromAbove: false };
  if (!view.unit(gridId)) {
    // Merged away since the period opened: still owed, and the village's to settle.
    const villageId = book.unit(gridId)?.parentId ?? '';
    return { personIds: view.whoActs(villageId, reachable).personIds, hint: zh.hintMerged, fromAbove: true };
  }
  const { personIds, via } = view.whoActs(gridId, reachable);
  const head = view.posts(gridId).find((post) => post.rank === 'lead' && post.holder !== null)?.holder;
  const fromAbove = via === 'above';
  if (via === 'lead' || (!head && via === 'deputy')) return { personIds, hint: '', fromAbove };
  if (!head) return { personIds, hint: zh.hintVacant, fromAbove };
  return { personIds, hint: whyNot(head), fromAbove };

  function whyNot({ id, name }: { id: PersonId; name: string }): string {
    if (view.awayOn(id)) return zh.hintAway(name);
    return county.accountsOf(id).length > 0 ? zh.hintElsewhere(name) : zh.hintUnreachable(name);
  }
}

/** `@张三 @李四`; each stands at the end of a word, as every platform wants its mentions. */
function mentionText(personIds: readonly PersonId[], { view, reachable }: ComposeContext): string {
  return personIds.map((id) => `${reachable(id) ? '@' : ''}${view.person(id)?.name ?? ''}`).join(' ');
}
