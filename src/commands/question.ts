/** Something shown first, which waits for its `/确认`. */
import type { ConfirmationRow } from '../core/rows/index.ts';
import { MINUTE } from '../core/time.ts';
import type { KnownCall } from './command.ts';

/** How long a question waits. */
const PATIENCE = 10 * MINUTE;

/** The row of a question put to a person in a chat; a later one there takes its place. */
export function questionOf(call: KnownCall, payload: { kind: string }): ConfirmationRow {
  return {
    id: `ask#${call.messageId}`,
    chat: call.chatKey,
    personId: call.person.id,
    payload: JSON.stringify(payload),
    askedAt: call.now,
    expiresAt: call.now + PATIENCE,
    usedAt: null,
  };
}
