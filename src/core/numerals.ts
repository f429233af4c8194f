/** Whole numbers as people write them: `12`, `十二`, `两`, `壹佰`, `一千零五十`, `3万`, `一百二`, `二〇二六`. */
import { normalise } from './normalise.ts';

/** A count is never larger than this, nor below zero. */
export const MAX_COUNT = 99_999;

/**
 * What a text says as a number, or why it says none. `vague`: more than one number would fit (`十几`, `两三个`).
 * `fraction`: not a whole one. `range`: a number, but above {@link MAX_COUNT}.
 */
export type NumberReading = { value: number } | { error: 'vague' | 'fraction' | 'negative' | 'range' | 'not-a-number' };

const DIGITS: ReadonlyMap<string, number> = new Map([
  ...[...'零一二三四五六七八九'].map((c, i) => [c, i] as const),
  ...[...'〇壹贰叁肆伍陆柒捌玖'].map((c, i) => [c, i] as const),
  ...[...'0123456789'].map((c, i) => [c, i] as const),
  ['两', 2],
  ['参', 3],
]);
const UNITS: ReadonlyMap<string, number> = new Map([
  ['十', 10],
  ['拾', 10],
  ['百', 100],
  ['佰', 100],
  ['千', 1000],
  ['仟', 1000],
  ['万', 10_000],
]);
/** Tens in one character: 廿三 is 23. */
const TENS: ReadonlyMap<string, number> = new Map([
  ['廿', 20],
  ['卅', 30],
  ['卌', 40],
]);
/** A number and its measure word in one character. */
const WHOLE: ReadonlyMap<string, number> = new Map([
  ['俩', 2],
  ['仨', 3],
]);

/** The characters a Chinese number is made of, for a regular expression's class. */
export const NUMERAL_CHARS = '零〇一二三四五六七八九十百千万亿两壹贰叁参肆伍陆柒捌玖拾佰仟廿卅卌俩仨';

const ONLY_NUMERALS = new RegExp(`^[0-9${NUMERAL_CHARS}]+$`);
const ARABIC = /^\d+$/;
const DIGIT_STRING = /^[零〇一二三四五六七八九壹贰叁肆伍陆柒捌玖]+$/;
const TWO_DIGITS = /[一二三四五六七八九两壹贰叁肆伍陆柒捌玖俩仨]{2}/;
const VAGUE =
  /[几多余来数约近]|若干|不少|一些|左右|上下|以[上下]|大概|可能|也许|估计|差不多|\d\s*[~～〜—–-]\s*\d|[一二三四五六七八九十百千万两\d][至到][一二三四五六七八九十两\d]/;
const NUMBERISH = /[0-9零〇一二三四五六七八九十百千万两]/;

const bounded = (value: number): NumberReading => (value <= MAX_COUNT ? { value } : { error: 'range' });

/** Sections below 万 and the 万 section itself; null when the characters do not follow one another as they must. */
function readStructured(text: string): number | null {
  let total = 0;
  let digit: number | null = null;
  let zero = false;
  // The unit just written; a lone digit after it counts in tenths of it (一百二), and units must fall.
  let unit = Number.POSITIVE_INFINITY;
  for (const char of text) {
    const asDigit = DIGITS.get(char);
    const asUnit = UNITS.get(char);
    const asTens = TENS.get(char);
    if (asDigit === 0) {
      if (digit !== null || zero || unit === Number.POSITIVE_INFINITY || unit < 100) return null;
      zero = true;
    } else if (asDigit !== undefined) {
      if (digit !== null) return null;
      digit = asDigit;
    } else if (asUnit !== undefined) {
      if (asUnit >= unit) return null;
      // 零 says that a unit was left out: 一百零十 leaves none out.
      if (zero && asUnit * 10 >= unit) return null;
      // Ten needs no one before it; a hundred does.
      if (digit === null && asUnit !== 10) return null;
      total += (digit ?? 1) * asUnit;
      unit = asUnit;
      digit = null;
      zero = false;
    } else if (asTens !== undefined) {
      if (digit !== null || unit <= 10) return null;
      total += asTens;
      unit = 10;
      zero = false;
    } else {
      return null;
    }
  }
  if (digit === null) return zero || unit === Number.POSITIVE_INFINITY ? null : total;
  if (unit === Number.POSITIVE_INFINITY) return digit;
  return total + (zero ? digit : digit * (unit / 10));
}

/** The same as {@link readCount} for a text that is normalised already and holds nothing but numeral characters. */
export function readNumeral(text: string): NumberReading {
  if (ARABIC.test(text)) {
    const significant = text.replace(/^0+(?=\d)/, '');
    return significant.length > 5 ? { error: 'range' } : bounded(Number(significant));
  }
  const whole = WHOLE.get(text);
  if (whole !== undefined) return { value: whole };
  if (text.length === 1) {
    const digit = DIGITS.get(text);
    if (digit !== undefined) return { value: digit };
  }
  if (text.length > 1 && DIGIT_STRING.test(text) && (text.length > 2 || /[零〇]/.test(text))) {
    return readNumeral([...text].map((c) => DIGITS.get(c) ?? '').join(''));
  }
  if (TWO_DIGITS.test(text)) return { error: 'vague' };
  if (text.includes('亿'))
    return { error: /^[\d一二三四五六七八九两十百千万]+亿/.test(text) ? 'range' : 'not-a-number' };
  const [high = '', low, ...more] = text.split('万');
  if (low !== undefined && more.length === 0 && high !== '') {
    // More than nine ten-thousands is a number all the same, only too large a one.
    const tens = readNumeral(high);
    if ('value' in tens && tens.value > 9) return { error: 'range' };
  }
  const value = readStructured(text);
  return value === null ? { error: 'not-a-number' } : bounded(value);
}

/**
 * Reads a count, Arabic or Chinese in any style, from 0 to {@link MAX_COUNT}. The whole text must be the number;
 * words for zero (`无`) and measure words belong to forms and are not known here. Never rounds and never clips.
 */
export function readCount(text: string): NumberReading {
  const plain = normalise(text);
  if (ONLY_NUMERALS.test(plain)) return readNumeral(plain);
  if (/^(?:[-−–—]\s?|负)[0-9零〇一二三四五六七八九十百千万两.点]+$/.test(plain)) return { error: 'negative' };
  if (/^[0-9零〇一二三四五六七八九十百千万两]+\s?[.点·。/][0-9零〇一二三四五六七八九]+$/.test(plain))
    return { error: 'fraction' };
  if (/半|[½⅓⅔¼¾⅕-⅞%‰]/.test(plain)) return { error: 'fraction' };
  if (VAGUE.test(plain) && (NUMBERISH.test(plain) || /几|若干|多|不少|一些/.test(plain))) return { error: 'vague' };
  return { error: 'not-a-number' };
}

/** Each run of numerals in a name as Arabic digits, where the run has one value; 两, 俩 and 仨 stay. */
export function numeralsToArabic(name: string): string {
  return name.replace(/[0-9零〇一二三四五六七八九十百千万壹贰叁肆伍陆柒捌玖拾佰仟廿卅卌]+/g, (run) => {
    const reading = readNumeral(run);
    return 'value' in reading ? String(reading.value) : run;
  });
}
