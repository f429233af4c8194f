import { describe, expect, it } from 'vitest';
import { grpc } from 'wechaty-grpc';
import { causeOf, sendErrorOf } from '../../../src/bots/wechaty/failure.ts';

const { status } = grpc;
const BUSY = 9_000;

const failing = (code: number, details: string): Error =>
  Object.assign(new Error(`${code} X: ${details}`), { code, details });

describe('a message whose call failed', () => {
  it.each([
    [
      status.UNAVAILABLE,
      'No connection established. Last error: Error: connect ECONNREFUSED 127.0.0.1:9',
      'unavailable',
    ],
    [status.UNAVAILABLE, 'Connection dropped', 'unknown'],
    [status.UNAVAILABLE, 'read ECONNRESET', 'unknown'],
    [status.UNAUTHENTICATED, 'Invalid Wechaty TOKEN "insecure_secret"', 'unavailable'],
    [status.CANCELLED, 'the session has ended', 'unknown'],
    [status.DEADLINE_EXCEEDED, 'no answer in time', 'unknown'],
    [status.NOT_FOUND, 'gone', 'refused'],
    [status.UNKNOWN, 'Error: not a member of 123@chatroom\n    at take (puppet.ts:1:2)', 'refused'],
    [status.UNKNOWN, 'Error: no room 123@chatroom', 'refused'],
    [status.UNKNOWN, 'Error: Room wechaty@chatroom is not found', 'refused'],
    [status.UNKNOWN, 'Error: not logged in\n    at x', 'unavailable'],
    [status.UNKNOWN, 'Error: operation too frequent', 'busy'],
    [status.UNKNOWN, 'Error: \u64cd\u4f5c\u592a\u9891\u7e41\uff0c\u8bf7\u7a0d\u540e\u518d\u8bd5', 'busy'],
    [status.UNKNOWN, 'Error: Too many requests', 'busy'],
    [status.RESOURCE_EXHAUSTED, 'quota', 'busy'],
    [status.RESOURCE_EXHAUSTED, 'Received message larger than max (4500018 vs 4194304)', 'refused'],
    [status.UNKNOWN, 'Error: something else', 'unknown'],
    [status.INTERNAL, 'Received RST_STREAM with code 2', 'unknown'],
  ])('with %i “%s” is %s', (code, details, kind) => {
    expect(sendErrorOf(failing(code, details), BUSY).kind).toBe(kind);
  });

  it('waits as long as is usual when the service gives no time', () => {
    expect(sendErrorOf(failing(status.RESOURCE_EXHAUSTED, ''), BUSY).retryAfterMs).toBe(BUSY);
    expect(sendErrorOf(failing(status.UNKNOWN, 'what'), BUSY).retryAfterMs).toBeUndefined();
  });

  it('is told in words of our own, with nothing of what the service said', () => {
    const secret = 'Invalid Wechaty TOKEN "insecure_secret" 123@chatroom';
    for (const code of Object.values(status).filter((each) => typeof each === 'number')) {
      expect(sendErrorOf(failing(code, secret), BUSY).message).not.toMatch(/secret|chatroom/);
      expect(causeOf({ code, details: secret }, true)).not.toMatch(/secret|chatroom/);
    }
  });

  it('is of unknown fate when the fault is ours', () => {
    expect(sendErrorOf(new TypeError('x is not a function'), BUSY).kind).toBe('unknown');
  });

  it('looks at the first line only, and no further than needed', () => {
    const stack = `Error: something\n    at roomNotFound (not a member)`;
    expect(sendErrorOf(failing(status.UNKNOWN, stack), BUSY).kind).toBe('unknown');
    const started = performance.now();
    sendErrorOf(failing(status.UNKNOWN, 'room '.repeat(1_000_000)), BUSY);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
