/**
 * Why a call of the Bot API came to nothing. What telegraf throws holds the token in some of its messages (of answers
 * that are no JSON, or cut short), so nothing of it is passed on but codes and Telegram's own words.
 */
import { TelegramError } from 'telegraf';
import { z } from 'zod';
import { UNSENT } from './connections.ts';

/**
 * - `answered`: Telegram refused, `status` says how.
 * - `unsent`: nothing has left this machine.
 * - `lost`: the request may have arrived; its answer did not.
 */
export type FailureKind = 'answered' | 'unsent' | 'lost';

export class CallError extends Error {
  override readonly name = 'CallError';
  readonly kind: FailureKind;
  /** With `answered`: the error code of the answer. */
  readonly status: number;
  /** With `answered`: Telegram's own words. */
  readonly description: string;
  /** How long Telegram asks to wait, milliseconds. */
  readonly retryAfterMs: number | undefined;
  /** The new id of a group that became a supergroup. */
  readonly movedTo: string | undefined;

  /** @param word what went wrong, for operators: `refused`, `dns`, `tls`, `silent`, `cut`, `garbage`, `no http`, `conflict`… */
  constructor(kind: FailureKind, word: string, answer: Partial<Answer> = {}) {
    super(word);
    this.kind = kind;
    this.status = answer.status ?? 0;
    this.description = answer.description ?? '';
    this.retryAfterMs = answer.retryAfterMs;
    this.movedTo = answer.movedTo;
  }
}

interface Answer {
  status: number;
  description: string;
  retryAfterMs: number | undefined;
  movedTo: string | undefined;
}

/** What of Telegram's words is kept; they are short, but what answers need not be Telegram. */
const LONGEST_DESCRIPTION = 120;

const WORDS: ReadonlyMap<number, string> = new Map([
  [401, 'token'],
  [404, 'token'],
  [409, 'conflict'],
  [429, 'flood'],
]);

const answerShape = z.object({
  error_code: z.int(),
  description: z.string().catch(''),
  parameters: z
    .object({ retry_after: z.number().nonnegative().optional(), migrate_to_chat_id: z.int().optional() })
    .catch({}),
});

/** @param ended why the call was ended by ourselves, where it was */
export function failureOf(error: unknown, ended: 'silent' | 'stopped' | null): CallError {
  if (error instanceof TelegramError) return refusalOf(error);
  const code = codeOf(error);
  if (code.startsWith(UNSENT)) return new CallError('unsent', networkWord(code.slice(UNSENT.length)));
  if (ended) return new CallError('lost', ended);
  return new CallError('lost', lostWord(code));
}

function refusalOf({ response }: TelegramError): CallError {
  const read = answerShape.safeParse(response);
  if (!read.success) return new CallError('lost', 'garbage');
  const { error_code: status, description, parameters } = read.data;
  return new CallError('answered', WORDS.get(status) ?? `status ${status}`, {
    status,
    description: description.slice(0, LONGEST_DESCRIPTION),
    retryAfterMs: parameters.retry_after === undefined ? undefined : parameters.retry_after * 1_000,
    movedTo: parameters.migrate_to_chat_id === undefined ? undefined : String(parameters.migrate_to_chat_id),
  });
}

function codeOf(error: unknown): string {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return typeof code === 'string' ? code : '';
}

function networkWord(code: string): string {
  if (code === 'ECONNREFUSED') return 'refused';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'dns';
  if (/TLS|SSL|CERT|EPROTO|UNABLE_TO_|SELF_SIGNED/.test(code)) return 'tls';
  return code === 'ETIMEDOUT' ? 'unreachable' : 'network';
}

/** An answer that is no JSON comes without a code; TLS to an ear for HTTP is no HTTP; everything else was cut. */
function lostWord(code: string): string {
  if (code.startsWith('HPE_')) return 'no http';
  return code === '' || code === 'TOO_LONG' ? 'garbage' : 'cut';
}
