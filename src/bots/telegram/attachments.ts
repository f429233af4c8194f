/** The files that come with a message. */
import type { InboundAttachment } from '../adapter.ts';
import { OTHER_CONTENT, type TelegramMessage } from './updates.ts';

export type ReadFile = (fileId: string) => Promise<Uint8Array>;

/** What came with a message beside its text; nothing is fetched before it is read. */
export function attachmentsOf(message: TelegramMessage, readFile: ReadFile): InboundAttachment[] {
  const { photo = [], document, voice, audio, video, video_note: round } = message;
  const found: InboundAttachment[] = [];
  const add = (kind: InboundAttachment['kind'], name: string, fileId: string): void => {
    found.push({ kind, name, read: () => readFile(fileId) });
  };
  // One picture in several sizes.
  const [largest] = [...photo].sort((a, b) => b.width * b.height - a.width * a.height);
  if (largest) add('picture', 'photo.jpg', largest.file_id);
  if (document) {
    const kind = document.mime_type?.startsWith('image/') ? 'picture' : 'file';
    add(kind, document.file_name ?? 'document', document.file_id);
  }
  if (voice) add('voice', voice.file_name ?? 'voice.ogg', voice.file_id);
  if (audio) add('voice', audio.file_name ?? 'audio.mp3', audio.file_id);
  const film = video ?? round;
  if (film) add('file', film.file_name ?? 'video.mp4', film.file_id);
  if (found.length > 0) return found;
  const other = OTHER_CONTENT.find((key) => message[key] !== undefined);
  return other ? [{ kind: 'other', name: other }] : [];
}
