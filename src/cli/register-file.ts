/** Reading the table of a register for a command; whatever is wrong with it is said in the office's words. */
import type { Playbook } from '../core/playbook/index.ts';
import type { RegisterProblem, RegisterTarget } from '../core/register/table/plan.ts';
import type { SheetRow } from '../core/roster/table.ts';
import { registerProblemText, registerText } from '../locales/register.ts';
import { rosterFileErrorText } from '../locales/roster.ts';
import { RosterFileError, readRosterFile } from '../roster/read-file.ts';
import { CliError } from './error.ts';

/**
 * A register of a playbook.
 * @throws {CliError} naming those there are
 */
export function registerNamed(id: string, { registers }: Playbook): RegisterTarget {
  const register = registers[id];
  if (!register) throw new CliError(registerText.noRegister(id, Object.keys(registers)));
  return { id, register };
}

/**
 * The rows of a register's table.
 * @throws {CliError} when the file cannot be read
 */
export async function readRegisterFile(path: string, { register }: RegisterTarget): Promise<SheetRow[]> {
  try {
    return await readRosterFile(path);
  } catch (error) {
    if (!(error instanceof RosterFileError)) throw error;
    throw new CliError(`${registerText.file(register.name, path)}\n${rosterFileErrorText(error.code, error.line)}`);
  }
}

/** All that is wrong with a table, in one error. */
export function registerProblems(
  path: string,
  { register }: RegisterTarget,
  problems: readonly RegisterProblem[],
): CliError {
  const lines = problems.map(registerProblemText);
  return new CliError(
    [registerText.file(register.name, path), ...lines, registerText.problems(lines.length)].join('\n'),
  );
}
