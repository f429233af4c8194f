/** Traditional characters to simplified ones, and which texts have none. */
import { Converter, Locale } from 'opencc-js/t2cn';

const HAN = /\p{Script=Han}/u;

/** The characters nearly all Chinese is written in; none of them is another one's compatibility form. */
const FIRST = 0x4e00;
const LAST = 0x9fff;
const NEWLINE = 10;

interface Dictionary {
  convert: (text: string) => string;
  /** By character from {@link FIRST} on: 1 for those that become others, alone or beside others. */
  changing: Uint8Array;
}

let dictionary: Dictionary | undefined;

/** It takes some milliseconds to build, so only the first Chinese text pays for it. */
function opened(): Dictionary {
  dictionary ??= { convert: Converter({ from: 't', to: 'cn' }), changing: changingCharacters() };
  return dictionary;
}

function changingCharacters(): Uint8Array {
  const changing = new Uint8Array(LAST - FIRST + 1);
  for (const dict of Locale.to.cn?.flat() ?? []) {
    for (const [from, to] of typeof dict === 'string' ? pairsIn(dict) : dict) {
      for (let at = 0; at < from.length; at += 1) {
        const code = from.charCodeAt(at);
        // A phrase of several characters cannot change where the one that changes is not there.
        if (code >= FIRST && code <= LAST && (from.length !== to.length || from[at] !== to[at])) {
          changing[code - FIRST] = 1;
        }
      }
    }
  }
  return changing;
}

/** `from to|from to`: as the dictionaries come. */
const pairsIn = (dict: string): [string, string][] =>
  dict.split('|').map((pair) => {
    const [from = '', to = ''] = pair.split(' ');
    return [from, to];
  });

/** The text with simplified characters for traditional ones. */
export function simplified(text: string): string {
  return HAN.test(text) ? opened().convert(text) : text;
}

/** Whether a text is nothing but printable ASCII, line breaks, and characters that no simplification changes. */
export function isPlain(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= FIRST) {
      if (code > LAST || opened().changing[code - FIRST] === 1) return false;
    } else if (code > 0x7e || (code < 0x20 && code !== NEWLINE)) return false;
  }
  return true;
}
