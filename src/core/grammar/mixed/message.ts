/** Messages of several lines, written anew for whoever is to send them. */
import type { Refusal } from '../types.ts';

/** A message whose first line begins with a word; lines with nothing in them are left out. */
export function wholeLine(word: string, [first = '', ...below]: readonly string[]): string {
  const [next, ...more] = below.filter((text) => text !== '');
  // What is left in the only line below moves up.
  if (first === '' && next !== undefined && more.length === 0) return `/${word} ${next}`;
  return [`/${word} ${first}`.trim(), ...(next === undefined ? [] : [next]), ...more].join('\n');
}

/** A refusal of one of several lines, its proposals made whole messages again. */
export function inMessage(refusal: Refusal, word: string, texts: readonly string[], i: number): Refusal {
  const whole = (proposal: string): string => wholeLine(word, texts.with(i, proposal));
  return { ...refusal, proposals: refusal.proposals.map(whole), choices: refusal.choices.map(whole) };
}
