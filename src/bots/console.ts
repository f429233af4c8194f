/**
 * The platform that needs no platform: groups and direct chats in memory, for a page on the same machine. Nothing of
 * it outlives the process; what was said and sent is in the store like any other platform's.
 */
import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import {
  type ChatAdapter,
  type ChatRef,
  type InboundEvent,
  type InboundMessage,
  type InboundSink,
  type OutboundAttachment,
  type OutboundMessage,
  SendError,
  type SenderRef,
} from './adapter.ts';
import { type ConsoleChat, ConsoleChats, type ConsoleMessage } from './console-chats.ts';
import { Lanes } from './lanes.ts';
import { CONSOLE_LIMITS } from './limits.ts';

export type { ConsoleChat, ConsoleMessage } from './console-chats.ts';

/** A group as its members see it. */
export interface ConsoleGroup {
  readonly id: string;
  readonly title: string;
  /** Whether the bot is a member, and so hears what is said. */
  readonly hasBot: boolean;
}

export type ConsoleEvent =
  /** A message is new, or its sender has taken it back. */
  | { type: 'message'; message: ConsoleMessage }
  /** A group is new, has another title, or the bot came in. */
  | { type: 'group'; group: ConsoleGroup };

export interface ConsoleOptions {
  clock: Clock;
  /** The bot is mentioned by `@` and this name. */
  botName: string;
  /** Messages kept of one chat; the oldest go first. Default 200. */
  keep?: number;
}

const PLATFORM = 'console';
/** How the ids of groups begin that were made on the page, not for a unit of the roster. */
const MADE_HERE = 'group-';

/** Whether somebody made this group on the page. */
export function wasMadeHere(groupId: string): boolean {
  return groupId.startsWith(MADE_HERE);
}

export class ConsoleAdapter implements ChatAdapter {
  readonly platform = PLATFORM;
  readonly pace = CONSOLE_LIMITS.pace;
  readonly shape = CONSOLE_LIMITS.shape;
  readonly #clock: Clock;
  readonly #botName: string;
  readonly #groups = new Map<string, ConsoleGroup>();
  readonly #chats: ConsoleChats;
  readonly #listeners = new Set<(event: ConsoleEvent) => void>();
  readonly #lanes = new Lanes();
  #sink: InboundSink | null = null;

  constructor({ clock, botName, keep = 200 }: ConsoleOptions) {
    this.#clock = clock;
    this.#botName = botName;
    this.#chats = new ConsoleChats(keep);
  }

  // ── the app's side ────────────────────────────────────────────────────────────────────────────────────────────

  async start(sink: InboundSink): Promise<void> {
    this.#sink = sink;
  }

