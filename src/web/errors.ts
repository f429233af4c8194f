/** Refusals as the page gets them: a status, a stable code, and a sentence to show. */
import { HTTPException } from 'hono/http-exception';
import { type WebErrorCode, webWords } from '../locales/web.ts';

type Status = 400 | 403 | 404 | 409 | 413 | 415 | 500 | 503;

/** An error to throw from a route; it becomes `{ code, message }`. */
export function webError(status: Status, code: WebErrorCode): HTTPException {
  return new HTTPException(status, { res: errorResponse(status, code) });
}

/** A refusal as a finished response, its sentence in Chinese. */
export function errorResponse(status: Status, code: WebErrorCode): Response {
  return Response.json({ code, message: webWords.errors[code] }, { status });
}
