/** Text as the rest of the core sees it: normalised, and names compared by what they say rather than how they are spelt. */
import { normalise } from './normalise.ts';
import { numeralsToArabic } from './numerals.ts';

export { normalise };

/**
 * What two spellings of one name have in common, for Maps: `３ 网格`, `3网格` and `三网格` share a key. 两 is kept
 * apart from 二, for 两家村 and 二家村 are two villages.
 */
export function nameKey(name: string): string {
  return numeralsToArabic(normalise(name).replace(/\s+/g, '').toLowerCase());
}

/** As much of a nickname as the bot repeats; no sign is cut in half. */
const FIRST_SIGNS = /^.{0,12}/u;

/** What somebody calls themselves is anybody's text: of it one short line without mentions. */
export function plainName(displayName: string): string {
  const line = normalise(displayName)
    .replace(/[@\s]+/g, ' ')
    .trim();
  return line.match(FIRST_SIGNS)?.[0] ?? '';
}
