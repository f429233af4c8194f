/** Names in a line where a value may be glued to them: 张三36.5, 东口车3, 王奶奶正常. */
import type { Line } from './line.ts';
import { at } from './line.ts';
import { valueAt } from './value.ts';

const VAGUE =
  /(?:大约|大概|约莫?|差不多|将近|接近|超过|不到|不足|至少|最多|可能|估计|好像|好几|十?几)(?:有|是)? ?(?=[\d零一二两三四五六七八九十几])|十几|好几|几十|许多|很多|不少|若干/y;
const HAN = /\p{Script=Han}/u;
/** A value that shows itself to be one: a digit, a mark, a word for none. */
const PLAIN = /[\s:=]*(?:-?\d|[√✓✔☑✅×✗✘❌xX])/y;

/** Length of what makes the number behind it, or itself, no exact one: 大约37, 十几个. */
export function vagueLength({ text }: Line, from: number): number {
  return at(VAGUE, text, from).length;
}

/** How much of the word at `from` is a name. */
export function nameLength(line: Line, from: number, word: string): number {
  const { labels, options } = line.words;
  const { text, context, reader } = line;
  for (let i = 1; i < word.length; i += 1) {
    if (!HAN.test(word[i - 1] ?? '')) continue;
    const here = from + i;
    if (/\d/.test(text[here] ?? '') || /^-\d/.test(text.slice(here, here + 2))) return i;
    const label = labels.find((each) => text.startsWith(each.word, here));
    if (label && label.field.type !== 'text' && label.field.type !== 'person') {
      const after = here + label.word.length;
      const isPlain = at(PLAIN, text, after) !== '' || reader.zeroWords.some((zero) => text.startsWith(zero, after));
      const value = isPlain ? valueAt(label.field, line, after + at(/[\s:=]*/y, text, after).length) : null;
      if (value) return i;
    }
    // Of entries that are known the name is known; 老鹰水库 is one though 水库 is an option.
    if (!context.matchEntry && options.some((option) => word.slice(i) === option.word)) return i;
  }
  return word.length;
}
