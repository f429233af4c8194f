/** `gridbot roster import` and `gridbot roster codes`. */
import { randomBytes, randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { issueCodes } from '../core/roster/codes.ts';
import { planImport } from '../core/roster/diff.ts';
import { readRosterTable } from '../core/roster/table.ts';
import { put } from '../core/rows.ts';
import { type CivilDate, civilDateOf } from '../core/time.ts';
import { cliText } from '../locales/cli.ts';
import { rosterChangeLines, rosterProblemText } from '../locales/roster.ts';
import { readRosterFile } from '../roster/read-file.ts';
import { SAMPLE } from '../sample/install.ts';
import { CliError } from './error.ts';
import { withCounty } from './open.ts';

export async function runRoster([action, ...args]: string[]): Promise<number> {
  if (action === 'import') return importRoster(args);
  if (action === 'codes') return printCodes(args);
  throw new CliError(
    'usage: gridbot roster import FILE [--from DAY] [--apply] | roster codes [--under UNIT] [--person NAME]',
  );
}

/** The first roster is taken in at once; a later one shows what would change, and changes it with `--apply`. */
async function importRoster(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { from: { type: 'string' }, apply: { type: 'boolean', default: false } },
  });
  const [file] = positionals;
  if (file === undefined) throw new CliError('usage: gridbot roster import FILE [--from DAY] [--apply]');
  const reading = readRosterTable((await readRosterFile(file)).rows);
  if (!reading.ok) {
    const problems = reading.problems.map(rosterProblemText);
    throw new CliError([...problems, cliText.nothingImported(problems.length)].join('\n'));
  }
  return withCounty(async ({ store, county, now }) => {
    if (county.meta(SAMPLE) !== null) throw new CliError(cliText.isSample);
    const current = county.rosterRows();
    const isFirst = current.unit.length === 0;
    const effective = dayOf(values.from) ?? civilDateOf(now);
    const change = planImport(current, reading.plan, { effective, newId: randomUUID });
    if (change.writes.length === 0) return say(cliText.nothingToChange);
    say(rosterChangeLines(change).join('\n'));
    if (!isFirst && !values.apply) return say(cliText.applyHint);
    const revision = Number(county.meta('rosterRevision') ?? 0) + 1;
    await store.commit([...change.writes, put('meta', { id: 'rosterRevision', value: String(revision) })]);
    return say(cliText.imported(effective));
  });
}

/** Prints a sheet of codes, to be handed out one by one; the database keeps only their hashes. */
async function printCodes(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { under: { type: 'string' }, person: { type: 'string' } } });
  return withCounty(async ({ store, county, now }) => {
    const view = county.viewAt(now);
    const { rows, sheet } = issueCodes(view, county.accounts(), county.claimCodes(), now, {
      random: randomBytes,
      ...(values.under === undefined ? {} : { below: only(view.findUnits(values.under), values.under) }),
      ...(values.person === undefined ? {} : { personId: only(view.findPersons(values.person), values.person) }),
    });
    await store.commit([
      ...rows.map((row) => put('claimCode', row)),
      put('meta', { id: 'rosterRevision', value: String(Number(county.meta('rosterRevision') ?? 0) + 1) }),
    ]);
    if (sheet.length === 0) return say(cliText.noCodes);
    return say(
      [cliText.codesHead, ...sheet.map((slip) => [slip.path, slip.title, slip.name, slip.code].join(','))].join('\n'),
    );
  });
}

function only(found: readonly { id: string }[], name: string): string {
  const [one] = found;
  if (found.length !== 1 || !one) throw new CliError(cliText.notOne(name, found.length));
  return one.id;
}

function dayOf(text: string | undefined): CivilDate | null {
  if (text === undefined) return null;
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || Number.isNaN(Date.parse(text))) throw new CliError(cliText.badDay(text));
  return text as CivilDate;
}

function say(text: string): number {
  process.stdout.write(`${text}\n`);
  return 0;
}
