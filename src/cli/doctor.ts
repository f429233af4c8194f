/** `gridbot doctor`: looks at everything the bot needs, changes nothing, and says what to do. */
import { SEVERITY } from '../bots/finding.ts';
import { FAN_OUT_GOAL, LIMITS } from '../bots/limits.ts';
import { systemClock, systemTimer } from '../clock.ts';
import { type Config, ConfigError, type ReadyPlatform, readConfig, readPlatforms } from '../config.ts';
import { splitKey } from '../core/chat.ts';
import type { County } from '../core/county.ts';
import { accountsFor, fanOutMs } from '../core/fan-out.ts';
import { ACCOUNTS, type AccountNote, readAccounts } from '../core/meta.ts';
import type { Level } from '../core/playbook/index.ts';
import type { PersonId } from '../core/rows/index.ts';
import { clockText, type Instant } from '../core/time.ts';
import { type Advice, doctorText, findingText } from '../locales/doctor.ts';
import { BOT_NAME } from '../locales/zh-CN.ts';
import { loadPlaybook } from '../playbook-file.ts';
import { SAMPLE } from '../sample/install.ts';
import { isOwned } from '../store/owner.ts';
import { databaseExists } from '../store/path.ts';
import { withCounty } from './open.ts';
import { readOptions } from './options.ts';

const USAGE = 'usage: gridbot doctor [--json]';
/** The oldest Node it runs on. */
const OLDEST_NODE = [20, 19] as const;

type Severity = 'good' | 'warning' | 'bad';

/** One thing that was looked at. */
export interface Line extends Advice {
  code: string;
  level: Severity;
}

/**
 * Prints what was found, as text or with `--json` as one object per line; resolves with 1 when something keeps the bot
 * from its work, else with 0.
 * @throws {CliError} when it is called wrongly
 */
export async function runDoctor(args: string[]): Promise<number> {
  const { values } = readOptions({ args, options: { json: { type: 'boolean', default: false } } }, USAGE);
  const lines: Line[] = [];
  for await (const line of examination()) {
    lines.push(line);
    process.stdout.write(values.json ? `${JSON.stringify(line)}\n` : textOf(line));
  }
  const count = (level: Severity): number => lines.filter((line) => line.level === level).length;
  if (!values.json) process.stdout.write(`${doctorText.summary(count('bad'), count('warning'))}\n`);
  return count('bad') > 0 ? 1 : 0;
}

function textOf({ level, says, todo }: Line): string {
  return `${doctorText[level]} ${says}\n${todo === undefined ? '' : `${doctorText.todo(todo)}\n`}`;
}

const line = (level: Severity, code: string, advice: Advice): Line => ({ level, code, ...advice });

async function* examination(): AsyncGenerator<Line> {
  yield runtime(process.versions.node);
  const { config, platforms, problems } = await configuration();
  if (problems.length > 0) yield line('bad', 'variables', doctorText.variables(problems));
  if (!config) return;
  yield await playbookLine(config.playbook);
  let bound: Bound[] = [];
  let running = false;
  let lost: ReadonlySet<string> = new Set();
  for await (const found of database(config.databaseUrl, problems.length > 0 ? null : platforms)) {
    if ('bound' in found) ({ bound, running, lost } = found);
    else yield found;
  }
  if (platforms.length === 0 && problems.length === 0) yield line('warning', 'noPlatform', doctorText.noPlatform());
  for (const ready of platforms) yield* platformLines(ready, bound, running, lost.has(ready.id));
}

function runtime(version: string): Line {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_NODE;
  const old = major < oldestMajor || (major === oldestMajor && minor < oldestMinor);
  return old
    ? line('bad', 'runtime', doctorText.runtimeOld(version))
    : line('good', 'runtime', doctorText.runtime(version));
}

/** Whatever of the configuration can be used, and what is wrong with the rest, all at once. */
async function configuration(): Promise<{ config: Config | null; platforms: ReadyPlatform[]; problems: string[] }> {
  const problems: string[] = [];
  const collect = (error: unknown): null => {
    if (!(error instanceof ConfigError)) throw error;
    problems.push(...error.message.split('\n'));
    return null;
  };
  const platforms = await readPlatforms().catch(collect);
  let config: Config | null = null;
  try {
    config = readConfig();
  } catch (error) {
    collect(error);
  }
  return { config, platforms: platforms ?? [], problems };
}

async function playbookLine(id: string): Promise<Line> {
  try {
    return line('good', 'playbook', doctorText.playbook((await loadPlaybook(id)).id));
  } catch (error) {
    return line('bad', 'playbook', doctorText.playbookBad((error as Error).message));
  }
}

/** What of the database matters for the platforms. */
interface Seen {
  bound: Bound[];
  running: boolean;
  /** Platforms of which the running bot has lost an account. */
  lost: ReadonlySet<string>;
}

interface Bound {
  platform: string;
  id: string;
  title: string;
}

/** @param platforms null: nobody knows which, since some of their variables are wrong */
async function* database(url: string, platforms: readonly ReadyPlatform[] | null): AsyncGenerator<Line | Seen> {
  // Opening would make one.
  if (!databaseExists(url)) {
    yield line('bad', 'databaseMissing', doctorText.databaseMissing(url));
    return;
  }
  try {
    const running = await isOwned(url);
    const found = await withCounty(
      async ({ county, now }) => ({
        lines: [...countyLines(county, now, platforms), ...(running ? lostAccounts(county).map(accountLine) : [])],
        lost: new Set(running ? lostAccounts(county).map(({ platform }) => platform) : []),
        bound: county.bindings().map(({ chat, title }) => ({ ...splitKey(chat), title })),
      }),
      { asItIs: true },
    );
    yield line('good', 'database', doctorText.database(url, running));
    yield* found.lines;
    yield { bound: found.bound, running, lost: found.lost };
  } catch (error) {
    yield line('bad', 'database', doctorText.databaseBad(url, (error as Error).message));
  }
}

