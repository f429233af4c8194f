/** What gRPC's errors mean: for operators, and for a message that was being sent. */
import { grpc } from 'wechaty-grpc';
import { SendError } from '../adapter.ts';
import type { Status } from './wire.ts';

const { status } = grpc;

/** What the service's own errors say, in the languages services are written in. */
const FREQUENT = /frequent|too (?:many|fast|often)|rate.?limit|\u9891\u7e41/i;
const LOGGED_OUT = /not? log(?:ged)?.?in|log(?:ged)?.?out|offline|not online|\u672a\u767b\u5f55/i;
const NO_SUCH_CHAT =
  /not (?:a |the )?(?:room |group |chatroom )?member|not in (?:the |this )?(?:room|group|chatroom)|no (?:such )?(?:room|contact|conversation|group)|(?:room|contact|conversation|group)\b.{0,40}\b(?:not found|not exist|does not exist|doesn't exist)|not (?:a |your )?friend|\u4e0d\u662f\u597d\u53cb|\u4e0d\u5728\u7fa4/i;
/** Without a connection nothing leaves; a connection that broke may have carried it there. */
const NEVER_LEFT = /^(?:No connection established|Channel closed before call started|Name resolution failed)/;
const TLS = /ssl|tls|certificate|wrong version number|EPROTO|altname|self.signed|unable to (?:verify|get)/i;
/** The service hands on its stack trace; its first line is the reason. */
const FIRST_LINE = 500;

/** gRPC's code and words; anything else is an error of ours. */
export function statusOf(error: unknown): Status | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'number') return null;
  const details = 'details' in error && typeof error.details === 'string' ? error.details : error.message;
  return { code: error.code, details: details.slice(0, FIRST_LINE).split('\n', 1)[0] ?? '' };
}

/** A short word for operators; it holds nothing that the service said, which may be the token. */
export function causeOf({ code, details }: Status, wasConnected: boolean): string {
  switch (code) {
    case status.OK:
      return 'stream ended';
    case status.UNAUTHENTICATED:
      return 'token refused';
    case status.ALREADY_EXISTS:
      return 'another client listens';
    case status.CANCELLED:
      return 'cancelled';
    case status.DEADLINE_EXCEEDED:
      return 'no answer';
    case status.UNAVAILABLE:
      if (TLS.test(details)) return 'TLS mismatch';
      return wasConnected ? 'connection lost' : 'unreachable';
    default:
      return `gRPC ${status[code] ?? code}`;
  }
}

export const isTlsTrouble = ({ code, details }: Status): boolean => code === status.UNAVAILABLE && TLS.test(details);

/** What became of a message whose call failed. The words are ours: they are kept and shown. */
export function sendErrorOf(error: unknown, busyMs: number): SendError {
  const failure = statusOf(error);
  if (!failure) return new SendError('unknown', 'the client failed', { cause: error });
  const { code, details } = failure;
  const busy = (): SendError => new SendError('busy', 'the service asks to wait', { retryAfterMs: busyMs });
  switch (code) {
    case status.UNAVAILABLE:
      if (NEVER_LEFT.test(details)) return new SendError('unavailable', 'no connection');
      return new SendError('unknown', 'the connection broke');
    case status.UNAUTHENTICATED:
    case status.PERMISSION_DENIED:
      return new SendError('unavailable', 'the service does not let us in');
    case status.NOT_FOUND:
      return new SendError('refused', 'no such chat');
    case status.UNIMPLEMENTED:
      return new SendError('refused', 'the service cannot send this');
    case status.RESOURCE_EXHAUSTED:
      return /larger than max/i.test(details) ? new SendError('refused', 'too large') : busy();
    case status.UNKNOWN:
    case status.INTERNAL:
    case status.FAILED_PRECONDITION:
      if (FREQUENT.test(details)) return busy();
      if (NO_SUCH_CHAT.test(details)) return new SendError('refused', 'no such chat, or not in it');
      if (LOGGED_OUT.test(details)) return new SendError('unavailable', 'logged out');
      return new SendError('unknown', 'the service failed');
    case status.DEADLINE_EXCEEDED:
      return new SendError('unknown', 'no answer in time');
    default:
      return new SendError('unknown', `gRPC ${status[code] ?? code}`);
  }
}
