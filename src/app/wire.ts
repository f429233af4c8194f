/** Hands one message to its platform, and waits for the answer no longer than is sensible. */
import { type ChatAdapter, type OutboundMessage, SendError } from '../bots/adapter.ts';
import type { SetTimer } from '../clock.ts';
import type { ChatRef } from '../core/chat.ts';
import { errorInLogs } from '../core/error-in-logs.ts';
import { MINUTE } from '../core/time.ts';
import { chatInLogs } from './chat-in-logs.ts';

/** How long a platform may take to answer a send, milliseconds of real time. */
export const SEND_DEADLINE = MINUTE;

export interface WireDeps {
  adapters: ReadonlyMap<string, ChatAdapter>;
  /** Without it a send may take for ever: right only where the platform is played. */
  setTimer?: SetTimer | undefined;
  /** `late`: an answer after the deadline. `attachment`: a file that could not be made. */
  log: (event: 'late' | 'attachment', details: Record<string, unknown>) => void;
}

/**
 * Resolves when the platform has accepted the message or has not, and never rejects: `unknown` stands for whatever is
 * none of the platform's own errors, and for no answer within {@link SEND_DEADLINE}. What it answers after that is only
 * logged, since another try may be under way.
 */
export async function handOver(
  chat: ChatRef,
  message: OutboundMessage,
  deps: WireDeps,
): Promise<{ messageId: string | null } | SendError> {
  const adapter = deps.adapters.get(chat.platform);
  if (!adapter) return new SendError('refused', `no adapter for ${chat.platform}`);
  try {
    return await inTime(adapter.send(chat, withSafeFiles(message, deps)), chat, deps);
  } catch (error) {
    return error instanceof SendError ? error : new SendError('unknown', String(error), { cause: error });
  }
}

function inTime<T>(sending: Promise<T>, chat: ChatRef, { setTimer, log }: WireDeps): Promise<T> {
  if (!setTimer) return sending;
  return new Promise((resolve, reject) => {
    let over = false;
    const cancel = setTimer(() => {
      over = true;
      reject(new SendError('unknown', 'no answer in time'));
    }, SEND_DEADLINE);
    sending.then(
      (value) => {
        cancel();
        if (over) log('late', { chat: chatInLogs(chat), outcome: 'accepted' });
        else resolve(value);
      },
      (error: unknown) => {
        cancel();
        if (over) log('late', { chat: chatInLogs(chat), outcome: 'failed' });
        else reject(error);
      },
    );
  });
}

/** A picture that cannot be drawn must not keep back the words. */
function withSafeFiles(message: OutboundMessage, { log }: WireDeps): OutboundMessage {
  if (message.attachments.length === 0) return message;
  const attachments = message.attachments.map((file) => ({
    kind: file.kind,
    name: file.name,
    content: async () => {
      try {
        return await file.content();
      } catch (error) {
        log('attachment', { kind: file.kind, error: errorInLogs(error) });
        return null;
      }
    },
  }));
  return { ...message, attachments };
}
