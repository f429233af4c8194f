/**
 * Cuts a line about entries into what is said of whom: numbers and names first, then values and words, then the next
 * ones. `12 13 15-20 无`, `张三 36.5 李四 36.7`, `东口 车3 人5`, `12户 血压高 已联系村医`.
 */
import type { Field } from '../../playbook/index.ts';
import { type EntryRef, type Refusal, refuse } from '../types.ts';
import { dayAt } from './day.ts';
import { at, type Line, PLATE } from './line.ts';
import { nameLength, vagueLength } from './name.ts';
import { MOST_ENTRIES, numbersAt, ordinalLength } from './numbers.ts';
import { blank, isEmpty, isSaid, type Segment, type Segments } from './segment.ts';
import { unlabelledAt } from './unlabelled.ts';
import { countsOther, type Found, valueAt } from './value.ts';

const SPACE = /[\s,、;。!:=@/|()[\]【】]+/y;
const WORD = /[^\s,、;。!:=()[\]【】]+/y;
/** What joins two names says nothing. */
const JOINS = /[和与及跟] ?/y;
/** 车有3, 发现是2 */
const GAP = /[\s:=(]*(?:(?:一?共有?|有|是|为) ?(?=[\d零一二两三四五六七八九十]))?/y;

type Step = Refusal | 'took' | undefined;

class Cutter {
  readonly #line: Line;
  readonly #segments: Segment[] = [];
  #open: Segment = blank(0);
  #day: Segments['day'] = null;
  #at = 0;
  /** Who is named in the open segment. */
  readonly #names = new Set<string>();
  #named = 0;

  constructor(line: Line) {
    this.#line = line;
  }

  run(): Segments | Refusal {
    for (;;) {
      this.#at += at(SPACE, this.#line.text, this.#at).length;
      if (this.#line.isStop(this.#at)) this.#at += 1;
      else if (this.#at >= this.#line.text.length) break;
      else {
        if (isEmpty(this.#open)) this.#open.start = this.#at;
        const outcome = this.#step();
        if (outcome !== 'took') return outcome;
      }
    }
    this.#close();
    return { segments: this.#segments, day: this.#day };
  }

  #step(): Refusal | 'took' {
    return (
      this.#dayWord() ??
      this.#known() ??
      this.#labelled() ??
      this.#numbers() ??
      this.#unlabelled() ??
      this.#odd() ??
      this.#word()
    );
  }

  /** Takes so many characters for what was found. */
  #took(length: number): 'took' {
    this.#at += length;
    const closing = /[)\]】]/.test(this.#line.text[this.#at] ?? '') ? 1 : 0;
    this.#at += closing;
    this.#open.end = this.#at;
    return 'took';
  }

  #next(): void {
    if (isSaid(this.#open)) this.#close();
  }

  #close(): void {
    if (!isEmpty(this.#open)) this.#segments.push(this.#open);
    this.#open = blank(this.#at);
    this.#names.clear();
  }

  #ref(ref: EntryRef): Refusal | null {
    if (this.#names.has(ref.text)) return null;
    this.#names.add(ref.text);
    this.#named += 1;
    this.#open.refs.push(ref);
    return this.#named > MOST_ENTRIES ? refuse('entry.many', { text: ref.text }) : null;
  }

  /** The day the line is about: before anything else, or as a word of its own further on. */
  #dayWord(): Step {
    const day = dayAt(this.#line, this.#at, this.#open, this.#segments.length === 0);
    if (!day || 'kind' in day) return day ?? undefined;
    if (this.#day) return refuse('date.two', { text: `${this.#day.text} ${day.text}` });
    this.#day = day;
    this.#at = day.end;
    return 'took';
  }

  #labelled(): Step {
    const { text, words } = this.#line;
    const label = words.labels.find(({ word }) => text.startsWith(word, this.#at));
    if (!label) return undefined;
    const from = this.#at + label.word.length + at(GAP, text, this.#at + label.word.length).length;
    const found = valueAt(label.field, this.#line, from);
    if (found && 'kind' in found) return found;
    // 口罩厂 is a name, 测温点 a place: only where a value follows is it a label.
    if (!found) return undefined;
    return this.#give(label.id, label.field, { ...found, length: from - this.#at + found.length });
  }

  /** The name of an entry that is known. */
  #known(): Step {
    const { text, words } = this.#line;
    const isJoint = this.#open.refs.length > 0 && !isSaid(this.#open);
    const joint = isJoint ? at(JOINS, text, this.#at).length : 0;
    if (joint > 0 && this.#line.known(this.#at + joint) > 0) this.#at += joint;
    const length = this.#line.known(this.#at);
    if (length === 0) return undefined;
    const label = words.labels.find(({ word }) => text.startsWith(word, this.#at));
    if (label && label.word.length >= length) return undefined;
    const end = this.#at + length;
    const name = text.slice(this.#at, end);
    if (/\d$/.test(name)) {
      if (!this.#line.isEdge(end)) return undefined;
      const { refs } = this.#open;
      const found =
        words.bare && refs.length > 0 && !isSaid(this.#open) ? valueAt(words.bare[1], this.#line, this.#at) : null;
      // An entry is called so, and it could be the value just as well.
      if (found && !('kind' in found)) return refuse('number.unclear', { text: name });
      if (found && 'kind' in found && found.code !== 'reading.range') return found;
    }
    // 张三丰 is somebody else than 张三.
    if (this.#line.isGlued(end)) return undefined;
    this.#next();
    return this.#ref({ kind: 'name', text: name }) ?? this.#took(length);
  }

  /** Numbers of entries: 12, 12户, 15-20. */
  #numbers(): Step {
    const { reader, words, text } = this.#line;
    if (!reader.numbered) return undefined;
    const { refs } = this.#open;
    const isJoint = refs.length > 0 && !isSaid(this.#open);
    const joint = (isJoint ? at(JOINS, text, this.#at).length : 0) || ordinalLength(this.#line, this.#at);
    const measures = [...words.measures.map(({ word }) => word), ...reader.measureWords];
    this.#at += joint;
    const found = numbersAt(this.#line, this.#at);
    if (found && 'kind' in found) return found;
    if (!found || (!found.measured && measures.some((word) => this.#isCounted(word, this.#at + found.length)))) {
      this.#at -= joint;
      return undefined;
    }
    this.#next();
    for (const number of found.numbers) {
      const refusal = this.#ref({ kind: 'number', text: number });
      if (refusal) return refusal;
    }
    return this.#took(found.length);
  }

  /** A measure word stands behind a number: 2人, 2 人. */
  #isCounted(word: string, from: number): boolean {
    const { text } = this.#line;
    if (text.startsWith(word, from)) return true;
    return text[from] === ' ' && text.startsWith(word, from + 1) && this.#line.isEdge(from + 1 + word.length);
  }

  /** A value that needs no label. */
  #unlabelled(): Step {
    const found = unlabelledAt(this.#line, this.#at, this.#open);
    if (found === 'unclear') return this.#unclear();
    if (!found || 'kind' in found) return found ?? undefined;
    return found.field ? this.#give(found.id, found.field, found) : this.#nothing(found.length);
  }

  /** 无 where a number is due of several fields: none of any of them. */
  #nothing(length: number): Step {
    const counts = Object.entries(this.#line.words.fields).filter(([, { type }]) => type === 'count');
    if (counts.length === 0) return undefined;
    const zero = this.#line.text.slice(this.#at, this.#at + length);
    if (isSaid(this.#open)) return refuse('field.contradiction', { text: zero });
    const place = { start: this.#at, end: this.#at + length };
    for (const [id] of counts) {
      this.#open.values[id] = 0;
      this.#open.places[id] = place;
    }
    return this.#took(length);
  }

  /** What looks like a value and is none. */
  #odd(): Step {
    const { text, words } = this.#line;
    const vague = vagueLength(this.#line, this.#at);
    if (vague > 0) {
      const isMeasured = words.bare?.[1].type === 'number';
      const span = { start: this.#at, end: this.#at + vague };
      const proposals = isMeasured ? [this.#line.instead(span, '')] : [];
      return refuse(isMeasured ? 'reading.unclear' : 'number.vague', { text: at(WORD, text, this.#at), proposals });
    }
    if (!/^[-+]?\d/.test(text.slice(this.#at, this.#at + 2)) || at(PLATE, text, this.#at) !== '') return undefined;
    // 住 3组, 2辆 湘J: behind what was said it is one word among others.
    const isWord =
      isSaid(this.#open) && words.rest && countsOther(this.#line, this.#at, at(/\d+/y, text, this.#at).length);
    return isWord ? undefined : this.#unclear();
  }

  #unclear(): Refusal {
    const word = at(WORD, this.#line.text, this.#at);
    const isLone = /^[-+.\d]+$/.test(word);
    return refuse(isLone && !this.#line.words.bare ? 'value.no-label' : 'number.unclear', { text: word });
  }

  #give(id: string, field: Field, { value, length }: Found): Step {
    const { values, places } = this.#open;
    const span = { start: this.#at, end: this.#at + length };
    const other = places[id];
    if (other) {
      const choices = [this.#line.without([span]), this.#line.without([other])];
      // Perhaps a word between the two names the next one, whom nobody knows: on a line of its own it is asked for.
      const word = this.#open.words.at(-1);
      const proposals = word ? [this.#line.instead({ start: word.start, end: word.start }, '\n')] : [];
      return refuse('field.twice', { text: field.name, choices, proposals });
    }
    values[id] = value;
    places[id] = span;
    return this.#took(length);
  }

  /** A word: the name of whom it is about where nothing was said yet; else words for the rest. */
  #word(): Refusal | 'took' {
    const { text, words } = this.#line;
    const word = at(WORD, text, this.#at).slice(0, LONGEST_WORD) || text.slice(this.#at, this.#at + 1);
    const { refs } = this.#open;
    const isFirst = !isSaid(this.#open) && refs.every(({ kind }) => kind === 'name');
    const joined = /[、和]$/.test(text.slice(0, this.#at));
    const length = nameLength(this.#line, this.#at, word);
    const isName = isFirst && (refs.length === 0 || !words.rest || joined);
    // Behind a value a word names the next one only if something is said of it.
    const isNext = !isName && isSaid(this.#open) && !words.rest && this.#isSaidAt(this.#at + length);
    if (isName || isNext) {
      this.#next();
      return this.#ref({ kind: 'name', text: word.slice(0, length) }) ?? this.#took(length);
    }
    this.#open.words.push({ text: word, start: this.#at, end: this.#at + word.length });
    return this.#took(word.length);
  }

  /** A value stands there, whether or not it may be taken. */
  #isSaidAt(from: number): boolean {
    const { text, words } = this.#line;
    const start = from + at(SPACE, text, from).length;
    if (words.bare && words.bare[1].type !== 'text' && valueAt(words.bare[1], this.#line, start)) return true;
    const label = words.labels.find(({ word }) => text.startsWith(word, start));
    if (!label) return words.options.some(({ word }) => text.startsWith(word, start));
    const after = start + label.word.length;
    return valueAt(label.field, this.#line, after + at(GAP, text, after).length) !== null;
  }
}

/** A word is looked at no further than this. */
const LONGEST_WORD = 60;

/** Reads a normalised line. */
export function segmentsOf(line: Line): Segments | Refusal {
  return new Cutter(line).run();
}
