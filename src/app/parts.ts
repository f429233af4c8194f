/** One notice may be longer than a platform takes in one message: it leaves in parts, and nothing of it is lost. */
import type { Mention, OutboundMessage } from '../bots/adapter.ts';

/** Where a line that is too long by itself may end, best first. */
const SOFT_ENDS = ['、', ';', ',', '。', ' '];

/**
 * The parts of a message, in order, none with a text over `limit` characters (UTF-16 units). The files ride on the
 * first; a mention rides on the first part in which the name stands whole, or on the first where it stands in none.
 */
export function partsOf(message: OutboundMessage, limit: number): OutboundMessage[] {
  const { text } = message;
  if (text.length <= limit && (text === '' || text.trim() !== '')) return [message];
  const texts = splitText(text, limit);
  const home = (mention: Mention): number =>
    Math.max(
      texts.findIndex((text) => text.includes(`@${mention.name}`)),
      0,
    );
  return texts.map((text, at) => ({
    text,
    mentions: message.mentions.filter((mention) => home(mention) === at),
    attachments: at === 0 ? message.attachments : [],
  }));
}

/** Cuts a text at the ends of lines, a line that is too long after a comma, and where there is none anywhere. */
export function splitText(text: string, limit: number): string[] {
  const parts: string[] = [];
  let rest = text;
  while (rest.length > limit) {
    // A line break is left out, so it may be the one character more.
    const line = rest.lastIndexOf('\n', limit);
    const end = line > 0 ? line : softEnd(rest, limit);
    parts.push(rest.slice(0, end));
    rest = rest.slice(line > 0 ? end + 1 : end);
  }
  // A platform takes no message of blank space; a message of files alone has no text.
  const said = [...parts, rest].filter((part) => part.trim() !== '');
  return said.length > 0 ? said : [''];
}

function softEnd(text: string, limit: number): number {
  const head = text.slice(0, limit);
  for (const mark of SOFT_ENDS) {
    const at = head.lastIndexOf(mark);
    if (at > 0) return at + mark.length;
  }
  // Never between the halves of one character.
  const half = /[\uD800-\uDBFF]$/.test(head);
  return Math.max(half ? limit - 1 : limit, 1);
}
