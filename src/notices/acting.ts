/** Who is to act where something is missing, and how they are pointed at. */
import type { PeriodBook } from '../core/book.ts';
import type { RosterView } from '../core/roster/view.ts';
import type { PersonId, UnitId } from '../core/rows/index.ts';
import { zh } from '../locales/zh-CN.ts';
import type { ComposeContext } from './compose.ts';

/** A row of a reminder, a nudge or a table: what is missing there, and whom it mentions. */
export interface NamedRow {
  unitId: UnitId;
  text: string;
  mentions: PersonId[];
  /** Nobody of the unit itself can act: the level above is asked to. */
  fromAbove: boolean;
}

/** Who is to act for a unit, and what is to be said of why it is not its head. */
export function actingFor(
  book: PeriodBook,
  gridId: UnitId,
  { view, county, reachable }: ComposeContext,
): { personIds: PersonId[]; hint: string; fromAbove: boolean } {
  const ofNet = holdersOf(view, gridId, book.form?.posts).filter((id) => view.awayOn(id) === null && reachable(id));
  if (ofNet.length > 0) return { personIds: ofNet, hint: '', fromAbove: false };
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

/** Who holds a post of a form's own net in a unit: 消防员. Where nobody does the unit's own people act. */
function holdersOf(view: RosterView, unitId: UnitId, titles: readonly string[] = []): PersonId[] {
  const holders = view
    .posts(unitId)
    .flatMap(({ post, holder }) => (holder && titles.some((title) => post.title.includes(title)) ? holder.id : []));
  return [...new Set(holders)];
}

/** `@张三 @李四`; each stands at the end of a word, as every platform wants its mentions. */
export function mentionText(personIds: readonly PersonId[], { view, reachable }: ComposeContext): string {
  return personIds.map((id) => `${reachable(id) ? '@' : ''}${view.person(id)?.name ?? ''}`).join(' ');
}
