/** What of a notice leaves in one message, what follows it: platforms differ in what one message may hold. */
import type { Mention, OutboundMessage, Shape } from '../bots/adapter.ts';
import type { Body } from '../core/notices.ts';
import type { ComposedFile } from '../notices/index.ts';
import { partsOf } from './parts.ts';

export interface Shaped {
  /** What goes on the wire first. */
  part: OutboundMessage;
  /** What follows it at once, where the text is longer than one message may be. */
  rest: OutboundMessage[];
  /** Files that become notices of their own once the text is accepted: others' words go before them. */
  alone: Body[];
}

/** Divides a message as `shape` demands: nothing of it is lost, no part holds more than one message may. */
export function cutToShape(
  text: string,
  mentions: readonly Mention[],
  files: readonly ComposedFile[],
  shape: Shape,
): Shaped {
  const attachments = files.slice(0, ridingFiles(text, files, shape));
  const [part = { text, mentions, attachments }, ...rest] = partsOf({ text, mentions, attachments }, shape.textLimit);
  return { part, rest, alone: files.slice(attachments.length).map((file) => file.alone) };
}

/** How many of the files go with the text itself. */
function ridingFiles(text: string, [first, ...others]: readonly ComposedFile[], shape: Shape): number {
  if (!first) return 0;
  if (shape.filesTogether) return 1 + others.length;
  if (text === '') return 1;
  return first.kind === 'picture' && text.length <= shape.captionLimit ? 1 : 0;
}
