/** The methods by which a bot puts something into a chat. */
import { reach } from './access.ts';
import { settle } from './entities.ts';
import { ApiError, badRequest } from './error.ts';
import { keepUpload, refOf } from './files.ts';
import type { Journal } from './journal.ts';
import { Pace } from './limits.ts';
import type { Memory, StoredFile } from './memory.ts';
import type { Params, Upload } from './request.ts';
import type { Chat, Entity, FileRef, Message, SentMessage, User } from './types.ts';

const TEXT_LIMIT = 4_096;
const CAPTION_LIMIT = 1_024;

type Kind = 'photo' | 'document';

/** What is about to be sent: the fields of the message, and what is noted of it. */
interface Content {
  message: Partial<Message>;
  note: Pick<SentMessage, 'text' | 'entities' | 'photoBytesLength' | 'document'>;
}

export class Sending {
  readonly #memory: Memory;
  readonly #journal: Journal;
  readonly #bot: User;
  readonly #pace = new Pace();
  #albums = 0;

  constructor(memory: Memory, journal: Journal, bot: User) {
    this.#memory = memory;
    this.#journal = journal;
    this.#bot = bot;
  }

  sendMessage(params: Params): Message {
    const content = this.#text(params);
    const chat = this.#writable(params);
    const answered = this.#answered(params, chat);
    this.#count(chat, 1);
    return this.#put(chat, 'sendMessage', content, answered);
  }

  sendFile(kind: Kind, params: Params): Message {
    const caption = this.#caption(params.text('caption'), entitiesOf(params.json('caption_entities')), params);
    const chat = this.#writable(params);
    const answered = this.#answered(params, chat);
    const file = this.#file(params, params.text(kind), kind);
    this.#count(chat, 1);
    const content = this.#withFile(kind, this.#refOf(kind, file), caption);
    return this.#put(chat, kind === 'photo' ? 'sendPhoto' : 'sendDocument', content, answered);
  }

  sendMediaGroup(params: Params): Message[] {
    const items = albumOf(params.json('media')).map(({ type, media, caption = '', caption_entities }) => ({
      kind: type,
      caption: this.#caption(caption, entitiesOf(caption_entities), params),
      file: this.#file(params, media),
    }));
    const chat = this.#writable(params);
    const answered = this.#answered(params, chat);
    this.#count(chat, items.length);
    this.#albums += 1;
    const album = { media_group_id: `${Date.now()}${this.#albums}` };
    return items.map(({ kind, caption, file }) => {
      const content = this.#withFile(kind, this.#refOf(kind, file), caption);
      return this.#put(chat, 'sendMediaGroup', content, { ...answered, ...album });
    });
  }

  editMessageText(params: Params): Message {
    const { message: content, note } = this.#text(params);
    const chat = this.#writable(params);
    const old = this.#memory.message(chat.id, params.integer('message_id'));
    if (!old) throw badRequest('message to edit not found');
    if (old.from.id !== this.#bot.id) throw badRequest("message can't be edited");
    if (old.text === undefined) throw badRequest('there is no text in the message to edit');
    if (old.text === content.text && JSON.stringify(old.entities ?? []) === JSON.stringify(content.entities ?? []))
      throw badRequest(
        'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
      );
    this.#count(chat, 1);
    const { entities: _, ...kept } = old;
    const message = { ...kept, ...content, edit_date: Math.floor(Date.now() / 1000) };
    return this.#keep('editMessageText', message, note);
  }

  deleteMessage(params: Params): true {
    const chat = this.#writable(params);
    const old = this.#memory.message(chat.id, params.integer('message_id'));
    if (!old) throw badRequest('message to delete not found');
    const isAdmin = this.#memory.groups.get(chat.id)?.bot === 'administrator';
    if (old.from.id !== this.#bot.id && !isAdmin && chat.type !== 'private')
      throw badRequest("message can't be deleted");
    this.#memory.record({ k: 'deleted', chat: chat.id, message: old.message_id });
    return true;
  }

  #text(params: Params): Content {
    refuseParseMode(params);
    const { text, entities } = this.#settle(params.text('text'), entitiesOf(params.json('entities')));
    if (text === '') throw badRequest('message text is empty');
    if (text.length > TEXT_LIMIT) throw badRequest('message is too long');
    return { message: { text, ...(entities.length > 0 ? { entities } : {}) }, note: { text, entities } };
  }

  #caption(given: string, givenEntities: readonly Entity[], params: Params): Content {
    refuseParseMode(params);
    const { text, entities } = this.#settle(given, givenEntities);
    if (text.length > CAPTION_LIMIT) throw badRequest('message caption is too long');
    const note = { text, entities };
    if (text === '') return { message: {}, note };
    return { message: { caption: text, ...(entities.length > 0 ? { caption_entities: entities } : {}) }, note };
  }

