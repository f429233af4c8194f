/** `/收到 3`, `/收到`: which numbered notice somebody has taken note of. */
import { NUMERAL_CHARS, readNumeral } from '../numerals.ts';
import type { Reader } from './plain.ts';
import { bareCommand, refuse } from './types.ts';

/** `3`, `预警3`, `3号`, `第三条` */
const NUMBERED = new RegExp(`^(?:预警|第|No\\.?)? ?([0-9${NUMERAL_CHARS}]+) ?(?:号|条)?(?:预警)?[\\s,、:;。!]*$`, 'iu');
const NOTHING = /^[\s,、:;。!了]*$/;

/** The number goes into `args` in digits; empty where none was said. */
export const readReceipt: Reader = ({ args, command, word }) => {
  if (NOTHING.test(args)) return bareCommand(command.name);
  const reading = readNumeral(NUMBERED.exec(args)?.[1] ?? '');
  if ('value' in reading && reading.value > 0) return { ...bareCommand(command.name), args: String(reading.value) };
  return refuse('text.extra', { text: args, proposals: [`/${word}`] });
};
