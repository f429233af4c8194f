/** Keeps to a platform's pace: per chat, per account, per minute. Forgets when the process ends. */
import type { Pace } from '../bots/adapter.ts';
import { type ChatRef, chatKey } from '../core/chat.ts';
import { type Instant, MINUTE } from '../core/time.ts';

interface Account {
  pace: Pace;
  freeAt: Instant;
  /** Moments of the sends of the last minute, oldest first. */
  recent: Instant[];
}

export class Pacer {
  readonly #accounts: ReadonlyMap<string, Account>;
  readonly #chats = new Map<string, Instant>();

  constructor(paces: ReadonlyMap<string, Pace>) {
    this.#accounts = new Map([...paces].map(([platform, pace]) => [platform, { pace, freeAt: 0, recent: [] }]));
  }

  /** The earliest moment at which a message may leave for this chat. */
  freeAt(chat: ChatRef): Instant {
    const account = this.#accounts.get(chat.platform);
    const byChat = this.#chats.get(chatKey(chat)) ?? 0;
    if (!account) return byChat;
    const { recent, pace, freeAt } = account;
    const oldest = Number.isFinite(pace.perMinute) ? recent.at(-pace.perMinute) : undefined;
    const full = oldest === undefined ? 0 : oldest + MINUTE;
    return Math.max(byChat, freeAt, full);
  }

  /** Counts a message as leaving now. */
  reserve(chat: ChatRef, now: Instant): void {
    const account = this.#accounts.get(chat.platform);
    if (!account) return;
    account.freeAt = now + account.pace.perAccountMs;
    if (!Number.isFinite(account.pace.perMinute)) return;
    account.recent = [...account.recent.filter((at) => at > now - MINUTE), now];
  }

  /** The message has left: the chat rests for its pause. */
  sent(chat: ChatRef, now: Instant): void {
    const pause = this.#accounts.get(chat.platform)?.pace.perChatMs ?? 0;
    this.wait(chat, now + pause);
  }

  /** Nothing goes to this chat before `until`. */
  wait(chat: ChatRef, until: Instant): void {
    const key = chatKey(chat);
    this.#chats.set(key, Math.max(this.#chats.get(key) ?? 0, until));
  }
}
