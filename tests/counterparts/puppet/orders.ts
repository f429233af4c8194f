/** What the test and the counterpart of WeChat say to each other: the orders, what they carry and what comes back. */

/** How the counterpart stands for one WeChat account behind a puppet service. */
export interface ServerOptions {
  token: string;
  tls: boolean;
  /** The account that the bot uses. */
  self: { id: string; name: string };
  /** Time between two heartbeats on the event stream, ms. */
  heartbeatMs: number;
  /** The account logs in as soon as a client asks the service to start; otherwise a QR code waits for `login`. */
  loginAtStart: boolean;
  /** The account hears what it sends, as an event of its own. */
  echo: boolean;
}

/** A member of a room; `alias` is the name they bear in this room only. */
export type Member = string | { id: string; alias: string };

export interface NewRoom {
  id: string;
  topic: string;
  /** The bot's account is a member without being named. Contacts nobody has heard of come to be, named as their ids. */
  members: readonly Member[];
}

export interface NewContact {
  id: string;
  name: string;
  /** What the bot's account calls them. */
  alias?: string;
  /** Default true. */
  friend?: boolean;
}

export interface Saying {
  /** Null or left out: said to the bot alone. */
  room?: string | null;
  from: string;
  text: string;
  mentions?: readonly string[];
  /** Handed on as it is: some services give seconds, some milliseconds. Default: now, in milliseconds. */
  at?: number;
  id?: string;
}

export interface FileSaying {
  room?: string | null;
  from: string;
  kind: 'image' | 'file' | 'audio';
  name: string;
  /** Base64. */
  bytes: string;
}

export interface Renaming {
  roomId: string;
  topic: string;
  by: string;
}

/** Somebody comes into a room or leaves it; `by` is who brought or removed them. */
export interface Move {
  roomId: string;
  contactId: string;
  by: string;
}

export interface RoomInvitation {
  roomId: string;
  topic: string;
  by: string;
}

export interface FriendshipRequest {
  contactId: string;
  hello: string;
}

/** What changes its id at a new login, as it does with the web protocol. */
export interface NewIds {
  newRoomIds?: boolean;
  /** The bot's own account among them. */
  newContactIds?: boolean;
}

/** From old ids to new ones. */
export interface IdChanges {
  rooms: Record<string, string>;
  contacts: Record<string, string>;
}

/** What people have said, and whether any event stream was attached when it was told. */
export interface Said {
  id: string;
  room: string | null;
  from: string;
  text: string;
  /** How often it was told at all, and how often to an attached stream; the difference is lost for good. */
  told: number;
  delivered: number;
}

/** A message that WeChat has taken from the bot. */
export interface Sent {
  id: string;
  /** A room's or a contact's id, as the bot gave it. */
  conversationId: string;
  /** Null: it was a file. */
  text: string | null;
  mentionIds: string[];
  file: { name: string; size: number } | null;
  /** When it was taken, ms. */
  at: number;
}

/** An invitation or a friendship that the bot has accepted. */
export interface Accepted {
  kind: 'room' | 'friendship';
  id: string;
}

/** Event streams: how many are attached now, and how many were since the process came up. */
export interface Streams {
  attached: 0 | 1;
  ever: number;
}

/**
 * - `error`: rejects, nothing happens
 * - `hang`: never answers, nothing happens
 * - `slow`: happens `ms` later
 * - `deliverThenError` · `deliverThenHang` · `deliverThenDie`: happens, then rejects · never answers · the process is
 *   killed before it answers
 */
export type CallFault = 'error' | 'hang' | 'slow' | 'deliverThenError' | 'deliverThenHang' | 'deliverThenDie';

export type Fault =
  | {
      kind: CallFault;
      /** As the puppet service's calls are named: `messageSendText`, `messagePayload`, `upload`, `event` …; `*` for all. */
      method: string;
      /** How many calls it hits. Default: all until faults are cleared. */
      times?: number;
      /** With `slow`, ms. */
      ms?: number;
      /** With `error` and `deliverThenError`: gRPC's status. Default 2, as which services hand on what goes wrong. */
      code?: number;
    }
  /** The service ends the event stream; calls are answered as before. */
  | { kind: 'endStream' }
  /** Nothing comes by the event stream any more, and it stays open. */
  | { kind: 'silence' };

/** Every order: what it carries, what comes back. */
export interface Orders {
  self(nothing: null): string;
  addRoom(room: NewRoom): void;
  addContact(contact: NewContact): void;
  says(sayings: readonly Saying[]): string[];
  saysFile(saying: FileSaying): string;
  recalls(messageId: string): string;
  repeat(messageId: string): void;
  replay(count: number): string[];
  shuffle(batch: number): void;
  renamesRoom(renaming: Renaming): void;
  invitesToRoom(invitation: RoomInvitation): string;
  asksFriendship(request: FriendshipRequest): string;
  joins(move: Move): void;
  leaves(move: Move): void;
  login(nothing: null): void;
  logout(nothing: null): void;
  relogin(ids: NewIds): IdChanges;
  said(after: number): Said[];
  sent(after: number): Sent[];
  fileOf(messageId: string): string;
  accepted(nothing: null): Accepted[];
  calls(nothing: null): Record<string, number>;
  streams(nothing: null): Streams;
  fault(fault: Fault): void;
  clearFaults(nothing: null): void;
}

export type Carried<Name extends keyof Orders> = Parameters<Orders[Name]>[0];
export type Answered<Name extends keyof Orders> = ReturnType<Orders[Name]>;
