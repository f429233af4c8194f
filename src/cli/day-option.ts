/** A day given on the command line. */
import { type CivilDate, civilDate, isRealDay } from '../core/time.ts';
import { cliText } from '../locales/cli.ts';
import { CliError } from './error.ts';

/**
 * The day a text names; null where none was given.
 * @throws {CliError} where it names none
 */
export function dayOption(text: string | undefined): CivilDate | null {
  if (text === undefined) return null;
  const [, year, month, day] = (/^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? []).map(Number);
  if (year === undefined || month === undefined || day === undefined || !isRealDay(year, month, day)) {
    throw new CliError(cliText.badDay(text));
  }
  return civilDate(year, month, day);
}
