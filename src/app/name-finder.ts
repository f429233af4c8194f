/** Names of units and people in what somebody writes, as the roster of the day has them. */
import type { Entries } from '../core/register/entries.ts';
import type { RosterView } from '../core/roster/view.ts';
import type { UnitId } from '../core/rows/index.ts';

/** Longest name of a unit or person looked for in a text. */
const LONGEST_NAME = 40;
/** Look-ups of names in one message: enough for a pasted list of three hundred lines. */
const MOST_LOOK_UPS = 30_000;

/** A message gets so many look-ups and no more, so that one made of nothing but surnames keeps nobody waiting. */
export class NameFinder {
  readonly #view: RosterView;
  readonly #below: UnitId | undefined;
  readonly #entries: Entries;
  #left = MOST_LOOK_UPS;
  #met = false;

  /** @param below where names are looked for first */
  constructor(view: RosterView, below: UnitId | null, entries: Entries) {
    this.#view = view;
    this.#entries = entries;
    this.#below = below ?? undefined;
  }

  /**
   * Whether anything was found so far that another message might find otherwise: a name, or something that is looked for
   * below a place, or the end of the look-ups. What is named nowhere in the county is found from nowhere.
   */
  get hasMet(): boolean {
    return this.#met || this.#left === 0;
  }

  /** How many characters the longest unit or person name has that starts at a place; 0 when none does. */
  match(text: string, at: number): number {
    if (!this.#view.mayBeginName(text, at)) return 0;
    for (let length = Math.min(LONGEST_NAME, text.length - at); length > 0 && this.#left > 0; length--) {
      const name = text.slice(at, at + length);
      if (name.trim() !== name) continue;
      this.#left -= 1;
      // Of a person at a place it is looked for below the sender which place is meant.
      if (name.includes('@')) this.#met = true;
      if (this.#names(name)) {
        this.#met = true;
        return length;
      }
    }
    return 0;
  }

  /** The line was read by what holds for its sender at the moment: another message might be read otherwise. */
  dependOnSender(): void {
    this.#met = true;
  }

  /** The same for the entries of a register. */
  matchEntry(register: string, text: string, at: number): number {
    // Entries come and go while the roster stays.
    this.#met = true;
    const longest = Math.min(this.#entries.longestName, text.length - at);
    for (let length = longest; length > 0 && this.#left > 0; length--) {
      this.#left -= 1;
      const name = text.slice(at, at + length);
      if (name.trim() === name && this.#entries.named(register, name, this.#view.day).length > 0) return length;
    }
    return 0;
  }

  #names(name: string): boolean {
    return this.#view.findUnits(name, this.#below).length > 0 || this.#view.findPersons(name, this.#below).length > 0;
  }
}
