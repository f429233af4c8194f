/**
 * Readings of short lines, kept: at the peak nearly everybody sends the same few. A reading is kept only where no name of
 * the roster was found in the line. What is named nowhere in the county is named nowhere below any group either, so such
 * a line means the same whoever says it and wherever.
 */
import { parse } from '../core/grammar/parse.ts';
import type { ParseContext, Parsed } from '../core/grammar/types.ts';
import type { RosterView } from '../core/roster/view.ts';
import type { NameFinder } from './name-finder.ts';

/** What the meaning of a line depends on besides its text and the roster. */
export type Asked = Required<Pick<ParseContext, 'today' | 'place' | 'mentionsBot'>> & {
  /** A stranger's lines are read without the roster. */
  known: boolean;
};

/** How a line that is not known is read. */
export interface Preparation {
  context: ParseContext;
  /** Looks names up for the context; null where nobody does. */
  finder: NameFinder | null;
}

/** Longer lines are seldom said twice. */
const LONGEST = 24;
const MOST = 1_000;

export class Readings {
  /** By the roster's view, for names come and go with it. */
  readonly #kept = new WeakMap<RosterView, Map<string, Parsed>>();

  /**
   * What {@link parse} makes of a text. The same object may be given for many messages: it is not to be changed.
   * @param view the roster whose names the context knows
   * @param prepare makes what it takes to read the line; not called for one that is known
   */
  read(text: string, asked: Asked, view: RosterView, prepare: () => Preparation): Parsed {
    const key = text.length > LONGEST ? null : keyOf(text, asked);
    const known = key === null ? undefined : this.#kept.get(view)?.get(key);
    if (known) return known;
    const { context, finder } = prepare();
    const parsed = parse(text, context);
    if (key !== null && !finder?.hasMet) this.#keep(key, parsed, view);
    return parsed;
  }

  #keep(key: string, parsed: Parsed, view: RosterView): void {
    const kept = this.#kept.get(view) ?? new Map<string, Parsed>();
    if (kept.size >= MOST) kept.clear();
    kept.set(key, parsed);
    this.#kept.set(view, kept);
  }
}

const keyOf = (text: string, { today, place, mentionsBot, known }: Asked): string =>
  `${today} ${place}${mentionsBot ? ' to us' : ''}${known ? ' known' : ''} ${text}`;
