/** The puppet behind the service: answers a bot's calls out of the world, and writes down what the bot does. */
import { FileBox, type FileBoxInterface } from 'file-box';
import { type payloads, types } from 'wechaty-puppet';
import { PuppetMock } from 'wechaty-puppet-mock';
import type { ServerOptions } from './orders.ts';
import type { Message, World } from './world.ts';

/**
 * Where a payload can change it is overridden itself, not what it is made of (`…RawPayload`): the base class keeps what
 * it has once read, and a service that goes stale by itself would be no measure for a client that must not.
 */
export class RecordingPuppet extends PuppetMock {
  readonly #world: World;
  readonly #service: ServerOptions;

  constructor(world: World, service: ServerOptions) {
    super();
    this.#world = world;
    this.#service = service;
    // What goes wrong while no stream is attached has nobody to hear it, and would end the process.
    this.on('error', () => undefined);
    // The mock has none, and clients take silence for death.
    setInterval(() => this.emit('heartbeat', { data: 'alive' }), service.heartbeatMs);
  }

  /**
   * A client that connects asks the service to start, one that goes asks it to stop; the account stays logged in and
   * people go on talking. The base class would add listeners at each start and keep them.
   */
  override start = async (): Promise<void> => {
    if (this.isLoggedIn) return;
    if (this.#service.loginAtStart) this.logIn();
    else this.emit('scan', { qrcode: 'https://login.invalid/qr', status: types.ScanStatus.Waiting });
  };

  override stop = async (): Promise<void> => undefined;

  logIn(): void {
    this.login(this.#world.self);
    this.readyIndicator.value(true);
    this.emit('ready', { data: 'ready' });
  }

  override async logout(reason?: string): Promise<void> {
    this.readyIndicator.value(false);
    await super.logout(reason);
  }

  override ding(data = ''): void {
    this.emit('dong', { data });
  }

  // Contacts and rooms

  override async contactList(): Promise<string[]> {
    return [...this.#world.contacts.values()].filter(({ friend }) => friend).map(({ id }) => id);
  }

  override async contactPayload(id: string): Promise<payloads.Contact> {
    const { name, alias, friend } = this.#world.contact(id);
    const type = types.Contact.Individual;
    return { id, name, alias, friend, type, avatar: '', gender: types.ContactGender.Unknown, phone: [] };
  }

  override async roomList(): Promise<string[]> {
    const { rooms, self } = this.#world;
    return [...rooms.values()].filter(({ members }) => members.has(self)).map(({ id }) => id);
  }

  override async roomPayload(id: string): Promise<payloads.Room> {
    const { topic, members } = this.#world.room(id);
    return { id, topic, memberIdList: [...members.keys()], adminIdList: [] };
  }

  override async roomMemberList(id: string): Promise<string[]> {
    return [...this.#world.room(id).members.keys()];
  }

  override async roomMemberPayload(roomId: string, id: string): Promise<payloads.RoomMember> {
    const roomAlias = this.#world.room(roomId).members.get(id);
    if (roomAlias === undefined) throw new Error(`no member ${id} of ${roomId}`);
    return { id, roomAlias, name: this.#world.contact(id).name, avatar: '' };
  }

  // Messages, said by people or sent by the bot

  override async messagePayload(id: string): Promise<payloads.Message> {
    const { talkerId, roomId, listenerId, type, text, mentionIds, timestamp, file } = this.#world.message(id);
    const filename = file?.name ?? '';
    return { id, talkerId, roomId, listenerId, type, text, timestamp, filename, mentionIdList: mentionIds };
  }

  override async messageFile(id: string): Promise<FileBox> {
    const { file } = this.#world.message(id);
    if (!file) throw new Error(`no file in message ${id}`);
    return FileBox.fromBase64(file.bytes, file.name) as FileBox;
  }

  override messageImage(id: string): Promise<FileBox> {
    return this.messageFile(id);
  }

  // Messages from the bot

  override messageSendText(conversationId: string, text: string, mentionIds: string[] = []): Promise<void> {
    return this.#take(conversationId, async () => ({ type: types.Message.Text, text, mentionIds, file: null }));
  }

  override messageSendFile(conversationId: string, box: FileBoxInterface): Promise<void> {
    const type = box.mediaType.startsWith('image/') ? types.Message.Image : types.Message.Attachment;
    return this.#take(conversationId, async () => {
      const file = { name: box.name, bytes: await box.toBase64() };
      return { type, text: '', mentionIds: [], file };
    });
  }

  /** Resolves with the message's id: the mock's type denies it, the service hands it on. */
  async #take(to: string, read: () => Promise<Pick<Message, 'type' | 'text' | 'mentionIds' | 'file'>>): Promise<never> {
    const world = this.#world;
    const content = await read();
    if (!this.isLoggedIn) throw new Error('not logged in');
    const room = world.rooms.get(to);
    if (room && !room.members.has(world.self)) throw new Error(`not a member of ${to}`);
    // Not every id with an `@` is a room's, nor is every room's id what it was: only the list of rooms knows.
    if (!room) world.contact(to);
    const id = world.nextId('sent');
    const place = room ? { roomId: to, listenerId: '' } : { roomId: '', listenerId: to };
    world.record({ fact: 'message', id, by: 'bot', talkerId: world.self, timestamp: Date.now(), ...place, ...content });
    if (this.#service.echo) setImmediate(() => this.emit('message', { messageId: id }));
    return id as never;
  }

  // Invitations and friendships

  override async roomInvitationRawPayload(id: string): Promise<payloads.RoomInvitation> {
    const { roomId, topic, inviterId, timestamp } = this.#world.invitation(id);
    const memberIdList = [...(this.#world.rooms.get(roomId)?.members.keys() ?? [])];
    const about = { id, inviterId, topic, timestamp, memberIdList, memberCount: memberIdList.length };
    return { ...about, receiverId: this.#world.self, avatar: '', invitation: `https://invitation.invalid/${id}` };
  }

  override async roomInvitationAccept(id: string): Promise<void> {
    const world = this.#world;
    const { roomId, topic, inviterId } = world.invitation(id);
    world.record({ fact: 'accepted', kind: 'room', id });
    if (!world.rooms.has(roomId)) world.record({ fact: 'room', id: roomId, topic, members: [[inviterId, '']] });
    if (world.room(roomId).members.has(world.self)) return;
    world.record({ fact: 'joined', roomId, contactId: world.self });
    this.emit('room-join', { roomId, inviteeIdList: [world.self], inviterId, timestamp: Date.now() });
  }

  override async friendshipRawPayload(id: string): Promise<payloads.Friendship> {
    const { contactId, hello, type, timestamp } = this.#world.friendship(id);
    const about = { id, contactId, hello, timestamp };
    return type === types.Friendship.Receive ? { ...about, type, ticket: id } : { ...about, type };
  }

  override async friendshipAccept(id: string): Promise<void> {
    const world = this.#world;
    const { contactId, hello } = world.friendship(id);
    world.record({ fact: 'accepted', kind: 'friendship', id });
    const contact = world.contact(contactId);
    if (contact.friend) return;
    const confirm = {
      id: `${id}-confirm`,
      contactId,
      hello,
      type: types.Friendship.Confirm as const,
      timestamp: Date.now(),
    };
    world.record({ ...contact, fact: 'contact', friend: true });
    world.record({ ...confirm, fact: 'friendship' });
    this.emit('friendship', { friendshipId: confirm.id });
  }
}
