/** Registers filled from tables before anything is played, as if each had been imported. */
import { County } from '../core/county.ts';
import type { Playbook } from '../core/playbook/index.ts';
import { planRegister } from '../core/register/table/plan.ts';
import type { SheetRow } from '../core/roster/table.ts';
import type { Write } from '../core/rows/index.ts';
import { civilDateOf, type Instant } from '../core/time.ts';
import { registerProblemText } from '../locales/register.ts';
import { ScriptError } from './script.ts';

/** Register id → the rows of its table, the first of them the head. */
export type RegisterTables = Readonly<Record<string, readonly SheetRow[]>>;

/**
 * The writes that take tables into the registers of a county that has nothing but the writes of its roster.
 * @throws {ScriptError} with a line for each row that is wrong, or naming a register that the playbook does not have
 */
export function registerWrites(
  tables: RegisterTables,
  playbook: Pick<Playbook, 'registers'>,
  roster: readonly Write[],
  now: Instant,
): Write[] {
  const county = new County();
  county.apply(roster);
  const view = county.viewAt(now);
  let next = 0;
  const options = { effective: civilDateOf(now), now, newId: () => `e${++next}`, token: 'import' };
  return Object.entries(tables).flatMap(([id, rows]) => {
    const register = playbook.registers[id];
    if (!register) throw new ScriptError(`registers.${id}: is no register of the playbook`);
    const plan = planRegister(rows, { id, register }, { entries: county.entries, view }, options);
    if (plan.ok) return plan.change.writes;
    throw new ScriptError(plan.problems.map((each) => `registers.${id}: ${registerProblemText(each)}`).join('\n'));
  });
}
