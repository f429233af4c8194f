/** Puts a message on the wire of one account. */
import type { ChatRef } from '../../core/chat.ts';
import { type Mention, type OutboundAttachment, type OutboundMessage, SendError } from '../adapter.ts';
import { sendErrorOf } from './failure.ts';
import type { Stay } from './stay.ts';
import { MENTION_END } from './text.ts';

/**
 * Sends a text and its files, one message each, and resolves with the id of the first; null when there is nothing to
 * send, or the service gives no id.
 * @throws {SendError}
 */
export async function send(
  stay: Stay,
  to: ChatRef,
  message: OutboundMessage,
  busyMs: number,
): Promise<{ messageId: string | null }> {
  const files = (await Promise.all(message.attachments.map(contentOf))).filter((file) => file !== null);
  const ids: string[] = [];
  try {
    if (message.text !== '') ids.push(await sendText(stay, to, message, busyMs));
    for (const file of files) ids.push(await sendFile(stay, to, file, busyMs));
  } catch (error) {
    // What follows after something has left must not make all of it leave again.
    if (ids.length > 0) throw new SendError('unknown', 'left in part', { cause: error });
    throw error;
  }
  return { messageId: ids.find((id) => id !== '') ?? null };
}

async function sendText(stay: Stay, to: ChatRef, { text, mentions }: OutboundMessage, busyMs: number): Promise<string> {
  const { puppet } = stay.deps.session;
  const isGroup = to.kind === 'group';
  try {
    const ids = isGroup ? mentions.map(({ id }) => id) : [];
    return (await puppet.messageSendText(to.id, isGroup ? marked(text, mentions) : text, ids)) ?? '';
  } catch (error) {
    throw sendErrorOf(error, busyMs);
  }
}

interface File {
  name: string;
  bytes: Uint8Array;
}

async function contentOf({ name, content }: OutboundAttachment): Promise<File | null> {
  try {
    const bytes = await content();
    return bytes && { name, bytes };
  } catch {
    return null;
  }
}

async function sendFile(stay: Stay, to: ChatRef, { name, bytes }: File, busyMs: number): Promise<string> {
  const { puppet, wire } = stay.deps.session;
  let file: string;
  try {
    file = await puppet.prepareFile(name, bytes);
  } catch (error) {
    const failure = sendErrorOf(error, busyMs);
    // It was not yet on its way to anybody.
    throw failure.kind === 'unknown' ? new SendError('unavailable', failure.message, { cause: error }) : failure;
  }
  try {
    return await wire.sendFile(to.id, file);
  } catch (error) {
    throw sendErrorOf(error, busyMs);
  }
}

/** WeChat shows a name as a mention where U+2005 follows it. */
export function marked(text: string, mentions: readonly Mention[]): string {
  const names = [...new Set(mentions.map(({ name }) => name))].filter((name) => name !== '');
  if (names.length === 0) return text;
  const either = names
    .sort((a, b) => b.length - a.length)
    .map((name) => name.replace(/[^\p{L}\p{N}]/gu, '\\$&'))
    .join('|');
  return text.replace(new RegExp(`@(?:${either})(?: |${MENTION_END})?`, 'g'), (mention) =>
    mention.endsWith(MENTION_END) ? mention : `${mention.trimEnd()}${MENTION_END}`,
  );
}
