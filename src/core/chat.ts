/** How chats and accounts are named inside the project, whatever the platform. */
import type { ChatKey } from './rows/index.ts';

/** A group or a direct chat on one platform. For a direct chat `id` is the account on the other end. */
export interface ChatRef {
  platform: string;
  id: string;
  kind: 'group' | 'direct';
}

/** `platform:chat id`. */
export function chatKey(chat: Pick<ChatRef, 'platform' | 'id'>): ChatKey {
  return `${chat.platform}:${chat.id}`;
}

/** `platform:account id`. */
export function accountKey(platform: string, accountId: string): string {
  return `${platform}:${accountId}`;
}

/** Takes a key apart again; platforms hold no colon, ids may. */
export function splitKey(key: string): { platform: string; id: string } {
  const at = key.indexOf(':');
  return { platform: key.slice(0, at), id: key.slice(at + 1) };
}
