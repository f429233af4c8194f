/** Reading the files in which offices keep their rosters: CSV in the encodings that occur, and xlsx. */
import { readFile, stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { CsvError, parse } from 'csv-parse/sync';
import iconv from 'iconv-lite';
import type { RosterFileErrorCode } from '../core/roster/plan.ts';
import type { SheetRow } from '../core/roster/table.ts';
import { readWorkbook } from './read-workbook.ts';

/** Largest file that is read, bytes. */
const LARGEST = 20 * 1024 * 1024;
const TEXT_KINDS: ReadonlySet<string> = new Set(['.csv', '.txt', '.tsv', '']);

/** The file as a whole cannot be read; what is wrong inside a readable one is found later. */
export class RosterFileError extends Error {
  override readonly name = 'RosterFileError';
  readonly code: RosterFileErrorCode;
  /** The line that could not be read, from 1, where one is known. */
  readonly line: number | null;
  constructor(code: RosterFileErrorCode, message: string, options: ErrorOptions & { line?: number } = {}) {
    super(message, options);
    this.code = code;
    this.line = options.line ?? null;
  }
}

/**
 * Reads a roster file: CSV (comma, semicolon or tab; UTF-8, UTF-16 with its mark, or GB18030) or the first worksheet
 * of an xlsx that is not empty. What kind a file is its content says, not its name. The rows carry the numbers that a
 * spreadsheet shows beside them; blank ones may be left out.
 * @throws {RosterFileError}
 */
export async function readRosterFile(path: string): Promise<SheetRow[]> {
  const bytes = await readLimited(path);
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) throw new RosterFileError('old-excel', 'a workbook of the old kind');
  const extension = extname(path).toLowerCase();
  if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04])) {
    try {
      return await readWorkbook(bytes);
    } catch (cause) {
      const code = extension === '.xlsx' ? 'corrupt' : 'unknown-kind';
      throw new RosterFileError(code, 'cannot be read as a workbook', { cause });
    }
  }
  if (extension === '.xlsx') throw new RosterFileError('corrupt', 'not a workbook in spite of its name');
  if (!TEXT_KINDS.has(extension)) throw new RosterFileError('unknown-kind', `cannot read files of kind ${extension}`);
  return readCsv(decode(bytes));
}

async function readLimited(path: string): Promise<Buffer> {
  try {
    const { size } = await stat(path);
    if (size > LARGEST) throw new RosterFileError('too-large', `${size} bytes`);
    return await readFile(path);
  } catch (cause) {
    if (cause instanceof RosterFileError) throw cause;
    throw new RosterFileError('missing', 'cannot be opened', { cause });
  }
}

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, at) => bytes[at] === byte);
}

/** UTF-8 if every byte of it makes sense as such, else GB18030 under the same condition; marks say UTF-16. */
function decode(bytes: Buffer): string {
  const marked = startsWith(bytes, [0xff, 0xfe]) ? 'utf-16le' : startsWith(bytes, [0xfe, 0xff]) ? 'utf-16be' : null;
  const text = marked === null ? (decodeUtf8(bytes) ?? iconv.decode(bytes, 'gb18030')) : iconv.decode(bytes, marked);
  if (/[\0\uFFFD]/u.test(text)) throw new RosterFileError('encoding', 'neither UTF-8 nor GB18030');
  return text;
}

function decodeUtf8(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // Not UTF-8; the caller has another encoding to try.
    return null;
  }
}

function readCsv(text: string): SheetRow[] {
  try {
    const records: string[][] = parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      relax_column_count: true,
      skip_empty_lines: false,
    });
    return records.map((cells, at) => ({ row: at + 1, cells }));
  } catch (cause) {
    const line = cause instanceof CsvError && typeof cause.lines === 'number' ? { line: cause.lines } : {};
    throw new RosterFileError('corrupt', 'not well-formed CSV', { cause, ...line });
  }
}

/** The separator that occurs most in the first lines. */
function delimiterOf(text: string): string {
  const start = text.split('\n', 20).join('\n');
  const times = (sign: string): number => start.split(sign).length;
  return [',', '\t', ';'].reduce((most, sign) => (times(sign) > times(most) ? sign : most));
}
