/** Who and what the names in a script mean. */
import type { RosterView } from '../core/roster/view.ts';
import { type Script, ScriptError } from './script.ts';

/**
 * Looks every name up before anything is played.
 * @throws {ScriptError} with a line for each that means nothing, or may mean several
 */
export function checkNames(script: Script, view: RosterView): void {
  const problems = script.steps.flatMap(({ number, step }) => {
    if (!('say' in step)) return [];
    try {
      senderNamed(view, step.from, 'in' in step ? unitNamed(view, step.in, number) : null, number);
      return [];
    } catch (error) {
      if (error instanceof ScriptError) return error.message;
      throw error;
    }
  });
  if (problems.length > 0) throw new ScriptError(problems.join('\n'));
}

/** The one unit called so. */
export function unitNamed(view: RosterView, name: string, number: number): string {
  const units = view.findUnits(name);
  const [unit] = units;
  if (units.length === 1 && unit) return unit.id;
  const which = units.map((each) => view.label(each.id)).join(', ');
  throw new ScriptError(`steps.${number}.in: ${name} ${units.length === 0 ? 'is no unit' : `may be ${which}`}`);
}

/** Someone of the roster, those at hand first; a name that nobody has is a stranger's. */
export function senderNamed(
  view: RosterView,
  name: string,
  unitId: string | null,
  number: number,
): { id: string; displayName: string } {
  const persons = view.findPersons(name, unitId ?? undefined);
  const [person] = persons;
  if (persons.length === 1 && person) return { id: person.id, displayName: person.name };
  if (persons.length === 0 && !name.includes('@')) return { id: `stranger ${name}`, displayName: name };
  const which = persons.map((each) => view.personLabel(each.id)).join(', ');
  throw new ScriptError(`steps.${number}.from: ${name} ${persons.length === 0 ? 'is nobody' : `may be ${which}`}`);
}
