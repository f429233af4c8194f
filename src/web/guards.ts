/** What a request must be to get further: from this machine, from this page, and asking for what it says. */
import type { MiddlewareHandler } from 'hono';
import { createMiddleware } from 'hono/factory';
import { webError } from './errors.ts';

/** Names under which a machine reaches itself. A page elsewhere cannot take them, whatever its own name resolves to. */
const OWN_NAMES: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Headers of every answer, errors included. */
export const safeHeaders: MiddlewareHandler = createMiddleware(async (c, next) => {
  await next();
  c.header('Content-Security-Policy', POLICY);
  c.header('X-Content-Type-Options', 'nosniff');
  c.header('Referrer-Policy', 'no-referrer');
  c.header('Cross-Origin-Resource-Policy', 'same-origin');
  c.header('Cross-Origin-Opener-Policy', 'same-origin');
});

/**
 * Only requests for this very machine, on any port: a name of somebody else's that resolves here is turned away.
 * @param hosts further host names, without port, that are welcome
 */
export function ownHost(hosts: readonly string[]): MiddlewareHandler {
  const welcome = new Set([...OWN_NAMES, ...hosts.map((host) => host.toLowerCase())]);
  return createMiddleware(async (c, next) => {
    const name = hostName(c.req.header('host') ?? '');
    if (name === null || !welcome.has(name)) throw webError(403, 'host');
    await next();
  });
}

/** What changes something comes from this page, or from no page at all, and says that it is JSON. */
export const ownPage: MiddlewareHandler = createMiddleware(async (c, next) => {
  if (c.req.method === 'GET' || c.req.method === 'HEAD') return next();
  const origin = c.req.header('origin');
  if (origin !== undefined && hostOf(origin) !== (c.req.header('host') ?? '').toLowerCase())
    throw webError(403, 'origin');
  const type = (c.req.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') throw webError(415, 'type');
  await next();
});

/** The name in a Host header without its port, in lower case; null for what is none. */
function hostName(host: string): string | null {
  const [, name] = /^(\[[0-9a-fA-F:.]+\]|[a-zA-Z0-9.-]+)(?::\d{1,5})?$/.exec(host) ?? [];
  return name?.toLowerCase() ?? null;
}

/** `localhost:8080` of `http://localhost:8080`; null for what is no web page's. */
function hostOf(origin: string): string | null {
  if (!URL.canParse(origin)) return null;
  const { protocol, host } = new URL(origin);
  return protocol === 'http:' || protocol === 'https:' ? host : null;
}
