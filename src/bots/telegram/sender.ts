/** Puts messages on the wire. */
import { z } from 'zod';
import type { SetTimer } from '../../clock.ts';
import { type ChatRef, type OutboundAttachment, type OutboundMessage, SendError } from '../adapter.ts';
import { within } from '../deadline.ts';
import type { Api } from './api.ts';
import { CallError } from './failure.ts';
import { chatNumber, mentionEntities, uploadName } from './outbound.ts';
import { forbidsFiles, isNoPhoto, sendErrorOf } from './refusals.ts';
import type { TelegramTimes } from './times.ts';

const sentShape = z.object({ message_id: z.int() });
type Sent = z.infer<typeof sentShape>;

interface Upload {
  kind: OutboundAttachment['kind'];
  file: { source: Buffer; filename: string };
}

export interface SenderDeps {
  api: Api;
  times: TelegramTimes;
  setTimer: SetTimer;
  /** Ends sends under way; what became of them is then unknown. */
  until: AbortSignal;
  /** A group has another id now; the send goes on to it. */
  onMoved: (from: ChatRef, to: string) => void;
}

export class Sender {
  readonly #deps: SenderDeps;

  constructor(deps: SenderDeps) {
    this.#deps = deps;
  }

  /** @throws {SendError} */
  async send(to: ChatRef, message: OutboundMessage): Promise<{ messageId: string | null }> {
    const chat = chatNumber(to.id);
    if (chat === null) throw new SendError('refused', 'no such chat');
    const { setTimer, times, until } = this.#deps;
    // Making the files, and second tries, share one time.
    const ending = new AbortController();
    const end = (): void => ending.abort();
    const cancel = setTimer(end, times.send);
    until.addEventListener('abort', end);
    if (until.aborted) end();
    try {
      return await this.#deliver(to, chat, message, ending.signal);
    } catch (error) {
      throw error instanceof CallError ? sendErrorOf(error) : error;
    } finally {
      cancel();
      until.removeEventListener('abort', end);
    }
  }

  async #deliver(to: ChatRef, chat: number, message: OutboundMessage, until: AbortSignal) {
    const [upload, ...more] = await this.#uploads(message, until);
    if (more.length > 0) throw new SendError('refused', 'several files in one message');
    // A file that was given up is not one that cannot be made: then the call below says that nothing was sent.
    if (!upload && message.text === '' && !until.aborted) return { messageId: null };
    const delivery = new Delivery(this.#deps, message, upload, until);
    const { message_id } = await this.#wherever(to, chat, (id) => delivery.to(id));
    return { messageId: String(message_id) };
  }

  /** A group that became a supergroup has a new id; what was for the old one goes there. */
  async #wherever(to: ChatRef, chat: number, deliver: (chat: number) => Promise<Sent>): Promise<Sent> {
    try {
      return await deliver(chat);
    } catch (error) {
      const moved = error instanceof CallError ? error.movedTo : undefined;
      if (moved === undefined) throw error;
      this.#deps.onMoved(to, moved);
      return deliver(Number(moved));
    }
  }

  /** The files that could be made. */
  async #uploads({ attachments }: OutboundMessage, until: AbortSignal): Promise<Upload[]> {
    const { setTimer, times } = this.#deps;
    const made = attachments.map(async ({ name, kind, content }): Promise<Upload[]> => {
      const making = async (): Promise<Uint8Array | null> => content();
      const bytes = await within(times.file, setTimer, making(), until).catch(() => null);
      if (!bytes) return [];
      const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      return [{ kind, file: { source, filename: uploadName(name) } }];
    });
    return (await Promise.all(made)).flat();
  }
}

/** One message on its way, in the first form that Telegram takes. */
class Delivery {
  readonly #deps: SenderDeps;
  readonly #message: OutboundMessage;
  readonly #upload: Upload | undefined;
  readonly #until: AbortSignal;

  constructor(deps: SenderDeps, message: OutboundMessage, upload: Upload | undefined, until: AbortSignal) {
    this.#deps = deps;
    this.#message = message;
    this.#upload = upload;
    this.#until = until;
  }

  /** @throws {CallError} */
  async to(chat: number): Promise<Sent> {
    if (!this.#upload) return this.#words(chat);
    try {
      return await this.#file(chat, this.#upload);
    } catch (error) {
      // The words matter more than the picture of them.
      const canDoWithout = error instanceof CallError && this.#message.text !== '' && forbidsFiles(error);
      if (!canDoWithout) throw error;
      return this.#words(chat);
    }
  }

  #words(chat: number): Promise<Sent> {
    const { text, mentions } = this.#message;
    const payload = {
      chat_id: chat,
      text,
      entities: mentionEntities(text, mentions),
      link_preview_options: { is_disabled: true },
    };
    return this.#deps.api.call('sendMessage', payload, sentShape, { until: this.#until });
  }

  async #file(chat: number, { kind, file }: Upload): Promise<Sent> {
    const { api, times } = this.#deps;
    const { text, mentions } = this.#message;
    const payload = {
      chat_id: chat,
      ...(text === '' ? {} : { caption: text, caption_entities: mentionEntities(text, mentions) }),
    };
    const options = { limit: times.upload, until: this.#until };
    if (kind === 'picture') {
      try {
        return await api.call('sendPhoto', { ...payload, photo: file }, sentShape, options);
      } catch (error) {
        if (!(error instanceof CallError && isNoPhoto(error))) throw error;
      }
    }
    return api.call('sendDocument', { ...payload, document: file }, sentShape, options);
  }
}