  async send(to: ChatRef, message: OutboundMessage): Promise<{ messageId: string | null }> {
    if (to.kind === 'group' && !this.#groups.get(to.id)?.hasBot) throw new SendError('refused', 'no such group');
    const { text, mentions, attachments } = message;
    const id = randomUUID();
    const shown: ConsoleMessage = {
      id,
      chat: { id: to.id, kind: to.kind },
      from: 'bot',
      text,
      mentions,
      attachments: attachments.map(({ kind, name }) => ({ kind, name })),
      at: this.#clock.now(),
      recalled: false,
    };
    this.#chats.add(shown, attachments);
    this.#tell({ type: 'message', message: shown });
    return { messageId: id };
  }

  async stop(): Promise<void> {
    this.#sink = null;
    await this.#lanes.idle();
  }

  // ── the people's side ─────────────────────────────────────────────────────────────────────────────────────────

  /** A group that was there before, with the bot in it; one that is known already is left as it is. */
  openGroup(id: string, title: string): void {
    if (!this.#groups.has(id)) this.#setGroup({ id, title, hasBot: true });
  }

  /**
   * Somebody writes in a chat. Resolves with the message's id when the app has taken it in; a group that the bot is
   * not in is not heard.
   * @throws {RangeError} when there is no such group
   */
  async say(chat: ConsoleChat, sender: SenderRef, text: string): Promise<string> {
    const group = chat.kind === 'group' ? this.#group(chat.id) : null;
    const message: ConsoleMessage = {
      id: randomUUID(),
      chat: { id: chat.id, kind: chat.kind },
      from: sender,
      text,
      mentions: [],
      attachments: [],
      at: this.#clock.now(),
      recalled: false,
    };
    this.#chats.add(message);
    this.#tell({ type: 'message', message });
    if (!group || group.hasBot) await this.#deliver(this.#inbound(message, sender));
    return message.id;
  }

  /**
   * A sender takes a message back; the bot's own messages stay.
   * @throws {RangeError} when no message kept has this id, or it is the bot's
   */
  async recall(messageId: string): Promise<void> {
    const message = this.#chats.find(messageId);
    if (!message || message.from === 'bot') throw new RangeError(`no message ${messageId} of a person`);
    if (message.recalled) return;
    const taken: ConsoleMessage = { ...message, text: '', recalled: true };
    this.#chats.replace(taken);
    this.#tell({ type: 'message', message: taken });
    if (message.chat.kind === 'group' && !this.#group(message.chat.id).hasBot) return;
    const said = this.#inbound(message, message.from);
    await this.#deliver({ ...said, change: 'recalled', sentAt: this.#clock.now() });
  }

  /** Somebody makes a group and asks the bot in; whether it came is in the answer. */
  async createGroup(title: string, by: SenderRef): Promise<ConsoleGroup> {
    const id = `${MADE_HERE}${randomUUID()}`;
    this.#setGroup({ id, title, hasBot: false });
    await this.#sink?.({
      type: 'invitation',
      platform: PLATFORM,
      inviter: by,
      title,
      accept: async () => {
        this.#setGroup({ ...this.#group(id), hasBot: true });
        const chat: ChatRef = { platform: PLATFORM, id, kind: 'group' };
        await this.#deliver({ type: 'joined', id: randomUUID(), chat, title: this.#group(id).title });
      },
    });
    return this.#group(id);
  }

  /**
   * A group gets another title.
   * @throws {RangeError} when there is no such group
   */
  async renameGroup(id: string, title: string): Promise<void> {
    const group = this.#group(id);
    this.#setGroup({ ...group, title });
    const chat: ChatRef = { platform: PLATFORM, id, kind: 'group' };
    if (group.hasBot) await this.#deliver({ type: 'renamed', chat, title });
  }

  // ── what the page shows ───────────────────────────────────────────────────────────────────────────────────────

  group(id: string): ConsoleGroup | undefined {
    return this.#groups.get(id);
  }

  groups(): ConsoleGroup[] {
    return [...this.#groups.values()];
  }

  /** The messages kept of a chat, oldest first. */
  messages(chat: ConsoleChat): readonly ConsoleMessage[] {
    return this.#chats.messages(chat);
  }

  /** A file that came with a message, made now; null when it is not, or no longer, kept, or cannot be made. */
  async file(
    messageId: string,
    index: number,
  ): Promise<{ kind: OutboundAttachment['kind']; name: string; bytes: Uint8Array } | null> {
    const file = this.#chats.files(messageId)[index];
    const bytes = (await file?.content()) ?? null;
    return file && bytes ? { kind: file.kind, name: file.name, bytes } : null;
  }

  /** Tells of everything new from now on; call what it returns to end that. A listener must not throw. */
  subscribe(listener: (event: ConsoleEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  // ── inside ────────────────────────────────────────────────────────────────────────────────────────────────────

  /** Those of one chat one after the other. */
  async #deliver(event: Extract<InboundEvent, { chat: ChatRef }>): Promise<void> {
    const sink = this.#sink;
    if (sink) await this.#lanes.run(`${event.chat.kind}:${event.chat.id}`, () => sink(event));
  }

  #inbound({ id, chat, text, at }: ConsoleMessage, sender: SenderRef): InboundMessage {
    return {
      type: 'message',
      id,
      chat: { platform: PLATFORM, ...chat },
      chatTitle: chat.kind === 'group' ? this.#group(chat.id).title : '',
      sender,
      text,
      attachments: [],
      mentionsBot: this.#mentionsBot(text),
      repliesToBot: false,
      sentAt: at,
    };
  }

  #mentionsBot(text: string): boolean {
    return text.includes(`@${this.#botName}`) || text.includes(`＠${this.#botName}`);
  }

  #group(id: string): ConsoleGroup {
    const group = this.#groups.get(id);
    if (!group) throw new RangeError(`no group ${id}`);
    return group;
  }

  #setGroup(group: ConsoleGroup): void {
    this.#groups.set(group.id, group);
    this.#tell({ type: 'group', group });
  }

  #tell(event: ConsoleEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}
