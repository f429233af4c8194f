/** The files of both sides: kept beside the journal, named by an id, downloaded by a path. */
import { extname } from 'node:path';
import type { Journal } from './journal.ts';
import type { Memory, StoredFile } from './memory.ts';
import type { Upload } from './request.ts';
import type { FileRef } from './types.ts';

/** The folders that the paths of downloads begin with. */
export type Folder = 'photos' | 'documents' | 'voice';

/** Keeps the bytes and tells how messages refer to them. */
export function keepUpload(memory: Memory, journal: Journal, folder: Folder, { name, bytes }: Upload): FileRef {
  const number = memory.files.size + 1;
  const id = `file${number}`;
  journal.keepFile(id, bytes);
  const path = `${folder}/file_${number}${extname(name)}`;
  const file: StoredFile = { id, path, name, size: bytes.length };
  memory.record({ k: 'file', file });
  return folder === 'photos' ? { ...refOf(file), ...pictureSize(bytes) } : { ...refOf(file), file_name: name };
}

export function refOf({ id, size }: StoredFile): FileRef {
  return { file_id: id, file_unique_id: `unique-${id}`, file_size: size };
}

/** The size a PNG says of itself; of other pictures some size. */
function pictureSize(bytes: Buffer): { width: number; height: number } {
  const isPng = bytes.length > 24 && bytes.toString('latin1', 1, 4) === 'PNG';
  return isPng ? { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) } : { width: 800, height: 600 };
}
