/** Telegram's updates as events of the app. */
import { DEFAULT_COMMANDS } from '../../core/grammar/words.ts';
import { SECOND } from '../../core/time.ts';
import type { ChatRef, InboundEvent, InboundMessage, SenderRef } from '../adapter.ts';
import { attachmentsOf, type ReadFile } from './attachments.ts';
import { type BotAccount, meantText } from './text.ts';
import { knownUpdate, type Membership, type RawUpdate, type TelegramMessage } from './updates.ts';

export const PLATFORM = 'telegram';

export interface Reading {
  bot: BotAccount;
  readFile: ReadFile;
}

export interface Read {
  event: InboundEvent;
  /** Chats within whose order the event stands. */
  chats: readonly [string, ...string[]];
}

/**
 * What an update says, or null when that is nothing for the app.
 * @throws {Error} when the update is not of the shape that Telegram describes
 */
export function readUpdate(update: RawUpdate, reading: Reading): Read | null {
  const { update_id, message, edited_message: edited, my_chat_member: change } = knownUpdate.parse(update);
  const event =
    (message && (readService(message, reading.bot) ?? readMessage(message, reading))) ??
    (edited && readEdit(edited, update_id, reading)) ??
    (change && readMembership(change, reading.bot)) ??
    null;
  return event && { event, chats: chatsOf(event) };
}

/** What the group is called now, as far as Telegram said. */
export function groupRef(id: number | string): ChatRef {
  return { platform: PLATFORM, id: String(id), kind: 'group' };
}

function chatsOf(event: InboundEvent): [string, ...string[]] {
  if (!('chat' in event)) return [''];
  // What was said in the group under its old id comes before the moving, what is said under the new one after it.
  const before = event.type === 'renamed' && event.movedFrom ? [event.movedFrom.id] : [];
  return [event.chat.id, ...before];
}

const isGroup = ({ chat }: { chat: TelegramMessage['chat'] }): boolean =>
  chat.type === 'group' || chat.type === 'supergroup';

/** What Telegram itself says in a group: the bot comes or goes, the group is renamed or moved. */
function readService(message: TelegramMessage, bot: BotAccount): InboundEvent | null {
  if (!isGroup(message)) return null;
  const chat = groupRef(message.chat.id);
  const title = message.chat.title ?? '';
  const { new_chat_members: newcomers = [], left_chat_member: gone, new_chat_title: renamed } = message;
  const { migrate_to_chat_id: to, migrate_from_chat_id: from } = message;
  if (to !== undefined) return { type: 'renamed', chat: groupRef(to), title, movedFrom: chat };
  if (from !== undefined) return { type: 'renamed', chat, title, movedFrom: groupRef(from) };
  if (renamed !== undefined) return { type: 'renamed', chat, title: renamed };
  if (newcomers.some(({ id }) => id === bot.id)) {
    return { type: 'joined', id: joinedId(message.date), chat, title, ...deafIf(!bot.hearsAll) };
  }
  return gone?.id === bot.id ? { type: 'left', chat } : null;
}

/** Telegram tells the same joining twice, of the same second: as a service message, and as a change of membership. */
const joinedId = (date: number): string => String(date);

const deafIf = (isDeaf: boolean): { deaf?: true } => (isDeaf ? { deaf: true } : {});

function readMembership({ chat, date, old_chat_member: before, new_chat_member: after }: Membership, bot: BotAccount) {
  if (!isGroup({ chat })) return null;
  const wasIn = isIn(before);
  if (wasIn === isIn(after)) return null;
  const ref = groupRef(chat.id);
  if (wasIn) return { type: 'left', chat: ref } as const;
  const isDeaf = !bot.hearsAll && after.status !== 'administrator';
  return { type: 'joined', id: joinedId(date), chat: ref, title: chat.title ?? '', ...deafIf(isDeaf) } as const;
}

function isIn({ status, is_member: isMember }: Membership['new_chat_member']): boolean {
  return status === 'restricted' ? isMember !== false : status !== 'left' && status !== 'kicked';
}

/** An edit shows what the message says now; edits without words (a position that moves, a poll) say nothing. */
function readEdit(edited: TelegramMessage, updateId: number, reading: Reading): InboundMessage | null {
  if (edited.text === undefined && edited.caption === undefined) return null;
  const said = readMessage(edited, reading);
  const sentAt = (edited.edit_date ?? edited.date) * SECOND;
  return said && { ...said, change: 'edited', changeId: String(updateId), originAt: said.sentAt, sentAt };
}

function readMessage(message: TelegramMessage, { bot, readFile }: Reading): InboundMessage | null {
  const { from, chat } = message;
  const isPrivate = chat.type === 'private';
  // Channels, anonymous administrators and the group itself speak through `sender_chat`.
  if (!from || from.is_bot || message.sender_chat || !(isPrivate || isGroup(message))) return null;
  const attachments = attachmentsOf(message, readFile);
  const said = message.text ?? message.caption ?? '';
  if (said === '' && attachments.length === 0) return null;
  const meant = meantText(said, message.entities ?? message.caption_entities ?? [], bot);
  if (meant.isForAnother) return null;
  const text = chineseCommand(meant.text, isPrivate);
  if (text === null) return null;
  return {
    type: 'message',
    id: String(message.message_id),
    chat: { platform: PLATFORM, id: String(chat.id), kind: isPrivate ? 'direct' : 'group' },
    chatTitle: isPrivate ? '' : (chat.title ?? ''),
    sender: senderOf(from),
    text,
    attachments,
    mentionsBot: meant.mentionsBot,
    repliesToBot: message.reply_to_message?.from?.id === bot.id,
    sentAt: message.date * SECOND,
  };
}

function senderOf({ id, first_name: first, last_name: last }: NonNullable<TelegramMessage['from']>): SenderRef {
  return { id: String(id), displayName: last ? `${first} ${last}` : first };
}

const wordOf = (command: string): string =>
  DEFAULT_COMMANDS.flatMap(({ name, aliases }) => (name === command ? aliases : []))[0] ?? '';

/**
 * Telegram's own commands in the words of the app: every client offers `/start` and `/help`, and a link
 * `t.me/bot?start=CODE` sends `/start CODE`. Null: in a group `/start` only says that the bot was added.
 */
function chineseCommand(text: string, isPrivate: boolean): string | null {
  const [, command, code] = /^\s*\/(start|help)(?:\s+([\w-]{1,64}))?\s*$/i.exec(text) ?? [];
  if (command === undefined) return text;
  if (command.toLowerCase() === 'help') return `/${wordOf('help')}`;
  if (!isPrivate) return null;
  return code === undefined ? `/${wordOf('help')}` : `/${wordOf('claim')} ${code}`;
}
