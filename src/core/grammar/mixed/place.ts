/** The unit at the head of a line: whose entries are meant. */
import { nameLength } from '../names.ts';
import type { ParseContext } from '../types.ts';

/** A grid or village at the head of the line: whose entries are meant. */
export function unitBefore(text: string, context: ParseContext): { name: string; rest: string } | null {
  const length = nameLength(text, 0, context, false);
  // 张三 may be in the roster, too: only what is shaped like a unit's name is one.
  const name = text.slice(0, length);
  if (length === 0 || !/(?:网格|组|村|社区|嘎查|镇|乡|街道|苏木)$/.test(name)) return null;
  return { name: name.replace(/[\s,、]+/g, '/'), rest: text.slice(length).replace(/^[\s,、:]+/, '') };
}
