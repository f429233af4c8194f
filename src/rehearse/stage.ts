/** The platform of a rehearsal: it takes every message, unless the script says that it fails for a while. */
import {
  type ChatAdapter,
  type ChatRef,
  type InboundSink,
  type OutboundMessage,
  type Pace,
  SendError,
  type Shape,
} from '../bots/adapter.ts';
import type { Clock } from '../clock.ts';
import { type Instant, SECOND } from '../core/time.ts';

export const STAGE = 'rehearsal';

/** One message the platform accepted. */
export interface Accepted {
  at: Instant;
  to: ChatRef;
  message: OutboundMessage;
}

export class Stage implements ChatAdapter {
  readonly platform = STAGE;
  readonly pace: Pace = {
    perChatMs: SECOND,
    perAccountMs: 0,
    perGroupPerMinute: Number.POSITIVE_INFINITY,
    betweenChatsMs: 0,
    perMinute: Number.POSITIVE_INFINITY,
    gatherMs: 3 * SECOND,
  };
  readonly shape: Shape = { textLimit: 4_000, captionLimit: 4_000, filesTogether: true };
  readonly #clock: Clock;
  readonly #onAccepted: (accepted: Accepted) => void;
  #failsUntil: Instant = 0;
  #sent = 0;

  constructor(clock: Clock, onAccepted: (accepted: Accepted) => void) {
    this.#clock = clock;
    this.#onAccepted = onAccepted;
  }

  /** From now until a moment every send fails. */
  failUntil(until: Instant): void {
    this.#failsUntil = until;
  }

  start(_sink: InboundSink): Promise<void> {
    return Promise.resolve();
  }

  async send(to: ChatRef, message: OutboundMessage): Promise<{ messageId: string }> {
    const at = this.#clock.now();
    if (at < this.#failsUntil) throw new SendError('unavailable', 'the script says so');
    this.#onAccepted({ at, to, message });
    this.#sent += 1;
    return { messageId: String(this.#sent) };
  }

  stop(): Promise<void> {
    return Promise.resolve();
  }
}
