/** What follows a command that reads its words by itself. */
import type { PlainLine } from './plain.ts';
import { bareCommand, type Draft } from './types.ts';

/** Hands the rest of the line over as it stands. */
export function words({ command, args }: PlainLine): Draft {
  return { ...bareCommand(command.name), args };
}
