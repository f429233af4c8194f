/** `gridbot playbook check`: whether a playbook can be used, with the lines that stand in the way. */
import { loadPlaybook } from '../playbook-file.ts';
import { CliError } from './error.ts';

/**
 * Prints a playbook's forms when it can be used; resolves with the exit code.
 * @throws {CliError} when it is called wrongly
 * @throws {PlaybookError} with a line per problem when it cannot
 */
export async function runPlaybook([action, name, ...more]: string[]): Promise<number> {
  if (action !== 'check' || name === undefined || more.length > 0)
    throw new CliError('usage: gridbot playbook check ID|FILE');
  const playbook = await loadPlaybook(name);
  const forms = Object.entries(playbook.forms).map(([id, form]) => `${form.name} (${id})`);
  process.stdout.write(`${playbook.id} ${playbook.name}: ${forms.join(', ')}\n`);
  return 0;
}
