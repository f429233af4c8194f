/** Reads `multipart/form-data` as bots upload it. */
import { badRequest } from './error.ts';

export interface Part {
  name: string;
  /** Set when the part is a file. */
  filename: string | null;
  bytes: Buffer;
}

const LINE = Buffer.from('\r\n');
const HEADERS_END = Buffer.from('\r\n\r\n');

/** @throws {ApiError} when the body is not what its content type says */
export function readMultipart(contentType: string, body: Buffer): Part[] {
  const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (boundary === undefined) throw badRequest('boundary of multipart/form-data is missing');
  const mark = Buffer.from(`--${boundary}`);
  const separator = Buffer.concat([LINE, mark]);
  const parts: Part[] = [];
  let at = body.indexOf(mark);
  if (at < 0) throw badRequest('multipart/form-data does not begin');
  at += mark.length;
  while (body.subarray(at, at + 2).toString('latin1') !== '--') {
    const head = body.indexOf(HEADERS_END, at);
    const begin = head + HEADERS_END.length;
    const end = head < 0 ? -1 : body.indexOf(separator, begin);
    if (end < 0) throw badRequest('multipart/form-data does not end');
    parts.push(partOf(body.subarray(at, head).toString('utf8'), body.subarray(begin, end)));
    at = end + separator.length;
  }
  return parts;
}

function partOf(headers: string, bytes: Buffer): Part {
  const disposition = /^content-disposition:(.*)$/im.exec(headers)?.[1] ?? '';
  const name = /\bname="([^"]*)"/i.exec(disposition)?.[1];
  if (name === undefined) throw badRequest('a part of multipart/form-data has no name');
  const filename = /\bfilename="([^"]*)"/i.exec(disposition)?.[1];
  return { name, filename: filename ?? null, bytes };
}
