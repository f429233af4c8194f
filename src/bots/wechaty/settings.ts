/**
 * The WeChat accounts that the environment names. They speak wechaty's puppet service protocol (gRPC):
 *
 * - TLS is on unless it is turned off. The server's certificate must be made out to the name that stands before the last
 *   `_` of the token (`insecure_…` for a service's stock certificate), or to WECHATY_PUPPET_SERVICE_TLS_SERVER_NAME.
 * - The token lets a client in: over TLS as an `authorization` header, without as the HTTP/2 authority.
 * - The endpoint is always given; no public directory of services is ever asked.
 */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { BadVariable } from '../platform.ts';
import { COMMUNITY_AUTHORITY } from './authority.ts';

export interface WechatAccount {
  /** Its position in the lists, from '1': logs and states name it so. */
  name: string;
  token: string;
  /** `host:port`. */
  endpoint: string;
  /** Null: no TLS. */
  tls: { authority: string; serverName: string } | null;
}

export type Settings =
  | { state: 'absent' }
  | { state: 'broken'; problems: readonly BadVariable[] }
  | { state: 'ready'; accounts: readonly WechatAccount[] };

export const TOKENS = 'WECHATY_PUPPET_SERVICE_TOKEN';
const ENDPOINTS = 'WECHATY_PUPPET_SERVICE_ENDPOINT';
const PLAIN = 'WECHATY_PUPPET_SERVICE_NO_TLS_INSECURE_CLIENT';
const AUTHORITY = 'WECHATY_PUPPET_SERVICE_TLS_CA_CERT';
const SERVER_NAME = 'WECHATY_PUPPET_SERVICE_TLS_SERVER_NAME';

const list = z.string().transform((text) => text.split(',').map((each) => each.trim()));

/** It travels in an HTTP/2 header. */
const token = z.string().regex(/^[\w.~+=-]{1,200}$/, 'letters, digits and . ~ + = - _ only, separated by commas');
const endpoint = z
  .string()
  .regex(/^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?|\[[0-9A-Fa-f:]+\]):\d{1,5}$/, {
    error: 'write host:port',
    abort: true,
  })
  .refine((text) => isPort(Number(text.slice(text.lastIndexOf(':') + 1))), 'the port is between 1 and 65535');

/** PEM, or the path of a file that holds it. In a variable line breaks may stand as `\n`. */
const authority = z.string().transform((text, context) => {
  const pem = text.startsWith('-----BEGIN') ? text.replaceAll('\\n', '\n') : readPem(text);
  if (pem?.includes('-----BEGIN CERTIFICATE-----')) return pem;
  context.addIssue('write the path of a readable PEM file with the certificate of the authority');
  return z.NEVER;
});

const schema = z.object({
  [TOKENS]: list.pipe(z.array(token)),
  [ENDPOINTS]: list.pipe(z.array(endpoint)),
  [PLAIN]: z.enum(['true', 'false'], 'write true or false').default('false'),
  [AUTHORITY]: authority.default(COMMUNITY_AUTHORITY),
  [SERVER_NAME]: z
    .string()
    .regex(/^[\w.-]{1,253}$/, 'write a host name')
    .optional(),
});

type Given = z.infer<typeof schema>;

/** Reads and checks all variables of WeChat; a problem names the variable and never its value. */
export function readSettings(environment: ReadonlyMap<string, string>): Settings {
  if (!environment.has(TOKENS) && !environment.has(ENDPOINTS)) return { state: 'absent' };
  const names = [TOKENS, ENDPOINTS, PLAIN, AUTHORITY, SERVER_NAME];
  const given = Object.fromEntries(
    names.flatMap((name) => (environment.has(name) ? [[name, environment.get(name)]] : [])),
  );
  const checked = schema.safeParse(given, {
    error: (issue) => (issue.input === undefined ? missing(issue.path) : undefined),
  });
  const problems = checked.success
    ? contradictions(checked.data)
    : checked.error.issues.map(({ path, message }) => ({
        variable: String(path[0]),
        problem: typeof path[1] === 'number' ? `${ordinal(path[1])}: ${message}` : message,
      }));
  if (!checked.success || problems.length > 0) return { state: 'broken', problems };
  return { state: 'ready', accounts: accountsOf(checked.data) };
}

const ordinal = (index: number): string => `entry ${index + 1}`;
const isPort = (port: number): boolean => port >= 1 && port <= 65_535;

function missing(path: PropertyKey[] | undefined): string {
  const other = path?.[0] === TOKENS ? ENDPOINTS : TOKENS;
  return `missing, though ${other} is set: give one for each account, separated by commas`;
}

function contradictions(given: Given): BadVariable[] {
  const { [TOKENS]: tokens, [ENDPOINTS]: endpoints, [PLAIN]: plain, [SERVER_NAME]: serverName } = given;
  const found: BadVariable[] = [];
  if (tokens.length !== endpoints.length) {
    const problem = `${endpoints.length} for ${tokens.length} in ${TOKENS}: give one for each account, separated by commas`;
    found.push({ variable: ENDPOINTS, problem });
  }
  const pairs = tokens.map((each, at) => `${each} ${endpoints[at]}`);
  if (new Set(pairs).size < pairs.length) {
    found.push({ variable: TOKENS, problem: 'the same account stands there twice' });
  }
  for (const [at, each] of tokens.entries()) {
    if (plain === 'true' || serverName !== undefined || prefixOf(each)) continue;
    const problem = `${ordinal(at)}: with TLS a token begins with the name in the server's certificate and _ (such as insecure_); or set ${SERVER_NAME}`;
    found.push({ variable: TOKENS, problem });
  }
  return found;
}

function accountsOf(given: Given): WechatAccount[] {
  const {
    [TOKENS]: tokens,
    [ENDPOINTS]: endpoints,
    [PLAIN]: plain,
    [AUTHORITY]: pem,
    [SERVER_NAME]: serverName,
  } = given;
  return endpoints.map((each, at) => {
    const own = tokens[at] ?? '';
    const tls = plain === 'true' ? null : { authority: pem, serverName: serverName ?? prefixOf(own) };
    return { name: String(at + 1), token: own, endpoint: each, tls };
  });
}

const prefixOf = (text: string): string => text.slice(0, Math.max(0, text.lastIndexOf('_'))).toLowerCase();

function readPem(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
