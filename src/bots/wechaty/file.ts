/** Files, in both directions. */
import type { FileBoxInterface } from 'file-box';
import { within } from '../deadline.ts';
import type { AccountPuppet } from './puppet.ts';
import type { Surroundings } from './tuning.ts';

type Limits = Pick<Surroundings, 'times' | 'bounds' | 'setTimer'>;

/**
 * The file of a message.
 * @throws {Error} when the service does not tell, it takes too long or it is too large
 */
export function readFile(puppet: AccountPuppet, messageId: string, limits: Limits): Promise<Uint8Array> {
  const over = new AbortController();
  const reading = puppet.messageFile(messageId).then((file) => collect(file, limits.bounds.largestFile, over.signal));
  return within(limits.times.transfer, limits.setTimer, reading).finally(() => over.abort());
}

async function collect(file: FileBoxInterface, most: number, over: AbortSignal): Promise<Uint8Array> {
  const stream = await file.toStream();
  const parts: Buffer[] = [];
  let size = 0;
  over.addEventListener('abort', () => stream.destroy());
  for await (const part of stream) {
    const bytes = Buffer.from(part);
    parts.push(bytes);
    size += bytes.length;
    if (size > most) throw new Error('the file is too large');
  }
  return Buffer.concat(parts);
}
