/** `/催报`: one bundled nudge in the unit's group. */
import { afterQuiet } from '../core/quiet.ts';
import { put } from '../core/rows/index.ts';
import { clockText, MINUTE } from '../core/time.ts';
import { zh } from '../locales/zh-CN.ts';
import { answer, defineCommand, formOf, isRefused, type KnownCall } from './command.ts';
import { loadPeriod, lookedAt } from './looking.ts';
import { lineTyped } from './whom.ts';

/** A unit is nudged no more often than this. */
const BETWEEN_NUDGES = 30 * MINUTE;

export const nudge = defineCommand({
  name: 'nudge',
  open: false,
  unbound: false,
  fits: ({ person, view }) => person !== null && view.unitsAnsweredFor(person.id).some((unit) => unit.level !== 'grid'),
  load: loadPeriod,
  decide(call) {
    const caller = call as KnownCall;
    const looked = lookedAt(caller);
    if (isRefused(looked)) return looked.refused;
    const { unit, book } = looked.found;
    const { view, person, now } = caller;
    if (![...view.ancestors(unit.id), unit].some((each) => view.leads(person.id, each.id))) {
      return answer(call, zh.notEntitled(zh.whoLeads(unit.name), lineTyped(caller)));
    }
    const { missing: count } = book.tally(unit.id);
    if (count === 0) return answer(call, zh.nothingToNudge(unit.name, formOf(call).form.name));
    const last = Number(call.county.meta(`nudged:${unit.id}`) ?? 0);
    if (now - last < BETWEEN_NUDGES) {
      return answer(call, zh.nudgedAlready(clockText(last), clockText(last + BETWEEN_NUDGES)));
    }
    const sent = put('meta', { id: `nudged:${unit.id}`, value: String(now) });
    const notice = {
      to: { unit: unit.id },
      body: { kind: 'nudge', periodId: book.period.id, unitId: unit.id },
      dedupeKey: `nudge#${call.messageId}`,
    } as const;
    if (afterQuiet(now) > now) {
      const held = answer(call, zh.nudgeHeld(unit.name, count), [sent]);
      return { writes: held.writes, notices: [notice, ...held.notices] };
    }
    // In the unit's own group the nudge itself is the answer.
    if (call.unit?.id === unit.id) return { writes: [sent], notices: [notice] };
    const told = answer(call, zh.nudgeSent(unit.name, count), [sent]);
    return { writes: told.writes, notices: [notice, ...told.notices] };
  },
});
