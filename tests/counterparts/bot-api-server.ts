/**
 * Telegram's counterpart: a Bot API server of one bot. Started by {@link Counterpart} with its port, its journal and
 * the {@link BotOptions} as JSON; see bot-api.ts for what it can be asked to do.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { answer, perform } from './bot-api/answers.ts';
import { ApiError } from './bot-api/error.ts';
import { Faults } from './bot-api/faults.ts';
import { Journal } from './bot-api/journal.ts';
import type { Method } from './bot-api/methods.ts';
import { Platform } from './bot-api/platform.ts';
import { bodyOf, Params, readParams } from './bot-api/request.ts';
import type { BotOptions, Fault, Limits, NewGroup, NewUser, Place, Saying, Seconds } from './bot-api/types.ts';
import { serveOrders } from './process.ts';

const [port = '', journalPath = '', given = '{}'] = process.argv.slice(2);
const options = JSON.parse(given) as BotOptions;
const journal = new Journal(journalPath);
const faults = new Faults();
let calls = new Map<string, number>();
let platform = new Platform(journal, options);

async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const [, file, token = '', rest = ''] = /^\/(file\/)?bot([^/]*)\/(.*)$/.exec(decodeURIComponent(url.pathname)) ?? [];
  const body = await bodyOf(request);
  if (token === '') return answer(response, null, () => perform(() => refuse(404, 'Not Found')));
  if (token !== options.token) return answer(response, null, () => perform(() => refuse(401, 'Unauthorized')));
  const onGone = (act: () => void): void => {
    if (response.destroyed) act();
    else response.once('close', act);
  };
  let name = file ? 'file' : rest;
  let params = new Params(new Map());
  let run: Method = file ? () => download(rest) : () => refuse(404, 'Not Found: method not found');
  try {
    if (!file) ({ name, run } = platform.methodNamed(rest));
    params = readParams(url.searchParams, request.headers['content-type'] ?? '', body);
  } catch (error) {
    run = () => {
      throw error;
    };
  }
  calls.set(name, (calls.get(name) ?? 0) + 1);
  const fault = faults.meet(name, params.integer('chat_id'));
  return answer(response, fault, () => perform(() => journal.together(() => run(params, onGone))));
}

function refuse(code: number, description: string): never {
  throw new ApiError(code, description);
}

function download(path: string): Buffer {
  const file = [...platform.memory.files.values()].find((each) => each.path === path);
  return file ? journal.fileBytes(file.id) : refuse(404, 'Not Found');
}

/** The bytes of a message's file, base64. */
function fileOf(place: Place): string {
  const { photo, document, voice } = platform.people.find(place);
  const ref = photo?.at(-1) ?? document ?? voice;
  if (!ref) throw new Error(`message ${JSON.stringify(place)} holds no file`);
  return journal.fileBytes(ref.file_id).toString('base64');
}

function reset(): void {
  platform.stop();
  faults.clear();
  calls = new Map();
  journal.clear();
  platform = new Platform(journal, options);
  server.closeAllConnections();
}

const server = createServer((request, response) => {
  handle(request, response).catch((error: unknown) => {
    // A caller that hung up in the middle of its call is none of our business; anything else is a broken counterpart.
    if (request.destroyed && !request.complete) return;
    process.stderr.write(`${String(error)}\n`);
    response.destroy();
  });
});
// Idle connections are kept as long as those of the real thing, so that clients do not run into a closed one.
server.keepAliveTimeout = 75_000;
server.listen(Number(port), '127.0.0.1');
await once(server, 'listening');

serveOrders({
  addUser: (user: NewUser) => platform.people.addUser(user),
  addGroup: (group: NewGroup) => platform.people.addGroup(group),
  says: (sayings: Saying<string>[]) => journal.together(() => sayings.map((saying) => platform.people.says(saying))),
  edits: ({ place, text, date }: { place: Place; text: string; date?: Seconds }) =>
    platform.people.edits(place, text, date),
  migrates: ({ group, to }: { group: number; to: number }) => platform.people.migrates(group, to),
  renames: ({ group, title }: { group: number; title: string }) => platform.people.renames(group, title),
  addsBot: ({ group, by, admin }: { group: number; by: number; admin: boolean }) =>
    platform.people.addsBot(group, by, admin),
  removesBot: ({ group, by }: { group: number; by: number }) => platform.people.removesBot(group, by),
  blocks: (user: number) => platform.people.blocks(user),
  repeat: (id: number) => platform.updates.repeat(id),
  limits: (limits: Limits | null) => platform.memory.record({ k: 'limits', limits }),
  fault: (fault: Fault) => faults.order(fault),
  clearFaults: () => faults.clear(),
  sent: (from: number) => platform.memory.sent.slice(from),
  fileOf,
  calls: () => Object.fromEntries(calls),
  acknowledged: () => platform.memory.acknowledged,
  pending: () => platform.memory.pending.size + platform.memory.again.length,
  commands: () => platform.memory.commands,
  reset,
});