function countyLines(county: County, now: Instant, platforms: readonly ReadyPlatform[] | null): Line[] {
  const view = county.viewAt(now);
  if (!view.county) return [line('bad', 'roster', doctorText.rosterMissing())];
  const sample = county.meta(SAMPLE) !== null;
  const levels: Level[] = ['county', 'township', 'village', 'grid'];
  const people = new Set(
    levels.flatMap((level) =>
      view.units(level).flatMap(({ id }) => view.posts(id).flatMap(({ holder }) => holder?.id ?? [])),
    ),
  );
  const unclaimed = [...people].filter((id) => county.accountsOf(id).length === 0);
  const { name } = view.county;
  const lines = [
    line(
      'good',
      'roster',
      doctorText.roster(name, view.units('village').length, view.units('grid').length, people.size),
    ),
  ];
  if (sample)
    lines.push(line(platforms !== null && platforms.length > 0 ? 'bad' : 'warning', 'sample', doctorText.sample()));
  if (unclaimed.length > 0)
    lines.push(line('warning', 'unclaimed', unclaimedAdvice(county, now, unclaimed, people.size)));
  // A grid needs no group of its own: its leader reports in the village's.
  for (const level of ['county', 'township', 'village'] as const) {
    const units = view.units(level);
    const without = units.filter(({ id }) => county.groupOf(id) === null).map((unit) => unit.name);
    if (without.length > 0) lines.push(line('warning', 'noGroup', doctorText.noGroup(level, without, units.length)));
  }
  return platforms === null ? lines : [...lines, ...foreignGroups(county, platforms)];
}

/** Codes that are out stay good only as long as nobody prints a new batch. */
function unclaimedAdvice(county: County, now: Instant, unclaimed: readonly PersonId[], people: number): Advice {
  const open = county.claimCodes().filter(({ usedAt, expiresAt }) => usedAt === null && expiresAt > now);
  const holders = new Set(open.map(({ personId }) => personId));
  const out = unclaimed.filter((id) => holders.has(id)).length;
  return out > 0 ? doctorText.codesOut(unclaimed.length, people, out) : doctorText.unclaimed(unclaimed.length, people);
}

/** What the running bot itself noted of its accounts. */
function lostAccounts(county: County): AccountNote[] {
  return readAccounts(county.meta(ACCOUNTS)).filter(({ state }) => state !== 'connected');
}

function accountLine({ platform, account, since, problem }: AccountNote): Line {
  return line('bad', 'accountLost', doctorText.accountLost(platform, account, clockText(since), problem ?? ''));
}

/** Groups on platforms that are not configured now: nothing reaches them. */
function foreignGroups(county: County, platforms: readonly ReadyPlatform[]): Line[] {
  const counts = new Map<string, number>();
  for (const { chat } of county.bindings()) {
    const { platform } = splitKey(chat);
    if (platform === 'console' || platforms.some(({ id }) => id === platform)) continue;
    counts.set(platform, (counts.get(platform) ?? 0) + 1);
  }
  return [...counts].map(([platform, count]) =>
    line('bad', 'foreignGroups', doctorText.foreignGroups(platform, count)),
  );
}

async function* platformLines(
  { id, platform }: ReadyPlatform,
  bound: readonly Bound[],
  running: boolean,
  isLost: boolean,
): AsyncGenerator<Line> {
  const own = bound.filter((each) => each.platform === id);
  const groups = own.map((each) => ({
    chat: { platform: id, id: each.id, kind: 'group' as const },
    title: each.title,
  }));
  const deps = {
    clock: systemClock,
    setTimer: systemTimer,
    random: Math.random,
    botName: BOT_NAME,
    log: () => undefined,
  };
  const examined = await platform.examine(deps, groups, running);
  // The running bot knows better than a look from outside whether anybody is logged in.
  const findings = isLost ? examined.filter(({ code }) => code !== 'connected') : examined;
  for (const finding of findings) {
    const say = findingText[finding.code] as (platform: string, finding: object) => Advice;
    yield line(SEVERITY[finding.code], finding.code, say(id, finding));
  }
  const accounts = findings.filter(({ code }) => code === 'connected').length;
  if (accounts > 0 && groups.length > 0) yield reachLine(id, groups.length, accounts);
}

/** How long one message to each group takes, and with how many accounts it would be quick. */
function reachLine(platform: string, groups: number, accounts: number): Line {
  const pace = LIMITS.get(platform)?.pace;
  if (!pace) return line('good', 'reach', doctorText.reach(platform, groups, accounts, 0));
  const ms = fanOutMs(Math.ceil(groups / accounts), pace);
  if (ms <= FAN_OUT_GOAL) return line('good', 'reach', doctorText.reach(platform, groups, accounts, ms));
  const needed = accountsFor(groups, pace, FAN_OUT_GOAL);
  return line('warning', 'reach', doctorText.reachSlow(platform, groups, accounts, ms, needed, FAN_OUT_GOAL));
}
