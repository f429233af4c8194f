/** The keys of names that stand in a roster. */
import { nameKey } from '../text.ts';

/** Enough for the names of a province; beyond it the memory starts anew. */
const MOST_REMEMBERED = 200_000;
const remembered = new Map<string, string>();

/**
 * The same as {@link nameKey}, worked out once for each name: a roster says 一网格 a thousand times, and is indexed
 * anew with every change of it. Not for what people type, which would fill the memory.
 */
export function keyOf(name: string): string {
  let key = remembered.get(name);
  if (key === undefined) {
    if (remembered.size >= MOST_REMEMBERED) remembered.clear();
    key = nameKey(name);
    // Most names are their own key: one text serves as both.
    if (key === name) key = name;
    remembered.set(name, key);
  }
  return key;
}

/** The key under which a path is the same unit, however its names are spelled; no name holds a line break. */
export function pathKey(path: readonly string[]): string {
  return path.map(keyOf).join('\n');
}
