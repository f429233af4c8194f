/** `gridbot playbook check`: whether a playbook can be used, with the lines that stand in the way. */
import { loadPlaybook } from '../playbook-file.ts';
import { CliError } from './error.ts';

export async function runPlaybook([action, name]: string[]): Promise<number> {
  if (action !== 'check' || name === undefined) throw new CliError('usage: gridbot playbook check ID|FILE');
  const playbook = await loadPlaybook(name);
  const forms = Object.entries(playbook.forms).map(([id, form]) => `${form.name} (${id})`);
  process.stdout.write(`${playbook.id} ${playbook.name}: ${forms.join(', ')}\n`);
  return 0;
}
