/**
 * Cuts a report's line into what it says: days, numbers, zero words, labels, names, and words that are none of these.
 * A piece counts only when what follows it can stand beside it, so that 一切 is no 一 and 无人机 no 无.
 */
import { NUMERAL_CHARS } from '../numerals.ts';
import type { Form } from '../playbook/index.ts';
import type { CivilDate } from '../time.ts';
import { at, Edges, SEPARATORS } from './edges.ts';
import { matchGrid, matchKnown, personLength, unitLengths } from './names.ts';
import { type BadNumber, matchNumber } from './number.ts';
import type { ParseContext } from './types.ts';
import { type Vocabulary, vocabularyOf } from './vocabulary.ts';

interface Place {
  start: number;
  /** After it and its measure words. */
  end: number;
}

type Meaning =
  | { kind: 'date'; date: CivilDate | null }
  | { kind: 'number'; value: number }
  | { kind: 'bad'; bad: BadNumber }
  | { kind: 'zero' }
  | { kind: 'label'; field: string }
  | { kind: 'name'; known: boolean; unit: boolean }
  /** 其余: all still missing. */
  | { kind: 'rest' }
  /** 本网格: the sender's own. */
  | { kind: 'own' }
  | { kind: 'word' };

type Piece = Place & Meaning;

export type Token = Piece & {
  /** As it stands in the line. */
  text: string;
  /** The separators and fillers before it; empty when it is glued to what precedes. */
  gap: string;
};

const WORD = /[^\s,、:;=。!]+/y;
const HAN = /\p{Script=Han}/u;
/** Leads from one number to the next: 0 然后1. */
const LINK = /然后|接着|后来|变成?|改成?/y;
/** 本网格: the sender's own, which needs no name. */
const OWN = /(?:我们|本|我)的?(?:网格|格)(?![长员])/y;
const REST = /(?:其余|其他|其它|剩下|剩余)的?(?:网格)?(?:都|均|全部|全)?(?:是|为|报)?/y;
/** As subject it stands for all still missing below. */
export const REST_NAME = '其余';

export interface ScanOptions {
  context: ParseContext;
  form: Form;
  /** 其余 may be the subject. */
  rest: boolean;
  /** A word of two to four characters before the first value is somebody's name. */
  leadingName: boolean;
}

class Scanner {
  private readonly text: string;
  private readonly options: ScanOptions;
  private readonly words: Vocabulary;
  private readonly edges: Edges;

  constructor(text: string, options: ScanOptions) {
    this.text = text;
    this.options = options;
    this.words = vocabularyOf(options.form);
    this.edges = new Edges(text, options.form, options.context);
  }

  /** The piece at `i`, where no separator is. `lead`: nothing but days and labels came before. */
  piece(i: number, lead: boolean): Piece {
    const zero = this.zero(i);
    const number = matchGrid(this.text, i) > 0 ? null : this.number(i);
    return (
      this.rest(i) ??
      this.own(i) ??
      this.known(i) ??
      this.day(i) ??
      // 零 is a zero word, 零五 is five.
      (zero && !(number && number.end > zero.end) ? zero : null) ??
      this.label(i) ??
      (number?.kind === 'bad' ? this.unitOver(number) : null) ??
      number ??
      this.unit(i) ??
      (lead && this.options.leadingName ? this.person(i) : null) ??
      this.word(i)
    );
  }

  private rest(i: number): Piece | null {
    const length = this.options.rest ? at(REST, this.text, i).length : 0;
    return length > 0 && this.edges.edgeOrNumber(i + length) ? { kind: 'rest', start: i, end: i + length } : null;
  }

  private own(i: number): Piece | null {
    const length = at(OWN, this.text, i).length;
    return length > 0 && this.edges.edgeOrNumber(i + length) ? { kind: 'own', start: i, end: i + length } : null;
  }

  /** Length of a filler at `i` that adds nothing to the value after it; 0 when what follows is no clean value. */
  filler(i: number): number {
    const length = this.edges.fillerLength(i);
    const value = length > 0 ? (this.number(i + length) ?? this.zero(i + length)) : null;
    return value === null || value.kind === 'bad' ? 0 : length;
  }

  private day(i: number): Piece | null {
    const day = this.edges.matchDay(i);
    return day && { kind: 'date', date: day.date, start: i, end: i + day.length };
  }

  private zero(i: number): Piece | null {
    for (const word of this.words.zeroWords) {
      if (!this.text.startsWith(word, i)) continue;
      const plain = i + word.length;
      const end = [this.edges.afterMeasures(plain), plain].find((n) => this.edges.edgeOrNumber(n));
      if (end !== undefined) return { kind: 'zero', start: i, end };
    }
    return null;
  }

