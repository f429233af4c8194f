/** Keeps to a platform's pace: per chat, per account, per minute. Forgets when the process ends. */
import type { ChatAdapter, Pace } from '../bots/adapter.ts';
import { type ChatRef, chatKey } from '../core/chat.ts';
import { type Instant, MINUTE } from '../core/time.ts';

/** One of the bot's own accounts. */
interface Account {
  pace: Pace;
  freeAt: Instant;
  /** The chat it wrote to last, and when it may write to another one. */
  lastChat: string | null;
  otherChatsAt: Instant;
  /** When it began to write to that chat and no other. */
  runSince: Instant;
  recent: Window;
}

/** The adapters' side of it: whose pace holds where. */
export type Paced = Pick<ChatAdapter, 'pace' | 'accountFor'>;

/** Chats remembered before those that may be written to again are forgotten. */
const MOST_CHATS = 10_000;

export class Pacer {
  readonly #adapters: ReadonlyMap<string, Paced>;
  readonly #accounts = new Map<string, Account>();
  readonly #chats = new Map<string, Instant>();
  readonly #groups = new Map<string, Window>();

  constructor(adapters: ReadonlyMap<string, Paced>) {
    this.#adapters = adapters;
  }

  /**
   * The earliest moment at which a message may leave for this chat. A `patient` one takes no advantage of the account's
   * having written there last: it would put off those who wait elsewhere.
   */
  freeAt(chat: ChatRef, patient = false): Instant {
    const key = chatKey(chat);
    const byChat = Math.max(this.#chats.get(key) ?? 0, this.#groups.get(key)?.freeAt() ?? 0);
    const account = this.#account(chat);
    if (!account) return byChat;
    const here = Math.max(byChat, account.freeAt, account.recent.freeAt());
    // A chat that is lively may be answered at once, but not for ever: others of the account wait meanwhile.
    const mayGoOn = account.lastChat === key && !patient && here < account.runSince + account.pace.betweenChatsMs;
    return mayGoOn ? here : Math.max(here, account.otherChatsAt);
  }

  /** Names the account that speaks in a chat: chats of one lane share its pace. */
  laneOf(chat: ChatRef): string {
    return `${chat.platform} ${this.#adapters.get(chat.platform)?.accountFor?.(chat) ?? ''}`;
  }

  /**
   * What a lane's account may do next: from `free` on it may go on in the chat it wrote to last, `only`, and from
   * `others` on it may write to any chat, as far as the pauses of the chats themselves allow.
   */
  laneFreeAt(lane: string): { free: Instant; only: string | null; others: Instant } {
    const account = this.#accounts.get(lane);
    if (!account) return { free: 0, only: null, others: 0 };
    const free = Math.max(account.freeAt, account.recent.freeAt());
    return { free, only: account.lastChat, others: Math.max(free, account.otherChatsAt) };
  }

  /** Counts a message as leaving now. */
  reserve(chat: ChatRef, now: Instant): void {
    const account = this.#account(chat);
    if (!account) return;
    const { pace } = account;
    const key = chatKey(chat);
    account.freeAt = now + pace.perAccountMs;
    if (account.lastChat !== key || now >= account.runSince + pace.betweenChatsMs) account.runSince = now;
    account.otherChatsAt = now + pace.betweenChatsMs;
    account.lastChat = key;
    account.recent.count(now);
    if (chat.kind !== 'group' || !Number.isFinite(pace.perGroupPerMinute)) return;
    const group = this.#groups.get(key) ?? new Window(pace.perGroupPerMinute);
    this.#groups.set(key, group);
    group.count(now);
  }

  /** The message has left: the chat rests for its pause. */
  sent(chat: ChatRef, now: Instant): void {
    const pause = this.#adapters.get(chat.platform)?.pace.perChatMs ?? 0;
    this.wait(chat, now + pause);
    if (this.#chats.size > MOST_CHATS) this.#forget(now);
  }

  /** Nothing goes to this chat before `until`. */
  wait(chat: ChatRef, until: Instant): void {
    const key = chatKey(chat);
    this.#chats.set(key, Math.max(this.#chats.get(key) ?? 0, until));
  }

  #forget(now: Instant): void {
    for (const [key, until] of this.#chats) if (until <= now) this.#chats.delete(key);
    for (const [key, window] of this.#groups) if (window.isOver(now)) this.#groups.delete(key);
  }

  #account(chat: ChatRef): Account | null {
    const adapter = this.#adapters.get(chat.platform);
    if (!adapter) return null;
    const key = this.laneOf(chat);
    const known = this.#accounts.get(key);
    if (known) return known;
    const { pace } = adapter;
    const account = {
      pace,
      freeAt: 0,
      lastChat: null,
      otherChatsAt: 0,
      runSince: 0,
      recent: new Window(pace.perMinute),
    };
    this.#accounts.set(key, account);
    return account;
  }
}

/** The sends of the last minute, of which there may be so many. */
class Window {
  readonly #most: number;
  #recent: Instant[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  /** When one more is within the limit. */
  freeAt(): Instant {
    const oldest = Number.isFinite(this.#most) ? this.#recent.at(-this.#most) : undefined;
    return oldest === undefined ? 0 : oldest + MINUTE;
  }

  /** Nothing in it counts any more. */
  isOver(now: Instant): boolean {
    return (this.#recent.at(-1) ?? 0) <= now - MINUTE;
  }

  count(now: Instant): void {
    if (Number.isFinite(this.#most)) this.#recent = [...this.#recent.filter((at) => at > now - MINUTE), now];
  }
}