  #settle(text: string, entities: readonly Entity[]): { text: string; entities: Entity[] } {
    return settle(text, entities, (id) => this.#memory.users.get(id));
  }

  /**
   * What a parameter names: an upload of this call, or a file that is here already.
   * @throws {ApiError}
   */
  #file(params: Params, given: string, field?: Kind): Upload | StoredFile {
    const name = given.startsWith('attach://') ? given.slice('attach://'.length) : field;
    const upload = name === undefined ? undefined : params.upload(name);
    if (upload?.bytes.length === 0) throw badRequest('file must be non-empty');
    const file = upload ?? this.#memory.files.get(given);
    if (file) return file;
    throw badRequest(given === '' ? `there is no ${field} in the request` : 'wrong remote file identifier specified');
  }

  #refOf(kind: Kind, file: Upload | StoredFile): FileRef {
    if ('bytes' in file) return keepUpload(this.#memory, this.#journal, `${kind}s`, file);
    return kind === 'photo' ? refOf(file) : { ...refOf(file), file_name: file.name };
  }

  #withFile(kind: Kind, ref: FileRef, { message, note }: Content): Content {
    const { file_size: bytesLength, file_name: name = '' } = ref;
    if (kind === 'photo')
      return { message: { ...message, photo: [ref] }, note: { ...note, photoBytesLength: bytesLength } };
    return { message: { ...message, document: ref }, note: { ...note, document: { name, bytesLength } } };
  }

  #writable(params: Params): Chat {
    return reach(this.#memory, params, 'write');
  }

  #answered(params: Params, chat: Chat): Partial<Message> {
    const reply = params.json('reply_parameters') as
      | { message_id?: number; allow_sending_without_reply?: boolean }
      | undefined;
    const id = reply?.message_id ?? params.integer('reply_to_message_id');
    if (id === 0) return {};
    const message = this.#memory.message(chat.id, id);
    if (message) {
      const { reply_to_message: _, ...answered } = message;
      return { reply_to_message: answered };
    }
    if (reply?.allow_sending_without_reply || params.flag('allow_sending_without_reply')) return {};
    throw badRequest('message to be replied not found');
  }

  #count(chat: Chat, messages: number): void {
    this.#pace.count(chat.id, messages, this.#memory.limits, Date.now());
  }

  #put(chat: Chat, method: SentMessage['method'], { message, note }: Content, further: Partial<Message>): Message {
    const put: Message = {
      message_id: this.#memory.nextMessage(chat),
      from: this.#bot,
      chat,
      date: Math.floor(Date.now() / 1000),
      ...further,
      ...message,
    };
    return this.#keep(method, put, note);
  }

  #keep(method: SentMessage['method'], message: Message, note: Content['note']): Message {
    const { reply_to_message: answered, media_group_id: mediaGroupId } = message;
    const sent: SentMessage = {
      chatId: message.chat.id,
      messageId: message.message_id,
      method,
      ...note,
      ...(answered ? { replyTo: answered.message_id } : {}),
      ...(mediaGroupId === undefined ? {} : { mediaGroupId }),
      at: Date.now(),
    };
    this.#memory.record({ k: 'sent', sent, message });
    return message;
  }
}

function entitiesOf(given: unknown): Entity[] {
  if (given === undefined) return [];
  if (!Array.isArray(given)) throw badRequest("can't parse entities: expected an array");
  return given as Entity[];
}

/** Marks in the text are not read here; whoever sends them is told rather than shown a text with marks in it. */
function refuseParseMode(params: Params): void {
  if (params.text('parse_mode') !== '') throw new ApiError(400, 'Bad Request: unsupported parse_mode');
}

interface AlbumItem {
  type: Kind;
  media: string;
  caption?: string;
  caption_entities?: Entity[];
}

function albumOf(given: unknown): AlbumItem[] {
  if (!Array.isArray(given)) throw badRequest("can't parse media: expected an array");
  const items = given as AlbumItem[];
  if (items.length === 0) throw badRequest('there are no messages to send');
  if (items.length > 10) throw badRequest('too many messages to send as an album');
  const kinds = new Set(items.map(({ type }) => type));
  if (![...kinds].every((kind) => kind === 'photo' || kind === 'document'))
    throw badRequest('type must be one of the media types of this counterpart: photo, document');
  if (kinds.size > 1) throw badRequest("document can't be mixed with other media types");
  return items;
}
