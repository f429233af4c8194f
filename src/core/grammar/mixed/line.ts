/** A normalised line that is read by fields of every kind, and what may stand where in it. */
import { NUMERAL_CHARS } from '../../numerals.ts';
import type { Field, Register } from '../../playbook/index.ts';
import type { ParseContext } from '../types.ts';
import { type MixedWords, mixedWords } from './words.ts';

/** What a line is read by: a form about entries of a register, or a register itself. */
export interface Reader {
  fields: Readonly<Record<string, Field>>;
  /** The register the names are looked for in; null where units are named. */
  register: string | null;
  /** Entries are called by numbers. */
  numbered: boolean;
  /** How entries are counted: 12户. */
  measure: string;
  zeroWords: readonly string[];
  measureWords: readonly string[];
}

/** By what a line about a register itself is read. */
export function registerReader(id: string, { numbered, measure }: Register, fields: Reader['fields']): Reader {
  return { fields, register: id, numbered, measure, zeroWords: [], measureWords: [] };
}

/** A stretch of a line. */
export interface Span {
  start: number;
  end: number;
}

const EDGE = /[\s,、:;=。!?]/;
const HAN = /\p{Script=Han}/u;
const WORD = /\p{Script=Han}+/uy;
/** 张三三十七, 张三和李四, 东口都正常, 张三约37 */
const BEHIND_NAME = new RegExp(
  `(?:[${NUMERAL_CHARS}]+(?:$|[^\\p{Script=Han}]|[度点])|[和与及跟都均全]|大?约|差不多|有|是|为|多少|吗|呢)`,
  'uy',
);
const LATIN = /[A-Za-z0-9]/;
export const PLATE =
  /[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领][A-Za-z][-·. ]?(?:[A-Za-z0-9]{4,6}[挂学警港澳]|[A-Za-z0-9]{5,6})(?![A-Za-z0-9])/uy;

/** What `pattern`, a sticky one, matches at `from`; empty when it does not. */
export function at(pattern: RegExp, text: string, from: number): string {
  pattern.lastIndex = from;
  return pattern.exec(text)?.[0] ?? '';
}

export class Line {
  /** What is read: the line with what was read elsewhere, such as the name of a unit, blanked out. */
  readonly text: string;
  readonly reader: Reader;
  readonly context: ParseContext;
  readonly words: MixedWords;
  readonly #whole: string;

  /** @param whole the line as typed, as long as `text` */
  constructor(text: string, reader: Reader, context: ParseContext, whole = text) {
    this.text = text;
    this.reader = reader;
    this.context = context;
    this.words = mixedWords(reader.fields);
    this.#whole = whole;
  }

  /** The line with something else in a place. */
  instead({ start, end }: Span, other: string): string {
    return `${this.#whole.slice(0, start)}${other}${this.#whole.slice(end)}`.replace(/ +/g, ' ').trim();
  }

  /** The line without some stretches of it, which do not overlap. */
  without(spans: readonly Span[]): string {
    const last = [...spans].sort((a, b) => b.start - a.start);
    const text = last.reduce((rest, { start, end }) => `${rest.slice(0, start)} ${rest.slice(end)}`, this.#whole);
    return text
      .replace(/ +/g, ' ')
      .replace(/[\s,、;:]+$/, '')
      .trim();
  }

  /** Length of the name of a known entry at `from`, or 0. */
  known(from: number): number {
    const { register } = this.reader;
    return register === null ? 0 : (this.context.matchEntry?.(register, this.text, from) ?? 0);
  }

  /** Nothing that belongs to a word or number before it stands at `from`. */
  isEdge(from: number): boolean {
    const next = this.text[from];
    return next === undefined || EDGE.test(next) || this.isStop(from);
  }

  /** A full stop of Latin script ends a word as 。 does, but only at its end. */
  isStop(from: number): boolean {
    const [stop, after] = [this.text[from], this.text[from + 1]];
    return stop === '.' && (after === undefined || EDGE.test(after));
  }

  /** Whether what ends at `end` may end there: 正常 but not 正常化, 36.5 but not 36.55; marks may end anywhere. */
  mayEnd(end: number): boolean {
    if (this.isEdge(end)) return true;
    const [last = '', next = ''] = [this.text[end - 1], this.text[end]];
    if (LATIN.test(last)) return !LATIN.test(next) && next !== '.';
    return !HAN.test(last) || !HAN.test(next) || this.#begins(end);
  }

  /** Whether a known name that ends at `end` is only the beginning of another one: of 张三丰, whom nobody knows, 张三. */
  isGlued(end: number): boolean {
    if (!HAN.test(this.text[end] ?? '') || this.#begins(end)) return false;
    const glued = at(WORD, this.text, end).length;
    // Where words are taken, 王奶奶血压高 says something of 王奶奶.
    return glued > 0 && !(glued > 1 && this.words.rest !== null) && !this.#saysSomething(end);
  }

  /** A word for nothing, for all, or a number follows. */
  #saysSomething(from: number): boolean {
    const { zeroWords } = this.reader;
    if (zeroWords.some((word) => this.text.startsWith(word, from))) return true;
    return at(BEHIND_NAME, this.text, from) !== '';
  }

  /** Whether a bare count that ends at `end` stands by itself: 3个小孩 may be more than are counted. */
  isApart(field: Field, end: number): boolean {
    if (field.type !== 'count' || !/\d/.test(this.text[end - 1] ?? '')) return true;
    return !HAN.test(this.text[end] ?? '') || this.#begins(end);
  }

  /** Something known begins here. */
  #begins(from: number): boolean {
    const starts = ({ word }: { word: string }): boolean => this.text.startsWith(word, from);
    return (
      this.words.labels.some(starts) ||
      this.words.options.some(starts) ||
      this.known(from) > 0 ||
      at(PLATE, this.text, from) !== ''
    );
  }
}
