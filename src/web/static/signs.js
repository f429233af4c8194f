/** The signs at the head of the bot's sentences, drawn: an old phone or a bare browser may have no emoji. */
import { el } from './dom.js';

const SVG = 'http://www.w3.org/2000/svg';

/** Outline of each sign in a box of 24, and how it is coloured. @type {Map<string, { path: string, kind: string }>} */
const SIGNS = new Map([
  ['✅', { kind: 'good', path: 'M5 12.5l4.5 4.5L19 7.5' }],
  ['⏰', { kind: 'soon', path: 'M12 7v5.5l3.5 2M12 4a8.5 8.5 0 1 0 .01 0z' }],
  ['📋', { kind: 'table', path: 'M4.5 5h15v14h-15zM4.5 10h15M10 10v9' }],
  ['🔔', { kind: 'soon', path: 'M6 17V11a6 6 0 0 1 12 0v6l1.5 1h-15zM10.5 21h3' }],
  ['⚠️', { kind: 'soon', path: 'M12 4.5L21 19.5H3zM12 10v4.5M12 17v.2' }],
  ['↩️', { kind: 'table', path: 'M9 6L4.5 10.5L9 15M5 10.5h9a5 5 0 0 1 0 10h-2' }],
]);

/** Any of the signs. */
export const SIGN = /✅|⏰|📋|🔔|⚠️|↩️/gu;

/** @param {string} sign */
export function signNode(sign) {
  const { kind, path } = SIGNS.get(sign) ?? { kind: 'table', path: '' };
  const drawing = document.createElementNS(SVG, 'svg');
  drawing.setAttribute('viewBox', '0 0 24 24');
  drawing.setAttribute('aria-hidden', 'true');
  const outline = document.createElementNS(SVG, 'path');
  outline.setAttribute('d', path);
  drawing.append(outline);
  // The character stays for copying and for those who listen.
  return el('span', { class: `sign ${kind}` }, [el('span', { class: 'hidden', text: sign }), drawing]);
}
