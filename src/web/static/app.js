/** The page: one village's chain of groups side by side, a person to be, and a clock to move. */
import { chatPanes, chatsOf, keyOf } from './chats.js';
import { clockBar } from './clock.js';
import { composer } from './composer.js';
import { byId, toast } from './dom.js';
import { newGroupDialog } from './new-group.js';
import { Refused, server, watch } from './server.js';
import { dayText, hintOf, words } from './words.js';

/** @typedef {import('./server.js').Message} Message */
/** @typedef {import('./server.js').Person} Person */
/** @typedef {import('./server.js').Stage} Stage */

const HINT_CLOSED = 'hint-closed';

/** @type {Stage} */
let stage = { groups: [], people: [], first: '' };
/** @type {Map<string, Message[]>} */
const messages = new Map();
let me = '';

const viewer = {
  me,
  fill: (/** @type {string} */ line) => writing.fill(line),
  enlarge(/** @type {string} */ src, /** @type {string} */ alt) {
    const image = byId('viewer-image', HTMLImageElement);
    image.src = src;
    image.alt = alt;
    byId('viewer', HTMLDialogElement).showModal();
  },
};

const panes = chatPanes({ viewer, chosen: (chat) => writing.showTarget(chat.title), newGroup: () => dialog.open() });
const clock = clockBar({ ticked: showHint });
const writing = composer({
  chose: (id) => become(id),
  async send(text) {
    const chat = panes.active;
    if (chat) await server.say({ kind: chat.kind, id: chat.id }, me, text);
  },
});
const dialog = newGroupDialog((title) => void makeGroup(title));

/** @returns {Person} */
function myself() {
  const person = stage.people.find(({ id }) => id === me) ?? stage.people.find(({ id }) => id === stage.first);
  return person ?? { id: '', name: '', post: '', place: '', home: null, lines: [] };
}

/** @param {string} id */
function become(id) {
  me = id;
  draw();
  const { home } = myself();
  panes.choose(home === null ? `direct:${id}` : `group:${home}`);
}

/** Everything anew, for the person one is. */
function draw() {
  const person = myself();
  me = person.id;
  viewer.me = me;
  writing.showPeople(stage.people, person);
  panes.show(chatsOf(stage.groups, person), messages, person.home === null ? `direct:${me}` : `group:${person.home}`);
  const county = stage.groups.find(({ level }) => level === 'county');
  byId('place', HTMLElement).textContent = county ? words.mapOf(county.title) : words.real;
  showHint();
}

function showHint() {
  const line = myself().lines[0] ?? '';
  const today = dayText(clock.now());
  const hasSaid = [...messages.values()].some((list) =>
    list.some(({ from, at }) => from !== 'bot' && dayText(at) === today),
  );
  byId('hint-text', HTMLElement).textContent = hintOf({ now: clock.now(), hasSaid, line });
}

/** @param {Message} message */
function keep(message) {
  const key = keyOf(message.chat);
  const list = messages.get(key) ?? [];
  const at = list.findIndex(({ id }) => id === message.id);
  if (at < 0) list.push(message);
  else list[at] = message;
  messages.set(key, list);
}

async function readAll() {
  const state = await server.state();
  ({ stage } = state);
  messages.clear();
  for (const message of state.messages) keep(message);
  clock.show(state.clock);
  draw();
}

/** @param {string} title */
async function makeGroup(title) {
  try {
    const group = await server.newGroup(title, me);
    await readAll();
    panes.choose(`group:${group.id}`);
    if (!group.hasBot) toast(words.uninvited(myself().name));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    toast(error.message);
  }
}

const hint = byId('hint', HTMLElement);
hint.hidden = localStorage.getItem(HINT_CLOSED) !== null;
byId('hint-close', HTMLButtonElement).addEventListener('click', () => {
  hint.hidden = true;
  localStorage.setItem(HINT_CLOSED, '1');
});
const large = byId('viewer', HTMLDialogElement);
large.addEventListener('click', () => large.close());
addEventListener('resize', () => panes.look());

watch({
  connected: () => void readAll().catch(() => toast(words.offline)),
  lost: () => toast(words.offline),
  message(message) {
    keep(message);
    panes.take(message);
    showHint();
  },
  stage(next) {
    stage = next;
    draw();
  },
  clock: (state) => clock.show(state),
});
