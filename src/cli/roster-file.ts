/** Reading a roster file for a command; whatever is wrong with it is said in the office's words. */
import type { RosterPlan } from '../core/roster/plan.ts';
import { readRosterTable, type SheetRow } from '../core/roster/table.ts';
import { cliText } from '../locales/cli.ts';
import { rosterFileErrorText, rosterProblemText } from '../locales/roster.ts';
import { RosterFileError, readRosterFile } from '../roster/read-file.ts';
import { CliError } from './error.ts';

/**
 * The rows of a roster file, and what they mean.
 * @throws {CliError} when the file cannot be read, or any row of it is wrong
 */
export async function readRoster(path: string): Promise<{ rows: SheetRow[]; plan: RosterPlan }> {
  const rows = await rowsOf(path);
  const reading = readRosterTable(rows);
  if (reading.ok) return { rows, plan: reading.plan };
  const problems = reading.problems.map(rosterProblemText);
  throw new CliError([cliText.rosterFile(path), ...problems, cliText.rosterProblems(problems.length)].join('\n'));
}

async function rowsOf(path: string): Promise<SheetRow[]> {
  try {
    return await readRosterFile(path);
  } catch (error) {
    if (!(error instanceof RosterFileError)) throw error;
    throw new CliError(`${cliText.rosterFile(path)}\n${rosterFileErrorText(error.code, error.line)}`);
  }
}
