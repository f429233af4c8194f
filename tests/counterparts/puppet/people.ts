/** The people of WeChat: they talk, invite, rename and leave, and the puppet tells its clients of it. */
import { types } from 'wechaty-puppet';
import type * as orders from './orders.ts';
import type { RecordingPuppet } from './recording-puppet.ts';
import type { WatchedServer } from './watched-server.ts';
import type { Message, World } from './world.ts';

/** How long a logout waits for the client's answer to it, ms. */
const ECHO_PATIENCE = 2_000;

const FILE_TYPES = { image: types.Message.Image, file: types.Message.Attachment, audio: types.Message.Audio } as const;

export class People {
  readonly #world: World;
  readonly #puppet: RecordingPuppet;
  readonly #server: WatchedServer;
  /** Told only when as many are together as `#batch` says. */
  readonly #held: string[] = [];
  #batch = 0;

  constructor(world: World, puppet: RecordingPuppet, server: WatchedServer) {
    this.#world = world;
    this.#puppet = puppet;
    this.#server = server;
  }

  addContact({ id, name, alias = '', friend = true }: orders.NewContact): void {
    this.#world.record({ fact: 'contact', id, name, alias, friend });
  }

  addRoom({ id, topic, members }: orders.NewRoom): void {
    const named = members.map((member) => (typeof member === 'string' ? { id: member, alias: '' } : member));
    for (const { id: contact } of named) this.#meet(contact);
    const others = named.map(({ id, alias }): [string, string] => [id, alias]);
    this.#world.record({ fact: 'room', id, topic, members: [[this.#world.self, ''], ...others] });
  }

  says({ room, from, text, mentions = [], at, id }: orders.Saying): string {
    return this.#say(room, from, { type: types.Message.Text, text, mentionIds: [...mentions], file: null }, id, at);
  }

  saysFile({ room, from, kind, name, bytes }: orders.FileSaying): string {
    return this.#say(room, from, { type: FILE_TYPES[kind], text: '', mentionIds: [], file: { name, bytes } });
  }

  /** A recall is a message of its own, with the id of the one that is gone as its text. */
  recalls(messageId: string): string {
    const { talkerId, roomId } = this.#world.message(messageId);
    const content = { type: types.Message.Recalled, text: messageId, mentionIds: [], file: null };
    return this.#say(roomId || null, talkerId, content);
  }

  repeat(messageId: string): void {
    this.#tell(this.#world.message(messageId).id);
  }

  /** Tells the last messages once more, as services do after a login. */
  replay(count: number): string[] {
    const ids = this.#world.said.slice(-count).map(({ id }) => id);
    for (const id of ids) this.#tell(id);
    return ids;
  }

  /** From now on messages are told in batches, the last one first; 0: each at once, beginning with what is held. */
  shuffle(batch: number): void {
    this.#batch = batch;
    if (batch === 0) this.#release();
  }

  renamesRoom({ roomId, topic, by }: orders.Renaming): void {
    const oldTopic = this.#world.room(roomId).topic;
    this.#world.record({ fact: 'topic', roomId, topic });
    this.#puppet.emit('room-topic', { roomId, oldTopic, newTopic: topic, changerId: by, timestamp: Date.now() });
  }

  invitesToRoom({ roomId, topic, by }: orders.RoomInvitation): string {
    const id = this.#world.nextId('invitation');
    this.#world.record({ fact: 'invitation', id, roomId, topic, inviterId: by, timestamp: Date.now() });
    this.#puppet.emit('room-invite', { roomInvitationId: id });
    return id;
  }

  asksFriendship({ contactId, hello }: orders.FriendshipRequest): string {
    const id = this.#world.nextId('friendship');
    this.#world.contact(contactId);
    const type = types.Friendship.Receive;
    this.#world.record({ fact: 'friendship', id, contactId, hello, type, timestamp: Date.now() });
    this.#puppet.emit('friendship', { friendshipId: id });
    return id;
  }

  joins({ roomId, contactId, by }: orders.Move): void {
    this.#meet(contactId);
    this.#world.record({ fact: 'joined', roomId, contactId });
    const timestamp = Date.now();
    this.#puppet.emit('room-join', { roomId, inviteeIdList: [contactId], inviterId: by, timestamp });
  }

  leaves({ roomId, contactId, by }: orders.Move): void {
    this.#world.record({ fact: 'left', roomId, contactId });
    const timestamp = Date.now();
    this.#puppet.emit('room-leave', { roomId, removeeIdList: [contactId], removerId: by, timestamp });
  }

  /**
   * A client that hears of a logout asks the service to log out, too. Where the account is back before that call
   * comes, it would be logged out again; nobody scans a QR code that fast, so the call is waited for.
   */
  async logout(): Promise<void> {
    const asked = (): number => this.#server.calls.get('logout') ?? 0;
    const before = asked();
    const waits = this.#server.hears && this.#puppet.isLoggedIn;
    await this.#puppet.logout('logged out on the phone');
    const deadline = Date.now() + ECHO_PATIENCE;
    while (waits && asked() === before && Date.now() < deadline) await new Promise((pass) => setTimeout(pass, 5));
  }

  async relogin({ newRoomIds = false, newContactIds = false }: orders.NewIds): Promise<orders.IdChanges> {
    const world = this.#world;
    await this.logout();
    const next = (ids: Iterable<string>, prefix: string): Record<string, string> =>
      Object.fromEntries([...ids].map((id) => [id, `${prefix}${world.logins + 1}-${id.replaceAll('@', '')}`]));
    // Ids of the web protocol: @@ for a room, @ for a contact.
    const rooms = newRoomIds ? next(world.rooms.keys(), '@@') : {};
    const contacts = newContactIds ? next(world.contacts.keys(), '@') : {};
    world.record({ fact: 'ids', rooms, contacts });
    this.#puppet.logIn();
    return { rooms, contacts };
  }

  #meet(id: string): void {
    if (!this.#world.contacts.has(id)) this.addContact({ id, name: id, friend: false });
  }

  #say(
    room: string | null | undefined,
    from: string,
    content: Pick<Message, 'type' | 'text' | 'mentionIds' | 'file'>,
    id = this.#world.nextId('said'),
    timestamp = Date.now(),
  ): string {
    if (this.#world.messages.has(id)) throw new Error(`${id} has been said`);
    const { id: talkerId } = this.#world.contact(from);
    const to = room
      ? { roomId: this.#world.room(room).id, listenerId: '' }
      : { roomId: '', listenerId: this.#world.self };
    this.#world.record({ fact: 'message', id, by: 'people', talkerId, timestamp, ...to, ...content });
    if (this.#batch === 0) this.#tell(id);
    else if (this.#held.push(id) >= this.#batch) this.#release();
    return id;
  }

  #release(): void {
    for (const id of this.#held.splice(0).reverse()) this.#tell(id);
  }

  #tell(id: string): void {
    this.#world.record({ fact: 'told', id, delivered: this.#server.hears });
    this.#puppet.emit('message', { messageId: id });
  }
}
