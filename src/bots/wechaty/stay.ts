/** What is known during one login of an account, and how it comes to be known: from login to the end of the session. */
import { type payloads, types } from 'wechaty-puppet';
import { Asked, sideBySide } from './gather.ts';
import type { Groups } from './groups.ts';
import { SessionOver } from './reader.ts';
import type { Session } from './session.ts';
import type { Surroundings } from './tuning.ts';

export interface StayDeps extends Pick<Surroundings, 'bounds' | 'log'> {
  /** The account's name among the bot's own. */
  account: string;
  session: Session;
  /** The account's id as a contact; another login may change it. */
  self: string;
  groups: Groups;
}

export interface Contact {
  /** '' when it could not be learnt. */
  name: string;
  type: types.Contact;
}

/** Kinds of what a service declares out of date. */
const { Room, RoomMember, Contact: ContactKind } = types.Dirty;

export class Stay {
  readonly deps: StayDeps;
  /** All people the account has as contacts; null until they are told, and where the service does not tell. */
  contacts: Set<string> | null = null;
  #ownName = '';
  /** What the account is called in a group; '' for its own name. */
  readonly #aliases = new Map<string, string>();
  /** Groups whose title may have changed. */
  readonly #doubtful = new Set<string>();
  readonly #askedContacts = new Asked<payloads.Contact>();
  readonly #askedRooms = new Asked<payloads.Room>();
  readonly #askedAliases = new Asked<string>();

  constructor(deps: StayDeps) {
    this.deps = deps;
  }

  /**
   * Learns the account's name and all its groups with their titles, without which nothing can be handed on.
   * @throws when the service does not tell
   */
  async settleIn(): Promise<ReadonlyMap<string, string>> {
    const { session, self, bounds } = this.deps;
    const [rooms, { name }] = await Promise.all([session.puppet.roomList(), this.contact(self)]);
    this.#ownName = name;
    const title = async (room: string): Promise<[string, string]> => [room, (await this.#room(room))?.topic ?? ''];
    return new Map(await sideBySide([...new Set(rooms)], bounds.sideBySide, title));
  }

  /** Learns whom the account has as contacts. Not told of to anybody who waits: without it people are found otherwise. */
  async learnContacts(): Promise<void> {
    const { session, log, account } = this.deps;
    try {
      this.contacts = new Set(await session.puppet.contactList());
    } catch {
      if (!session.over) log('warn', 'wechat.contacts.unknown', { account });
    }
  }

  /** Never rejects for a contact that the service does not tell about. @throws {SessionOver} */
  async contact(id: string): Promise<Contact> {
    const found = await this.#orNull(this.#askedContacts.get(id, () => this.deps.session.puppet.contactPayload(id)));
    return { name: found?.name ?? '', type: found?.type ?? types.Contact.Unknown };
  }

  /** The group's present title, '' when the service does not tell. The account is taken to be in it. @throws {SessionOver} */
  async title(room: string): Promise<string> {
    const { groups, account } = this.deps;
    const known = groups.titleOf(account, room);
    if (known !== null && !this.#doubtful.has(room)) return known;
    const topic = (await this.#room(room))?.topic ?? null;
    groups.entered(account, room, topic);
    if (topic === null) this.#doubtful.add(room);
    else this.#doubtful.delete(room);
    return topic ?? known ?? '';
  }

  /** A group got another title. */
  renamed(room: string, topic: string): void {
    const { groups, account } = this.deps;
    groups.entered(account, room, topic);
    this.#doubtful.delete(room);
  }

  /** What the account itself is called in a group. @throws {SessionOver} */
  async ownNames(room: string): Promise<string[]> {
    const { puppet } = this.deps.session;
    const ask = async (): Promise<string> => {
      const alias = (await puppet.roomMemberPayload(room, this.deps.self)).roomAlias ?? '';
      this.#aliases.set(room, alias);
      return alias;
    };
    const alias = this.#aliases.get(room) ?? (await this.#orNull(this.#askedAliases.get(room, ask))) ?? '';
    return [alias, this.#ownName].filter((name) => name !== '');
  }

  /**
   * Whether the account is in a group that it was not known to be in: services need not list all.
   * @throws when the service cannot be asked
   */
  async isIn(room: string): Promise<boolean> {
    const { session, self, groups, account } = this.deps;
    const rooms = await session.puppet.roomList();
    const found = await this.#room(room);
    const isIn = rooms.includes(room) || (found?.memberIdList.includes(self) ?? false);
    if (isIn) groups.entered(account, room, found?.topic ?? null);
    return isIn;
  }

  /** The service says that something kept is no longer true. */
  doubt(kind: number, id: string): void {
    if (kind === Room) this.#doubtful.add(id);
    if (kind === RoomMember) this.#aliases.delete(id);
    if (kind === ContactKind && id === this.deps.self) this.#aliases.clear();
  }

  async #room(room: string): Promise<payloads.Room | null> {
    const { puppet } = this.deps.session;
    const ask = (): Promise<payloads.Room> => {
      // Whoever asks wants to know it anew; titles are kept elsewhere.
      puppet.onDirty({ payloadType: Room, payloadId: room });
      return puppet.roomPayload(room);
    };
    return this.#orNull(this.#askedRooms.get(room, ask));
  }

  /** What cannot be learnt is done without, unless it is because the session is over. */
  async #orNull<T>(asked: Promise<T>): Promise<T | null> {
    try {
      return await asked;
    } catch (error) {
      if (this.deps.session.over) throw new SessionOver('the session is over', { cause: error });
      return null;
    }
  }
}
