/** Names of units and people at a place in a line. */
import { matchDay } from '../dates.ts';
import { NUMERAL_CHARS } from '../numerals.ts';
import type { ParseContext } from './types.ts';

/** How a unit's name ends. Longer endings first, so that 居委会 is one. */
const SUFFIX = '(?:居委会|村委会|网格|社区|街道|嘎查|苏木|村|镇|乡|旗|县|区|市|组)';
const HAN = '\\p{Script=Han}';
/** A grid or group by its number, the one shape nobody mistakes: 一网格, 第3网格, also with stray spaces: 三 组. */
const GRID = new RegExp(`第? ?(?:\\d{1,4}|[${NUMERAL_CHARS}]{1,5})(?: ?号)? ?(?:网格|组)`, 'uy');
const ENDING = new RegExp(`(?:\\d{1,4} ?)?${SUFFIX}`, 'uy');
const HAN_CHAR = new RegExp(HAN, 'u');
const PERSON = new RegExp(`${HAN}{2,4}`, 'uy');
const SEPARATOR = /[\s,、:;=。!]/;
/** A unit's own name is hardly longer; it also bounds the work. */
const LONGEST = 15;

export interface NameMatch {
  length: number;
  /** Found by {@link ParseContext.matchName}. */
  known: boolean;
  /** It has the shape of a unit's name rather than a person's. */
  unit: boolean;
}

function at(pattern: RegExp, text: string, from: number): string | null {
  pattern.lastIndex = from;
  return pattern.exec(text)?.[0] ?? null;
}

/** Length of a grid's name by number at `from`, or 0. */
export function matchGrid(text: string, from: number): number {
  const grid = at(GRID, text, from);
  // 网格长 and 网格员 are people, 组织 is no group.
  return grid === null || /[长员织]/.test(text[from + grid.length] ?? '') ? 0 : grid.length;
}

const SPLIT_NUMBER = new RegExp(`^[0-9${NUMERAL_CHARS}]+ [0-9${NUMERAL_CHARS}]`);
const UNIT_END = new RegExp(`${SUFFIX}$`, 'u');

/** The ending that tells what kind of unit a name names; empty for people. */
export function kindOf(name: string): string {
  return UNIT_END.exec(name)?.[0] ?? '';
}

/** A name that the roster knows, at `from`. */
export function matchKnown(text: string, from: number, matchName: ParseContext['matchName']): NameMatch | null {
  const length = matchName?.(text, from) ?? 0;
  if (length <= 0 || from + length > text.length) return null;
  // 2 十网格 is a count and a grid, though without the space it is the twentieth grid.
  if (SPLIT_NUMBER.test(text.slice(from, from + length))) return null;
  return { length, known: true, unit: UNIT_END.test(text.slice(from, from + length)) };
}

/**
 * All lengths at which a run of Chinese characters from `from` on could end as a unit's name, shortest first: for
 * 东村镇 both 东村 and 东村镇.
 */
export function unitLengths(text: string, from: number): number[] {
  const lengths: number[] = [];
  for (let i = from; i <= from + LONGEST && i < text.length; i += 1) {
    const ending = i > from || /\d/.test(text[i] ?? '') ? at(ENDING, text, i) : null;
    if (ending !== null && (i > from || !ending.startsWith(' '))) lengths.push(i - from + ending.length);
    const char = text[i] ?? '';
    // Digits stand only at the head of a name (3道沟村) or right before its ending.
    if (!HAN_CHAR.test(char) && !(i - from < 4 && /^\d+$/.test(text.slice(from, i + 1)))) break;
  }
  return [...new Set(lengths)].sort((a, b) => a - b);
}

/** Length of a word at `from` that could be somebody's name when nothing else is known, or 0. */
export function personLength(text: string, from: number): number {
  return at(PERSON, text, from)?.length ?? 0;
}

/**
 * Length of the name at `at`, 0 when there is none: whatever the roster knows, anything shaped like a unit's name, and,
 * where the roster cannot be asked and `people` may be meant, a word that could be a person's.
 */
export function nameLength(text: string, at: number, context: ParseContext, people = true): number {
  const known = matchKnown(text, at, context.matchName)?.length ?? 0;
  if (known > 0) return known;
  const unitEnd = unitPath(text, at);
  if (unitEnd > at) return unitEnd - at;
  if (context.matchName || !people) return 0;
  const who = at + personLength(text, at);
  if (who === at) return 0;
  if (text[who] === '@') return Math.max(0, unitPath(text, who + 1) - at);
  return nameEnds(text, who) ? who - at : 0;
}

function nameEnds(text: string, at: number): boolean {
  return at >= text.length || SEPARATOR.test(text[at] ?? '') || matchDay(text, at, '2000-01-01', 'past') !== null;
}

/** Where a path of units that starts at `at` ends, its parts glued or parted by `/`; 0 when none does. */
function unitPath(text: string, at: number): number {
  let end = at;
  // A path has no more parts than the chain has levels; the bound also keeps hostile texts cheap.
  for (let part = 0; part < 5; part += 1) {
    const grid = matchGrid(text, end);
    const lengths = [...(grid > 0 ? [grid] : []), ...unitLengths(text, end)];
    const from = end;
    const length = lengths.find((n) => {
      const next = from + n;
      return nameEnds(text, next) || /[/@]/.test(text[next] ?? '') || unitLengths(text, next).length > 0;
    });
    if (length === undefined) return 0;
    end += length;
    if (nameEnds(text, end)) return end;
    if (/[/@]/.test(text[end] ?? '')) end += 1;
  }
  return 0;
}
