/** `/响应 红色`: somebody entitled declares a state for their unit; forms may be owed only while it holds. */
import type { Notice } from '../../core/notices.ts';
import type { Unit } from '../../core/roster/view.ts';
import { put } from '../../core/rows/index.ts';
import { phaseWords } from '../../locales/phase.ts';
import { answer, defineCommand, isRefused, type KnownCall } from '../command.ts';
import { findUnit, homeOf } from '../whom.ts';

export const phase = defineCommand({
  name: 'phase',
  open: false,
  unbound: false,
  fits: () => false,
  decide(call) {
    const known = call as KnownCall;
    const { parsed, playbook, view } = call;
    const id = parsed.form ?? '';
    const spec = playbook.phases[id];
    if (!spec) throw new Error(`no phase ${id} in playbook ${playbook.id}`);
    const named = parsed.place === null ? null : findUnit(known, parsed.place);
    if (named && isRefused(named)) return named.refused;
    const unit = named?.found ?? call.unit ?? view.unitsAnsweredFor(known.person.id)[0] ?? homeOf(known);
    if (!unit) return answer(call, phaseWords.whichUnit(spec.name));
    const mayDeclare = view.chain(unit.id).some((each) => view.leads(known.person.id, each));
    if (!mayDeclare || !spec.by.includes(unit.level)) return answer(call, phaseWords.mayNot(spec.name, spec.by));
    const state = parsed.args;
    if (call.county.phases.stateOf(id, view.chain(unit.id)) === state) {
      return answer(call, phaseWords.already(unit.name, spec.name, state));
    }
    const row = {
      id: `${id}#${call.messageId}`,
      phase: id,
      unitId: unit.id,
      state,
      since: call.sentAt,
      personId: known.person.id,
    };
    const asked = Object.values(playbook.forms).filter(
      (form) => form.while?.phase === id && form.while.is.includes(state),
    );
    const said = answer(
      call,
      phaseWords.declared(
        unit.name,
        spec.name,
        state,
        asked.map(({ name }) => name),
      ),
      [put('phase', row)],
    );
    return {
      writes: said.writes,
      notices: [...told(known, unit, row.id, phaseWords.told(unit.name, spec.name, state)), ...said.notices],
    };
  },
});

/** The unit's own group and every one below hear of it, but the one it was said in. */
function told({ view, unit: here }: KnownCall, unit: Unit, id: string, text: string): Notice[] {
  const below = (['county', 'township', 'village'] as const)
    .flatMap((level) => view.units(level))
    .filter((each) => each.id !== here?.id && view.isWithin(each.id, unit.id));
  return below.map((each) => ({
    to: { unit: each.id },
    body: { kind: 'answer', text },
    dedupeKey: `phase#${id}#${each.id}`,
  }));
}