  private label(i: number): Piece | null {
    const found = this.words.labels.find(([name]) => this.text.startsWith(name, i));
    if (!found || !this.edges.edgeOrNumber(i + found[0].length)) return null;
    return { kind: 'label', field: found[1], start: i, end: i + found[0].length };
  }

  private number(i: number): Piece | null {
    const found = matchNumber(this.text, i);
    if (!found) return null;
    const plain = i + found.length;
    const measured = this.edges.afterMeasures(plain);
    if (found.kind === 'bad') return { kind: 'bad', bad: found, start: i, end: measured };
    const end = [measured, plain].find((n) => this.edges.edge(n));
    return end === undefined ? null : { kind: 'number', value: found.value, start: i, end };
  }

  private known(i: number): Piece | null {
    const found = matchKnown(this.text, i, this.options.context.matchName);
    if (!found) return null;
    const end = this.path(i + found.length);
    if (!this.edges.edgeOrNumber(end) && this.unitStarts(end) === false) return null;
    // 李四四 may be another person, not a four of 李四's.
    if (!found.unit && end === i + found.length && this.numeralGoesOn(end)) return null;
    return { kind: 'name', known: true, unit: found.unit, start: i, end };
  }

  private numeralGoesOn(i: number): boolean {
    const zero = this.words.zeroWords.some((word) => this.text.startsWith(word, i));
    return (
      !zero && !this.edges.matchDay(i) && matchGrid(this.text, i) === 0 && NUMERAL_CHARS.includes(this.text[i] ?? ' ')
    );
  }

  private unitStarts(i: number): boolean {
    return unitLengths(this.text, i).length > 0;
  }

  private unit(i: number): Piece | null {
    const grid = matchGrid(this.text, i);
    for (const length of [...(grid > 0 ? [grid] : []), ...unitLengths(this.text, i)]) {
      const end = this.path(i + length);
      if (this.edges.edgeOrNumber(end) || this.unitStarts(end))
        return { kind: 'name', known: false, unit: true, start: i, end };
    }
    return null;
  }

  /** 八一村 is a village, though 八一 is no number: the unit that reaches beyond what looked like a bad number. */
  private unitOver(bad: Piece): Piece | null {
    const unit = HAN.test(this.text[bad.start] ?? '') ? this.unit(bad.start) : null;
    return unit && unit.end > bad.end ? unit : null;
  }

  private person(i: number): Piece | null {
    const length = personLength(this.text, i);
    const end = this.path(i + length);
    if (length === 0 || !this.edges.edgeOrNumber(end)) return null;
    return { kind: 'name', known: false, unit: false, start: i, end };
  }

  /** Where a path that goes on after `i` with `/村` or `@村` ends. */
  private path(i: number): number {
    let end = i;
    while (this.text[end] === '/' || this.text[end] === '@') {
      const next = end + 1;
      const known = matchKnown(this.text, next, this.options.context.matchName)?.length ?? 0;
      const length = Math.max(known, matchGrid(this.text, next), unitLengths(this.text, next).at(0) ?? 0);
      if (length === 0) return end;
      end = next + length;
    }
    return end;
  }

  private word(i: number): Piece {
    const link = at(LINK, this.text, i).length;
    if (link > 0 && this.number(i + link)?.kind === 'number') return { kind: 'word', start: i, end: i + link };
    const word = at(WORD, this.text, i) || this.text.slice(i, i + 1);
    const digits = /^\d+/.exec(word)?.[0];
    const place = { start: i, end: i + word.length };
    if (digits === undefined) return { kind: 'word', ...place };
    // A number stuck to words: what it counts cannot be told.
    const fixes = [`${digits} ${word.slice(digits.length)}`];
    return { kind: 'bad', bad: { kind: 'bad', length: word.length, code: 'number.glued', fixes }, ...place };
  }
}

/** The pieces of a normalised line, in order; nothing but separators is left out. */
export function scan(text: string, options: ScanOptions): Token[] {
  const scanner = new Scanner(text, options);
  const tokens: Token[] = [];
  let lead = true;
  let from = 0;
  for (;;) {
    const separated = from + at(SEPARATORS, text, from).length;
    const start = separated + scanner.filler(separated);
    if (start >= text.length) return tokens;
    const piece = scanner.piece(start, lead);
    tokens.push({ ...piece, text: text.slice(start, piece.end), gap: text.slice(from, start) });
    lead &&= piece.kind === 'date' || piece.kind === 'label';
    from = piece.end;
  }
}
