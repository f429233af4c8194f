/** `/我`: who am I here, and is there anything I still owe today. */
import type { RosterView } from '../core/roster/view.ts';
import type { PersonId } from '../core/rows/index.ts';
import { plainName } from '../core/text.ts';
import { zh } from '../locales/zh-CN.ts';
import { answer, defineCommand, formOf } from './command.ts';

export const me = defineCommand({
  name: 'me',
  open: true,
  unbound: true,
  fits: () => true,
  decide(call) {
    const { view, person, unit, county } = call;
    if (!person) return answer(call, zh.meStranger(plainName(call.displayName)));
    const { id, form } = formOf(call);
    const book = county.book(`${id}@${view.day}`);
    const today = view.gridsHeldBy(person.id).flatMap((grid) => {
      const state = book?.due(grid.id)?.standing.state;
      return state ? zh.meToday(grid.name, form.name, zh.states[state]) : [];
    });
    return answer(
      call,
      zh.me(person.name, postsText(view, person.id), unit?.name ?? null, today.length > 0 ? today.join('\n') : null),
    );
  },
});

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
