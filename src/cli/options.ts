/** Options of a command line; one that is not known is answered with how the command is used. */
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { CliError } from './error.ts';

/**
 * What was given on the command line.
 * @throws {CliError} `usage`, for an option that is not known, one without its value, and a text where none belongs
 */
export function readOptions<T extends ParseArgsConfig>(config: T, usage: string): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config);
  } catch (error) {
    if (isMisuse(error)) throw new CliError(usage);
    throw error;
  }
}

const isMisuse = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS_');
