/** Where a piece of a report's line may end: at something known, so that 一切 is no 一 and 无人机 no 无. */
import { matchDay } from '../dates.ts';
import type { Form } from '../playbook/index.ts';
import { matchGrid, matchKnown } from './names.ts';
import { matchNumber } from './number.ts';
import type { ParseContext } from './types.ts';
import { type Vocabulary, vocabularyOf } from './vocabulary.ts';

/** A full stop or a wave ends a line as 。 does, but only at a word's end. */
export const SEPARATORS = /(?:[\s,、:;=。!]|[.~]+(?=\s|$))*/y;
/** 是0, 返乡有1人: says no more than the number alone. */
const FILLER = /(?:[一总]?共有?|有|是|为) ?/y;

/** What `pattern`, a sticky one, matches at `from`; empty when it does not. */
export function at(pattern: RegExp, text: string, from: number): string {
  pattern.lastIndex = from;
  return pattern.exec(text)?.[0] ?? '';
}

/** The edges in one line. */
export class Edges {
  private readonly text: string;
  private readonly context: ParseContext;
  private readonly words: Vocabulary;

  constructor(text: string, form: Form, context: ParseContext) {
    this.text = text;
    this.context = context;
    this.words = vocabularyOf(form);
  }

  /** Something known begins here, or the text ends, so that what precedes may end here. */
  edge(i: number): boolean {
    const { text, words } = this;
    return (
      i >= text.length ||
      at(SEPARATORS, text, i) !== '' ||
      this.fillerLength(i) > 0 ||
      words.labels.some(([name]) => text.startsWith(name, i)) ||
      words.zeroWords.some((word) => text.startsWith(word, i)) ||
      matchGrid(text, i) > 0 ||
      this.matchDay(i) !== null ||
      matchKnown(text, i, this.context.matchName) !== null
    );
  }

  /** As {@link edge}, or something like a number. */
  edgeOrNumber(i: number): boolean {
    return this.edge(i) || matchNumber(this.text, i) !== null;
  }

  /** The day at `i`, numeric ones only where nothing is glued to them. */
  matchDay(i: number): ReturnType<typeof matchDay> {
    const day = matchDay(this.text, i, this.context.today, 'past');
    // 1-3人 is no day.
    const numeric = day !== null && /^\d+[-/]/.test(this.text.slice(i, i + day.length));
    return numeric && /[\p{Script=Han}A-Za-z]/u.test(this.text[i + day.length] ?? '') ? null : day;
  }

  /** Where the measure words after a number that ends at `from` end. */
  afterMeasures(from: number): number {
    let i = from;
    for (let n = 0; n < 2; n += 1) {
      // A measure word may stand apart (2 例), but then it must be a word of its own.
      const start = this.text[i] === ' ' ? i + 1 : i;
      const measure = this.words.measureWords.find((word) => this.text.startsWith(word, start));
      if (measure === undefined || (start > i && !this.edge(start + measure.length))) break;
      i = start + measure.length;
    }
    return i;
  }

  /** Length of a filler at `i` where a number, or after 是 a word for zero, seems to follow. */
  fillerLength(i: number): number {
    const filler = at(FILLER, this.text, i);
    if (filler === '') return 0;
    const next = i + filler.length;
    const zero = /[是为]/.test(filler) && this.words.zeroWords.some((word) => this.text.startsWith(word, next));
    return zero || matchNumber(this.text, next)?.kind === 'number' ? filler.length : 0;
  }
}
