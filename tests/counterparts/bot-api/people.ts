/** The people's side: what they say and do in chats, and what of it becomes an update for the bot. */
import { findEntities, spanOf } from './entities.ts';
import { type Folder, keepUpload } from './files.ts';
import type { Journal } from './journal.ts';
import type { Group, Memory } from './memory.ts';
import type {
  BotOptions,
  Chat,
  Entity,
  Message,
  NewGroup,
  NewUser,
  Place,
  Said,
  Saying,
  Seconds,
  Standing,
  User,
} from './types.ts';
import type { Updates } from './updates.ts';

/** Telegram's stand-in for an administrator who stays anonymous. */
const ANONYMOUS: User = { id: 1_087_968_824, is_bot: true, first_name: 'Group', username: 'GroupAnonymousBot' };

export class People {
  readonly #memory: Memory;
  readonly #journal: Journal;
  readonly #updates: Updates;
  readonly #bot: User;
  readonly #privacy: boolean;

  constructor(memory: Memory, journal: Journal, updates: Updates, bot: User, options: BotOptions) {
    this.#memory = memory;
    this.#journal = journal;
    this.#updates = updates;
    this.#bot = bot;
    this.#privacy = options.privacy;
  }

  addUser({ id, first_name, username }: NewUser): void {
    const user = { id, is_bot: false, first_name, ...(username === undefined ? {} : { username }) };
    this.#memory.record({ k: 'user', user });
  }

  addGroup({ id, title, supergroup, admin, absent, owner }: NewGroup): void {
    const chat: Chat = { id, type: supergroup ? 'supergroup' : 'group', title };
    const bot = absent ? 'stranger' : admin ? 'administrator' : 'member';
    this.#memory.record({ k: 'group', group: { chat, bot, owner: owner ?? null, movedTo: null } });
    if (owner !== undefined) this.#memory.record({ k: 'joins', group: id, user: owner });
  }

  says(saying: Saying<string>): Said {
    const chat = this.#chat(saying.chat);
    const from = this.#user(saying.from ?? saying.chat);
    if (chat.type === 'private') this.#reaches(from, chat);
    else if (!this.#memory.members.get(chat.id)?.has(from.id))
      this.#memory.record({ k: 'joins', group: chat.id, user: from.id });
    const message: Message = {
      message_id: this.#memory.nextMessage(chat),
      from,
      chat,
      date: saying.date ?? seconds(),
      ...this.#answered(saying),
      ...this.#content(saying),
      ...saying.extra,
    };
    return this.#show(message, 'message');
  }

  edits(place: Place, text: string, date?: Seconds): Said {
    const { text: said, entities: _, caption_entities: __, ...kept } = this.find(place);
    const kind = said === undefined ? 'caption' : 'text';
    const edited: Message = { ...kept, edit_date: date ?? seconds(), ...texts(kind, text) };
    return this.#show(edited, 'edited_message');
  }

  /** The group becomes a supergroup under another id. */
  migrates(groupId: number, newId: number): void {
    const old = this.#group(groupId);
    const chat: Chat = { ...old.chat, id: newId, type: 'supergroup' };
    this.#service(old, this.#owner(old), { migrate_to_chat_id: newId });
    const moved: Group = { ...old, chat };
    this.#memory.record({ k: 'group', group: { ...old, movedTo: newId } });
    this.#memory.record({ k: 'group', group: moved });
    for (const user of this.#memory.members.get(groupId) ?? []) this.#memory.record({ k: 'joins', group: newId, user });
    this.#service(moved, ANONYMOUS, { sender_chat: chat, migrate_from_chat_id: groupId });
  }

  renames(groupId: number, title: string): void {
    const group = this.#group(groupId);
    const renamed: Group = { ...group, chat: { ...group.chat, title } };
    this.#memory.record({ k: 'group', group: renamed });
    this.#service(renamed, this.#owner(renamed), { new_chat_title: title });
  }

  addsBot(groupId: number, by: number, admin: boolean): void {
    const group = this.#stands(groupId, this.#user(by), admin ? 'administrator' : 'member');
    this.#service(group, this.#user(by), { new_chat_members: [this.#bot] });
  }

  removesBot(groupId: number, by: number): void {
    const group = this.#stands(groupId, this.#user(by), 'kicked');
    this.#service(group, this.#user(by), { left_chat_member: this.#bot });
  }

  /** The bot goes by itself. */
  botLeaves(groupId: number): void {
    const group = this.#stands(groupId, this.#bot, 'left');
    this.#service(group, this.#bot, { left_chat_member: this.#bot });
  }

  /** The person blocks the bot; writing to it again ends that. */
  blocks(userId: number): void {
    const wrote = this.#memory.contacts.get(userId)?.wrote ?? false;
    this.#memory.record({ k: 'contact', user: userId, wrote, blocked: true });
    this.#changed(this.#chat(userId), this.#user(userId), 'member', 'kicked');
  }

  /** @throws {Error} when there is none, or several chats have one of this id */
  find(place: Place): Message {
    const { messages } = this.#memory;
    const found =
      typeof place === 'number'
        ? [...messages.values()].flatMap((inChat) => inChat.get(place) ?? [])
        : [this.#memory.message(place.chat, place.messageId)];
    const [message, another] = found;
    if (!message) throw new Error(`no message ${JSON.stringify(place)}`);
    if (another) throw new Error(`message ${JSON.stringify(place)} stands in several chats: name the chat`);
    return message;
  }

  #content({ text, caption, photo, document, voice, entities }: Saying<string>): Partial<Message> {
    const keep = (folder: Folder, name: string, bytes: string) =>
      keepUpload(this.#memory, this.#journal, folder, { name, bytes: Buffer.from(bytes, 'base64') });
    return {
      ...(text === undefined ? {} : texts('text', text, entities)),
      ...(caption === undefined ? {} : texts('caption', caption, entities)),
      ...(photo === undefined ? {} : { photo: [keep('photos', 'photo.jpg', photo)] }),
      ...(document === undefined ? {} : { document: keep('documents', document.name, document.bytes) }),
      ...(voice === undefined ? {} : { voice: { ...keep('voice', 'voice.oga', voice), duration: 1 } }),
    };
  }

  #answered({ chat, replyTo }: Saying<string>): Partial<Message> {
    if (replyTo === undefined) return {};
    // What is answered comes along without what it answered itself.
    const { reply_to_message: _, ...answered } = this.find({ chat, messageId: replyTo });
    return { reply_to_message: answered };
  }

  /** Writing to the bot begins the conversation, and ends a block. */
  #reaches(user: User, chat: Chat): void {
    const contact = this.#memory.contacts.get(user.id);
    if (contact?.wrote && !contact.blocked) return;
    this.#memory.record({ k: 'contact', user: user.id, wrote: true, blocked: false });
    if (contact?.blocked) this.#changed(chat, user, 'kicked', 'member');
  }

  #stands(groupId: number, by: User, standing: Standing): Group {
    const group = this.#group(groupId);
    const changed: Group = { ...group, bot: standing };
    this.#memory.record({ k: 'group', group: changed });
    this.#changed(group.chat, by, group.bot === 'stranger' ? 'left' : group.bot, standing);
    return changed;
  }

