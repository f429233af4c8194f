/**
 * The one normaliser: whatever a phone, an input method or a copied message put into a text, the parser sees one
 * spelling of it. What cannot be read safely (superscripts, fractions, emoji) stays as it is, so that it is refused
 * later instead of turning into another number.
 */
import { isPlain, simplified } from './simplified.ts';

/** Blank on screen, though no space to Unicode: Hangul fillers, the empty Braille pattern. */
const BLANK = /[\u115f\u1160\u3164\uffa0\u2800]/gu;
/** Takes no room on screen: zero-width and bidi marks, variation selectors, soft hyphen, tags, controls, the keycap. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}]|\u20e3|(?![\n\t])\p{Cc}/gu;
const LINE_BREAK = /\r\n?|[\v\f\u0085\u2028\u2029]/gu;

/** Raised and lowered digits and signs, and fractions: as plain digits they would change the number beside them. */
const KEPT = /[\u00b2\u00b3\u00b9\u00bc-\u00be\u2070-\u209c\u2150-\u215f\u2189]/u;
/**
 * One sign that holds a whole number (①, ⑴, ⒈, ㈠, ㊀, ㋀, ㏠…): it stands apart from what is beside it, else ①② would
 * read as 12.
 */
const ENCLOSED =
  /[\u2460-\u249b\u24ea-\u24ff\u2776-\u2793\u3192-\u319f\u3220-\u3229\u3248-\u325f\u3280-\u3289\u32b1-\u32bf\u32c0-\u32cb\u3358-\u3370\u33e0-\u33fe\u{1f100}-\u{1f10c}\u{1f214}\u{1f22a}\u{1f22b}\u{1f241}\u{1f242}]/u;
const PIECES = new RegExp(`${KEPT.source}|${ENCLOSED.source}|(?:(?!${KEPT.source}|${ENCLOSED.source})[^])+`, 'gu');

function compatible(text: string): string {
  return text.replace(PIECES, (piece) => {
    if (KEPT.test(piece)) return piece;
    const plain = piece.normalize('NFKC');
    return ENCLOSED.test(piece) ? ` ${plain} ` : plain;
  });
}

function once(text: string): string {
  const visible = text.replace(LINE_BREAK, '\n').replace(BLANK, ' ').replace(INVISIBLE, '');
  // Dropping a mark can bring two halves of a sign together, and putting them together can set free a mark.
  return simplified(compatible(visible).replace(BLANK, ' ').replace(INVISIBLE, ''));
}

const fold = (text: string): string =>
  text
    .replace(/[\p{Zs}\t]+/gu, ' ')
    .replace(/ ?\n ?/g, '\n')
    .trim();

/**
 * One spelling of a text: full-width to half-width, traditional to simplified characters, invisible marks out, every
 * kind of space (the mention separator U+2005 too) to one plain space, lines trimmed. Line breaks stay, except
 * before the first and after the last line. Normalising twice changes nothing.
 */
export function normalise(text: string): string {
  // Nothing in such a text needs any work beyond its spaces.
  if (isPlain(text)) return fold(text);
  if (text.length > LONGEST_KEPT) return settled(text);
  const known = recent.get(text);
  if (known !== undefined) return known;
  // A piece of a longer text keeps all of that in memory for as long as it is kept itself: this one stands alone.
  const own = ` ${text}`.slice(1);
  const result = before.get(text) ?? settled(own);
  // Whoever is asked for again moves on to the younger half; what nobody asks for falls out with the older one.
  if (recent.size >= MOST_KEPT) {
    before = recent;
    recent = new Map();
  }
  recent.set(own, result);
  return result;
}

/**
 * What people send and what their villages are called is mostly the same few short texts, over and over: what became of
 * them is kept, in two halves of bounded size.
 */
const LONGEST_KEPT = 40;
const MOST_KEPT = 4_096;
let recent = new Map<string, string>();
let before = new Map<string, string>();

function settled(text: string): string {
  let last = text;
  // Two rounds settle all but contrived texts; the bound keeps those cheap.
  for (let round = 0; round < 4; round += 1) {
    const next = fold(once(last));
    if (next === last) break;
    last = next;
  }
  return last;
}
