/** What a line that begins with no known word may have meant: 日抱 for 日报. */

import { nearness } from './similar.ts';
import type { ParseContext } from './types.ts';
import { lexiconOf, type Owner, ownerName } from './words.ts';

/** A known word near the one typed, and what follows in the line. */
export interface Guess {
  owner: Owner;
  args: string;
  /** Smaller is nearer. */
  score: number;
}

const FIRST_WORD = /^[\p{L}\p{M}]+/u;
/** The most one character can add on either side of a word that runs on into its arguments. */
const SLACK = 1;

/** The known words nearest to the head of a line, nearest first, forms before acts before commands. */
export function guesses(body: string, context: ParseContext): Guess[] {
  const first = FIRST_WORD.exec(body)?.[0] ?? '';
  if (first === '') return [];
  const spaced = /^\p{Script=Han} (?=\p{Script=Han})/u.test(body) ? body.slice(0, 1) + body.slice(2) : body;
  const word = (FIRST_WORD.exec(spaced)?.[0] ?? '').toLowerCase();
  const found = new Map<string, Guess>();
  for (const { alias, owner } of lexiconOf(context)) {
    for (const length of lengthsFor(word, alias)) {
      const near = nearness(word.slice(0, length), alias);
      // Run together with what follows, only what sounds alike or was swapped is taken for the word.
      const glued = length < word.length;
      if (near === null || (glued && near > 1)) continue;
      const score = near + (glued ? 0.5 : 0);
      const key = ownerName(owner);
      const best = found.get(key);
      if (best && best.score <= score) continue;
      const args = spaced.slice(length).replace(/^[\s:,=、;。]+/, '');
      found.set(key, { owner, args, score });
    }
  }
  const rank = { form: 0, act: 1, register: 2, phase: 2, command: 3 };
  return [...found.values()].sort((a, b) => a.score - b.score || rank[a.owner.kind] - rank[b.owner.kind]);
}

function lengthsFor(word: string, alias: string): number[] {
  const lengths = [word.length];
  for (let n = Math.max(1, alias.length - SLACK); n <= alias.length + SLACK; n += 1) {
    if (n < word.length) lengths.push(n);
  }
  return word.length > alias.length + 12 ? lengths.slice(1) : lengths;
}

/** Whether the first word by itself, not as the head of a longer one, is so near a command's that it was likely meant. */
export function isNearCommand(body: string, context: ParseContext): boolean {
  return guesses(body, context).some((guess) => Number.isInteger(guess.score));
}