  #changed(chat: Chat, from: User, before: Standing, after: Standing): void {
    const state = (status: Standing) => ({ user: this.#bot, status });
    const change = { chat, from, date: seconds(), old_chat_member: state(before), new_chat_member: state(after) };
    this.#updates.add({ my_chat_member: change });
  }

  #service({ chat }: Group, from: User, content: Partial<Message>): void {
    const message: Message = {
      message_id: this.#memory.nextMessage(chat),
      from,
      chat,
      date: seconds(),
      ...content,
    };
    // The bot is told what happens to the group, and to itself even when it is out by then.
    if (this.#updates.add({ message }) === null) this.#memory.record({ k: 'message', message });
  }

  #show(message: Message, kind: 'message' | 'edited_message'): Said {
    const updateId = this.#botSees(message) ? this.#updates.add({ [kind]: message }) : null;
    if (updateId === null) this.#memory.record({ k: 'message', message });
    return { updateId, messageId: message.message_id };
  }

  #botSees(message: Message): boolean {
    const group = this.#memory.groups.get(message.chat.id);
    if (!group) return true;
    if (group.bot === 'administrator') return true;
    if (group.bot !== 'member') return false;
    return !this.#privacy || this.#isForBot(message);
  }

  #isForBot({ text, caption, entities, caption_entities, reply_to_message: answered }: Message): boolean {
    if (answered?.from.id === this.#bot.id) return true;
    const said = text ?? caption ?? '';
    return (entities ?? caption_entities ?? []).some((entity) => {
      const span = spanOf(said, entity).toLowerCase();
      const [, addressee] = span.split('@');
      if (entity.type === 'mention') return addressee === this.#bot.username?.toLowerCase();
      if (entity.type === 'text_mention') return entity.user?.id === this.#bot.id;
      if (entity.type !== 'bot_command' || entity.offset !== 0) return false;
      return addressee === undefined || addressee === this.#bot.username?.toLowerCase();
    });
  }

  #owner({ owner }: Group): User {
    return (owner === null ? undefined : this.#memory.users.get(owner)) ?? ANONYMOUS;
  }

  #chat(id: number): Chat {
    const chat = this.#memory.chat(id);
    if (!chat) throw new Error(`no chat ${id}`);
    if (this.#memory.groups.get(id)?.movedTo) throw new Error(`group ${id} has become a supergroup`);
    return chat;
  }

  #group(id: number): Group {
    const group = this.#memory.groups.get(id);
    if (!group) throw new Error(`no group ${id}`);
    return group;
  }

  #user(id: number): User {
    const user = this.#memory.users.get(id);
    if (!user) throw new Error(`no user ${id}`);
    return user;
  }
}

function texts(kind: 'text' | 'caption', text: string, given?: Entity[]): Partial<Message> {
  const entities = given ?? findEntities(text);
  const fields: Partial<Message> = kind === 'text' ? { text } : { caption: text };
  if (entities.length === 0) return fields;
  return { ...fields, ...(kind === 'text' ? { entities } : { caption_entities: entities }) };
}

function seconds(): Seconds {
  return Math.floor(Date.now() / 1000);
}
