/** A call as it comes over HTTP: GET or POST, with a query, JSON, urlencoded or multipart. */
import type { IncomingMessage } from 'node:http';
import { badRequest } from './error.ts';
import { readMultipart } from './multipart.ts';

export interface Upload {
  name: string;
  bytes: Buffer;
}

/** The parameters of a call. Whatever came as text is read as the kind of value that is asked for. */
export class Params {
  readonly #values: ReadonlyMap<string, unknown>;
  readonly #uploads: ReadonlyMap<string, Upload>;

  constructor(values: ReadonlyMap<string, unknown>, uploads: ReadonlyMap<string, Upload> = new Map()) {
    this.#values = values;
    this.#uploads = uploads;
  }

  text(name: string): string {
    const value = this.#values.get(name);
    return typeof value === 'string' ? value : value === undefined || value === null ? '' : String(value);
  }

  /** The whole number, or `otherwise` when there is none. */
  integer(name: string, otherwise = 0): number {
    const value = Number.parseInt(this.text(name), 10);
    return Number.isSafeInteger(value) ? value : otherwise;
  }

  flag(name: string): boolean {
    return ['true', 'yes', '1'].includes(this.text(name).trim().toLowerCase());
  }

  /** @throws {ApiError} when it is not JSON */
  json(name: string): unknown {
    const value = this.#values.get(name);
    if (typeof value !== 'string') return value ?? undefined;
    if (value === '') return undefined;
    try {
      return JSON.parse(value);
    } catch {
      throw badRequest(`can't parse ${name} JSON object`);
    }
  }

  upload(name: string): Upload | undefined {
    return this.#uploads.get(name);
  }
}

export async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** @throws {ApiError} when the body is not what its content type says */
export function readParams(query: URLSearchParams, contentType: string, body: Buffer): Params {
  const values = new Map<string, unknown>(query);
  if (body.length === 0) return new Params(values);
  if (contentType.startsWith('application/json')) {
    for (const [name, value] of Object.entries(parseObject(body))) values.set(name, value);
    return new Params(values);
  }
  if (contentType.startsWith('multipart/form-data')) {
    const uploads = new Map<string, Upload>();
    for (const { name, filename, bytes } of readMultipart(contentType, body)) {
      if (filename === null) values.set(name, bytes.toString('utf8'));
      else uploads.set(name, { name: filename, bytes });
    }
    return new Params(values, uploads);
  }
  for (const [name, value] of new URLSearchParams(body.toString('utf8'))) values.set(name, value);
  return new Params(values);
}

function parseObject(body: Buffer): object {
  try {
    const parsed: unknown = JSON.parse(body.toString('utf8'));
    if (typeof parsed === 'object' && parsed !== null) return parsed;
  } catch {
    // said below
  }
  throw badRequest("can't parse JSON object");
}
