/**
 * Cuts a line about entries into what is said of whom: numbers and names first, then values and words, then the next
 * ones. `12 13 15-20 无`, `张三 36.5 李四 36.7`, `东口 车3 人5`, `12户 血压高 已联系村医`.
 */
import { matchDay } from '../../dates.ts';
import type { Field } from '../../playbook/index.ts';
import { type ParseContext, type Refusal, refuse } from '../types.ts';
import { nothingAt } from './nothing.ts';
import { expanded } from './range.ts';
import type { Reader, Segment, Segments } from './reader.ts';
import { type Found, mayEnd, type ValueOptions, valueAt } from './value.ts';
import { type MixedWords, mixedWords } from './words.ts';

export type { Reader, Segment, Segments } from './reader.ts';

const SPACE = /[\s,、;。!:=]*/y;
const NUMBERS = /(\d{1,5}(?:-\d{1,4})?)(?: ?[至到~] ?(\d{1,5}))?/y;
const WORD = /[^\s,、;。!:=]+/y;

const blank = (start: number): Segment => ({ refs: [], values: {}, words: [], start, end: start });

class Cutter {
  readonly #text: string;
  readonly #reader: Reader;
  readonly #context: ParseContext;
  readonly #words: MixedWords;
  readonly #segments: Segment[] = [];
  #open: Segment = blank(0);
  #day: Segments['day'] = null;
  #at = 0;

  constructor(text: string, reader: Reader, context: ParseContext) {
    this.#text = text;
    this.#reader = reader;
    this.#context = context;
    this.#words = mixedWords(reader.fields);
  }

