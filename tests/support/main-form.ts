/** The shipped playbook's main form alone: for tests that write down all that a bot does and says. */
import type { Playbook } from '../../src/core/playbook/index.ts';
import { loadPlaybook } from '../../src/playbook-file.ts';

/** The playbook with its first form, and nothing that watches or adds to it. */
export async function mainFormAlone(id = 'epidemic'): Promise<Playbook> {
  const playbook = await loadPlaybook(id);
  const forms = Object.fromEntries(Object.entries(playbook.forms).slice(0, 1));
  return { ...playbook, forms, registers: {}, alerts: {}, phases: {} };
}
