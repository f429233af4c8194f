/** `/免报 三网格 11月23日 整组搬迁`: a level above declares that a grid owes nothing, with a reason. */
import { put } from '../core/rows/index.ts';
import { lines } from '../locales/lines.ts';
import { dayText, zh } from '../locales/zh-CN.ts';
import { answer, bookOf, defineCommand, formOf, isRefused, type KnownCall, periodIdOf } from './command.ts';
import { isAbove, lineTyped, unitOrPersonsGrid } from './whom.ts';

export const exempt = defineCommand({
  name: 'exempt',
  open: false,
  unbound: false,
  fits: ({ person, view }) => person !== null && view.unitsAnsweredFor(person.id).some((unit) => unit.level !== 'grid'),
  load: (call, reads) => reads.book(periodIdOf(call)),
  decide(call) {
    const known = call as KnownCall;
    const { parsed, view } = call;
    if (parsed.subject === null) return answer(call, zh.exemptNeedsUnit);
    const grid = unitOrPersonsGrid(known, parsed.subject);
    if (isRefused(grid)) return grid.refused;
    const { id, name } = grid.found;
    if (!isAbove(known, grid.found.id)) {
      return answer(call, zh.notEntitled(zh.whoLeads(view.ancestors(id).at(-1)?.name ?? name), lineTyped(known)));
    }
    if (!parsed.note) return answer(call, zh.exemptNeedsReason(lines.exempt(name, dayText(parsed.period ?? view.day))));
    const fromDay = parsed.period ?? view.day;
    const toDay = parsed.until ?? fromDay;
    const due = bookOf(call)?.due(id);
    if (fromDay === toDay && due?.standing.current) return answer(call, zh.exemptAlreadyIn(name, fromDay));
    const row = {
      id: `exempt#${call.messageId}`,
      form: formOf(call).id,
      unitId: id,
      fromDay,
      toDay,
      reason: parsed.note,
      personId: known.person.id,
      saidAt: call.sentAt,
    };
    return answer(call, zh.exempted(view.nameAmong(id, call.unit?.id ?? null), zh.days(fromDay, toDay), parsed.note), [
      put('exemption', row),
    ]);
  },
});
