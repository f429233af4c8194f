/** A second command in one line. */
import type { ParseContext } from './types.ts';
import { matchHead } from './words.ts';

/** What marks a command. */
export const SLASH = /^[/#][/# ]*/;

/** Where in one line a second command begins (0 /进度), or -1. */
export function secondCommand(args: string, context: ParseContext): number {
  for (const { index } of args.matchAll(/(?<![^\s,、;。])[/#]/g)) {
    if (matchHead(args.slice(index).replace(SLASH, ''), context)) return index;
  }
  return -1;
}
