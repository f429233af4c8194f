/** What the platform knows. It changes by entries only; each is in the journal before it counts, and all are read back. */
import type { Journal } from './journal.ts';
import type { Chat, Limits, Message, SentMessage, Standing, Update, User } from './types.ts';

export interface Group {
  chat: Chat;
  /** `stranger`: the bot has never been in it. */
  bot: Standing | 'stranger';
  owner: number | null;
  /** The supergroup it has become. */
  movedTo: number | null;
}

export interface Webhook {
  url: string;
  secretToken: string | null;
  maxConnections: number;
}

export interface StoredFile {
  id: string;
  /** What the address of a download ends with. */
  path: string;
  name: string;
  size: number;
}

type Entry =
  | { k: 'user'; user: User }
  /** `wrote`: the bot may write to the person. */
  | { k: 'contact'; user: number; wrote: boolean; blocked: boolean }
  | { k: 'group'; group: Group }
  | { k: 'joins'; group: number; user: number }
  | { k: 'message'; message: Message }
  | { k: 'deleted'; chat: number; message: number }
  | { k: 'sent'; sent: SentMessage; message: Message }
  | { k: 'update'; update: Update }
  /** The bot has all updates below this number. */
  | { k: 'acknowledged'; below: number }
  /** A webhook took this update. */
  | { k: 'taken'; id: number }
  | { k: 'dropped' }
  | { k: 'again'; id: number }
  | { k: 'handedAgain'; ids: number[] }
  | { k: 'webhook'; webhook: Webhook | null }
  | { k: 'allowed'; types: string[] | null }
  | { k: 'commands'; commands: unknown }
  | { k: 'file'; file: StoredFile }
  | { k: 'limits'; limits: Limits | null };

/** The first update of a bot has some positive number. */
const FIRST_UPDATE = 700_000_001;

export class Memory {
  readonly users = new Map<number, User>();
  readonly contacts = new Map<number, { wrote: boolean; blocked: boolean }>();
  readonly groups = new Map<number, Group>();
  readonly members = new Map<number, Set<number>>();
  /** By chat, then by message id. */
  readonly messages = new Map<number, Map<number, Message>>();
  readonly sent: SentMessage[] = [];
  /** Every update there ever was. */
  readonly updates = new Map<number, Update>();
  /** Those the bot has not acknowledged, oldest first. */
  readonly pending = new Map<number, Update>();
  /** Those to be delivered once more although they were acknowledged. */
  again: Update[] = [];
  acknowledged = 0;
  nextUpdate = FIRST_UPDATE;
  webhook: Webhook | null = null;
  /** Null: all kinds that Telegram sends by default. */
  allowed: string[] | null = null;
  commands: unknown = [];
  readonly files = new Map<string, StoredFile>();
  limits: Limits | null = null;
  /** Private chats and groups share one row of message ids (under 0), each supergroup has its own. */
  readonly #lastMessage = new Map<number, number>();
  readonly #journal: Journal;

  constructor(journal: Journal) {
    this.#journal = journal;
    for (const entry of journal.read()) this.#apply(entry as Entry);
  }

  record(entry: Entry): void {
    this.#journal.write(entry);
    this.#apply(entry);
  }

  /** The number of the oldest update that is not acknowledged, or of the next one there will be. */
  get head(): number {
    return this.pending.keys().next().value ?? this.nextUpdate;
  }

  nextMessage(chat: Chat): number {
    return (this.#lastMessage.get(rowOf(chat)) ?? 0) + 1;
  }

  message(chat: number, id: number): Message | undefined {
    return this.messages.get(chat)?.get(id);
  }

  chat(id: number): Chat | undefined {
    const user = this.users.get(id);
    if (!user) return this.groups.get(id)?.chat;
    const { first_name, username } = user;
    return { id, type: 'private', first_name, ...(username === undefined ? {} : { username }) };
  }

  #apply(entry: Entry): void {
    switch (entry.k) {
      case 'user':
        this.users.set(entry.user.id, entry.user);
        return;
      case 'contact':
        this.contacts.set(entry.user, { wrote: entry.wrote, blocked: entry.blocked });
        return;
      case 'group':
        this.groups.set(entry.group.chat.id, entry.group);
        return;
      case 'joins':
        this.members.set(entry.group, (this.members.get(entry.group) ?? new Set()).add(entry.user));
        return;
      case 'message':
        this.#remember(entry.message);
        return;
      case 'deleted':
        this.#delete(entry.chat, entry.message);
        return;
      case 'sent':
        this.sent.push(entry.sent);
        this.#remember(entry.message);
        return;
      case 'update':
        this.#queue(entry.update);
        return;
      case 'acknowledged':
        for (const id of this.pending.keys()) {
          if (id >= entry.below) break;
          this.#acknowledge(id);
        }
        return;
      case 'taken':
        if (this.pending.has(entry.id)) this.#acknowledge(entry.id);
        else this.again = this.again.filter((update) => update.update_id !== entry.id);
        return;
      case 'dropped':
        this.pending.clear();
        this.again = [];
        return;
      case 'again': {
        const update = this.updates.get(entry.id);
        if (update) this.again.push(update);
        return;
      }
      case 'handedAgain':
        this.again = this.again.filter((update) => !entry.ids.includes(update.update_id));
        return;
      case 'webhook':
        this.webhook = entry.webhook;
        return;
      case 'allowed':
        this.allowed = entry.types;
        return;
      case 'commands':
        this.commands = entry.commands;
        return;
      case 'file':
        this.files.set(entry.file.id, entry.file);
        return;
      case 'limits':
        this.limits = entry.limits;
        return;
    }
  }

  #queue(update: Update): void {
    this.updates.set(update.update_id, update);
    this.pending.set(update.update_id, update);
    this.nextUpdate = update.update_id + 1;
    const message = update.message ?? update.edited_message;
    if (message) this.#remember(message);
  }

  #acknowledge(id: number): void {
    this.pending.delete(id);
    this.acknowledged = Math.max(this.acknowledged, id);
  }

  #remember(message: Message): void {
    const { chat, message_id: id } = message;
    const inChat = this.messages.get(chat.id) ?? new Map<number, Message>();
    this.messages.set(chat.id, inChat.set(id, message));
    const row = rowOf(chat);
    this.#lastMessage.set(row, Math.max(this.#lastMessage.get(row) ?? 0, id));
  }

  #delete(chat: number, id: number): void {
    this.messages.get(chat)?.delete(id);
    for (const sent of this.sent) if (sent.chatId === chat && sent.messageId === id) sent.deleted = true;
  }
}

function rowOf(chat: Chat): number {
  return chat.type === 'supergroup' ? chat.id : 0;
}
