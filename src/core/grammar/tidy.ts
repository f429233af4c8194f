/** Mends what an input method or good manners put into a line: split words, marks around a name, thanks at the end. */
import { DAY_WORDS } from '../dates.ts';
import { NUMERAL_CHARS } from '../numerals.ts';
import type { Form } from '../playbook/index.ts';
import { nameLength } from './names.ts';
import { mayBePerson } from './people.ts';
import type { ParseContext } from './types.ts';
import { vocabularyOf } from './vocabulary.ts';

const splits = new WeakMap<Form, RegExp>();

/** Finds a form's words, and those all forms share, where every character stands alone: 没 有, 返 乡, 网 格. */
function splitWords(form: Form): RegExp {
  let found = splits.get(form);
  if (!found) {
    const { labels, zeroWords } = vocabularyOf(form);
    const words = [...labels.map(([name]) => name), ...zeroWords, ...DAY_WORDS, '网格', '其余']
      .filter((word) => [...word].length > 1)
      .sort((a, b) => b.length - a.length)
      .map((word) => [...word].map((char) => char.replace(/[^\p{L}\p{N}]/u, '\\$&')).join(' '));
    // Beside it may stand a number, but no other word's character: 我没 有空 is left as it is.
    const [before, after] = [`(?<!(?![${NUMERAL_CHARS}])\\p{Script=Han})`, `(?!(?![${NUMERAL_CHARS}])\\p{Script=Han})`];
    found = new RegExp(`${before}(?:${words.join('|')})${after}`, 'gu');
    splits.set(form, found);
  }
  return found;
}

const MARKED = /["'“”‘’「『《〈【〔[(<]([^"'“”‘’「『《〈【〔[(<"'」』》〉】〕\])>]{1,40})["'“”‘’」』》〉】〕\])>]/gu;

/** A report's arguments with split words joined and the marks around names taken away: 三 网 格 0, 【三网格】0. */
export function tidied(args: string, form: Form, context: ParseContext): string {
  const bare = args.replace(MARKED, (whole: string, inside: string) => {
    const name = inside.trim();
    const isName = name !== '' && nameLength(name, 0, context, mayBePerson(name, form)) === name.length;
    return isName ? ` ${name} ` : whole;
  });
  const joined = bare.replace(splitWords(form), (word) => word.replaceAll(' ', ''));
  return joined.replace(/ +/g, ' ').trim();
}

/** Plain thanks; what else these characters could belong to is too rare to matter. */
const THANKS = ['谢谢了', '谢谢啦', '谢谢', '辛苦了', '麻烦了', '[强]', '[玫瑰]', '[抱拳]', '[握手]', '[微笑]'];
/** Part of a sentence more often than not, so they must stand apart: 没有收到, 已收到, 太辛苦. */
const RECEIPTS = ['收到', '好的', '辛苦'];
const GESTURE = /(?:👍|🙏|🌹|😊|💪|✅)[\u{1f3fb}-\u{1f3ff}]?$/u;
const MARKS = /[\s,、:;。!.~]$/;
const DENIES = /(?:[没未无不别]|没有)$/;

/** A line without the courtesy at its end, as long as something is left before it; `whole`: even when nothing is. */
export function withoutCourtesy(args: string, whole: boolean): string {
  let end = args.length;
  let kept = end;
  for (;;) {
    const text = args.slice(0, end);
    const length = courtesyLength(text);
    if (length > 0) {
      end -= length;
      kept = end;
    } else if (MARKS.test(text)) {
      end -= 1;
    } else break;
  }
  if (kept === args.length || (end === 0 && !whole)) return args;
  return args.slice(0, kept).trim();
}

function courtesyLength(text: string): number {
  const gesture = GESTURE.exec(text.slice(-4))?.[0].length ?? 0;
  if (gesture > 0) return gesture;
  const thanks = THANKS.find((word) => text.endsWith(word));
  if (thanks !== undefined) return thanks.length;
  const receipt = RECEIPTS.find((word) => text.endsWith(word));
  if (receipt === undefined) return 0;
  const before = text.slice(0, -receipt.length);
  const apart = before === '' || !/\p{Script=Han}$/u.test(before);
  return apart && !DENIES.test(before.trimEnd()) ? receipt.length : 0;
}
