/** What people typed, out of what a puppet service hands over: HTML of the web protocol, faces, mentions, quotes. */
import { withoutFaces } from './emoji.ts';

/** How the bot's account is called in a chat: its own name and, in a group, the one it bears there. */
export interface Me {
  id: string;
  names: readonly string[];
}

/** Phones put it after a mention; desktops put a plain space. */
export const MENTION_END = '\u2005';

/** A plain text: the web protocol's line breaks and entities undone, faces out. */
export function plainText(text: string): string {
  const typed = text
    .replace(/<br ?\/?>/gi, '\n')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
  return withoutFaces(typed);
}

/** The line that stands between a quotation and what was said to it. */
const QUOTE_END = /\u300d\n(?:- ?){5,40}\n/;

/** What was said to a quoted message, and whom it quotes; null when it quotes nothing. */
export function unquoted(text: string): { text: string; quoted: string | null } {
  const end = text.startsWith('\u300c') ? QUOTE_END.exec(text) : null;
  if (!end) return { text, quoted: null };
  const quoted = text.slice(1, end.index);
  return { text: text.slice(end.index + end[0].length), quoted: quoted.split(/[:\uff1a]/, 1)[0] ?? '' };
}

/**
 * The text with each mention of the bot written as `@` and `botName`, a space behind it, and other mentions ended by a
 * plain space. `mentionIds`: whom the platform says are mentioned; desktops and some services leave it empty.
 */
export function withMention(
  text: string,
  me: Me,
  mentionIds: readonly string[],
  botName: string,
): { text: string; mentionsBot: boolean } {
  const named = mentionIds.includes(me.id);
  const own = `@${botName} `;
  let found = false;
  const byName = pattern(me.names, named);
  let written = byName
    ? text.replace(byName, () => {
        found = true;
        return own;
      })
    : text;
  if (named && !found) written = atPlace(written, mentionIds.indexOf(me.id), mentionIds.length, own);
  return { text: written.replaceAll(MENTION_END, ' '), mentionsBot: named || found };
}

/** `sure`: the platform says that the bot is mentioned, so its name need not stand apart from what follows. */
function pattern(names: readonly string[], sure: boolean): RegExp | null {
  const known = names.filter((name) => name !== '').sort((a, b) => b.length - a.length);
  if (known.length === 0) return null;
  const either = known.map((name) => name.replace(/[^\p{L}\p{N}]/gu, '\\$&')).join('|');
  return new RegExp(`@(?:${either})(?:[${MENTION_END} \u00a0]${sure ? '?' : '|(?=\\n|$)'})`, 'g');
}

/** Where the bot's name is not known, the mention at its place in the list of those mentioned. */
function atPlace(text: string, place: number, count: number, own: string): string {
  const mentions = [...text.matchAll(new RegExp(`@[^@${MENTION_END}]{1,64}${MENTION_END}`, 'g'))];
  const mention = mentions[place];
  if (!mention || mentions.length !== count) return text;
  return text.slice(0, mention.index) + own + text.slice(mention.index + mention[0].length);
}
