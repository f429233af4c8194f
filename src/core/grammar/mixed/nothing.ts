/** A word that says there is nothing to tell: 东口 无. */
import type { Reader } from './reader.ts';

/** Zero for all that is counted, where such a word stands by itself at a place; null where none does. */
export function nothingAt(
  { fields, zeroWords }: Reader,
  text: string,
  at: number,
): { values: Record<string, number>; length: number } | null {
  const word = zeroWords.find((each) => text.startsWith(each, at));
  if (word === undefined || /^[^\s,、;。!]/.test(text.slice(at + word.length))) return null;
  const counts = Object.entries(fields).flatMap(([id, { type }]) => (type === 'count' ? [[id, 0] as const] : []));
  return counts.length > 0 ? { values: Object.fromEntries(counts), length: word.length } : null;
}
