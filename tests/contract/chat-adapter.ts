/** What every chat adapter promises, told through a platform that a test can stand in for. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChatAdapter, ChatRef, InboundEvent, InboundMessage } from '../../src/bots/adapter.ts';
import { SendError } from '../../src/bots/adapter.ts';

/** A platform with one group that the bot is in and one person. */
export interface Platform {
  adapter: ChatAdapter;
  group: ChatRef;
  direct: ChatRef;
  /** A group that does not exist, or that the bot is not in. */
  closed: ChatRef;
  /** The person says something; resolves when the platform has delivered it, with its id. */
  says: (kind: ChatRef['kind'], text: string) => Promise<string>;
  /** What people in a chat have seen of the bot, oldest first. */
  seen: (chat: ChatRef) => string[];
  end: () => Promise<void>;
}

export function chatAdapterContract(name: string, open: () => Promise<Platform>): void {
  describe(`the contract of a chat adapter, kept by ${name}`, () => {
    let platform: Platform;
    let events: InboundEvent[];

    beforeEach(async () => {
      platform = await open();
      events = [];
      await platform.adapter.start(async (event) => void events.push(event));
    });
    afterEach(async () => {
      await platform.adapter.stop();
      await platform.end();
    });

    const messages = (): InboundMessage[] => events.filter((event) => event.type === 'message');

    it('delivers what is said in a group with its chat, its sender and its id', async () => {
      const id = await platform.says('group', '/日报 0');
      expect(messages()).toEqual([
        expect.objectContaining({ id, chat: platform.group, text: '/日报 0', mentionsBot: false }),
      ]);
    });

    it('delivers what is said in private as a direct message without a title', async () => {
      await platform.says('direct', '/帮助');
      expect(messages()).toEqual([expect.objectContaining({ chat: platform.direct, chatTitle: '', text: '/帮助' })]);
    });

    it('gives each message an id of its own, also when the words are the same', async () => {
      const ids = [await platform.says('group', '好'), await platform.says('group', '好')];
      expect(new Set(ids).size).toBe(2);
    });

    it('tells when the bot is mentioned', async () => {
      await platform.says('group', '@网格助手 日报 0');
      expect(messages().map((message) => message.mentionsBot)).toEqual([true]);
    });

    it('puts a message into the chat it is for and no other', async () => {
      await platform.adapter.send(platform.group, { text: '收到', mentions: [], attachments: [] });
      expect(platform.seen(platform.group)).toEqual(['收到']);
      expect(platform.seen(platform.direct)).toEqual([]);
    });

    it('refuses for good what is for a group it is not in', async () => {
      const sending = platform.adapter.send(platform.closed, { text: '在吗', mentions: [], attachments: [] });
      await expect(sending).rejects.toSatisfy((error) => error instanceof SendError && error.kind === 'refused');
    });

    it('delivers nothing once stopped', async () => {
      await platform.adapter.stop();
      await platform.says('group', '/日报 0');
      expect(events).toEqual([]);
    });
  });
}
