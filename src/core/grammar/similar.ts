/** How near two words are: by sound, by a swapped, missing, extra or different character. */
import { distance } from 'fastest-levenshtein';
import { pinyin } from 'pinyin-pro';

/** Characters that an eye or an input method takes for one another without sounding alike. */
const LOOK_ALIKE: ReadonlyMap<string, string> = new Map([
  ['曰', '日'],
  ['目', '日'],
  ['己', '已'],
]);

const sounds = (word: string): string[] => pinyin(word, { toneType: 'none', type: 'array', v: true });

const look = (word: string): string => [...word].map((char) => LOOK_ALIKE.get(char) ?? char).join('');

function swapped(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  const i = [...a].findIndex((char, n) => char !== b[n]);
  return i >= 0 && i + 1 < a.length && a.slice(0, i) + (a[i + 1] ?? '') + (a[i] ?? '') + a.slice(i + 2) === b;
}

/**
 * How far `word` is from `target`, both lower case: 0 the same or sounding the same, 1 typed in pinyin or two
 * characters swapped, 2 one character missing or too many, 3 one different; null when further.
 */
export function nearness(word: string, target: string): number | null {
  if (word === target || look(word) === look(target)) return 0;
  const syllables = sounds(target);
  if (word.length === target.length && sounds(word).join(' ') === syllables.join(' ')) return 0;
  if (word === syllables.join('') && word.length > 1) return 1;
  if (word.length > 1 && word === syllables.map((s) => s[0] ?? '').join('')) return 1;
  if (swapped(word, target)) return 1;
  if (target.length < 2 || distance(word, target) !== 1) return null;
  return word.length === target.length ? 3 : 2;
}

/** Whether some part of `text` sounds or looks so much like `label` that it may stand for it. */
export function holdsNear(text: string, label: string): boolean {
  if (text.includes(label)) return true;
  if (label.length < 2) return false;
  for (let i = 0; i + label.length <= text.length; i += 1) {
    if (nearness(text.slice(i, i + label.length), label) !== null) return true;
  }
  return false;
}
