/** The app's end of an adapter: takes events, or refuses them, or takes its time. */
import { expect } from 'vitest';
import type { ChatRef, InboundEvent, InboundMessage, InboundSink } from '../../../src/bots/adapter.ts';
import { chatKey } from '../../../src/core/chat.ts';
import { soon } from '../../support/soon.ts';

type EventType = InboundEvent['type'];
type EventOf<Type extends EventType> = Extract<InboundEvent, { type: Type }>;

export class Ear {
  /** Everything offered, taken or not. */
  readonly offered: InboundEvent[] = [];
  readonly taken: InboundEvent[] = [];
  /** Offered in a chat while something else was still under way there. */
  readonly overtaking: InboundEvent[] = [];
  /** Most events that were under way at once, all chats together. */
  mostAtOnce = 0;
  /** Asked before each event is taken; rejects what the store cannot keep. */
  gate: (event: InboundEvent) => Promise<void> = () => Promise.resolve();
  readonly #underWay: string[] = [];

  readonly sink: InboundSink = async (event) => {
    const chat = 'chat' in event ? chatKey(event.chat) : event.type;
    if (this.#underWay.includes(chat)) this.overtaking.push(event);
    this.#underWay.push(chat);
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#underWay.length);
    this.offered.push(event);
    try {
      // A commit takes a moment; whatever is not waited for shows.
      await new Promise((resolve) => setImmediate(resolve));
      await this.gate(event);
      this.taken.push(event);
    } finally {
      this.#underWay.splice(this.#underWay.indexOf(chat), 1);
    }
  };

  all<Type extends EventType>(type: Type): EventOf<Type>[] {
    return this.taken.filter((event): event is EventOf<Type> => event.type === type);
  }

  messages(chat?: ChatRef): InboundMessage[] {
    return this.all('message').filter((message) => !chat || chatKey(message.chat) === chatKey(chat));
  }

  texts(chat?: ChatRef): string[] {
    return this.messages(chat).map(({ text }) => text);
  }

  /** Waits until a message of this text was taken. */
  hears(text: string, chat?: ChatRef): Promise<InboundMessage> {
    return soon(() => {
      const heard = this.messages(chat).find((message) => message.text === text);
      if (!heard) throw new Error(`${text} was not heard, but ${JSON.stringify(this.texts(chat).slice(-20))}`);
      return heard;
    });
  }

  /** Waits until something of this type was taken, and gives the last one. */
  told<Type extends EventType>(
    type: Type,
    isMeant: (event: EventOf<Type>) => boolean = () => true,
  ): Promise<EventOf<Type>> {
    return soon(() => {
      const event = this.all(type).filter(isMeant).at(-1);
      if (!event) throw new Error(`no ${type}, but ${this.taken.map((each) => each.type).join(' ')}`);
      return event;
    });
  }

  /** What was said counts once under one id: no text came under two. */
  expectOneIdPerText(): void {
    const ids = new Map<string, Set<string>>();
    for (const { id, text, change } of this.messages()) {
      if (change) continue;
      ids.set(text, (ids.get(text) ?? new Set()).add(id));
    }
    expect(
      [...ids].filter(([, each]) => each.size > 1),
      'texts that came under two ids',
    ).toEqual([]);
  }
}

/** Without what was delivered before: the first of each id. */
export function firstOfEach(messages: readonly InboundMessage[]): InboundMessage[] {
  return messages.filter(
    ({ id, chat, change }, at) =>
      messages.findIndex((each) => each.id === id && each.change === change && chatKey(each.chat) === chatKey(chat)) ===
      at,
  );
}
