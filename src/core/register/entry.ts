/** One entry of a register. */
import type { EntryRow } from '../rows/index.ts';
import type { CivilDate } from '../time.ts';

/** Whether an entry is looked after on a day. */
export function isAlive({ since, until, erasedAt }: EntryRow, day: CivilDate): boolean {
  return erasedAt === null && since <= day && (until === null || day < until);
}

/**
 * The path of an entry below its unit's. What stands longer than a register may keep a name holds none: the number, or
 * the id.
 */
export function entryPath(unitPath: string, { number, id }: EntryRow): string {
  return `${unitPath}/${number ?? id}`;
}

/** How an entry is called: `12户 张三`, `张三`, `东口`. */
export function entryLabel({ number, name }: Pick<EntryRow, 'number' | 'name'>, measure: string): string {
  if (number === null) return name;
  return name === '' ? `${number}${measure}` : `${number}${measure}${name}`;
}
