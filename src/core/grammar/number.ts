/** A number, or something that looks like one and is none, at a place in a line. */
import { MAX_COUNT, NUMERAL_CHARS, readNumeral } from '../numerals.ts';
import type { ParseErrorCode } from './types.ts';

/** A clean count. */
export interface CountMatch {
  kind: 'number';
  length: number;
  value: number;
}

/** What must never become a value; `fixes` are the texts that could stand in its place. */
export interface BadNumber {
  kind: 'bad';
  length: number;
  code: Extract<ParseErrorCode, `number.${string}` | 'value.two'>;
  fixes: string[];
}

const C = `[${NUMERAL_CHARS}]`;
const N = `(?:\\d+[十百千万亿]${`[0-9${NUMERAL_CHARS}]`}*|\\d+|${C}+)`;

const sticky = (source: string): RegExp => new RegExp(source, 'uy');

const SIGNED = sticky(`([-+−–—]|负) ?(${N})`);
const LETTER_O = sticky(`(?:\\d*[oOОоΟο○◯][0-9oOОоΟο○◯]*)(?![A-Za-z])`);
const POINT = sticky(`(${N}) ?(?:[.·点]|。(?=\\d)) ?(\\d+|${C}+)`);
const THOUSANDS = sticky(`\\d{1,3}(?:[,'’]\\d{3})+(?!\\d)`);
const PERCENT = sticky(`${N} ?(?:[%‰]|分之|成)`);
const HALF = sticky(`${N}?(?:个)?半`);
const HEX = sticky('0[xX][0-9a-fA-F]+');
const EXPONENT = sticky('(\\d+)[eE]\\+?(\\d+)(?![0-9.])');
const MIXED = sticky('\\d+(?![.~]+(?:\\s|$))[^\\s,、:;=。!\\p{Script=Han}\\d]+\\S*');
const RANGE = sticky(`(${N}) ?(?:[~～〜—–-]|至|到|或者?) ?(${N})`);
const TWO = sticky(`\\d+([,.、:;=/。])(\\d+)`);
const APPROXIMATE = sticky(
  `(?:(?:大约|大概|约莫?|将近|接近|近|上|差不多|超过|不到|不足|至少|最多|可能|也许|估计|好像|成)(?:有|是)? ?${N}${C}*\\S*|${N}\\S{0,2}?(?:几|多|余|来|左右|上下|以上|以下|出头)\\S*)`,
);
const VAGUE_WORD = sticky(
  `(?:好几|几|数[十百千万]|若干|很多|许多|好多|不少|一些|多[个名人例户起]|少许|大量|少量)[^\\s,、:;=。!]*`,
);
/** Digits of other scripts, superscripts, fractions in one sign, Roman numerals. */
const FOREIGN = sticky('(?![0-9])\\p{N}\\S*');
const COUNT = sticky(N);

function at(pattern: RegExp, text: string, from: number): RegExpExecArray | null {
  pattern.lastIndex = from;
  return pattern.exec(text);
}

const bad = (length: number, code: BadNumber['code'], ...fixes: (string | number)[]): BadNumber => ({
  kind: 'bad',
  length,
  code,
  fixes: fixes.map(String),
});

const countsOf = (...texts: (string | undefined)[]): number[] =>
  texts.flatMap((text) => {
    const reading = readNumeral(text ?? '');
    return 'value' in reading ? [reading.value] : [];
  });

/** Spoken pairs: 两三个 is two or three. */
function pairOf(run: string): number[] {
  return /^[一二三四五六七八九两]{2}$/.test(run) ? countsOf(run[0], run[1]) : [];
}

/** Odd shapes that begin like a number; read before the plain count, since each begins with one. */
function matchOdd(text: string, from: number): BadNumber | null {
  const letters = at(LETTER_O, text, from);
  if (letters) return bad(letters[0].length, 'number.letter-o', letters[0].replace(/[^0-9]/g, '0'));
  const signed = at(SIGNED, text, from);
  if (signed) {
    const code = signed[1] === '+' ? 'number.invalid' : 'number.negative';
    return bad(signed[0].length, code, ...countsOf(signed[2]));
  }
  const hex = at(HEX, text, from);
  if (hex) return bad(hex[0].length, 'number.invalid');
  const power = at(EXPONENT, text, from);
  if (power) {
    const value = Number(power[1]) * 10 ** Number(power[2]);
    return bad(power[0].length, 'number.invalid', ...(value <= MAX_COUNT ? [value] : []));
  }
  const thousands = at(THOUSANDS, text, from);
  if (thousands) return bad(thousands[0].length, 'number.invalid', ...countsOf(thousands[0].replace(/\D/g, '')));
  const point = at(POINT, text, from);
  if (point) {
    const [whole] = countsOf(point[1]);
    const fixes = whole === undefined || whole >= MAX_COUNT ? [] : [whole, whole + 1];
    return bad(point[0].length, 'number.fraction', ...fixes);
  }
  const part = at(PERCENT, text, from) ?? at(HALF, text, from);
  if (part) return bad(part[0].length, 'number.fraction');
  const two = at(TWO, text, from);
  if (two) return bad(two[0].length, 'value.two');
  const range = at(RANGE, text, from);
  if (range) return bad(range[0].length, 'number.vague', ...countsOf(range[1], range[2]));
  return null;
}

/**
 * The number at `from`, without its measure word: a count, or why it is none. Null where nothing like a number begins.
 * Whether the characters after it let it stand is for the caller to judge.
 */
export function matchNumber(text: string, from: number): CountMatch | BadNumber | null {
  const odd = matchOdd(text, from);
  if (odd) return odd;
  const mixed = at(MIXED, text, from);
  if (mixed) return bad(mixed[0].length, 'number.invalid');
  const count = at(COUNT, text, from);
  if (count) {
    const reading = readNumeral(count[0]);
    if (!('value' in reading)) {
      const code = reading.error === 'not-a-number' ? 'number.invalid' : (`number.${reading.error}` as const);
      return bad(count[0].length, code, ...pairOf(count[0]));
    }
    const about = at(APPROXIMATE, text, from);
    if (about) return bad(about[0].length, 'number.vague');
    return { kind: 'number', length: count[0].length, value: reading.value };
  }
  const vague = at(APPROXIMATE, text, from) ?? at(VAGUE_WORD, text, from);
  if (vague) return bad(vague[0].length, 'number.vague');
  const foreign = at(FOREIGN, text, from);
  return foreign ? bad(foreign[0].length, 'number.invalid') : null;
}
