/** A platform that remembers what it was handed, and fails as it is told to. */
import {
  type ChatAdapter,
  type ChatRef,
  type InboundEvent,
  type InboundSink,
  type OutboundMessage,
  type Pace,
  SendError,
  type Shape,
} from '../../src/bots/adapter.ts';
import type { Clock } from '../../src/clock.ts';
import { chatKey } from '../../src/core/chat.ts';
import type { Instant } from '../../src/core/time.ts';

/** What becomes of one send. `lost`: delivered, and the answer never came. */
export type Fault = 'refused' | 'unavailable' | 'lost' | { busy: number };

/** One message the platform has delivered. */
export interface Delivered {
  at: Instant;
  to: ChatRef;
  message: OutboundMessage;
}

/** No pauses, no gathering: what is due leaves at once. */
export const AT_ONCE: Pace = {
  perChatMs: 0,
  perAccountMs: 0,
  perGroupPerMinute: Number.POSITIVE_INFINITY,
  betweenChatsMs: 0,
  perMinute: Number.POSITIVE_INFINITY,
  gatherMs: 0,
};

/** Everything fits into one message. */
const ONE_MESSAGE: Shape = { textLimit: 4_000, captionLimit: 4_000, filesTogether: true };

export class RecordingAdapter implements ChatAdapter {
  readonly platform: string;
  readonly pace: Pace;
  readonly shape: Shape;
  readonly delivered: Delivered[] = [];
  /** Every send, delivered or not: when and to which chat. */
  readonly tried: { at: Instant; chat: string }[] = [];
  /** Looked at before each delivery; null delivers. */
  fault: (to: ChatRef, message: OutboundMessage) => Fault | null = () => null;
  /** Runs before each delivery, while the bot waits. */
  beforeDelivery: (to: ChatRef, message: OutboundMessage) => Promise<void> = () => Promise.resolve();
  readonly #clock: Clock;
  #sink: InboundSink | null = null;
  #gone = false;

  constructor(platform: string, clock: Clock, pace: Partial<Pace> = {}, shape: Partial<Shape> = {}) {
    this.platform = platform;
    this.#clock = clock;
    this.pace = { ...AT_ONCE, ...pace };
    this.shape = { ...ONE_MESSAGE, ...shape };
  }

  start(sink: InboundSink): Promise<void> {
    this.#sink = sink;
    return Promise.resolve();
  }

  stop(): Promise<void> {
    this.#sink = null;
    return Promise.resolve();
  }

  /** Whether the bot is listening. */
  get listening(): boolean {
    return this.#sink !== null;
  }

  async deliver(event: InboundEvent): Promise<void> {
    if (!this.#sink) throw new Error('nobody is listening');
    await this.#sink(event);
  }

  /** The process of the bot has died: whatever it still waits for never comes. */
  abandon(): void {
    this.#gone = true;
    this.#sink = null;
  }

  async send(to: ChatRef, message: OutboundMessage): Promise<{ messageId: string }> {
    this.tried.push({ at: this.#clock.now(), chat: chatKey(to) });
    await this.beforeDelivery(to, message);
    if (this.#gone) return new Promise(() => undefined);
    const fault = this.fault(to, message);
    if (fault === null || fault === 'lost') this.delivered.push({ at: this.#clock.now(), to, message });
    if (fault === 'lost') throw new Error('the connection broke');
    if (fault === 'refused' || fault === 'unavailable') throw new SendError(fault, 'as the test says');
    if (fault !== null) throw new SendError('busy', 'as the test says', { retryAfterMs: fault.busy });
    return { messageId: `m${this.delivered.length}` };
  }
}
