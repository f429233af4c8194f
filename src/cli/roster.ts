/** `gridbot roster import` and `gridbot roster codes`. */
import { randomBytes, randomUUID } from 'node:crypto';
import { issueCodes } from '../core/roster/codes.ts';
import { planImport, type RosterChange, RosterOrderError } from '../core/roster/diff.ts';
import { put } from '../core/rows/index.ts';
import { civilDateOf } from '../core/time.ts';
import { cliText } from '../locales/cli.ts';
import { rosterChangeLines, rosterOrderText } from '../locales/roster.ts';
import { SAMPLE } from '../sample/install.ts';
import { commitOn } from './commit.ts';
import { csvText } from './csv.ts';
import { dayOption } from './day-option.ts';
import { CliError } from './error.ts';
import { withCounty } from './open.ts';
import { readOptions } from './options.ts';
import { readRoster } from './roster-file.ts';

const IMPORT_USAGE = 'usage: gridbot roster import FILE [--from DAY] [--apply]';
const CODES_USAGE = 'usage: gridbot roster codes [--under UNIT] [--person NAME]';

/**
 * Runs `roster import` or `roster codes` on the database that the environment names; resolves with the exit code.
 * @throws {CliError} when it is called wrongly, when the roster cannot be used, or was changed meanwhile
 * @throws {StoreError} when the database cannot be used
 */
export async function runRoster([action, ...args]: string[]): Promise<number> {
  if (action === 'import') return importRoster(args);
  if (action === 'codes') return printCodes(args);
  throw new CliError(`${IMPORT_USAGE}\n${CODES_USAGE}`);
}

/** The first roster is taken in at once; a later one shows what would change, and changes it with `--apply`. */
async function importRoster(args: string[]): Promise<number> {
  const { values, positionals } = readOptions(
    {
      args,
      allowPositionals: true,
      options: { from: { type: 'string' }, apply: { type: 'boolean', default: false } },
    },
    IMPORT_USAGE,
  );
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new CliError(IMPORT_USAGE);
  const from = dayOption(values.from);
  const { plan } = await readRoster(file);
  return withCounty(async (opened) => {
    const { county, now } = opened;
    if (county.meta(SAMPLE) !== null) throw new CliError(cliText.isSample);
    const current = county.rosterRows();
    const isFirst = current.unit.length === 0;
    const effective = from ?? civilDateOf(now);
    const change = inOrder(() => planImport(current, plan, { effective, newId: randomUUID }));
    if (change.writes.length === 0) return say(cliText.nothingToChange);
    say(rosterChangeLines(change).join('\n'));
    if (!isFirst && !values.apply) return say(cliText.applyHint);
    await commitOn(opened, change.writes);
    return say(cliText.imported(effective));
  });
}

/** Prints a sheet of codes, to be handed out one by one; the database keeps only their hashes. */
async function printCodes(args: string[]): Promise<number> {
  const { values } = readOptions(
    { args, options: { under: { type: 'string' }, person: { type: 'string' } } },
    CODES_USAGE,
  );
  return withCounty(async (opened) => {
    const { county, now } = opened;
    const view = county.viewAt(now);
    const { rows, sheet } = issueCodes(view, county.accounts(), county.claimCodes(), now, {
      random: randomBytes,
      ...(values.under === undefined ? {} : { below: only(view.findUnits(values.under), values.under) }),
      ...(values.person === undefined ? {} : { personId: only(view.findPersons(values.person), values.person) }),
    });
    if (sheet.length === 0) {
      // Standard output is likely on its way into a file of codes.
      process.stderr.write(`${cliText.noCodes}\n`);
      return 0;
    }
    await commitOn(
      opened,
      rows.map((row) => put('claimCode', row)),
    );
    const slips = sheet.map(({ path, title, name, code }) => [path, title, name, code]);
    process.stdout.write(csvText([cliText.codesHead, ...slips]));
    return 0;
  });
}

function inOrder(plan: () => RosterChange): RosterChange {
  try {
    return plan();
  } catch (error) {
    throw error instanceof RosterOrderError ? new CliError(rosterOrderText(error.latest)) : error;
  }
}

function only(found: readonly { id: string }[], name: string): string {
  const [one] = found;
  if (found.length !== 1 || !one) throw new CliError(cliText.notOne(name, found.length));
  return one.id;
}

function say(text: string): number {
  process.stdout.write(`${text}\n`);
  return 0;
}
