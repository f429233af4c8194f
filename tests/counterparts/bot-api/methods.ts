/** The methods of the Bot API, by their names. */
import { reach } from './access.ts';
import { ApiError, badRequest } from './error.ts';
import { refOf } from './files.ts';
import type { Group, Memory, Webhook } from './memory.ts';
import type { People } from './people.ts';
import type { Params } from './request.ts';
import type { Sending } from './sending.ts';
import type { BotOptions, Chat, User } from './types.ts';
import type { Updates } from './updates.ts';
import type { WebhookPump } from './webhook.ts';

/** Largest file that bots may download, bytes. */
const DOWNLOAD_LIMIT = 20 * 1024 * 1024;

export interface Parts {
  memory: Memory;
  updates: Updates;
  webhook: WebhookPump;
  sending: Sending;
  people: People;
  bot: User;
  options: BotOptions;
}

/** `onGone` tells when the caller has hung up. */
export type Method = (params: Params, onGone: (act: () => void) => void) => unknown;

/** A result together with the words that go with it. */
export class Described {
  readonly result: unknown;
  readonly description: string;

  constructor(result: unknown, description: string) {
    this.result = result;
    this.description = description;
  }
}

export function methodsOf({ memory, updates, webhook, sending, people, bot, options }: Parts): Map<string, Method> {
  const groupOf = (chat: Chat): Group | undefined => memory.groups.get(chat.id);

  function memberOf(chat: Chat, id: number): { user: User; status: string } {
    if (id === bot.id) {
      const standing = groupOf(chat)?.bot ?? 'member';
      return { user: bot, status: standing === 'stranger' ? 'left' : standing };
    }
    const user = memory.users.get(id);
    if (!user) throw badRequest('user not found');
    if (groupOf(chat)?.owner === id) return { user, status: 'creator' };
    return { user, status: chat.id === id || memory.members.get(chat.id)?.has(id) ? 'member' : 'left' };
  }

  function countOf(params: Params): number {
    const chat = reach(memory, params, 'read');
    const group = groupOf(chat);
    if (!group) return 2;
    const isIn = group.bot === 'member' || group.bot === 'administrator';
    return (memory.members.get(chat.id)?.size ?? 0) + (isIn ? 1 : 0);
  }

  function allow(params: Params): void {
    const given = params.json('allowed_updates');
    if (!Array.isArray(given)) return;
    const types = given.length === 0 ? null : given.map(String);
    if (JSON.stringify(types) !== JSON.stringify(memory.allowed)) memory.record({ k: 'allowed', types });
  }

  function setWebhook(params: Params, next: Webhook | null): Described {
    const before = memory.webhook;
    if (params.flag('drop_pending_updates')) memory.record({ k: 'dropped' });
    if (next) updates.endPoll('terminated by setWebhook request');
    if (next || before) memory.record({ k: 'webhook', webhook: next });
    webhook.restart();
    if (next) return new Described(true, 'Webhook was set');
    return new Described(true, before ? 'Webhook was deleted' : 'Webhook is already deleted');
  }

  const methods: Record<string, Method> = {
    getMe: () => ({
      ...bot,
      can_join_groups: true,
      can_read_all_group_messages: !options.privacy,
      supports_inline_queries: false,
    }),
    // Neither takes the bot away from a test.
    close: () => true,
    logOut: () => true,
    getUpdates: (params, onGone) => {
      if (!memory.webhook) allow(params);
      const poll = {
        offset: params.integer('offset'),
        limit: params.integer('limit', 100),
        timeout: params.integer('timeout'),
      };
      return updates.get(poll, onGone);
    },
    setWebhook: (params) => {
      const next = webhookOf(params);
      allow(params);
      return setWebhook(params, next);
    },
    deleteWebhook: (params) => setWebhook(params, null),
    getWebhookInfo: () => ({
      url: memory.webhook?.url ?? '',
      has_custom_certificate: false,
      pending_update_count: memory.pending.size,
      ...(webhook.lastError
        ? { last_error_date: webhook.lastError.date, last_error_message: webhook.lastError.message }
        : {}),
      ...(memory.webhook ? { max_connections: memory.webhook.maxConnections } : {}),
      ...(memory.allowed ? { allowed_updates: memory.allowed } : {}),
    }),
    sendMessage: (params) => sending.sendMessage(params),
    sendPhoto: (params) => sending.sendFile('photo', params),
    sendDocument: (params) => sending.sendFile('document', params),
    sendMediaGroup: (params) => sending.sendMediaGroup(params),
    editMessageText: (params) => sending.editMessageText(params),
    deleteMessage: (params) => sending.deleteMessage(params),
    sendChatAction: (params) => reach(memory, params, 'write') && true,
    getFile: (params) => {
      const file = memory.files.get(params.text('file_id'));
      if (!file) throw badRequest('invalid file_id');
      if (file.size > DOWNLOAD_LIMIT) throw badRequest('file is too big');
      return { ...refOf(file), file_path: file.path };
    },
    getChat: (params) => reach(memory, params, 'read'),
    getChatMember: (params) => memberOf(reach(memory, params, 'read'), params.integer('user_id')),
    getChatAdministrators: (params) => {
      const chat = reach(memory, params, 'read');
      const group = groupOf(chat);
      if (!group) throw badRequest('there are no administrators in the private chat');
      const owner = group.owner === null ? [] : [memberOf(chat, group.owner)];
      return group.bot === 'administrator' ? [...owner, memberOf(chat, bot.id)] : owner;
    },
    getChatMemberCount: countOf,
    // The name it had before, which telegraf still calls.
    getChatMembersCount: countOf,
    leaveChat: (params) => {
      const chat = reach(memory, params, 'write');
      if (!groupOf(chat)) throw badRequest("chat member status can't be changed in private chats");
      people.botLeaves(chat.id);
      return true;
    },
    setMyCommands: (params) => {
      const commands = params.json('commands');
      if (!Array.isArray(commands)) throw badRequest("can't parse list of bot commands");
      for (const each of commands) checkCommand(each);
      memory.record({ k: 'commands', commands });
      return true;
    },
    getMyCommands: () => memory.commands,
  };
  return new Map(Object.entries(methods));
}

function webhookOf(params: Params): Webhook | null {
  const url = params.text('url');
  if (url === '') return null;
  // Telegram itself takes https addresses only; here they are on this machine.
  if (!/^http:\/\/(127\.0\.0\.1|localhost|\[::1\])[:/]/.test(url) || !URL.canParse(url))
    throw badRequest('bad webhook: an address of this machine must be provided for webhook');
  const secretToken = params.text('secret_token');
  if (!/^[A-Za-z0-9_-]{0,256}$/.test(secretToken)) throw badRequest('secret token contains unallowed characters');
  const maxConnections = Math.min(Math.max(params.integer('max_connections', 40), 1), 100);
  return { url, secretToken: secretToken === '' ? null : secretToken, maxConnections };
}

function checkCommand(each: unknown): void {
  const { command, description } = (each ?? {}) as { command?: unknown; description?: unknown };
  if (typeof command !== 'string' || !/^\/?[a-z0-9_]{1,32}$/.test(command))
    throw new ApiError(400, 'Bad Request: BOT_COMMAND_INVALID');
  if (typeof description !== 'string' || description.length < 1 || description.length > 256)
    throw new ApiError(400, 'Bad Request: BOT_COMMAND_DESCRIPTION_INVALID');
}