  run(): Segments | Refusal {
    for (;;) {
      this.#at += this.#match(SPACE).length;
      if (this.#at >= this.#text.length) break;
      const outcome = this.#step();
      if (outcome !== 'took') return outcome;
    }
    this.#close();
    return { segments: this.#segments, day: this.#day };
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    return pattern.exec(this.#text)?.[0] ?? '';
  }

  #step(): Refusal | 'took' {
    return (
      this.#dayWord() ??
      this.#labelled() ??
      this.#known() ??
      this.#numbers() ??
      this.#nothing() ??
      this.#unlabelled() ??
      this.#word()
    );
  }

  /** Takes so many characters for what was found. */
  #took(length: number): 'took' {
    this.#at += length;
    this.#open.end = this.#at;
    return 'took';
  }

  #begin(): void {
    if (this.#isSaid(this.#open)) this.#close();
    if (this.#open.refs.length === 0 && !this.#isSaid(this.#open)) this.#open.start = this.#at;
  }

  #isSaid({ values, words }: Segment): boolean {
    return words.length > 0 || Object.keys(values).length > 0;
  }

  #close(): void {
    const { refs } = this.#open;
    if (refs.length > 0 || this.#isSaid(this.#open)) this.#segments.push(this.#open);
    this.#open = blank(this.#at);
  }

  /** A day before anything else: the report is of that day. */
  #dayWord(): Refusal | 'took' | undefined {
    const isFirst = this.#segments.length === 0 && this.#open.refs.length === 0 && !this.#isSaid(this.#open);
    const day = isFirst || this.#day === null ? matchDay(this.#text, this.#at, this.#context.today, 'past') : null;
    if (!day || !mayEnd(this.#text, this.#at + day.length)) return undefined;
    const text = this.#text.slice(this.#at, this.#at + day.length);
    // 3-1 is a household, not the first of March; and a date field has its own label or is the only thing a day can be.
    const isNumeric = /^[\d-/.]+$/.test(text);
    const isBehind = !isFirst && this.#reader.dayBehind === true && !this.#takesDays();
    if (isNumeric) return undefined;
    if (isFirst || isBehind) {
      this.#day = { date: day.date, text };
      this.#at += day.length;
      return 'took';
    }
    return undefined;
  }

  #takesDays(): boolean {
    return Object.values(this.#reader.fields).some(({ type }) => type === 'date');
  }

  #labelled(): Refusal | 'took' | undefined {
    const label = this.#words.labels.find(({ word }) => this.#text.startsWith(word, this.#at));
    if (!label) return undefined;
    const gap = /^[\s:=]*/.exec(this.#text.slice(this.#at + label.word.length))?.[0].length ?? 0;
    const from = this.#at + label.word.length + gap;
    const found = valueAt(label.field, this.#text, from, this.#options(from));
    if (found && 'kind' in found) return found;
    if (!found || !mayEnd(this.#text, from + found.length)) {
      // 口罩厂 is a name, 测温点 a place: only where a value follows is it a label.
      return undefined;
    }
    if (label.id in this.#open.values) return refuse('field.twice', { text: label.field.name });
    this.#open.values[label.id] = found.value;
    return this.#took(label.word.length + gap + found.length);
  }

  /** The name of an entry that is known. */
  #known(): 'took' | undefined {
    const { register } = this.#reader;
    if (register === null) return undefined;
    const length = this.#context.matchEntry?.(register, this.#text, this.#at) ?? 0;
    if (length === 0) return undefined;
    this.#begin();
    this.#open.refs.push({ kind: 'name', text: this.#text.slice(this.#at, this.#at + length) });
    return this.#took(length);
  }

  /** Numbers of entries: 12, 12户, 15-20; with a measure word of a count it is that count. */
  #numbers(): Refusal | 'took' | undefined {
    if (!this.#reader.numbered) return undefined;
    NUMBERS.lastIndex = this.#at;
    const [typed = '', one = '', upTo] = NUMBERS.exec(this.#text) ?? [];
    if (typed === '') return undefined;
    const end = this.#at + typed.length;
    const measured = this.#words.measures.find(({ word }) => this.#text.startsWith(word, end));
    const isOwn = this.#text.startsWith(this.#reader.measure, end) || this.#text.startsWith('号', end);
    if (measured && !isOwn) return undefined;
    const measure = isOwn ? (this.#text.startsWith('号', end) ? 1 : this.#reader.measure.length) : 0;
    if (!mayEnd(this.#text, end + measure)) return undefined;
    // A second number right behind one that has a value belongs to the next entries.
    this.#begin();
    const numbers = expanded(one, upTo);
    if (numbers === null) return refuse('entry.many', { text: typed });
    for (const text of numbers) this.#open.refs.push({ kind: 'number', text });
    return this.#took(typed.length + measure);
  }

  /** 无, where no field is meant by a value without a label: all that is counted is zero. */
  #nothing(): 'took' | undefined {
    if (this.#words.bare || this.#isSaid(this.#open)) return undefined;
    const nothing = nothingAt(this.#reader, this.#text, this.#at);
    if (!nothing) return undefined;
    Object.assign(this.#open.values, nothing.values);
    return this.#took(nothing.length);
  }

  /** A value that needs no label: of the bare field, of a choice by its word, of a count by its measure. */
  #unlabelled(): Refusal | 'took' | undefined {
    const { bare, options, measures, fields } = this.#words;
    const option = options.find(({ word, id }) => !(id in this.#open.values) && this.#text.startsWith(word, this.#at));
    if (option && mayEnd(this.#text, this.#at + option.word.length) && this.#isWhole(option.word.length)) {
      this.#open.values[option.id] = option.option;
      return this.#took(option.word.length);
    }
    for (const { id, field } of measures) {
      const found = id in this.#open.values ? null : this.#value(field);
      if (found && !('kind' in found) && this.#endsWithMeasure(found.length, field)) return this.#give(id, found);
    }
    if (bare && !(bare[0] in this.#open.values)) {
      const found = this.#value(bare[1]);
      if (found && 'kind' in found) return found;
      if (found && bare[1].type !== 'text' && mayEnd(this.#text, this.#at + found.length))
        return this.#give(bare[0], found);
    }
    const alone = Object.entries(fields).find(
      ([id, field]) => (field.type === 'plate' || field.type === 'date') && !(id in this.#open.values),
    );
    const found = alone && this.#value(alone[1]);
    return alone && found && !('kind' in found) ? this.#give(alone[0], found) : undefined;
  }

  #give(id: string, { value, length }: Found): 'took' {
    this.#open.values[id] = value;
    return this.#took(length);
  }

  #value(field: Field): Found | Refusal | null {
    return valueAt(field, this.#text, this.#at, this.#options(this.#at));
  }

  #endsWithMeasure(length: number, field: Field): boolean {
    const typed = this.#text.slice(this.#at, this.#at + length);
    return (
      field.type === 'count' &&
      /^\d|^[零一二两三四五六七八九十百]/u.test(typed) &&
      field.measures.some((word) => typed.endsWith(word))
    );
  }

  /** An option's word is one by itself, or with only numbers and marks behind it: 正常 but not 正常化. */
  #isWhole(length: number): boolean {
    const next = this.#text[this.#at + length];
    return (
      next === undefined ||
      !/\p{Script=Han}/u.test(next) ||
      this.#words.labels.some(({ word }) => this.#text.startsWith(word, this.#at + length))
    );
  }

  /** A word: the name of whom it is about where nothing was said yet; else words for the rest. */
  #word(): 'took' {
    const word = this.#match(WORD) || this.#text.slice(this.#at, this.#at + 1);
    const { refs } = this.#open;
    const isName =
      !this.#isSaid(this.#open) && refs.every(({ kind }) => kind === 'name') && !(this.#words.rest && refs.length > 0);
    const mayBegin = !this.#context.matchEntry || this.#valueFollows(word.length);
    const beginsNext = this.#isSaid(this.#open) && !this.#words.rest && mayBegin;
    if (isName || beginsNext) {
      if (beginsNext) this.#begin();
      const name = word.slice(0, this.#nameLength(word));
      this.#open.refs.push({ kind: 'name', text: name });
      return this.#took(name.length);
    }
    this.#open.words.push(word);
    return this.#took(word.length);
  }

  /** Whether a word that names nobody known is one all the same: a value stands behind it. */
  #valueFollows(length: number): boolean {
    const { bare } = this.#words;
    const from = this.#at + length + (/^[\s:=]+/.exec(this.#text.slice(this.#at + length))?.[0].length ?? 0);
    const found = bare && from < this.#text.length ? valueAt(bare[1], this.#text, from, this.#options(from)) : null;
    return found !== null && !('kind' in found);
  }

  /** How much of a word is a name, where a value is glued to it: 张三36.5, 东口车3, 王奶奶正常. */
  #nameLength(word: string): number {
    const { labels, options } = this.#words;
    for (let i = 1; i < word.length; i += 1) {
      const rest = word.slice(i);
      const label = labels.find((each) => rest.startsWith(each.word));
      const after = label && this.#at + i + label.word.length;
      const value = label && after !== undefined ? valueAt(label.field, this.#text, after, this.#options(after)) : null;
      const isValue = value !== null && !('kind' in value) && mayEnd(this.#text, (after ?? 0) + value.length);
      // Of entries that are known the name is known; 老鹰水库 is one though 水库 is an option.
      const isOption = !this.#context.matchEntry && options.some((option) => rest === option.word);
      if (isValue || isOption) return i;
      if (/^-?\d/.test(rest) && /\p{Script=Han}/u.test(word[i - 1] ?? '')) return i;
    }
    return word.length;
  }

  #options(from: number): ValueOptions {
    const text = this.#text;
    return {
      today: this.#context.today,
      zeroWords: this.#reader.zeroWords,
      measureWords: this.#reader.measureWords,
      instead: (length, other) => text.slice(0, from) + other + text.slice(from + length),
    };
  }
}

/** Reads a normalised line. */
export function segmentsOf(text: string, reader: Reader, context: ParseContext): Segments | Refusal {
  return new Cutter(text, reader, context).run();
}
