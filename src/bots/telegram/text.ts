/** The text of a message as people mean it: the bot is called by the app's name for it, commands lose their addressee. */
import type { TextEntity } from './updates.ts';

/** The bot's own account. */
export interface BotAccount {
  id: number;
  username: string;
  /** The name under which the app knows its own mention. */
  name: string;
  /** False in privacy mode: in groups it hears only what is meant for it, unless it is an administrator. */
  hearsAll: boolean;
}

export interface MeantText {
  text: string;
  mentionsBot: boolean;
  /** It begins with a command for another bot. */
  isForAnother: boolean;
}

/**
 * `/日报@username`: Telegram sees no command in it, for it is not in Latin letters, and no mention, for what stands
 * before the `@` is a letter. Bounded, so that hostile lines stay cheap.
 */
const GLUED = /^([ \t]*[/／][^\s@/／]{1,20})@([A-Za-z0-9_]{3,32})(?![A-Za-z0-9_])/gmu;

/** What looks like a mention of an account by its name, with the blank after it. */
const NAMED = /(?<![A-Za-z0-9_.+-])@([A-Za-z0-9_]{3,32})(?![A-Za-z0-9_])[ \t]?/g;

/** Reads a text with the entities that Telegram found in it. */
export function meantText(said: string, entities: readonly TextEntity[], bot: BotAccount): MeantText {
  const own = `@${bot.username}`.toLowerCase();
  let text = '';
  let at = 0;
  let mentionsBot = false;
  let isForAnother = false;
  for (const { type, offset, length, user } of [...entities].sort((a, b) => a.offset - b.offset)) {
    if (offset < at || length < 1) continue;
    const span = said.slice(offset, offset + length);
    const meant = meaningOf(type, span, user?.id, own, bot);
    if (meant === null) {
      isForAnother ||= type === 'bot_command' && span.includes('@') && said.slice(0, offset).trim() === '';
      continue;
    }
    text += said.slice(at, offset) + meant;
    at = offset + length;
    mentionsBot = true;
  }
  text += said.slice(at);
  const plain = text.replace(GLUED, (whole: string, command: string, addressee: string) => {
    if (`@${addressee}`.toLowerCase() === own) {
      mentionsBot = true;
      return `${command}@${bot.name}`;
    }
    // Names of bots end so; anybody else's name is part of what is said.
    if (/bot$/i.test(addressee) && text.trimStart().startsWith(whole.trimStart())) isForAnother = true;
    return whole;
  });
  // Telegram marks no mention that stands right beside a Chinese character: `@username日报`.
  const unmarked = plain.replace(NAMED, (whole: string, name: string) => {
    if (name.toLowerCase() !== bot.username.toLowerCase()) return whole;
    mentionsBot = true;
    return `@${bot.name} `;
  });
  return { text: unmarked, mentionsBot, isForAnother };
}

/** What a span says that names the bot; null when it does not. */
function meaningOf(type: string, span: string, userId: number | undefined, own: string, bot: BotAccount) {
  if (type === 'mention') return span.toLowerCase() === own ? `@${bot.name}` : null;
  if (type === 'text_mention') return userId === bot.id ? `@${bot.name}` : null;
  if (type !== 'bot_command') return null;
  const [command = '', addressee] = span.split('@');
  return addressee !== undefined && `@${addressee}`.toLowerCase() === own ? command : null;
}
