/** What the browser console shows of its chats: the last messages of each, and the files that came with them. */
import type { Instant } from '../core/time.ts';
import type { ChatRef, Mention, OutboundAttachment, SenderRef } from './adapter.ts';

export type ConsoleChat = Pick<ChatRef, 'id' | 'kind'>;

/** One message as the page shows it. */
export interface ConsoleMessage {
  /** Unique over all chats and over restarts. */
  readonly id: string;
  readonly chat: ConsoleChat;
  readonly from: 'bot' | SenderRef;
  /** Empty once its sender has taken it back. */
  readonly text: string;
  readonly mentions: readonly Mention[];
  readonly attachments: readonly Pick<OutboundAttachment, 'kind' | 'name'>[];
  readonly at: Instant;
  readonly recalled: boolean;
}

export class ConsoleChats {
  readonly #keep: number;
  readonly #chats = new Map<string, ConsoleMessage[]>();
  readonly #files = new Map<string, readonly OutboundAttachment[]>();

  /** @param keep messages kept of one chat; the oldest go first */
  constructor(keep: number) {
    this.#keep = keep;
  }

  /** The messages kept of a chat, oldest first. */
  messages(chat: ConsoleChat): readonly ConsoleMessage[] {
    return this.#chats.get(slotOf(chat)) ?? [];
  }

  find(id: string): ConsoleMessage | undefined {
    for (const list of this.#chats.values()) {
      const message = list.find((each) => each.id === id);
      if (message) return message;
    }
    return undefined;
  }

  /** The files of a message, their content not yet made. */
  files(id: string): readonly OutboundAttachment[] {
    return this.#files.get(id) ?? [];
  }

  add(message: ConsoleMessage, files: readonly OutboundAttachment[] = []): void {
    if (files.length > 0) this.#files.set(message.id, files);
    const slot = slotOf(message.chat);
    const list = [...(this.#chats.get(slot) ?? []), message];
    for (const old of list.splice(0, list.length - this.#keep)) this.#files.delete(old.id);
    this.#chats.set(slot, list);
  }

  /** Puts a message in the place of the one with its id. */
  replace(message: ConsoleMessage): void {
    const slot = slotOf(message.chat);
    this.#chats.set(
      slot,
      this.messages(message.chat).map((each) => (each.id === message.id ? message : each)),
    );
  }
}

/** A direct chat has its person's id, a group its own: told apart by their kind. */
const slotOf = ({ kind, id }: ConsoleChat): string => `${kind}:${id}`;
