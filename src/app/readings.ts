/**
 * Readings of short lines, kept: at the peak nearly everybody sends the same few. A reading is kept only where no name of
 * the roster was found in the line. What is named nowhere in the county is named nowhere below any group either, so such
 * a line means the same whoever says it and wherever.
 */
import { parse } from '../core/grammar/parse.ts';
import type { ParseContext, Parsed } from '../core/grammar/types.ts';
import type { RosterView } from '../core/roster/view.ts';

/** Longer lines are seldom said twice. */
const LONGEST = 24;
const MOST = 1_000;

export class Readings {
  /** By the roster's view, for names come and go with it. */
  readonly #kept = new WeakMap<RosterView, Map<string, Parsed>>();

  /**
   * What {@link parse} makes of a text. The same object may be given for many messages: it is not to be changed.
   * @param isAboutNames whether the reading has met a name of the roster
   */
  read(text: string, context: ParseContext, view: RosterView, isAboutNames: () => boolean): Parsed {
    if (text.length > LONGEST) return parse(text, context);
    const { today, place, mentionsBot, matchName } = context;
    const key = `${today} ${place} ${mentionsBot ? 'to us' : ''} ${matchName ? 'known' : ''} ${text}`;
    const kept = this.#kept.get(view) ?? new Map<string, Parsed>();
    const known = kept.get(key);
    if (known) return known;
    const parsed = parse(text, context);
    if (isAboutNames()) return parsed;
    if (kept.size >= MOST) kept.clear();
    kept.set(key, parsed);
    this.#kept.set(view, kept);
    return parsed;
  }
}
