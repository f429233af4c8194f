/** Settings from the environment, checked all at once. `TZ` is ignored: time is Asia/Shanghai everywhere. */
import { z } from 'zod';
import { PLATFORMS, type Registered } from './bots/index.ts';
import type { BadVariable, ConfiguredPlatform } from './bots/platform.ts';

const schema = z.object({
  DATABASE_URL: z.string().startsWith('file:', 'write file:./data/gridbot.db').default('file:./data/gridbot.db'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  GRIDBOT_PLAYBOOK: z.string().min(1).default('epidemic'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
});

export interface Config {
  databaseUrl: string;
  /** Port of the browser console. */
  port: number;
  /** A playbook's id or path, or several with commas between them. */
  playbook: string;
  logLevel: z.infer<typeof schema>['LOG_LEVEL'];
}

/** The environment is not usable; the message has one line per variable. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** A platform that the environment configures. */
export interface ReadyPlatform {
  id: string;
  platform: ConfiguredPlatform;
}

/**
 * Reads the configuration; an empty variable counts as not set.
 * @throws {ConfigError} naming every bad variable
 */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const given = Object.fromEntries(variablesOf(environment));
  const checked = schema.safeParse(given);
  if (!checked.success) {
    throw configError(
      checked.error.issues.map((issue) => ({ variable: issue.path.join('.'), problem: issue.message })),
    );
  }
  const { DATABASE_URL, PORT, GRIDBOT_PLAYBOOK, LOG_LEVEL } = checked.data;
  return { databaseUrl: DATABASE_URL, port: PORT, playbook: GRIDBOT_PLAYBOOK, logLevel: LOG_LEVEL };
}

/**
 * The platforms whose variables are set. Only those are loaded.
 * @throws {ConfigError} naming every bad variable of all of them
 */
export async function readPlatforms(
  environment: NodeJS.ProcessEnv = process.env,
  registered: readonly Registered[] = PLATFORMS,
): Promise<ReadyPlatform[]> {
  const variables = variablesOf(environment);
  const ready: ReadyPlatform[] = [];
  const problems: BadVariable[] = [];
  for (const { prefix, load } of registered) {
    if (![...variables.keys()].some((name) => name.startsWith(prefix))) continue;
    const { id, configure } = await load();
    const configuration = configure(variables);
    if (configuration.state === 'ready') ready.push({ id, platform: configuration.platform });
    else if (configuration.state === 'broken') problems.push(...configuration.problems);
  }
  if (problems.length > 0) throw configError(problems);
  return ready;
}

function variablesOf(environment: NodeJS.ProcessEnv): Map<string, string> {
  return new Map(Object.entries(environment).flatMap(([name, value]) => (value ? [[name, value]] : [])));
}

function configError(problems: readonly BadVariable[]): ConfigError {
  return new ConfigError(problems.map(({ variable, problem }) => `${variable}: ${problem}`).join('\n'));
}
