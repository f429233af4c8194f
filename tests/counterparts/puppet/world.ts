/** What WeChat knows: rooms, contacts, messages, invitations. It is the sum of the facts in its journal. */
import type { types } from 'wechaty-puppet';
import { Journal } from './journal.ts';
import type { Accepted, IdChanges } from './orders.ts';

export interface Contact {
  id: string;
  name: string;
  alias: string;
  friend: boolean;
}

export interface Room {
  id: string;
  topic: string;
  /** From ids to the names borne in this room; '' for none. */
  members: Map<string, string>;
}

export interface Message {
  id: string;
  /** `bot`: taken from the bot. `people`: typed on a phone, which may be the phone of the bot's account. */
  by: 'people' | 'bot';
  talkerId: string;
  /** '' in a direct chat. */
  roomId: string;
  /** '' in a room. */
  listenerId: string;
  type: types.Message;
  text: string;
  mentionIds: string[];
  timestamp: number;
  /** Null when it is no file. Base64. */
  file: { name: string; bytes: string } | null;
}

export interface Invitation {
  id: string;
  roomId: string;
  topic: string;
  inviterId: string;
  timestamp: number;
}

export interface Friendship {
  id: string;
  contactId: string;
  hello: string;
  type: types.Friendship.Receive | types.Friendship.Confirm;
  timestamp: number;
}

type Fact =
  | { fact: 'room'; id: string; topic: string; members: [id: string, alias: string][] }
  | ({ fact: 'contact' } & Contact)
  | ({ fact: 'message' } & Message)
  | { fact: 'told'; id: string; delivered: boolean }
  | { fact: 'topic'; roomId: string; topic: string }
  | { fact: 'joined' | 'left'; roomId: string; contactId: string }
  | ({ fact: 'invitation' } & Invitation)
  | ({ fact: 'friendship' } & Friendship)
  | ({ fact: 'accepted' } & Accepted)
  | ({ fact: 'ids' } & IdChanges);

export class World {
  readonly #journal: Journal<Fact>;
  #self: string;
  #logins = 0;
  readonly rooms = new Map<string, Room>();
  readonly contacts = new Map<string, Contact>();
  readonly messages = new Map<string, Message>();
  /** What was taken from the bot, in order. */
  readonly sent: Message[] = [];
  /** What people have said, in order. */
  readonly said: Message[] = [];
  readonly told = new Map<string, { told: number; delivered: number }>();
  readonly invitations = new Map<string, Invitation>();
  readonly friendships = new Map<string, Friendship>();
  readonly accepted: Accepted[] = [];

  constructor(path: string, self: { id: string; name: string }) {
    this.#journal = new Journal(path);
    this.#self = self.id;
    if (this.#journal.facts.length === 0)
      this.record({ fact: 'contact', id: self.id, name: self.name, alias: '', friend: false });
    for (const fact of this.#journal.facts) this.#apply(fact);
  }

  /** The account of the bot, by its present id. */
  get self(): string {
    return this.#self;
  }

  /** How often ids have changed. */
  get logins(): number {
    return this.#logins;
  }

  /** Makes it true and durable; what cannot be true is not written down either. */
  record(fact: Fact): void {
    this.#apply(fact);
    this.#journal.append(fact);
  }

  /** An id nobody has had before, on this account or on another. */
  nextId(kind: string): string {
    const count = this.messages.size + this.invitations.size + this.friendships.size;
    return `${kind}-${this.#self.replaceAll('@', '')}-${count + 1}`;
  }

  /** @throws {Error} when there is none */
  room(id: string): Room {
    return found(this.rooms, id, 'room');
  }

  /** @throws {Error} when there is none */
  contact(id: string): Contact {
    return found(this.contacts, id, 'contact');
  }

  /** @throws {Error} when there is none */
  message(id: string): Message {
    return found(this.messages, id, 'message');
  }

  /** @throws {Error} when there is none */
  invitation(id: string): Invitation {
    return found(this.invitations, id, 'invitation');
  }

  /** @throws {Error} when there is none */
  friendship(id: string): Friendship {
    return found(this.friendships, id, 'friendship');
  }

  #apply(fact: Fact): void {
    switch (fact.fact) {
      case 'room':
        this.rooms.set(fact.id, { id: fact.id, topic: fact.topic, members: new Map(fact.members) });
        return;
      case 'contact':
        this.contacts.set(fact.id, fact);
        return;
      case 'message':
        this.messages.set(fact.id, fact);
        (fact.by === 'bot' ? this.sent : this.said).push(fact);
        return;
      case 'told': {
        const before = this.told.get(fact.id) ?? { told: 0, delivered: 0 };
        this.told.set(fact.id, { told: before.told + 1, delivered: before.delivered + (fact.delivered ? 1 : 0) });
        return;
      }
      case 'topic':
        this.room(fact.roomId).topic = fact.topic;
        return;
      case 'joined':
        this.room(fact.roomId).members.set(fact.contactId, '');
        return;
      case 'left':
        this.room(fact.roomId).members.delete(fact.contactId);
        return;
      case 'invitation':
        this.invitations.set(fact.id, fact);
        return;
      case 'friendship':
        this.friendships.set(fact.id, fact);
        return;
      case 'accepted':
        this.accepted.push({ kind: fact.kind, id: fact.id });
        return;
      case 'ids':
        this.#logins += 1;
        this.#rename(fact);
    }
  }

  /** What was said before keeps the ids it was said with. */
  #rename({ rooms, contacts }: IdChanges): void {
    const newRoom = new Map(Object.entries(rooms));
    const newContact = new Map(Object.entries(contacts));
    const nowCalled = (id: string): string => newContact.get(id) ?? id;
    const allRooms = [...this.rooms.values()];
    const allContacts = [...this.contacts.values()];
    this.rooms.clear();
    this.contacts.clear();
    for (const { id, topic, members } of allRooms) {
      const renamed = new Map([...members].map(([member, alias]) => [nowCalled(member), alias]));
      const now = newRoom.get(id) ?? id;
      this.rooms.set(now, { id: now, topic, members: renamed });
    }
    for (const contact of allContacts)
      this.contacts.set(nowCalled(contact.id), { ...contact, id: nowCalled(contact.id) });
    this.#self = nowCalled(this.#self);
  }
}

function found<T>(map: ReadonlyMap<string, T>, id: string, what: string): T {
  const one = map.get(id);
  if (!one) throw new Error(`no ${what} ${id}`);
  return one;
}
