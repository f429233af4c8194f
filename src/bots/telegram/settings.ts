/** The variables of the Telegram adapter. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { BadVariable } from '../platform.ts';

export interface TelegramSettings {
  token: string;
  /** Ends with a slash, so that a path in it is kept. */
  apiRoot: string;
  /** Null: updates are polled. */
  webhook: WebhookSettings | null;
}

export interface WebhookSettings {
  /** What Telegram is told to push to. */
  url: string;
  /** Where this process listens, behind the office's own proxy. */
  host: string;
  port: number;
  /** What Telegram proves itself with. */
  secret: string;
}

/** The bot's own account id is the first part of its token, and no secret. */
export function accountOf({ token }: Pick<TelegramSettings, 'token'>): string {
  return token.slice(0, token.indexOf(':'));
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** A URL that holds, and is told to others, nothing but where to go. */
const address = (isAllowed: (url: URL) => boolean, problem: string) =>
  z.string().transform((text, context): URL => {
    const url = URL.canParse(text) ? new URL(text) : null;
    if (url && isAllowed(url) && url.username === '' && url.password === '' && url.search === '' && url.hash === '')
      return url;
    context.addIssue({ code: 'custom', message: problem });
    return z.NEVER;
  });

/** Telegram itself pushes to https only; a Bot API server on the same machine also to http. */
const isPushable = ({ protocol, hostname }: URL): boolean =>
  protocol === 'https:' || (protocol === 'http:' && LOOPBACK.has(hostname));

const schema = z.object({
  TELEGRAM_TOKEN: z
    .string({ error: 'is missing, but other variables of Telegram are set' })
    .regex(/^\d{1,20}:[A-Za-z0-9_-]{35,100}$/, 'write the token as BotFather gave it: digits, a colon, 35 signs'),
  TELEGRAM_API_ROOT: address(
    ({ protocol }) => protocol === 'https:' || protocol === 'http:',
    'write the address of a Bot API server, such as https://api.telegram.org',
  ).default(new URL('https://api.telegram.org')),
  TELEGRAM_WEBHOOK_URL: address(
    isPushable,
    'write the https address at which Telegram reaches this machine, without query, user or password',
  ).optional(),
  TELEGRAM_WEBHOOK_HOST: z
    .string()
    .regex(/^[A-Za-z0-9.:-]{1,253}$/, 'write the address to listen on, such as 127.0.0.1')
    .default('127.0.0.1'),
  TELEGRAM_WEBHOOK_PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'write a port from 1 to 65535')
    .transform(Number)
    .refine((port) => port >= 1 && port <= 65_535, 'write a port from 1 to 65535')
    .default(8443),
  TELEGRAM_WEBHOOK_SECRET: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,256}$/, 'write 1 to 256 of A-Z a-z 0-9 _ -')
    .optional(),
});

const VARIABLES = Object.keys(schema.shape);

/** The settings, every variable that cannot be used, or null when none is set. */
export function readSettings(environment: ReadonlyMap<string, string>): TelegramSettings | BadVariable[] | null {
  const given = VARIABLES.flatMap((name) => {
    const value = environment.get(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  if (given.length === 0) return null;
  const checked = schema.safeParse(Object.fromEntries(given));
  if (!checked.success) {
    return checked.error.issues.map(({ path, message }) => ({ variable: String(path[0]), problem: message }));
  }
  const { TELEGRAM_TOKEN: token, TELEGRAM_API_ROOT: root, TELEGRAM_WEBHOOK_URL: url, ...rest } = checked.data;
  const webhook = url && {
    url: url.href,
    host: rest.TELEGRAM_WEBHOOK_HOST,
    port: rest.TELEGRAM_WEBHOOK_PORT,
    secret: rest.TELEGRAM_WEBHOOK_SECRET ?? secretOf(token),
  };
  return { token, apiRoot: root.href.replace(/\/*$/, '/'), webhook: webhook ?? null };
}

/** The same after every restart, and the token cannot be told from it. */
function secretOf(token: string): string {
  return createHash('sha256').update(`gridbot webhook ${token}`).digest('hex');
}
