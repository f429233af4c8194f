/** `/我`: who am I here, and is there anything I still owe today. */
import type { PeriodBook } from '../core/book.ts';
import type { Person, RosterView, Unit } from '../core/roster/view.ts';
import { whenOf } from '../core/rounds/period.ts';
import type { PersonId } from '../core/rows/index.ts';
import { plainName } from '../core/text.ts';
import { formWords } from '../locales/forms.ts';
import { zh } from '../locales/zh-CN.ts';
import { answer, type Call, defineCommand } from './command.ts';
import { booksOfToday, formOfBookHere, measureOf } from './several.ts';

export const me = defineCommand({
  name: 'me',
  open: true,
  unbound: true,
  fits: () => true,
  decide(call) {
    const { view, person, unit } = call;
    if (!person) return answer(call, zh.meStranger(plainName(call.displayName)));
    const today = stillOwed(call, person);
    return answer(
      call,
      zh.me(person.name, postsText(view, person.id), unit?.name ?? null, today.length > 0 ? today.join('\n') : null),
    );
  },
});

/** A line for each form each of one's own units owes, and for each that entries one covers are owed in. */
function stillOwed(call: Call, person: Person): string[] {
  const { view } = call;
  const books = booksOfToday(call).filter((book) => formOfBookHere(call, book).owed);
  const grids = view.gridsHeldBy(person.id);
  const led = view.unitsLedBy(person.id).filter(({ id }) => grids.every((grid) => grid.id !== id));
  return [
    ...[...grids, ...led].flatMap((unit) => books.flatMap((book) => owedBy(call, unit, book))),
    ...books.flatMap((book) => covered(call, person, book)),
  ];
}

function owedBy(call: Call, { id, name }: Unit, book: PeriodBook): string[] {
  const state = book.due(id)?.standing.state;
  return state ? [zh.meToday(name, nowText(call, book), zh.states[state])] : [];
}

/** How many of the entries one covers are missing; nothing where none of them is asked for. */
function covered(call: Call, person: Person, book: PeriodBook): string[] {
  const measure = measureOf(call, formOfBookHere(call, book));
  if (measure === null) return [];
  const states = call.county.entries.coveredBy(person.id).flatMap(({ id }) => book.due(id)?.standing.state ?? []);
  if (states.length === 0) return [];
  const missing = states.filter((state) => state === 'missing').length;
  return [formWords.mine(nowText(call, book), missing, measure)];
}

function nowText(call: Call, book: PeriodBook): string {
  return formWords.now(whenOf(book.period), formOfBookHere(call, book).name, call.view.day);
}

/** `福山地村一网格 网格长` */
export function postsText(view: RosterView, personId: PersonId): string[] {
  return view.postsOf(personId).map(({ post }) => {
    const unit = view.unit(post.unitId);
    const parent = unit && unit.level !== 'county' && unit.level !== 'township' ? view.ancestors(unit.id).at(-1) : null;
    const where =
      unit?.level === 'grid' || unit?.level === 'cluster' ? `${parent?.name ?? ''}${unit.name}` : unit?.name;
    return `${where ?? ''}${post.title}`;
  });
}
