/** Counts written the ways people write them, to be read back. */

const PLAIN = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
const FORMAL = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];
const TRADITIONAL = ['零', '壹', '貳', '參', '肆', '伍', '陸', '柒', '捌', '玖'];

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
