/**
 * Values that many rows have in common, kept once while rows are read: a county of a hundred thousand grids names each
 * of them a dozen times, and with ids of 36 characters the repeats would weigh more than all the rest.
 */

/** Distinct texts of small JSON values that are kept; what is beyond is read by itself. */
const MOST_VALUES = 1_000;

/** V8 keeps texts of this length once by itself when it reads JSON. */
const SHORT = 10;

/** What of an obligation comes again with every period of its form. */
interface Line {
  subjectId: string;
  path: string;
  /** As the database has it. */
  json: string;
  chain: string[];
}

export class Pool {
  readonly #texts = new Map<string, string>();
  readonly #values = new Map<string, unknown>();
  readonly #lines = new Map<string, Line>();
  #above: { json: string; ids: readonly string[] } = { json: '', ids: [] };

  /** The text itself, or the one equal to it that came first. For what names a row or another. */
  id(text: string): string {
    if (text.length <= SHORT) return text;
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    this.#texts.set(text, text);
    return text;
  }

  /** The value of a JSON text of which there are few different ones. Frozen, for many rows have the same. */
  value<V>(json: string): V {
    const known = this.#values.get(json);
    if (known !== undefined) return known as V;
    const value: unknown = Object.freeze(JSON.parse(json));
    if (this.#values.size < MOST_VALUES) this.#values.set(json, value);
    return value as V;
  }

  /** The names and ids above a subject, one object for as long as they stay the same. */
  line(subjectId: string, path: string, json: string): Line {
    const known = this.#lines.get(subjectId);
    if (known !== undefined && known.path === path && known.json === json) return known;
    const line = { subjectId: this.id(subjectId), path, json, chain: this.#chain(json) };
    this.#lines.set(line.subjectId, line);
    return line;
  }

  /** Those who stand side by side have all but the last of their ids in common, which alone is read then. */
  #chain(json: string): string[] {
    const at = json.lastIndexOf('","');
    // With a backslash in it, an id may hold what looks like its end.
    if (at < 0 || json.includes('\\')) return (JSON.parse(json) as string[]).map((id) => this.id(id));
    const above = json.slice(0, at + 1);
    if (above !== this.#above.json) {
      this.#above = { json: above, ids: (JSON.parse(`${above}]`) as string[]).map((id) => this.id(id)) };
    }
    return [...this.#above.ids, this.id(json.slice(at + 3, -2))];
  }
}
