/** What was heard and what is said. */
import type { Body } from '../notices.ts';
import type { Instant } from '../time.ts';
import type { ChatKey, PersonId } from './ids.ts';

/** Something shown first that waits for its sender's `/确认`. */
export interface ConfirmationRow {
  id: string;
  chat: ChatKey;
  personId: PersonId;
  payload: string;
  askedAt: Instant;
  expiresAt: Instant;
  usedAt: Instant | null;
}

/** A message that took effect or was answered. Plain talk is never kept. */
export interface InboundRow {
  /** `platform:chat:message id` */
  id: string;
  chat: ChatKey;
  accountId: string;
  text: string;
  sentAt: Instant;
  receivedAt: Instant;
}

export type OutboxState = 'pending' | 'sending' | 'sent' | 'dropped' | 'dead';

/** A notice on its way out. The text is rendered only when the item is claimed for sending. */
export interface OutboxRow {
  /** The notice's dedupe key: the same notice decided twice is one row. */
  id: string;
  kind: string;
  /** JSON of the address: a unit's group, a person, or a chat. */
  address: string;
  body: Body;
  /** Smaller goes first. */
  priority: number;
  createdAt: Instant;
  /** Never sent before this moment; moved on by gathering, quiet hours and retries. */
  notBefore: Instant;
  state: OutboxState;
  attempts: number;
  /** When the state became final, or the send began. */
  settledAt: Instant | null;
  /** The chat it was sent to. */
  chat: ChatKey | null;
  platformMessageId: string | null;
  error: string | null;
}

/** An account of the bot could not hear on its platform for a while. */
export interface OutageRow {
  /** `platform:account:since` */
  id: string;
  platform: string;
  /** Which of the bot's accounts there. */
  account: string;
  since: Instant;
  until: Instant;
  cause: string;
  /** `yes`: what was said meanwhile may never have arrived. */
  lossy: 'yes' | 'no';
}

/** Small durable values: cursors, the roster's revision. */
export interface MetaRow {
  id: string;
  value: string;
}
