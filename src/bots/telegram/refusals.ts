/** What Telegram's refusals mean for a send. */
import { SendError } from '../adapter.ts';
import type { CallError } from './failure.ts';

/** Without `retry_after`, ms; Telegram always gives one. */
const DEFAULT_WAIT = 5_000;

/** Too large for a picture, or of a shape that no picture may have: as a file it goes. */
export function isNoPhoto({ status, description }: CallError): boolean {
  return status === 413 || (status === 400 && /PHOTO_|IMAGE_PROCESS_FAILED|too (?:big|large)/i.test(description));
}

const NO_FILES = /rights to send (?:photos|documents|media)\b|CHAT_SEND_(?:PHOTOS|DOCS|MEDIA)_FORBIDDEN/i;

/** The bot may write in this group, but send no files. */
export function forbidsFiles({ status, description }: CallError): boolean {
  return (status === 400 || status === 403) && NO_FILES.test(description);
}

export function sendErrorOf(error: CallError): SendError {
  const { kind, status, message, description, retryAfterMs } = error;
  if (kind === 'unsent') return new SendError('unavailable', message);
  if (kind === 'lost') return new SendError('unknown', message);
  if (status === 429) return new SendError('busy', message, { retryAfterMs: retryAfterMs ?? DEFAULT_WAIT });
  if (status === 400 || status === 403 || status === 413) {
    return new SendError('refused', description ? `${status} ${description}` : message);
  }
  // Gateways answer so for a server that did not answer them: it may have done what it was asked.
  if (status > 500 && status !== 503) return new SendError('unknown', message);
  return new SendError('unavailable', message);
}
