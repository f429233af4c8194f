/** A measured number at a place in a line: `36.5`, `36度5`, `三十七点二`. What could be two readings is refused. */
import { NUMERAL_CHARS, readNumeral } from '../../numerals.ts';
import type { Field } from '../../playbook/index.ts';
import { normalise } from '../../text.ts';
import { type Refusal, refuse } from '../types.ts';
import { at, type Line } from './line.ts';

/** Digits, with a point or a degree word before the decimals: 36.5, 36度5, 36点5. */
const DIGITS = /(-?\d{1,9})(?:(?:\.|[度点] ?)(\d{1,9}))?/y;
const SPOKEN = new RegExp(`(负?)([${NUMERAL_CHARS}]{1,9})(?:[度点]([${NUMERAL_CHARS}]{1,3}))?`, 'uy');
const DEGREES = /(?: ?(?:°C|摄氏度|度))?/y;
/** A point typed as a comma, a full stop or a space: 36,5 36。5 36·5 36 5. */
const NO_POINT = /( ?[,。、;:'’·.] ?| )(\d{1,3})(?![\d.]|[户号人名])/y;
const UP_TO = /(?: ?[-~—–/或] ?| ?[至到] ?)(\d+(?:\.\d+)?)/y;
const ABOUT = /(?:多|余|几|来|左右|上下|以[上下]|出头|不到)/y;
const SIGN = /\+ ?(?=\d)/y;

export interface Measured {
  value: number;
  length: number;
}

type NumberField = Extract<Field, { type: 'number' }>;

interface Typed {
  text: string;
  value: number;
  /** Digits behind the point. */
  fraction: string;
}

/** The number at `from`; null where none begins; a refusal where it may not be taken. */
export function readingAt(field: NumberField, line: Line, from: number): Measured | Refusal | null {
  const { min, max, decimals } = field;
  const sign = at(SIGN, line.text, from);
  const typed = digitsAt(line.text, from + sign.length) ?? spokenAt(field, line, from);
  if (!typed) return null;
  if ('kind' in typed) return typed;
  const text = sign + typed.text;
  const instead = (other: string | number, length = text.length): string =>
    line.instead({ start: from, end: from + length }, String(other));
  const fits = (value: number): boolean => value >= min && value <= max;
  if (sign !== '') return refuse('reading.unclear', { text, proposals: [instead(typed.text)] });
  const end = from + text.length;
  const doubt = doubtAfter(typed, field, line, end);
  if (doubt) {
    const { length, code, readings } = doubt;
    const all = readings.filter(fits).map((value) => instead(value, text.length + length));
    return refuse(code, {
      text: text + line.text.slice(end, end + length),
      proposals: all.length === 1 ? all : [],
      choices: all.length > 1 ? all : [],
    });
  }
  if (typed.fraction.length > decimals) {
    return refuse('reading.decimals', { text, example: String(Number(typed.value.toFixed(decimals))) });
  }
  const length = text.length + unitLength(field, line.text, end);
  if (fits(typed.value)) return { value: typed.value, length };
  // 365 is a thermometer read without its point.
  const shifted = typed.value / 10 ** decimals;
  const proposals = typed.fraction === '' && decimals > 0 && fits(shifted) ? [instead(shifted)] : [];
  return refuse('reading.range', { text, example: `${min}–${max}`, proposals });
}

function digitsAt(text: string, from: number): Typed | null {
  DIGITS.lastIndex = from;
  const found = DIGITS.exec(text);
  if (!found) return null;
  const [typed, whole = '', fraction = ''] = found;
  return { text: typed, value: Number(fraction === '' ? whole : `${whole}.${fraction}`), fraction };
}

/** 三十七, 三十六度五, 三十七点二 */
function spokenAt(field: NumberField, line: Line, from: number): Typed | Refusal | null {
  SPOKEN.lastIndex = from;
  const [text = '', minus, whole = '', fraction = ''] = SPOKEN.exec(line.text) ?? [];
  if (text === '') return null;
  const end = from + text.length;
  const unit = unitLength(field, line.text, end);
  // 三丰 is a name, 一切 a word.
  if (!line.mayEnd(end + unit) && at(ABOUT, line.text, end) === '') return null;
  const reading = readNumeral(whole);
  const digits = [...fraction].map((char) => readNumeral(char));
  const isRead = 'value' in reading && digits.every((digit) => 'value' in digit && digit.value < 10);
  if (!isRead) return refuse('reading.unclear', { text });
  const decimals = digits.map((digit) => ('value' in digit ? digit.value : 0)).join('');
  const value = Number(decimals === '' ? reading.value : `${reading.value}.${decimals}`);
  return { text, value: minus ? -value : value, fraction: decimals };
}

interface Doubt {
  length: number;
  code: 'reading.unclear' | 'value.two';
  readings: number[];
}

/** What behind a number makes more than one reading of it. */
function doubtAfter(typed: Typed, field: NumberField, line: Line, end: number): Doubt | null {
  const { text } = line;
  const unit = unitLength(field, text, end);
  const later = end + unit;
  if (at(ABOUT, text, later) !== '' && line.known(later) === 0) {
    return { length: unit + at(ABOUT, text, later).length, code: 'reading.unclear', readings: [typed.value] };
  }
  const decimal = (digits: string): number => Number(`${typed.value}.${digits}`);
  // 2米35
  const behind = unit > 0 && typed.fraction === '' ? at(/\d{1,3}(?![\d.])/y, text, later) : '';
  if (behind !== '') return { length: unit + behind.length, code: 'reading.unclear', readings: [decimal(behind)] };
  UP_TO.lastIndex = later;
  const range = UP_TO.exec(text);
  if (range) {
    const readings = [typed.value, Number(range[1])];
    return { length: unit + range[0].length, code: 'reading.unclear', readings };
  }
  NO_POINT.lastIndex = end;
  const [split = '', mark = '', digits = ''] = typed.fraction === '' && unit === 0 ? (NO_POINT.exec(text) ?? []) : [];
  const isApart = mark.endsWith(' ') && (line.reader.numbered || digits.length > field.decimals);
  if (split === '' || isApart || digits.length > field.decimals || line.known(end + mark.length) > 0) return null;
  return { length: split.length, code: 'value.two', readings: [decimal(digits)] };
}

function unitLength({ unit }: NumberField, text: string, from: number): number {
  const own = unit === undefined ? '' : normalise(unit);
  const start = text[from] === ' ' ? from + 1 : from;
  if (own !== '' && text.startsWith(own, start)) return start - from + own.length;
  return at(DEGREES, text, from).length;
}
