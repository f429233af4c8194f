/** What a message looks like in the Bot API. */
import type { MessageEntity } from 'telegraf/types';
import type { Mention } from '../adapter.ts';

/**
 * Every `@name` of a mention that stands in the text points at its account; where names begin alike, the longest counts.
 * In the order of the text; offsets in UTF-16 units.
 */
export function mentionEntities(text: string, mentions: readonly Mention[]): MessageEntity[] {
  const byLength = mentions
    .filter(({ id, name }) => /^\d{1,16}$/.test(id) && name !== '')
    .sort((a, b) => b.name.length - a.name.length);
  const entities: MessageEntity[] = [];
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', at + 1)) {
    const offset = at;
    const meant = byLength.find(({ name }) => text.startsWith(name, offset + 1));
    if (!meant) continue;
    const length = 1 + meant.name.length;
    const user = { id: Number(meant.id), is_bot: false, first_name: meant.name };
    entities.push({ type: 'text_mention', offset, length, user });
    at += length - 1;
  }
  return entities;
}

/** The id of a chat as the Bot API counts it; null when it cannot be one. */
export function chatNumber(id: string): number | null {
  return /^-?\d{1,16}$/.test(id) && Number.isSafeInteger(Number(id)) ? Number(id) : null;
}

/** A file's name stands between quotes in a header of the upload, as it is; most are Chinese. */
export function uploadName(name: string): string {
  return name.replace(/["\\\p{Cc}]/gu, '_');
}
