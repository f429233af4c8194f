/** Entries named by a range of numbers: 15-20. */

/** Entries named by one range at most. */
const LONGEST_RANGE = 300;

/** `15` and `20`, or the text `15-20`, as the numbers between; null where they are too many or run backwards. */
export function expanded(one: string, upTo: string | undefined): string[] | null {
  const [first = '', last] = upTo === undefined ? one.split('-') : [one, upTo];
  if (last === undefined) return [first];
  const [from, to] = [Number(first), Number(last)];
  // 3-1 is the first door of house 3.
  if (to <= from) return upTo === undefined ? [one] : null;
  if (to - from >= LONGEST_RANGE) return null;
  return Array.from({ length: to - from + 1 }, (_, i) => String(from + i));
}
