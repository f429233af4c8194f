/**
 * The boundary between the app and a chat platform. An adapter is a small translation: it turns what the platform
 * says into {@link InboundEvent}s and puts {@link OutboundMessage}s on the wire. It decides nothing, keeps no domain
 * state, and never touches the store.
 */
import type { ChatRef } from '../core/chat.ts';
import type { Instant } from '../core/time.ts';

export type { ChatRef };

/** Who is speaking, as the platform knows them. */
export interface SenderRef {
  /** The platform's account id. */
  id: string;
  /** The name others see; never trusted to tell who somebody is. */
  displayName: string;
}

/** A file that came with a message. */
export interface InboundAttachment {
  kind: 'voice' | 'picture' | 'file' | 'other';
  name: string;
  /** Reads the content; may fail like any network call. */
  read?: () => Promise<Uint8Array>;
}

/** Something somebody said. */
export interface InboundMessage {
  type: 'message';
  /** The platform's id of the message; the same on every delivery of it, unique within the chat. */
  id: string;
  chat: ChatRef;
  /** The group's present title; empty in a direct chat. */
  chatTitle: string;
  sender: SenderRef;
  /**
   * As typed, mentions included; may be empty when only attachments came. The bot's own mention stands in it as `@` and
   * the bot's name, whatever the platform calls the bot.
   */
  text: string;
  attachments: readonly InboundAttachment[];
  /** The bot itself is mentioned. */
  mentionsBot: boolean;
  /** The message answers one of the bot's own. */
  repliesToBot: boolean;
  /** `edited`: the text replaces that of an earlier message; `recalled`: the sender took the message back. */
  change?: 'edited' | 'recalled';
  /** With `change`: what tells two changes of one message apart, where their moment does not. */
  changeId?: string;
  /** With `edited`: when the message itself was sent; what it says of today is of that day. UTC ms. */
  originAt?: Instant;
  /** When the sender sent (or changed) it, by the platform's clock; UTC ms. */
  sentAt: Instant;
}

/** Somebody asks the bot into a group, or to become a contact. */
export interface Invitation {
  type: 'invitation';
  platform: string;
  inviter: SenderRef;
  /** The group's title; empty where somebody wants to be a contact. */
  title: string;
  /** What the inviter wrote with it, where the platform lets them. */
  hello?: string;
  /** Takes the invitation; called only for people the bot knows, or who show a claim code. */
  accept: () => Promise<void>;
}

/** The bot is now in a group. */
export interface Joined {
  type: 'joined';
  /** The platform's id of the event; the same on every delivery of it. */
  id: string;
  chat: ChatRef;
  title: string;
  /** Set where the platform lets the bot hear only what mentions it, until somebody there gives it more rights. */
  deaf?: true;
}

/** A group got another title, or the platform moved it to another id. */
export interface Renamed {
  type: 'renamed';
  chat: ChatRef;
  title: string;
  /** Set when the platform gave the group a new id. */
  movedFrom?: ChatRef;
}

/** The bot is no longer in a group. */
export interface Left {
  type: 'left';
  chat: ChatRef;
}

/**
 * All groups that the bot is in on a platform, told after each login where the platform can list them: ids may have
 * changed, and titles too. Of a platform with several accounts, all groups of all that are logged in.
 */
export interface GroupList {
  type: 'groups';
  platform: string;
  groups: readonly { chat: ChatRef; title: string }[];
  /** Every account has told its groups: what is missing here is gone. */
  complete: boolean;
  /** The bot's own ids there: a platform that changes these at a login has changed those of all people, too. */
  selves: readonly string[];
}

/** An account of the bot could not hear, and hears again. */
export interface Outage {
  type: 'outage';
  platform: string;
  account: string;
  /** First noticed; UTC ms. */
  since: Instant;
  until: Instant;
  /** A short word for operators: `refused`, `silent`, `stream ended`… */
  cause: string;
  /** What was said meanwhile may never arrive: the platform keeps nothing. */
  lossy: boolean;
}

export type InboundEvent = InboundMessage | Invitation | Joined | Left | Renamed | GroupList | Outage;

/** Who a message points at. In the text they stand as `@name`. */
export interface Mention {
  /** The platform's account id. */
  id: string;
  name: string;
}

