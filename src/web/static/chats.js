/** The chats side by side, or one at a time under tabs: panes, what is unread, which one is written in. */
import { byId, el } from './dom.js';
import { messageNode } from './message.js';
import { dayText, words } from './words.js';

/** @typedef {import('./server.js').Message} Message */
/** @typedef {import('./server.js').Chat} Chat */
/** @typedef {import('./server.js').Group} Group */
/** @typedef {Chat & { key: string, title: string, badge: string, level: string, note: string, isSide: boolean }} ChatView */
/**
 * @typedef {{ chat: ChatView, pane: HTMLElement, log: HTMLElement, tabs: HTMLButtonElement[], lastDay: string,
 *   rest: number }} Pane `rest`: where the log was left after it last moved by itself, pixels */

const CHAIN = ['county', 'township', 'village'];
/** Scrolled up by less than this counts as being at the end, pixels. */
const NEAR_END = 80;

/** @param {Chat} chat */
export const keyOf = ({ kind, id }) => `${kind}:${id}`;

/** @param {{ chosen: (chat: ChatView) => void, newGroup: () => void, viewer: import('./message.js').Viewer }} on */
export function chatPanes({ chosen, newGroup, viewer }) {
  const chain = byId('chain', HTMLElement);
  const side = byId('side', HTMLElement);
  const tabs = byId('tabs', HTMLElement);
  const sideTabs = byId('side-tabs', HTMLElement);
  const sideStrip = byId('side-strip', HTMLElement);
  for (const list of [tabs, sideTabs]) walkByArrows(list);
  for (const button of document.querySelectorAll('.tab.new')) button.addEventListener('click', newGroup);
  /** @type {Map<string, Pane>} */
  const panes = new Map();
  /** @type {Set<string>} */
  const unread = new Set();
  let active = '';
  let shownSide = '';

  /** @param {ChatView} chat @param {string} where */
  function tabOf(chat, where) {
    const attributes = {
      type: 'button',
      role: 'tab',
      class: 'tab',
      id: `${where}-${chat.key}`,
      'aria-controls': `pane-${chat.key}`,
    };
    return el('button', { ...attributes, onclick: () => choose(chat.key) }, [
      el('span', { class: 'tab-name', text: chat.isSide || chat.kind === 'direct' ? chat.title : chat.badge }),
      el('span', { class: 'dot', hidden: true }, [el('span', { class: 'hidden', text: words.unread })]),
    ]);
  }

  /** @param {ChatView} chat @returns {Pane} */
  function paneOf(chat) {
    const log = el('div', {
      class: 'log',
      role: 'log',
      'aria-live': 'polite',
      'aria-label': chat.title,
      tabindex: '0',
    });
    const head = el('header', { class: 'pane-head' }, [
      el('span', { class: `badge ${chat.level}`, text: chat.badge }),
      el('div', {}, [
        el('h2', {}, [el('button', { type: 'button', class: 'pane-title', text: chat.title })]),
        el('p', { text: chat.note }),
      ]),
    ]);
    const pane = el(
      'section',
      { class: 'pane', id: `pane-${chat.key}`, 'aria-label': chat.title, onclick: () => choose(chat.key) },
      [head, log],
    );
    return {
      chat,
      pane,
      log,
      tabs: [tabOf(chat, 'tab'), ...(chat.isSide ? [tabOf(chat, 'side')] : [])],
      lastDay: '',
      rest: 0,
    };
  }

  /** @param {string} key */
  const isVisible = (key) => panes.get(key)?.pane.offsetParent != null;

  function mark() {
    for (const [key, { pane, tabs: own, chat }] of panes) {
      pane.classList.toggle('active', key === active);
      pane.classList.toggle('shown-side', key === shownSide);
      pane.classList.toggle('is-side', chat.isSide);
      for (const tab of own) {
        tab.setAttribute('aria-selected', String(key === (tab.id.startsWith('side-') ? shownSide : active)));
        const dot = tab.querySelector('.dot');
        if (dot instanceof HTMLElement) dot.hidden = !unread.has(key);
      }
    }
  }

  /** @param {string} key */
  function choose(key) {
    const target = panes.get(key);
    if (!target || key === active) return;
    active = key;
    if (target.chat.isSide) shownSide = key;
    look();
    target.tabs[0]?.scrollIntoView({ block: 'nearest', inline: 'center' });
    bring(target, target.log.lastElementChild);
    chosen(target.chat);
  }

  /** What can be seen is read. */
  function look() {
    mark();
    for (const key of [...unread]) if (isVisible(key)) unread.delete(key);
    mark();
  }

  /** @param {Pane} target @param {Message} message */
  function append(target, message) {
    const { log } = target;
    const known = [...log.children].find((node) => node instanceof HTMLElement && node.dataset.id === message.id);
    const node = messageNode(message, viewer);
    if (known) {
      known.replaceWith(node);
      return;
    }
    const isFollowed = log.scrollTop === target.rest || log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_END;
    const isMine = message.from !== 'bot' && message.from.id === viewer.me;
    log.querySelector('.empty')?.remove();
    const day = dayText(message.at);
    if (day !== target.lastDay) log.append(el('p', { class: 'day-line', text: day }));
    target.lastDay = day;
    log.append(node);
    if (!isFollowed && !isMine) return;
    bring(target, node);
    for (const image of node.querySelectorAll('img')) image.addEventListener('load', () => bring(target, node));
  }

  /** Scrolls to the end, or to the head of a last message that is taller than its pane. @param {Pane} target @param {Element | null} last */
  function bring(target, last) {
    const { log } = target;
    if (last !== log.lastElementChild || !(last instanceof HTMLElement)) return;
    log.scrollTop = Math.min(log.scrollHeight - log.clientHeight, last.offsetTop - log.offsetTop - 10);
    target.rest = log.scrollTop;
  }

  return {
    /** The chat one writes in. */
    get active() {
      return panes.get(active)?.chat;
    },
    choose,
    /** The window has another width: what is visible may have changed. */
    look,

    /**
     * Shows these chats with these messages, from nothing.
     * @param {readonly ChatView[]} chats @param {Map<string, readonly Message[]>} messages @param {string} wanted
     */
    show(chats, messages, wanted) {
      panes.clear();
      for (const chat of chats) panes.set(chat.key, paneOf(chat));
      active = panes.has(active) ? active : wanted;
      const sides = chats.filter(({ isSide }) => isSide);
      shownSide = sides.some(({ key }) => key === shownSide) ? shownSide : (sides[0]?.key ?? '');
      const all = [...panes.values()];
      chain.replaceChildren(...all.filter(({ chat }) => !chat.isSide).map(({ pane }) => pane));
      side.replaceChildren(sideStrip, ...all.filter(({ chat }) => chat.isSide).map(({ pane }) => pane));
      tabs.replaceChildren(...all.map(({ tabs: [tab = ''] }) => tab));
      sideTabs.replaceChildren(...all.flatMap(({ tabs: [, tab] }) => tab ?? []));
      mark();
      for (const pane of all) {
        pane.log.append(el('p', { class: 'empty', text: words.empty(pane.chat.note) }));
        for (const message of messages.get(pane.chat.key) ?? []) append(pane, message);
      }
      look();
      const now = panes.get(active);
      if (now) chosen(now.chat);
    },

    /** @param {Message} message */
    take(message) {
      const key = keyOf(message.chat);
      const target = panes.get(key);
      if (!target) return;
      append(target, message);
      if (!isVisible(key)) unread.add(key);
      mark();
    },
  };
}

