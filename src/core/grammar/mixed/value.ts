/** One value of a field of any kind, at a place in a normalised line. */
import { matchDay } from '../../dates.ts';
import { readNumeral } from '../../numerals.ts';
import type { Field, Value } from '../../playbook/index.ts';
import { normalise } from '../../text.ts';
import type { CivilDate } from '../../time.ts';
import { personLength } from '../names.ts';
import { matchNumber } from '../number.ts';
import { type Refusal, refuse } from '../types.ts';
import { noWords, yesWords } from './words.ts';

export interface Found {
  value: Value;
  length: number;
}

export interface ValueOptions {
  today: CivilDate;
  zeroWords: readonly string[];
  measureWords: readonly string[];
  /** Writes the line anew with something else in the place of the value. */
  instead: (length: number, text: string) => string;
}

/** Digits, with a point or a degree word before the decimals: 36.5, 36度5, 36点5. */
const READING = /(-?\d+)(?:(?:\.|[度点] ?)(\d+))?/y;
const DEGREES = /(?: ?(?:°C|度|摄氏度))?/y;
const PLATE =
  /[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领][A-Za-z][·. ]?[A-Za-z0-9]{4,6}[A-Za-z0-9挂学警港澳]?(?![A-Za-z0-9])/uy;
const HOUSEHOLD = /\d{1,5}(?:-\d{1,4})?(?:户|号)?/y;
const TEXT = /[^\s,、;。]+/y;
const EDGE = /[\s,、:;=。!]/;

function at(pattern: RegExp, text: string, from: number): RegExpExecArray | null {
  pattern.lastIndex = from;
  return pattern.exec(text);
}

/** The value at `from`; null where none begins; a refusal where it is one that may not be taken. */
export function valueAt(field: Field, text: string, from: number, options: ValueOptions): Found | Refusal | null {
  switch (field.type) {
    case 'count':
    case 'photo':
      return countAt(field, text, from, options);
    case 'number':
      return readingAt(field, text, from, options);
    case 'choice': {
      const words = field.options.flatMap(({ name, words: all }) =>
        all.map((word) => [normalise(word), name] as const),
      );
      const found = words.sort(([a], [b]) => b.length - a.length).find(([word]) => text.startsWith(word, from));
      return found ? { value: found[1], length: found[0].length } : null;
    }
    case 'yesno': {
      const starts = (word: string): boolean => text.startsWith(word, from);
      const no = noWords(field).find(starts);
      const yes = yesWords(field).find(starts);
      if (no !== undefined && no.length >= (yes?.length ?? 0)) return { value: false, length: no.length };
      return yes === undefined ? null : { value: true, length: yes.length };
    }
    case 'date': {
      const day = matchDay(text, from, options.today, 'past');
      if (!day) return null;
      const typed = text.slice(from, from + day.length);
      return day.date === null ? refuse('date.unreal', { text: typed }) : { value: day.date, length: day.length };
    }
    case 'person': {
      const length = personLength(text, from);
      return length > 0 ? { value: text.slice(from, from + length), length } : null;
    }
    case 'plate':
      return matched(at(PLATE, text, from), (plate) => plate.replace(/[·. ]/g, '').toUpperCase());
    case 'household':
      return matched(at(HOUSEHOLD, text, from), (number) => number.replace(/[户号]$/, ''));
    case 'text':
      return matched(at(TEXT, text, from), (words) => words);
  }
}

function matched(found: RegExpExecArray | null, value: (text: string) => string): Found | null {
  return found ? { value: value(found[0]), length: found[0].length } : null;
}

function countAt(field: Field, text: string, from: number, options: ValueOptions): Found | Refusal | null {
  const number = matchNumber(text, from);
  if (number?.kind === 'number') {
    const measures = [...(field.type === 'count' ? field.measures : []), ...options.measureWords].map(normalise);
    const end = from + number.length;
    const measure = measures.sort((a, b) => b.length - a.length).find((word) => text.startsWith(word, end));
    return { value: number.value, length: number.length + (measure?.length ?? 0) };
  }
  const zero = options.zeroWords.find((word) => text.startsWith(word, from));
  if (zero !== undefined) return { value: 0, length: zero.length };
  if (!number) return null;
  const proposals = number.fixes.map((fix) => options.instead(number.length, fix));
  const typed = text.slice(from, from + number.length);
  return refuse(number.code, { text: typed, choices: proposals.length > 1 ? proposals : [], proposals });
}

function readingAt(
  { min, max, decimals, unit }: Extract<Field, { type: 'number' }>,
  text: string,
  from: number,
  { instead }: ValueOptions,
): Found | Refusal | null {
  const found = at(READING, text, from);
  const spoken = found ? null : spokenAt(text, from);
  if (!found && !spoken) return null;
  const [typed, whole = '', fraction = ''] = found ?? [spoken?.text ?? '', String(spoken?.value ?? 0)];
  const own =
    unit === undefined ? 0 : text.startsWith(normalise(unit), from + typed.length) ? normalise(unit).length : 0;
  const length = typed.length + (own || (at(DEGREES, text, from + typed.length)?.[0].length ?? 0));
  const value = Number(fraction === '' ? whole : `${whole}.${fraction}`);
  if (fraction.length > decimals) {
    return refuse('reading.decimals', { text: typed, example: String(Number(value.toFixed(decimals))) });
  }
  if (value >= min && value <= max) return { value, length };
  // 365 is a thermometer read without its point.
  const shifted = value / 10 ** decimals;
  const proposals = fraction === '' && shifted >= min && shifted <= max ? [instead(length, String(shifted))] : [];
  return refuse('reading.range', { text: typed, example: `${min}–${max}`, proposals });
}

/** 三十七 */
function spokenAt(text: string, from: number): { text: string; value: number } | null {
  const run = /^[零〇一二两三四五六七八九十百]{1,6}(?=$|[\s,、:;=。!度])/u.exec(text.slice(from))?.[0];
  const reading = run === undefined ? null : readNumeral(run);
  return run !== undefined && reading && 'value' in reading ? { text: run, value: reading.value } : null;
}

/** Whether a value that ends at `end` may end there: before a separator, another word of the form, or Chinese. */
export function mayEnd(text: string, end: number): boolean {
  const next = text[end];
  return next === undefined || EDGE.test(next) || !/[A-Za-z0-9.]/.test(next);
}
