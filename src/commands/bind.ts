/** `/绑定 福山地村`: a group becomes a unit's group. */
import { firstLine } from '../core/form.ts';
import type { Decision } from '../core/notices.ts';
import type { Unit } from '../core/roster/view.ts';
import { type BindingRow, put, type Write } from '../core/rows/index.ts';
import { lines } from '../locales/lines.ts';
import { zh } from '../locales/zh-CN.ts';
import { answer, defineCommand, isRefused, type KnownCall } from './command.ts';
import { questionOf } from './question.ts';
import { findUnit, lineTyped } from './whom.ts';

export const bind = defineCommand({
  name: 'bind',
  open: false,
  unbound: true,
  fits: ({ person, view, chat }) =>
    chat.kind === 'group' &&
    person !== null &&
    view.unitsAnsweredFor(person.id).some((unit) => unit.level !== 'grid' && unit.level !== 'cluster'),
  decide(call) {
    const known = call as KnownCall;
    const { parsed, view, chat } = call;
    if (chat.kind === 'direct') return answer(call, zh.needGroup(lines.bind(parsed.subject)));
    const unit = findUnit(known, parsed.subject ?? '');
    if (isRefused(unit)) return unit.refused;
    const { id, name } = unit.found;
    const answersFor = (unitId: string): boolean =>
      view.chain(unitId).some((each) => view.leads(known.person.id, each));
    if (!answersFor(id)) return answer(call, zh.notEntitled(zh.whoLeads(name), lineTyped(known)));
    const here = call.county.bindingOf(call.chatKey);
    if (here?.unitId === id) return answer(call, zh.boundAlready(name));
    // Taking a group away from a unit is for those who answer for that unit too.
    if (here && view.unit(here.unitId) && !answersFor(here.unitId)) {
      return answer(call, zh.notEntitled(zh.whoLeads(view.unit(here.unitId)?.name ?? ''), lineTyped(known)));
    }
    const before = here && view.unit(here.unitId);
    if (before) {
      const payload: BindPayload = { kind: 'bind', unitId: id };
      return answer(call, zh.bindAsk(before.name, name), [put('confirmation', questionOf(known, payload))]);
    }
    return bindTo(known, unit.found);
  },
});

/** What a question about a group that would change hands remembers. */
export interface BindPayload {
  kind: 'bind';
  unitId: string;
}

/** Makes this group the unit's; whatever it was, and whatever group the unit had, ends. */
export function bindTo(call: KnownCall, { id, name, level }: Unit): Decision {
  const here = call.county.bindingOf(call.chatKey);
  const elsewhere = call.county.groupOf(id);
  const row: BindingRow = {
    id: `bind#${call.messageId}`,
    chat: call.chatKey,
    unitId: id,
    title: call.chatTitle,
    boundBy: call.person.id,
    boundAt: call.now,
    releasedAt: null,
  };
  const released: Write[] = [here, elsewhere].flatMap((old) =>
    old ? put('binding', { ...old, releasedAt: call.now }) : [],
  );
  // In the groups above the village nobody reports: their line would be refused.
  const isAbove = level === 'county' || level === 'township';
  const bound = isAbove ? zh.boundAbove(name) : zh.bound(name, firstLine(call.playbook));
  const text = `${bound}${elsewhere ? zh.boundElsewhere(name) : ''}`;
  return answer(call, text, [...released, put('binding', row)]);
}
