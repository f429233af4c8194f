/** A message cut into lines, with the mentions of the bot taken out. */
import { normalise } from '../text.ts';
import type { ParseContext } from './types.ts';
import { matchHead } from './words.ts';

export interface MessageLine {
  /** Normalised, without the bot's mention. */
  text: string;
  /** The bot is mentioned in it. */
  mentioned: boolean;
}

/** The lines of a message from the first that holds anything. */
export function linesOf(text: string, context: ParseContext): { lines: MessageLine[]; mentioned: boolean } {
  const lines = normalise(text)
    .split('\n')
    .map((line) => withoutMention(line, context));
  const mentioned = context.mentionsBot === true || lines.some((line) => line.mentioned);
  while (lines[0]?.text === '') lines.shift();
  return { lines, mentioned };
}

/** Takes out `@bot` wherever it stands, also where a command is glued to it; other mentions are text. */
function withoutMention(line: string, context: ParseContext): MessageLine {
  const token = `@${normalise(context.botName)}`;
  const [head = '', ...parts] = token === '@' ? [line] : line.split(token);
  let text = head;
  let mentioned = false;
  for (const part of parts) {
    const ends = /^(?:$|[\s/#,、:;。!=])/.test(part) || matchHead(part, context) !== null;
    text += ends ? ` ${part}` : token + part;
    mentioned ||= ends;
  }
  const plain = text.replace(/ +/g, ' ').trim();
  return { text: mentioned ? plain.replace(/^[\s,、:;。!=]+/, '') : plain, mentioned };
}
