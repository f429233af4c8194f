/** What the Bot API server and its handle in the tests tell each other, and the shapes of the Bot API that both read. */

/** Milliseconds since 1970. */
export type Millis = number;
/** Seconds since 1970, the unit of the Bot API. */
export type Seconds = number;

export interface User {
  id: number;
  is_bot: boolean;
  first_name: string;
  username?: string;
}

export interface Chat {
  id: number;
  type: 'private' | 'group' | 'supergroup';
  title?: string;
  first_name?: string;
  username?: string;
}

/** Offsets and lengths count UTF-16 units. */
export interface Entity {
  type: string;
  offset: number;
  length: number;
  user?: User;
  url?: string;
}

export interface FileRef {
  file_id: string;
  file_unique_id: string;
  file_size: number;
  file_name?: string;
  mime_type?: string;
  width?: number;
  height?: number;
  duration?: number;
}

export interface Message {
  message_id: number;
  from: User;
  sender_chat?: Chat;
  chat: Chat;
  date: Seconds;
  edit_date?: Seconds;
  reply_to_message?: Message;
  media_group_id?: string;
  text?: string;
  entities?: Entity[];
  caption?: string;
  caption_entities?: Entity[];
  photo?: FileRef[];
  document?: FileRef;
  voice?: FileRef;
  new_chat_members?: User[];
  left_chat_member?: User;
  new_chat_title?: string;
  migrate_to_chat_id?: number;
  migrate_from_chat_id?: number;
}

/** What the bot is in a group. */
export type Standing = 'member' | 'administrator' | 'left' | 'kicked';

export interface MembershipChange {
  chat: Chat;
  from: User;
  date: Seconds;
  old_chat_member: { user: User; status: Standing };
  new_chat_member: { user: User; status: Standing };
}

export interface Update {
  update_id: number;
  message?: Message;
  edited_message?: Message;
  my_chat_member?: MembershipChange;
}

/** An update that has no number yet. */
export type News = Omit<Update, 'update_id'>;

export interface BotOptions {
  token: string;
  username: string;
  /** Privacy mode: of what is said in groups the bot sees only what is meant for it. */
  privacy: boolean;
}

export interface NewGroup {
  /** Negative. */
  id: number;
  title: string;
  supergroup?: boolean;
  /** The bot is an administrator of the group. */
  admin?: boolean;
  /** The bot is not in the group and has never been. */
  absent?: boolean;
  /** The person whose group it is. */
  owner?: number;
}

export interface NewUser {
  /** Positive. */
  id: number;
  first_name: string;
  username?: string;
}

/** A file of a person; `Bytes` are a `Uint8Array` in the tests and base64 on the way to the server. */
export interface NamedBytes<Bytes> {
  name: string;
  bytes: Bytes;
}

export interface Saying<Bytes = Uint8Array> {
  chat: number;
  /** Who says it; in a private chat the person of that chat when left out. */
  from?: number;
  text?: string;
  /** Seconds since 1970; now when left out. */
  date?: Seconds;
  /** The message of the same chat that it answers. */
  replyTo?: number;
  /** Instead of the mentions and commands that Telegram itself finds in the text. */
  entities?: Entity[];
  photo?: Bytes;
  document?: NamedBytes<Bytes>;
  voice?: Bytes;
  caption?: string;
  /** Further fields of the message, such as a sticker or where it was forwarded from. */
  extra?: Record<string, unknown>;
}

export interface Said {
  /** Null when Telegram does not show the message to the bot. */
  updateId: number | null;
  messageId: number;
}

/** A message by its id, where that id stands in one chat only, or by its chat and id. */
export type Place = number | { chat: number; messageId: number };

/** Something the bot put into a chat and the platform accepted. */
export interface SentMessage {
  chatId: number;
  messageId: number;
  method: 'sendMessage' | 'sendPhoto' | 'sendDocument' | 'sendMediaGroup' | 'editMessageText';
  /** The text, or the caption of a photo or document; empty when there is none. */
  text: string;
  entities: Entity[];
  photoBytesLength?: number;
  document?: { name: string; bytesLength: number };
  replyTo?: number;
  mediaGroupId?: string;
  /** The bot has deleted the message since. */
  deleted?: true;
  at: Millis;
}

export interface Limits {
  /** Calls to one chat in a second. */
  chatPerSecond: number;
  /** Messages to one group in a minute. */
  groupPerMinute: number;
  /** Messages in a second, all chats together. */
  perSecond: number;
}

/** How long a fault lasts and whom it meets: of several that fit, the one ordered first. */
interface FaultScope {
  /** The name of a method, `file` for downloads; any when left out or `*`. */
  method?: string;
  /** Only calls with this `chat_id`. */
  chat?: number;
  /** How many calls it meets, 1 when left out. */
  times?: number | 'always';
}

export type Fault = FaultScope &
  (
    | {
        /** Nothing is done; the answer has this HTTP status and, unless said otherwise, the same error code. */
        kind: 'status';
        status: number;
        errorCode?: number;
        description?: string;
        parameters?: { retry_after?: number; migrate_to_chat_id?: number };
      }
    | {
        /** Waits, then does it and answers. */
        kind: 'slow';
        ms: Millis;
      }
    | {
        /**
         * - `hang`: nothing is done and nothing answered; the connection stays.
         * - `drop`: nothing is done; the connection breaks.
         * - `deliverThenHang`, `deliverThenDrop`: the same after it has been done.
         * - `cut`: it is done, and the connection breaks in the middle of the answer.
         * - `garbage`: nothing is done; 200 with something that is not JSON.
         */
        kind: 'hang' | 'drop' | 'deliverThenHang' | 'deliverThenDrop' | 'cut' | 'garbage';
      }
  );
