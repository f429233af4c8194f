/** Settings from the environment, checked all at once. `TZ` is ignored: time is Asia/Shanghai everywhere. */
import { z } from 'zod';

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
  /** A playbook's id or path. */
  playbook: string;
  logLevel: z.infer<typeof schema>['LOG_LEVEL'];
}

/** The environment is not usable; the message has one line per variable. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * Reads the configuration; an empty variable counts as not set.
 * @throws {ConfigError} naming every bad variable
 */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const checked = schema.safeParse(given);
  if (!checked.success) {
    throw new ConfigError(checked.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n'));
  }
  const { DATABASE_URL, PORT, GRIDBOT_PLAYBOOK, LOG_LEVEL } = checked.data;
  return { databaseUrl: DATABASE_URL, port: PORT, playbook: GRIDBOT_PLAYBOOK, logLevel: LOG_LEVEL };
}
