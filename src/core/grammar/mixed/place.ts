/** The unit at the head of a line: whose entries are meant, or whose report it is. */
import { matchDay } from '../../dates.ts';
import { matchGrid, nameLength } from '../names.ts';
import type { ParseContext } from '../types.ts';
import type { Span } from './line.ts';

const GAP = /^[\s,、:]*/;
const UNIT = /(?:网格|组|村|社区|嘎查|镇|乡|街道|苏木)$/;

export interface UnitSaid extends Span {
  /** A path's parts joined by `/`. */
  name: string;
}

/** A grid or village at the head of the line: whose entries are meant. */
export function unitBefore(text: string, context: ParseContext): { name: string; rest: string } | null {
  const unit = unitAt(text, 0, context);
  // 张三 may be in the roster, too: only what is shaped like a unit's name is one.
  if (!unit || !UNIT.test(text.slice(unit.start, unit.end))) return null;
  return { name: unit.name, rest: text.slice(unit.end).replace(/^[\s,、:]+/, '') };
}

/**
 * The unit named before or behind a day at the head of a report's line; `entry` says how long the name of an entry is
 * that stands there, where the line is about entries: the longer one is meant.
 */
export function unitOf(text: string, context: ParseContext, entry?: (at: number) => number): UnitSaid | null {
  const day = matchDay(text, 0, context.today, 'past')?.length ?? 0;
  const from = day === 0 ? 0 : day + (GAP.exec(text.slice(day))?.[0].length ?? 0);
  const glued = entry ? matchGrid(text, from) : 0;
  // 二网格12无, 三网格张三36.5
  if (entry && glued > 0 && entry(from + glued) > 0) {
    return { name: text.slice(from, from + glued), start: from, end: from + glued };
  }
  const unit = unitAt(text, from, context);
  if (!unit || !entry) return unit;
  const typed = text.slice(unit.start, unit.end);
  return UNIT.test(typed) && entry(unit.start) < typed.length ? unit : null;
}

function unitAt(text: string, from: number, context: ParseContext): UnitSaid | null {
  const length = nameLength(text, from, context, false);
  if (length === 0) return null;
  const name = text.slice(from, from + length).replace(/[\s,、]+/g, '/');
  return { name, start: from, end: from + length };
}