/** Left and right lead from tab to tab. @param {HTMLElement} list */
function walkByArrows(list) {
  list.addEventListener('keydown', ({ key }) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[key];
    const all = [...list.children];
    const at = document.activeElement ? all.indexOf(document.activeElement) : -1;
    if (step === undefined || at < 0) return;
    const next = all[(at + step + all.length) % all.length];
    if (next instanceof HTMLElement) next.focus();
  });
}

/**
 * The chats of a stage as one person sees them: the chain first, then what stands at the side.
 * @param {readonly Group[]} groups @param {{ id: string, name: string }} me @returns {ChatView[]}
 */
export function chatsOf(groups, me) {
  const views = groups.map(({ id, title, level, note, hasBot }) => ({
    key: `group:${id}`,
    kind: /** @type {const} */ ('group'),
    id,
    title,
    badge: words.levels[level ?? ''] ?? words.otherGroup,
    level: level ?? 'other',
    note: hasBot ? note : words.noBot,
    isSide: !CHAIN.includes(level ?? ''),
  }));
  const direct = {
    key: `direct:${me.id}`,
    kind: /** @type {const} */ ('direct'),
    id: me.id,
    title: words.direct,
    badge: words.direct.slice(0, 1),
    level: 'direct',
    note: words.directNote,
    isSide: true,
  };
  return [...views.filter(({ isSide }) => !isSide), direct, ...views.filter(({ isSide }) => isSide)];
}
