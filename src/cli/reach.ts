/** `gridbot reach`: says beforehand how long it takes to write to every group, and with how many accounts. */
import { LIMITS, type Limits } from '../bots/limits.ts';
import { readPlatforms } from '../config.ts';
import { splitKey } from '../core/chat.ts';
import { accountsFor, fanOutMs } from '../core/fan-out.ts';
import { MINUTE } from '../core/time.ts';
import { cliText } from '../locales/cli.ts';
import { minutesText, platformName } from '../locales/doctor.ts';
import { CliError } from './error.ts';
import { withCounty } from './open.ts';
import { readOptions } from './options.ts';

const USAGE = 'usage: gridbot reach [--groups N] [--accounts N] [--within MINUTES]';

/** A table is a text, a picture and a workbook. */
const FILES_OF_A_TABLE = 2;

/**
 * Prints for each platform how long one message and one table to every group take; for the groups bound now, or for as
 * many as asked. Resolves with the exit code.
 * @throws {CliError} when it is called wrongly
 * @throws {StoreError} when the database cannot be used
 * @throws {ConfigError} when the platforms' variables cannot
 */
export async function runReach(args: string[]): Promise<number> {
  const option = { type: 'string' } as const;
  const { values } = readOptions({ args, options: { groups: option, accounts: option, within: option } }, USAGE);
  const asked = wholeNumber(values.groups);
  const minutes = wholeNumber(values.within) ?? 5;
  const counts = asked === null ? await boundGroups() : new Map(paced().map((id) => [id, asked]));
  const configured = wholeNumber(values.accounts);
  let printed = 0;
  for (const [platform, groups] of counts) {
    const limits = LIMITS.get(platform);
    if (!limits || groups === 0) continue;
    const accounts = configured ?? (await accountsOf(platform));
    process.stdout.write(linesOf(platform, groups, accounts, minutes, limits));
    printed += 1;
  }
  if (printed === 0) process.stdout.write(`${cliText.reachNone}\n`);
  return 0;
}

/** Platforms whose pace is a matter of minutes. */
const paced = (): string[] => [...LIMITS].flatMap(([id, { pace }]) => (pace.perAccountMs > 0 ? [id] : []));

function linesOf(platform: string, groups: number, accounts: number, minutes: number, { pace, shape }: Limits): string {
  const files = shape.captionLimit > 0 ? FILES_OF_A_TABLE - 1 : FILES_OF_A_TABLE;
  const share = Math.ceil(groups / accounts);
  const one = fanOutMs(share, pace);
  const table = fanOutMs(share * (1 + files), pace);
  const needed = accountsFor(groups, pace, minutes * MINUTE);
  const name = platformName(platform);
  return [
    cliText.reach(name, groups, accounts, minutesText(one), minutesText(table)),
    cliText.reachNeeded(needed, minutes),
    '',
  ].join('\n');
}

async function boundGroups(): Promise<Map<string, number>> {
  return withCounty(async ({ county }) => {
    const counts = new Map(paced().map((id) => [id, 0]));
    for (const { chat } of county.bindings()) {
      const { platform } = splitKey(chat);
      counts.set(platform, (counts.get(platform) ?? 0) + 1);
    }
    return counts;
  });
}

/** How many accounts of a platform are configured; one where none is, to plan with. */
async function accountsOf(platform: string): Promise<number> {
  const ready = (await readPlatforms()).find(({ id }) => id === platform);
  return ready?.platform.accounts ?? 1;
}

function wholeNumber(text: string | undefined): number | null {
  if (text === undefined) return null;
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new CliError(USAGE);
  return Number(text);
}
