/** How a call is answered, and what a fault makes of the answer. */
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError } from './error.ts';
import { Described } from './methods.ts';
import type { Fault } from './types.ts';

export interface Reply {
  status: number;
  type: string;
  body: Buffer;
  retryAfter?: number;
}

/** Does what was asked and makes a reply of what came of it. */
export async function perform(act: () => unknown): Promise<Reply> {
  try {
    const result = await act();
    if (Buffer.isBuffer(result)) return { status: 200, type: 'application/octet-stream', body: result };
    return json(200, result instanceof Described ? { ok: true, ...result } : { ok: true, result });
  } catch (error) {
    if (error instanceof ApiError) return refusal(error.code, error.code, error.message, error.parameters);
    throw error;
  }
}

/** Answers a call, as the fault it meets will have it. */
export async function answer(response: ServerResponse, fault: Fault | null, act: () => Promise<Reply>): Promise<void> {
  switch (fault?.kind) {
    case undefined:
      return send(response, await act());
    case 'status':
      return send(
        response,
        refusal(
          fault.status,
          fault.errorCode ?? fault.status,
          fault.description ?? DESCRIPTIONS.get(fault.status) ?? 'Error',
          fault.parameters,
        ),
      );
    case 'slow':
      await sleep(fault.ms);
      return send(response, await act());
    case 'hang':
      return;
    case 'drop':
      response.destroy();
      return;
    case 'deliverThenHang':
      await act();
      return;
    case 'deliverThenDrop':
      await act();
      response.destroy();
      return;
    case 'cut':
      return cut(response, await act());
    case 'garbage':
      return send(response, { status: 200, type: 'text/html', body: Buffer.from('<html>Bad gateway</html>') });
  }
}

const DESCRIPTIONS: ReadonlyMap<number, string> = new Map([
  [400, 'Bad Request'],
  [401, 'Unauthorized'],
  [403, 'Forbidden'],
  [404, 'Not Found'],
  [409, 'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running'],
  [429, 'Too Many Requests'],
  [500, 'Internal Server Error'],
  [502, 'Bad Gateway'],
]);

function json(status: number, body: unknown): Reply {
  return { status, type: 'application/json', body: Buffer.from(JSON.stringify(body)) };
}

function refusal(status: number, code: number, description: string, parameters?: { retry_after?: number }): Reply {
  const reply = json(status, {
    ok: false,
    error_code: code,
    description,
    ...(parameters === undefined ? {} : { parameters }),
  });
  return parameters?.retry_after === undefined ? reply : { ...reply, retryAfter: parameters.retry_after };
}

function send(response: ServerResponse, reply: Reply): void {
  response.writeHead(reply.status, headersOf(reply)).end(reply.body);
}

/** Half of the answer, then nothing. */
function cut(response: ServerResponse, reply: Reply): void {
  response.writeHead(reply.status, headersOf(reply));
  response.write(reply.body.subarray(0, Math.ceil(reply.body.length / 2)), () => response.destroy());
}

function headersOf({ type, body, retryAfter }: Reply): Record<string, string | number> {
  return {
    'content-type': type,
    'content-length': body.length,
    ...(retryAfter === undefined ? {} : { 'retry-after': retryAfter }),
  };
}
