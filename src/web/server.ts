/** The browser console's server: the page, what it shows, and what one can do on it. */
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import { z } from 'zod';
import type { App, Logger } from '../app.ts';
import { type ConsoleAdapter, wasMadeHere } from '../bots/console.ts';
import type { Clock } from '../clock.ts';
import { errorInLogs } from '../core/error-in-logs.ts';
import type { Playbook } from '../core/playbook/index.ts';
import type { Figures } from '../metrics/figures.ts';
import type { Health } from '../metrics/health.ts';
import { serveAssets } from './assets.ts';
import { errorResponse, webError } from './errors.ts';
import { eventStream } from './event-stream.ts';
import { ownHost, ownPage, safeHeaders } from './guards.ts';
import { Live } from './live.ts';
import { serveOperators } from './operators.ts';
import { isOnStage, type Stage, setStage } from './stage.ts';
import { FixedError, MovingError, STOP_NAMES, type TimeMachine } from './time-machine.ts';

export interface WebDeps {
  app: Pick<App, 'county'>;
  adapter: ConsoleAdapter;
  clock: Clock;
  time: TimeMachine;
  playbook: Playbook;
  log: Logger;
  /** What `/metrics` shows. */
  figures: Figures;
  /** What `/healthz` says. */
  health: Pick<Health, 'check'>;
  /** The village whose chain is shown and whose people may be played, by name; null: nobody may be played. */
  village: string | null;
  /** Host names besides this machine's own under which the page may be opened. */
  hosts?: readonly string[];
  /** How often a silent event stream gets a sign of life, milliseconds; default 15,000. */
  heartbeatMs?: number;
}

const LARGEST_BODY = 32 * 1024;
const MOST_GROUPS = 20;
const MOST_WATCHERS = 100;

const id = z.string().min(1).max(100);
const sayBody = z.strictObject({
  chat: z.strictObject({ kind: z.enum(['group', 'direct']), id }),
  from: id,
  text: z.string().trim().min(1).max(4_000),
});
const clockBody = z.strictObject({ to: z.enum(STOP_NAMES) });
const groupBody = z.strictObject({ title: z.string().trim().min(1).max(40), from: id });
const fileIndex = z.coerce.number().int().min(0).max(20);

const MEDIA_TYPES = {
  picture: 'image/png',
  workbook: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

/** Builds the server without starting it; see `listen`. */
export function createWeb(deps: WebDeps): Hono {
  const { app, adapter, clock, time, playbook, village, log, figures, health, hosts = [], heartbeatMs = 15_000 } = deps;
  const stage = (): Stage => setStage({ adapter, county: app.county(), playbook, village, now: clock.now() });
  const live = new Live({ adapter, time, stage });
  const web = new Hono();

  web.use(safeHeaders);
  web.use(ownHost(hosts));
  web.use(ownPage);
  web.use('/api/*', bodyLimit({ maxSize: LARGEST_BODY, onError: () => errorResponse(413, 'large') }));
  web.use('/api/*', async (c, next) => {
    await next();
    if (!c.res.headers.has('Cache-Control')) c.header('Cache-Control', 'no-store');
  });

  serveAssets(web);
  serveOperators(web, { figures, health, watching: () => live.watching });

  web.get('/api/state', (c) => {
    const now = stage();
    const chats = [
      ...now.groups.map((group) => ({ kind: 'group' as const, id: group.id })),
      ...now.people.map((person) => ({ kind: 'direct' as const, id: person.id })),
    ];
    return c.json({ stage: now, clock: time.state(), messages: chats.flatMap((chat) => adapter.messages(chat)) });
  });

  web.get('/api/events', (c) => {
    if (live.watching >= MOST_WATCHERS) throw webError(503, 'broken');
    c.header('Content-Type', 'text/event-stream; charset=utf-8');
    return c.body(eventStream(live, heartbeatMs));
  });

  web.post('/api/say', async (c) => {
    const { chat, from, text } = checked(sayBody, await c.req.json().catch(() => null));
    const now = stage();
    const sender = senderOf(now, from);
    if (chat.kind === 'direct' ? chat.id !== from : !isOnStage(now, chat)) throw webError(404, 'chat');
    return c.json({ id: await adapter.say(chat, sender, text) });
  });

  web.post('/api/clock', async (c) => {
    const { to } = checked(clockBody, await c.req.json().catch(() => null));
    try {
      return c.json(await time.goTo(to));
    } catch (error) {
      if (error instanceof MovingError) throw webError(409, 'moving');
      if (error instanceof FixedError) throw webError(403, 'fixed');
      throw error;
    }
  });

  web.post('/api/groups', async (c) => {
    const { title, from } = checked(groupBody, await c.req.json().catch(() => null));
    const sender = senderOf(stage(), from);
    if (adapter.groups().filter((group) => wasMadeHere(group.id)).length >= MOST_GROUPS) throw webError(409, 'groups');
    return c.json(await adapter.createGroup(title, sender));
  });

  web.get('/api/files/:messageId/:index', async (c) => {
    const index = fileIndex.safeParse(c.req.param('index'));
    const file = index.success ? await adapter.file(c.req.param('messageId'), index.data) : null;
    if (!file) throw webError(404, 'file');
    const manner = file.kind === 'picture' ? 'inline' : 'attachment';
    return c.body(new Uint8Array(file.bytes), 200, {
      'Content-Type': MEDIA_TYPES[file.kind],
      'Content-Disposition': `${manner}; filename*=UTF-8''${encodeURIComponent(file.name)}`,
      'Cache-Control': 'private, max-age=86400, immutable',
    });
  });

  web.notFound(() => errorResponse(404, 'path'));
  web.onError((error) => {
    if (error instanceof HTTPException) return error.getResponse();
    log('error', 'web.failed', { error: errorInLogs(error) });
    return errorResponse(500, 'broken');
  });
  return web;
}

/** The body as its schema knows it; anything else is refused. */
function checked<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body);
  if (!result.success) throw webError(400, 'body');
  return result.data;
}

function senderOf({ people }: Stage, from: string): { id: string; displayName: string } {
  const person = people.find((each) => each.id === from);
  if (!person) throw webError(404, 'person');
  return { id: person.id, displayName: person.name };
}
