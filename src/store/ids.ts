/** V8 keeps texts of this length once by itself when it reads JSON. */
const SHORT = 10;

/**
 * The ids of one table, kept once: rows of other tables name them by the same text. Tables refer to one another in
 * about the order in which they were written, so most ids are found beside the one before them; where all are, no index
 * is made.
 */
export class Ids {
  readonly #texts: string[] = [];
  /** Where each text stands. */
  #places: Map<string, number> | null = null;
  /** Where the text asked for last stands. */
  #last = 0;

  /** The id of a row of this table. */
  own(text: string): string {
    if (text.length > SHORT) {
      this.#places?.set(text, this.#texts.length);
      this.#texts.push(text);
    }
    return text;
  }

  /** The id of a row of this table in a row that names it: the one text of those that are equal. */
  same(text: string): string {
    if (text.length <= SHORT) return text;
    const texts = this.#texts;
    const here = texts[this.#last];
    if (here === text) return here;
    const next = this.#last + 1 < texts.length ? this.#last + 1 : 0;
    const beside = texts[next];
    if (beside === text) {
      this.#last = next;
      return beside;
    }
    this.#places ??= new Map(texts.map((each, at) => [each, at]));
    const place = this.#places.get(text);
    // Named before it was read, as a unit that stands below a later one.
    if (place === undefined) return this.own(text);
    this.#last = place;
    return texts[place] ?? text;
  }
}
