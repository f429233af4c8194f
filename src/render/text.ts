/** Making text safe and short enough for a place in a picture or a sheet. */

/**
 * Drops what no reader sees and no file format takes: control and format characters (among them those that turn the
 * writing direction round), halves of surrogate pairs, noncharacters. Every run of white space becomes one space.
 */
export function plainText(text: string): string {
  return text
    .replace(/\s+/gu, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\uFFFE\uFFFF]/gu, '')
    .trim();
}

const ENTITIES = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
]);

/** Escapes text for an XML element or a double-quoted attribute. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (mark) => ENTITIES.get(mark) ?? mark);
}

/**
 * About how wide text is at a font size, in the size's unit. Digits are exact for Noto Sans SC; everything else is
 * taken as wide as it can be, so that what fits by this measure fits on the page.
 */
export function widthOf(text: string, size: number): number {
  let ems = 0;
  for (const char of text) ems += emsOf(char);
  return ems * size;
}

function emsOf(char: string): number {
  if (char >= '0' && char <= '9') return 0.555;
  if (' .,:;|!()-'.includes(char)) return 0.35;
  if (char > '~') return 1;
  return /[A-Zmw@%&]/.test(char) ? 0.95 : 0.62;
}

/** The text, or as much of its beginning as fits the width followed by `…`. */
export function shorten(text: string, size: number, width: number): string {
  if (widthOf(text, size) <= width) return text;
  let kept = '';
  let used = widthOf('…', size);
  for (const char of text) {
    used += widthOf(char, size);
    if (used > width) break;
    kept += char;
  }
  return `${kept.trimEnd()}…`;
}
