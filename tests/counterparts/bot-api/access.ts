/** Which chats the bot may read or write to, and in which words it is refused. */
import { ApiError, badRequest } from './error.ts';
import type { Memory } from './memory.ts';
import type { Params } from './request.ts';
import type { Chat } from './types.ts';

/**
 * The chat of `chat_id`.
 * @throws {ApiError}
 */
export function reach(memory: Memory, params: Params, want: 'read' | 'write'): Chat {
  const given = params.text('chat_id');
  if (given === '') throw badRequest('chat_id is empty');
  const id = /^-?\d+$/.test(given) ? Number(given) : Number.NaN;
  const chat = memory.chat(id);
  if (!chat) throw badRequest('chat not found');
  if (chat.type === 'private') {
    if (want === 'write') checkPrivate(memory, id);
  } else checkGroup(memory, chat, want);
  return chat;
}

function checkPrivate(memory: Memory, id: number): void {
  const contact = memory.contacts.get(id);
  if (contact?.blocked) throw new ApiError(403, 'Forbidden: bot was blocked by the user');
  if (!contact?.wrote) throw new ApiError(403, "Forbidden: bot can't initiate conversation with a user");
}

function checkGroup(memory: Memory, { id, type }: Chat, want: 'read' | 'write'): void {
  const group = memory.groups.get(id);
  if (!group || group.bot === 'stranger') throw badRequest('chat not found');
  // What a plain group was can be read on; a supergroup is closed to those outside.
  if (want === 'read' && type === 'group') return;
  if (group.movedTo !== null)
    throw new ApiError(400, 'Bad Request: group chat was upgraded to a supergroup chat', {
      migrate_to_chat_id: group.movedTo,
    });
  if (group.bot === 'kicked') throw new ApiError(403, `Forbidden: bot was kicked from the ${type} chat`);
  if (group.bot === 'left') throw new ApiError(403, `Forbidden: bot is not a member of the ${type} chat`);
}
