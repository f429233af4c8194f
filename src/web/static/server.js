/**
 * What the page asks of its server.
 *
 * @typedef {{ kind: 'group' | 'direct', id: string }} Chat
 * @typedef {{ id: string, name: string }} Mention
 * @typedef {{ id: string, chat: Chat, from: 'bot' | { id: string, displayName: string }, text: string,
 *   mentions: Mention[], attachments: { kind: 'picture' | 'workbook', name: string }[], at: number,
 *   recalled: boolean }} Message
 * @typedef {{ id: string, title: string, hasBot: boolean, level: string | null, note: string }} Group
 * @typedef {{ id: string, name: string, post: string, place: string, home: string | null, lines: string[] }} Person
 * @typedef {{ groups: Group[], people: Person[], first: string }} Stage
 * @typedef {{ now: number, movable: boolean, moving: boolean }} ClockState
 * @typedef {{ stage: Stage, clock: ClockState, messages: Message[] }} State
 */
import { words } from './words.js';

/** An answer that is not what was asked for; its message is a sentence to show. */
export class Refused extends Error {}

/** @param {string} path @param {RequestInit} [init] */
async function ask(path, init) {
  /** @type {Response} */
  let response;
  try {
    response = await fetch(path, init);
  } catch (cause) {
    throw new Refused(words.failed, { cause });
  }
  const body = await response.json().catch(() => null);
  if (!response.ok) throw new Refused(body?.message ?? words.failed);
  return body;
}

/** @param {string} path @param {unknown} body */
const post = (path, body) =>
  ask(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

export const server = {
  /** @returns {Promise<State>} */
  state: () => ask('/api/state'),
  /** @param {Chat} chat @param {string} from @param {string} text */
  say: (chat, from, text) => post('/api/say', { chat, from, text }),
  /** @param {string} to @returns {Promise<ClockState>} */
  goTo: (to) => post('/api/clock', { to }),
  /** @param {string} title @param {string} from @returns {Promise<Group>} */
  newGroup: (title, from) => post('/api/groups', { title, from }),
  /** @param {string} messageId @param {number} index */
  fileUrl: (messageId, index) => `/api/files/${encodeURIComponent(messageId)}/${index}`,
};

/**
 * Watches what happens; after every break all is read anew, so that nothing is missed.
 * @param {{ connected: () => void, lost: () => void, message: (m: Message) => void, stage: (s: Stage) => void,
 *   clock: (c: ClockState) => void }} on
 */
export function watch(on) {
  const events = new EventSource('/api/events');
  events.addEventListener('open', on.connected);
  events.addEventListener('error', () => {
    on.lost();
    // A refusal ends the stream for good; a lost connection comes back by itself.
    if (events.readyState === EventSource.CLOSED) setTimeout(() => watch(on), 3_000);
  });
  events.addEventListener('message', (event) => on.message(JSON.parse(event.data).message));
  events.addEventListener('stage', (event) => on.stage(JSON.parse(event.data).stage));
  events.addEventListener('clock', (event) => on.clock(JSON.parse(event.data).clock));
}
