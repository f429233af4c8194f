/** Entries called by numbers at a place in a line: `12`, `12户`, `十二号`, `15-20`, `12至15户`, `3-1`. */
import { NUMERAL_CHARS, readNumeral } from '../../numerals.ts';
import { type Refusal, refuse } from '../types.ts';
import { at, type Line } from './line.ts';

/** Entries named in one message at most. */
export const MOST_ENTRIES = 300;

const ONE = `(\\d{1,5}(?!\\d)|[${NUMERAL_CHARS}]{1,5})`;
const NUMBER = new RegExp(`${ONE}(?:-(\\d{1,4})(?!\\d))?`, 'uy');
const UP_TO = new RegExp(`(?: ?(?:[至到~–—]|--)| - |(?<=[户号])-) ?${ONE}`, 'uy');
/** 12都无, 12、13均正常 */
const ALL = /(?:全部|全都|都|均|全)/y;
/** A number that is cut from a longer one, or from something that is none: 36.5, 12a, 11/20. */
const RUNS_ON = /[A-Za-z0-9]|[.·/%+][^\s]/y;

const ORDINAL = /(?:第|[Nn][Oo]\.?|编号|门牌) ?(?=[\d零〇一二三四五六七八九十])/y;

/** Length of what only says that a number follows: 第12户, No.12, 户12. */
export function ordinalLength({ text, reader }: Line, from: number): number {
  const own = reader.measure !== '' && text.startsWith(reader.measure, from) ? reader.measure.length : 0;
  return own > 0 && /\d/.test(text[from + own] ?? '') ? own : at(ORDINAL, text, from).length;
}

export interface Numbers {
  numbers: string[];
  length: number;
  /** A measure word said that they are entries: 12户. */
  measured: boolean;
}

/** The entries named at `from`; null where none are; a refusal where it could be something else. */
export function numbersAt(line: Line, from: number): Numbers | Refusal | null {
  const { text, reader } = line;
  NUMBER.lastIndex = from;
  const found = NUMBER.exec(text);
  if (!found) return null;
  const [typed, one = '', door] = found;
  const measureAt = (i: number): number => {
    const own = [reader.measure, '户', '号'].find((word) => word !== '' && text.startsWith(word, i));
    return own?.length ?? 0;
  };
  let end = from + typed.length;
  let measured = measureAt(end);
  UP_TO.lastIndex = end + measured;
  const range = UP_TO.exec(text);
  if (range) {
    end += measured + range[0].length;
    measured = measureAt(end);
  }
  const length = end - from + measured;
  if (measured === 0 && !line.isEdge(end)) {
    if (at(RUNS_ON, text, end) !== '') return null;
    if (!isSaidBehind(line, end)) return null;
  }
  const first = arabic(one);
  const last = range ? arabic(range[1] ?? '') : door === undefined ? undefined : arabic(door);
  const said = text.slice(from, from + length);
  if (first === null || last === null) return /^\d/.test(typed) ? refuse('entry.many', { text: said }) : null;
  const numbers = expanded(first, last, range !== null);
  return numbers === null ? refuse('entry.many', { text: said }) : { numbers, length, measured: measured > 0 };
}

/** Whether behind a number without a measure word something is said of it: 12无, 12都正常, 12发现2. */
function isSaidBehind({ text, words, reader }: Line, end: number): boolean {
  const from = end + at(ALL, text, end).length;
  // 12人 counts, though 人 may be a label as well.
  if (words.measures.some(({ word }) => text.startsWith(word, from))) return false;
  if (reader.measureWords.some((word) => text.startsWith(word, from))) return false;
  const starts = ({ word }: { word: string }): boolean => text.startsWith(word, from);
  return (
    reader.zeroWords.some((word) => text.startsWith(word, from)) ||
    words.options.some(starts) ||
    words.labels.some(starts) ||
    from > end ||
    /^[和与及跟]/.test(text.slice(end, end + 1))
  );
}

function arabic(typed: string): string | null {
  if (/^\d+$/.test(typed)) return String(Number(typed));
  const reading = readNumeral(typed);
  return 'value' in reading ? String(reading.value) : null;
}

/** The numbers from one to another; null where they are too many or run backwards. */
function expanded(one: string, last: string | undefined, isRange: boolean): string[] | null {
  if (last === undefined) return [one];
  const [from, to] = [Number(one), Number(last)];
  // 3-1 is the first door of house 3.
  if (to <= from) return isRange ? null : [`${one}-${last}`];
  if (to - from >= MOST_ENTRIES) return null;
  return Array.from({ length: to - from + 1 }, (_, i) => String(from + i));
}
