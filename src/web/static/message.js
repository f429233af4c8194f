/** One message as a node: who, when, the words with what in them can be used, pictures and files. */
import { el } from './dom.js';
import { server } from './server.js';
import { SIGN, signNode } from './signs.js';
import { clockText, words } from './words.js';

/** @typedef {import('./server.js').Message} Message */
/** @typedef {{ me: string, fill: (line: string) => void, enlarge: (src: string, alt: string) => void }} Viewer */

/** A line to send within a sentence of the bot's: a slash and Chinese, up to a bracket, a stop or two spaces. */
const LINE = /(?<![\p{Script=Han}\w])\/\p{Script=Han}[^\s()(),。;;:,、]*(?: [^\s()(),。;;:,、]+)*/gu;

const HUES = [18, 44, 96, 205, 232, 268, 312, 344];

/** @param {string} id */
function hueOf(id) {
  let sum = 0;
  for (const char of id) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) >>> 0;
  return HUES[sum % HUES.length] ?? 205;
}

/** @param {Message} message @param {Viewer} viewer */
export function messageNode(message, viewer) {
  const { from, at, recalled } = message;
  const isBot = from === 'bot';
  const isMine = !isBot && from.id === viewer.me;
  const name = isBot ? words.bot : from.displayName;
  const avatar = el('span', {
    class: `avatar${isBot ? ' bot' : ''}`,
    'aria-hidden': 'true',
    text: isBot ? '' : name.slice(0, 1),
  });
  if (!isBot) avatar.dataset.hue = String(hueOf(from.id));
  const pointsAtMe = message.mentions.some(({ id }) => id === viewer.me);
  const body = el('div', { class: 'bubble' }, recalled ? [words.recalled] : content(message, viewer));
  return el(
    'article',
    {
      class: [
        'message',
        isBot ? 'from-bot' : isMine ? 'from-me' : 'from-other',
        pointsAtMe ? 'at-me' : '',
        recalled ? 'recalled' : '',
      ]
        .filter(Boolean)
        .join(' '),
      'data-id': message.id,
    },
    [
      avatar,
      el('div', { class: 'said' }, [
        el('p', { class: 'meta' }, [el('span', { text: name }), ' ', el('time', { text: clockText(at) })]),
        body,
      ]),
    ],
  );
}

/** @param {Message} message @param {Viewer} viewer @returns {Node[]} */
function content(message, viewer) {
  const text = el('p', { class: 'text' }, message.from === 'bot' ? pieces(message, viewer) : [message.text]);
  const files = message.attachments.map(({ kind, name }, index) => {
    const url = server.fileUrl(message.id, index);
    if (kind === 'workbook')
      return el('a', { class: 'file', href: url, download: name }, [
        el('span', { class: 'file-icon', 'aria-hidden': 'true', text: 'XLSX' }),
        el('span', { class: 'file-name', text: name }),
      ]);
    const alt = words.picture(name);
    return el('button', { type: 'button', class: 'picture', onclick: () => viewer.enlarge(url, alt) }, [
      el('img', { src: url, alt }),
    ]);
  });
  return [text, ...files];
}

/**
 * The bot's words: people pointed at stand out, lines to send can be tapped, signs are drawn.
 * @param {Message} message @param {Viewer} viewer @returns {(Node | string)[]}
 */
function pieces({ text, mentions }, viewer) {
  /** @type {{ from: number, to: number, node: Node }[]} */
  const marks = [];
  for (const { id, name } of mentions) {
    const token = `@${name}`;
    for (let at = text.indexOf(token); at >= 0; at = text.indexOf(token, at + token.length)) {
      marks.push({
        from: at,
        to: at + token.length,
        node: el('span', { class: id === viewer.me ? 'mention me' : 'mention', text: token }),
      });
    }
  }
  for (const found of text.matchAll(LINE)) {
    const [line] = found;
    const node = el('button', {
      type: 'button',
      class: 'line',
      'aria-label': words.fill(line),
      text: line,
      onclick: () => viewer.fill(line),
    });
    marks.push({ from: found.index, to: found.index + line.length, node });
  }
  for (const found of text.matchAll(SIGN)) {
    const [sign] = found;
    marks.push({ from: found.index, to: found.index + sign.length, node: signNode(sign) });
  }
  // Of marks that overlap the first and longest stays: @王五 within @王五一.
  marks.sort((a, b) => a.from - b.from || b.to - a.to);
  /** @type {(Node | string)[]} */
  const parts = [];
  let done = 0;
  for (const { from, to, node } of marks) {
    if (from < done) continue;
    parts.push(text.slice(done, from), node);
    done = to;
  }
  return [...parts, text.slice(done)];
}
