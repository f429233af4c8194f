#!/usr/bin/env node
/** gridbot <start | parse | rehearse | roster | register | playbook | status | doctor | reach>. Results go to standard output, everything else to standard error. */
import { CliError } from './cli/error.ts';
import { cliText } from './locales/cli.ts';

const USAGE = `gridbot <command>

  start                                     run the bot
  parse [--json] [--playbook ID,…] TEXT|-   what a line means; - reads one line after the other
  rehearse FILE.yaml [--json]               play a script against a simulated clock
  roster import FILE [--from DAY] [--apply] take in a roster (csv, xlsx); shows changes before making them
  roster codes [--under UNIT] [--person NAME]  claim codes for those who have not claimed their post
  register import FILE --register ID [--from DAY] [--apply]  take in households and other entries (csv, xlsx)
  register list --register ID [--unit NAME] [--json]  what a register holds, as a table that can be imported again
  playbook check ID|FILE…                   whether playbooks can be used, and what each form asks
  playbook show ID|FILE…                    playbooks written out in words
  playbook try TEXT [--playbook ID|FILE,…]  what a line would mean under them, in words
  status [--json]                           who is missing, per level; what was not heard or delivered
  doctor [--json]                           what is wrong with the set-up, and what to do
  reach [--groups N] [--within MINUTES]     how long it takes to write to every group, and with how many accounts
`;

type Run = (args: string[]) => Promise<number>;

/** Each command is loaded only when it is called, so that \`parse\` answers at once. */
const COMMANDS: ReadonlyMap<string, () => Promise<Run>> = new Map([
  ['start', async () => (await import('./main.ts')).start],
  ['parse', async () => (await import('./cli/parse.ts')).runParse],
  ['rehearse', async () => (await import('./cli/rehearse.ts')).runRehearse],
  ['roster', async () => (await import('./cli/roster.ts')).runRoster],
  ['register', async () => (await import('./cli/register.ts')).runRegister],
  ['playbook', async () => (await import('./cli/playbook.ts')).runPlaybook],
  ['doctor', async () => (await import('./cli/doctor.ts')).runDoctor],
  ['reach', async () => (await import('./cli/reach.ts')).runReach],
  ['status', async () => (await import('./cli/status.ts')).runStatus],
]);

async function main([name, ...args]: string[]): Promise<number> {
  const load = COMMANDS.get(name ?? '');
  if (!load) {
    process.stderr.write(USAGE);
    return name === undefined || name === 'help' || name === '--help' ? 0 : 2;
  }
  try {
    return await (await load())(args);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') {
      process.stderr.write(`${cliText.portInUse((error as { port?: number }).port ?? 0)}\n`);
      return 1;
    }
    const expected = error instanceof CliError || (error instanceof Error && EXPECTED.has(error.name));
    process.stderr.write(`${expected ? (error as Error).message : ((error as Error).stack ?? String(error))}\n`);
    return 1;
  }
}

/** Errors whose message is all that whoever typed the command needs. */
const EXPECTED = new Set(['ScriptError', 'PlaybookError', 'ConfigError', 'StoreError', 'NotDurableError']);

// Whoever reads the output may have read enough: `gridbot doctor | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

process.exitCode = await main(process.argv.slice(2));
