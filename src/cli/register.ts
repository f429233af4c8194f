/** `gridbot register import` and `gridbot register list`. */
import { randomUUID } from 'node:crypto';
import { readConfig } from '../config.ts';
import { fieldText } from '../core/form.ts';
import { entriesBelow } from '../core/register/below.ts';
import { registerSheet } from '../core/register/table/export.ts';
import { planRegister, type RegisterTarget } from '../core/register/table/plan.ts';
import type { RosterView } from '../core/roster/view.ts';
import type { EntryRow } from '../core/rows/index.ts';
import { civilDateOf } from '../core/time.ts';
import { cliText } from '../locales/cli.ts';
import { registerChangeLines, registerText } from '../locales/register.ts';
import { loadPlaybook } from '../playbook-file.ts';
import { commitOn } from './commit.ts';
import { csvText } from './csv.ts';
import { dayOption } from './day-option.ts';
import { CliError } from './error.ts';
import { withCounty } from './open.ts';
import { readOptions } from './options.ts';
import { readRegisterFile, registerNamed, registerProblems } from './register-file.ts';

const IMPORT_USAGE = 'usage: gridbot register import FILE --register ID [--playbook ID|FILE,…] [--from DAY] [--apply]';
const LIST_USAGE = 'usage: gridbot register list --register ID [--playbook ID|FILE,…] [--unit NAME] [--json]';

/**
 * Runs `register import` or `register list` on the database that the environment names; resolves with the exit code.
 * @throws {CliError} when it is called wrongly, when the table cannot be used, or the register was changed meanwhile
 * @throws {PlaybookError} when the playbook cannot be used
 * @throws {StoreError} when the database cannot be used
 */
export async function runRegister([action, ...args]: string[]): Promise<number> {
  if (action === 'import') return importTable(args);
  if (action === 'list') return listEntries(args);
  throw new CliError(`${IMPORT_USAGE}\n${LIST_USAGE}`);
}

/** Shows what would change, and changes it with `--apply`. */
async function importTable(args: string[]): Promise<number> {
  const { values, positionals } = readOptions(
    {
      args,
      allowPositionals: true,
      options: {
        register: { type: 'string' },
        playbook: { type: 'string' },
        from: { type: 'string' },
        apply: { type: 'boolean', default: false },
      },
    },
    IMPORT_USAGE,
  );
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0 || values.register === undefined) throw new CliError(IMPORT_USAGE);
  const from = dayOption(values.from);
  const target = await targetOf(values.register, values.playbook);
  const rows = await readRegisterFile(file, target);
  return withCounty(async (opened) => {
    const { county, now } = opened;
    const view = county.viewAt(now);
    if (!view.county) throw new CliError(cliText.statusNoRoster);
    const effective = from ?? civilDateOf(now);
    const options = { effective, now, newId: randomUUID, token: randomUUID() };
    const plan = planRegister(rows, target, { entries: county.entries, view }, options);
    if (!plan.ok) throw registerProblems(file, target, plan.problems);
    const { change } = plan;
    const { register } = target;
    if (change.unknown.length > 0) say(registerText.notTaken(change.unknown));
    if (change.writes.length === 0) return say(registerText.same(register.name));
    say(registerChangeLines(change, { register, view }).join('\n'));
    if (!values.apply) return say(cliText.applyHint);
    await commitOn(opened, change.writes);
    return say(registerText.imported(register.name, change.changes.length));
  });
}

/** Prints a register as a table that can be imported again, or with `--json` as one array. */
async function listEntries(args: string[]): Promise<number> {
  const { values } = readOptions(
    {
      args,
      options: {
        register: { type: 'string' },
        playbook: { type: 'string' },
        unit: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    },
    LIST_USAGE,
  );
  if (values.register === undefined) throw new CliError(LIST_USAGE);
  const target = await targetOf(values.register, values.playbook);
  return withCounty(async ({ county, now }) => {
    const view = county.viewAt(now);
    const facts = { entries: county.entries, view };
    const unitId = values.unit === undefined ? undefined : unitNamed(view, values.unit);
    if (values.json) {
      const entries = entriesBelow(target, facts, unitId).map((entry) => shown(entry, target, view));
      return say(JSON.stringify(entries));
    }
    process.stdout.write(csvText(registerSheet(target, facts, unitId)));
    return 0;
  });
}

/** An entry for other programs: names in place of ids, and the fields also as people read them. */
function shown(entry: EntryRow, { register }: RegisterTarget, view: RosterView) {
  const { id, unitId, number, name, values, coverId, since, until } = entry;
  const text = Object.entries(register.fields).flatMap(([field, spec]) => {
    const value = values[field];
    return value === undefined ? [] : fieldText({ ...spec, bare: false }, value);
  });
  const cover = coverId === null ? null : view.personLabel(coverId);
  return { id, unit: view.path(unitId), number, name, values, text: text.join(' '), cover, since, until };
}

async function targetOf(id: string, playbook: string | undefined): Promise<RegisterTarget> {
  return registerNamed(id, await loadPlaybook(playbook ?? readConfig().playbook));
}

function unitNamed(view: RosterView, name: string): string {
  const found = view.findUnits(name);
  const [one] = found;
  if (found.length !== 1 || !one) throw new CliError(cliText.notOne(name, found.length));
  return one.id;
}

function say(text: string): number {
  process.stdout.write(`${text}\n`);
  return 0;
}
