/** The many ways people write one thing: numbers, widths, scripts. */
import { Converter } from 'opencc-js';
import { parse } from '../../../src/core/grammar/parse.ts';
import { GROUP } from './reading.ts';

const PLAIN = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
const FORMAL = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];
const TRADITIONAL = ['零', '壹', '貳', '叁', '肆', '伍', '陸', '柒', '捌', '玖'];

function write(n: number, digits: readonly string[], units: readonly string[]): string {
  if (n === 0) return digits[0] ?? '';
  const figures = [...String(n)].map(Number);
  let text = '';
  let gap = false;
  figures.forEach((figure, i) => {
    if (figure === 0) {
      gap = true;
      return;
    }
    if (gap && text !== '') text += digits[0];
    gap = false;
    text += `${digits[figure]}${units[figures.length - 1 - i]}`;
  });
  return text;
}

/** `一千零五十`, `十二`; from 0 to 99999. */
export function chineseOf(n: number): string {
  const text = write(n, PLAIN, ['', '十', '百', '千', '万']);
  return n >= 10 && n < 20 ? text.slice(1) : text;
}

/** `壹仟零伍拾`. */
export const formalOf = (n: number): string => write(n, FORMAL, ['', '拾', '佰', '仟', '万']);

/** `壹萬貳仟`. */
export const traditionalFormalOf = (n: number): string => write(n, TRADITIONAL, ['', '拾', '佰', '仟', '萬']);

/** Traditional characters to simplified. */
export const toSimple = Converter({ from: 't', to: 'cn' });

/** Simplified characters to traditional. */
export const toTraditional = Converter({ from: 'cn', to: 't' });

/** ASCII as an input method in full-width mode writes it. */
export const fullWidth = (text: string): string =>
  [...text]
    .map((c) => (c > ' ' && c <= '~' ? String.fromCharCode(c.charCodeAt(0) + 0xfee0) : c === ' ' ? '\u3000' : c))
    .join('');

/** What a line means, without the words it was written in. */
export function meaning(line: string): unknown {
  const parsed = parse(line, GROUP);
  if (parsed.kind !== 'command') return parsed;
  const { args: _, lines, ...rest } = parsed;
  return {
    ...rest,
    lines: lines.map(({ parsed: one }) =>
      one.kind === 'command' ? { values: one.values, subject: one.subject } : one.kind,
    ),
  };
}
