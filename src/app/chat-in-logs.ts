/** How a chat is named in logs: the id of a direct chat is somebody's account, which no log is to hold. */
import { type ChatRef, chatKey } from '../core/chat.ts';

/** `telegram:-100200` for a group, `telegram:direct` for anybody in private. */
export function chatInLogs(chat: ChatRef): string {
  return chat.kind === 'group' ? chatKey(chat) : `${chat.platform}:direct`;
}
