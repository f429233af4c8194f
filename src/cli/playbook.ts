/** `gridbot playbook`: whether a playbook can be used, what it says, and what a line would mean under it. */
import type { Playbook } from '../core/playbook/index.ts';
import { loadPlaybook } from '../playbook-file.ts';
import { CliError } from './error.ts';
import { readOptions } from './options.ts';
import { atLength, briefly } from './playbook-show.ts';
import { explained } from './playbook-try.ts';

const USAGE = `usage: gridbot playbook check ID|FILE…
       gridbot playbook show ID|FILE…
       gridbot playbook try "LINE" [--playbook ID|FILE,…]`;

/**
 * Prints a playbook that can be used in brief (`check`) or at length (`show`), or what a line means under one (`try`,
 * exit code 0 whatever it means); resolves with the exit code.
 * @throws {CliError} when it is called wrongly
 * @throws {PlaybookError} with a line per problem when the playbook cannot be used
 */
export async function runPlaybook([action, ...args]: string[]): Promise<number> {
  if (action === 'try') return tryLine(args);
  const said: ((playbook: Playbook) => string[]) | undefined = SAID.get(action ?? '');
  const { positionals } = readOptions({ args, allowPositionals: true }, USAGE);
  if (!said || positionals.length === 0) throw new CliError(USAGE);
  print(said(await loadPlaybook(positionals.join(','))));
  return 0;
}

const SAID = new Map([
  ['check', briefly],
  ['show', atLength],
]);

async function tryLine(args: string[]): Promise<number> {
  const options = { playbook: { type: 'string', default: 'epidemic' } } as const;
  const { values, positionals } = readOptions({ args, allowPositionals: true, options }, USAGE);
  const [text, ...more] = positionals;
  if (text === undefined || more.length > 0) throw new CliError(USAGE);
  print(explained(text, await loadPlaybook(values.playbook)));
  return 0;
}

function print(lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}
