/** A chat platform inside the process: takes whatever is sent at once and finds in it which reports it acknowledges. */
import { type ChatAdapter, type ChatRef, type OutboundMessage, SendError } from '../src/bots/adapter.ts';
import { TELEGRAM_LIMITS } from '../src/bots/limits.ts';
import { PLATFORM } from './county.ts';

/** What every line begins with that acknowledges a report. */
const RECEIPT = '✅';

interface Waiting {
  /** The grid's name, as the receipt gives it. */
  name: string;
  acknowledged: (at: number) => void;
}

export class BenchPlatform implements ChatAdapter {
  readonly platform = PLATFORM;
  readonly pace = {
    perChatMs: 0,
    perGroupPerMinute: Number.POSITIVE_INFINITY,
    perAccountMs: 0,
    betweenChatsMs: 0,
    perMinute: Number.POSITIVE_INFINITY,
    gatherMs: 0,
  };
  /** A table is a picture with its text, and a workbook after it. */
  readonly shape = TELEGRAM_LIMITS.shape;
  /** Messages taken, and those among them that have a text. */
  messages = 0;
  texts = 0;
  /** When the last one with a text was taken, `performance.now()`. */
  lastTextAt = 0;
  /** Answers in a group in which reports wait for theirs, and which name none of these: what was said last. */
  stray: string | null = null;
  readonly #waiting = new Map<string, Waiting[]>();

  async start(): Promise<void> {}
  async stop(): Promise<void> {}

  /**
   * Calls `acknowledged` with the moment (`performance.now()`) at which the receipt for this grid is sent to the chat.
   * One report of a grid may wait at a time: a receipt says the grid, not the message.
   */
  expect(chat: string, name: string, acknowledged: (at: number) => void): void {
    const waiting = this.#waiting.get(chat);
    if (waiting) waiting.push({ name, acknowledged });
    else this.#waiting.set(chat, [{ name, acknowledged }]);
  }

  async send(to: ChatRef, { text }: OutboundMessage): Promise<{ messageId: string | null }> {
    if (to.platform !== PLATFORM) throw new SendError('refused', `not of this platform: ${to.platform}`);
    this.messages += 1;
    if (text !== '') {
      this.texts += 1;
      this.lastTextAt = performance.now();
      this.#acknowledge(to.id, text);
    }
    return { messageId: String(this.messages) };
  }

  #acknowledge(chat: string, text: string): void {
    const waiting = this.#waiting.get(chat);
    if (!waiting) return;
    const lines = text.split('\n').filter((line) => line.startsWith(RECEIPT));
    const isNamed = ({ name }: Waiting): boolean => lines.some((line) => line.includes(name));
    const left = waiting.filter((each) => !isNamed(each));
    const named = waiting.filter(isNamed);
    if (named.length === 0) this.stray = text;
    if (left.length > 0) this.#waiting.set(chat, left);
    else this.#waiting.delete(chat);
    // Last, since whoever is told may at once wait for another receipt in this chat.
    for (const { acknowledged } of named) acknowledged(this.lastTextAt);
  }
}
