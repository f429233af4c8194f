/**
 * Values that many rows have in common, kept once while rows are read: a county of a hundred thousand grids names each
 * of them a dozen times, and with ids of 36 characters the repeats would weigh more than all the rest.
 */
import { Ids } from './ids.ts';

/** Distinct texts of small JSON values that are kept; what is beyond is read by itself. */
const MOST_VALUES = 1_000;

export class Pool {
  readonly unit = new Ids();
  readonly person = new Ids();
  readonly post = new Ids();
  readonly period = new Ids();
  readonly #values = new Map<string, unknown>();
  /** Of the last chain read: its JSON before the last id, and the ids before that one. */
  #above = { json: '', ids: [] as readonly string[] };

  /** The value of a JSON text of which there are few different ones. Frozen, for many rows have the same. */
  value<V>(json: string): V {
    const known = this.#values.get(json);
    if (known !== undefined) return known as V;
    const value: unknown = Object.freeze(JSON.parse(json));
    if (this.#values.size < MOST_VALUES) this.#values.set(json, value);
    return value as V;
  }

  /** Ids from the top down to a subject, from a JSON list. */
  chain(json: string, subjectId: string): string[] {
    const { json: above, ids } = this.#above;
    const end = json.length - subjectId.length - 3;
    const isPlain = end > 0 && json.startsWith('"', end) && json.startsWith(subjectId, end + 1) && json.endsWith('"]');
    // Nearly every subject stands beside the one before it.
    if (isPlain && end === above.length && json.startsWith(above)) return [...ids, subjectId];
    const chain = (JSON.parse(json) as string[]).map((id) => (id === subjectId ? subjectId : this.unit.same(id)));
    if (isPlain && chain.at(-1) === subjectId) this.#above = { json: json.slice(0, end), ids: chain.slice(0, -1) };
    return chain;
  }
}
