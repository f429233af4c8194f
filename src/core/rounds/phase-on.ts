/** Forms that are owed only while a phase is on. */
import type { County } from '../county.ts';
import type { Form } from '../playbook/index.ts';
import type { RosterView } from '../roster/view.ts';
import type { UnitId } from '../rows/index.ts';

/** Whether a form's phase is on for a unit; always for a form without one. */
export function phaseOn(
  { while: condition }: Pick<Form, 'while'>,
  county: County,
  view: RosterView,
): (unitId: UnitId) => boolean {
  if (!condition) return () => true;
  const { phase, is } = condition;
  return (unitId) => {
    const state = county.phases.stateOf(phase, view.chain(unitId));
    return state !== null && is.includes(state);
  };
}
