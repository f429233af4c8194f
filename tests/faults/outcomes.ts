/** What becomes of messages that a platform delivers while the store may be in trouble. */
import type { InboundMessage } from '../../src/bots/adapter.ts';
import { StoreError } from '../../src/store/errors.ts';

/** `kept`, the code of the store where the platform is asked to deliver it again, or what else was thrown. */
export type Outcome = string;

/** Delivers all of them in one breath, as they would arrive in one batch. */
export function deliverTogether(
  deliver: (message: InboundMessage) => Promise<void>,
  messages: readonly InboundMessage[],
): Promise<Outcome[]> {
  return Promise.all(messages.map((message) => deliver(message).then(() => 'kept', outcomeOf)));
}

function outcomeOf(error: unknown): Outcome {
  if (!(error instanceof Error) || error.name !== 'NotDurableError') return `not said to be lost: ${String(error)}`;
  return error.cause instanceof StoreError ? error.cause.code : `not the store's: ${String(error.cause)}`;
}