/**
 * A file to send with a message; its bytes are made only when an adapter asks. Null: they cannot be made, the message
 * goes without this file.
 */
export interface OutboundAttachment {
  name: string;
  kind: 'picture' | 'workbook';
  content: () => Promise<Uint8Array | null>;
}

/**
 * What the app hands to an adapter fits its {@link Shape}: a text alone, a text with one picture, one file alone (its
 * text is empty), or everything together where the platform shows it so.
 */
export interface OutboundMessage {
  text: string;
  mentions: readonly Mention[];
  attachments: readonly OutboundAttachment[];
}

/**
 * Why a send did not succeed.
 * - `busy`: the platform asks to wait `retryAfterMs`; nothing was sent.
 * - `unavailable`: could not be reached or refused for the moment; nothing was sent.
 * - `unknown`: the answer was lost; it may or may not have been delivered.
 * - `refused`: this chat will never take it (left the group, blocked, no such chat).
 */
export type SendErrorKind = 'busy' | 'unavailable' | 'unknown' | 'refused';

export class SendError extends Error {
  override readonly name = 'SendError';
  readonly kind: SendErrorKind;
  /** With `busy`: how long the platform asks to wait, milliseconds. */
  readonly retryAfterMs: number | undefined;
  constructor(kind: SendErrorKind, message: string, options: ErrorOptions & { retryAfterMs?: number } = {}) {
    super(message, options);
    this.kind = kind;
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** How fast a platform may be spoken to. */
export interface Pace {
  /** Shortest time between two messages to one chat, ms. */
  perChatMs: number;
  /** Most messages to one group in any minute. */
  perGroupPerMinute: number;
  /** Shortest time between two messages of one account, ms. */
  perAccountMs: number;
  /** Shortest time between messages of one account to two different chats, ms. */
  betweenChatsMs: number;
  /** Most messages of one account in any minute. */
  perMinute: number;
  /** Answers to several people in one group within this while leave as one message, ms. */
  gatherMs: number;
}

/** What one message may hold on a platform. */
export interface Shape {
  /** Longest text, UTF-16 units; longer ones leave in parts. */
  textLimit: number;
  /** Longest text that may ride on a picture; 0 where a picture is a message of its own. */
  captionLimit: number;
  /** A text and any number of files are one message. Otherwise files follow their text, each by itself. */
  filesTogether: boolean;
}

/** How one of the bot's own accounts stands. */
export interface AccountState {
  account: string;
  state: 'connecting' | 'connected' | 'lost' | 'stopped';
  /** Since when; UTC ms. */
  since: Instant;
  /** Why it is not connected, a short word for operators; null when it is. */
  problem: string | null;
}

/**
 * Where the app takes events. Resolves once the event is durable (or was found to need no keeping). Rejects when it
 * could not be kept: the adapter must not acknowledge it to the platform, and delivers it again; where the platform
 * repeats nothing, the adapter itself holds it, and what came after it in that chat, and tries again.
 */
export type InboundSink = (event: InboundEvent) => Promise<void>;

export interface ChatAdapter {
  readonly platform: string;
  readonly pace: Pace;
  readonly shape: Shape;
  /**
   * Begins to deliver events, those of one chat one after the other in their order. Resolves when the platform is
   * reachable or the adapter is retrying by itself; an unreachable platform is no error.
   */
  start(sink: InboundSink): Promise<void>;
  /**
   * Hands one message to the platform; resolving means the platform accepted it, not that anyone saw it. Settles within
   * a time of its own. A file that cannot be made is left out; when nothing is left to send, resolves with null.
   * @throws {SendError}
   */
  send(to: ChatRef, message: OutboundMessage): Promise<{ messageId: string | null }>;
  /** Ends delivery of events, after those under way; afterwards no timer or socket of it is left. */
  stop(): Promise<void>;
  /** The bot's own account that speaks in a chat: each has the pace for itself. Absent where there is one. */
  accountFor?(to: ChatRef): string;
  /** The bot's own accounts, as they stand now. Absent where nothing can be lost. */
  accounts?(): readonly AccountState[];
  /** Set where the platform keeps nothing of what is said while nobody listens. */
  readonly forgets?: true;
}
