/** From what a service announces to what the app is told. */
import { types } from 'wechaty-puppet';
import type { ChatRef } from '../../core/chat.ts';
import type { Invitation, SenderRef } from '../adapter.ts';
import { SessionOver, type Told } from './reader.ts';
import type { Said } from './said.ts';
import type { Stay } from './stay.ts';
import { instantOf, isSaid, PLATFORM, translate } from './translate.ts';
import type { Surroundings } from './tuning.ts';

export interface HearingDeps extends Pick<Surroundings, 'botName' | 'clock'> {
  /** Reads the file of a message, by whatever session there is when it is asked. */
  readFile: (messageId: string) => Promise<Uint8Array>;
  /** Takes an invitation or a request, likewise. */
  accept: (kind: 'invitation' | 'friendship', id: string) => Promise<void>;
  /** Somebody has written to this account in private. */
  wrote: (contact: string) => void;
}

/** Accounts of the platform itself and of organisations: nobody reads there, and they advertise. */
const NOBODY = /^(?:gh_.*|weixin|fmessage|medianote|floatbottle|newsapp|filehelper|weixingongzhong|notifymessage)$/;

const groupOf = (id: string): ChatRef => ({ platform: PLATFORM, id, kind: 'group' });

/**
 * Asks what is behind an announcement; null when it is of no interest, or another account's to tell.
 * @throws {SessionOver} when the session ended meanwhile, and gRPC's error when the service does not tell
 */
export async function tell(said: Said, stay: Stay, deps: HearingDeps): Promise<Told | null> {
  try {
    return await ask(said, stay, deps);
  } catch (error) {
    if (stay.deps.session.over) throw new SessionOver('the session is over', { cause: error });
    throw error;
  }
}

async function ask(said: Said, stay: Stay, deps: HearingDeps): Promise<Told | null> {
  switch (said.kind) {
    case 'message':
      return message(said.messageId, stay, deps);
    case 'topic':
      return renamed(said, stay);
    case 'join':
      return joined(said, stay, deps);
    case 'leave':
      return left(said, stay);
    case 'invitation':
      return invitation(said.roomInvitationId, stay, deps);
    case 'friendship':
      return friendship(said.friendshipId, stay, deps);
    default:
      return null;
  }
}

async function message(id: string, stay: Stay, deps: HearingDeps): Promise<Told | null> {
  const { session, self } = stay.deps;
  const payload = await session.puppet.messagePayload(id);
  const { talkerId, roomId } = payload;
  if (talkerId === self || !isSaid(payload)) return null;
  const roomTopic = roomId ? await stay.title(roomId) : '';
  if (roomId && !isOurs(roomId, stay)) return null;
  const sender = await stay.contact(talkerId);
  if (!roomId) {
    if (sender.type === types.Contact.Official || NOBODY.test(talkerId)) return null;
    deps.wrote(talkerId);
  }
  const mayMention = roomId && /[@\u300c]/.test(payload.text ?? '');
  const event = translate(payload, {
    me: { id: self, names: mayMention ? await stay.ownNames(roomId) : [] },
    botName: deps.botName,
    senderName: sender.name,
    roomTopic,
    now: deps.clock.now(),
    readFile: () => deps.readFile(id),
  });
  return event && { lane: event.chat.id, event };
}

function renamed(said: Extract<Said, { kind: 'topic' }>, stay: Stay): Told | null {
  stay.renamed(said.roomId, said.newTopic);
  if (!isOurs(said.roomId, stay)) return null;
  return { lane: said.roomId, event: { type: 'renamed', chat: groupOf(said.roomId), title: said.newTopic } };
}

async function joined(said: Extract<Said, { kind: 'join' }>, stay: Stay, deps: HearingDeps): Promise<Told | null> {
  const { self, groups, account } = stay.deps;
  const { roomId, inviteeIdList, timestamp } = said;
  if (!inviteeIdList.includes(self)) return null;
  // Only for the first of the bot's accounts is it news that the bot is there; several may come at the same moment.
  const others = groups.namesIn(roomId).filter((name) => name !== account);
  groups.entered(account, roomId, null);
  stay.doubt(types.Dirty.Room, roomId);
  const title = await stay.title(roomId);
  if (others.length > 0) return null;
  const id = `join:${roomId}:${instantOf(timestamp, deps.clock.now())}`;
  return { lane: roomId, event: { type: 'joined', id, chat: groupOf(roomId), title } };
}

function left({ roomId, removeeIdList }: Extract<Said, { kind: 'leave' }>, stay: Stay): Told | null {
  const { self, groups, account } = stay.deps;
  if (!removeeIdList.includes(self)) return null;
  groups.left(account, roomId);
  if (groups.namesIn(roomId).length > 0) return null;
  return { lane: roomId, event: { type: 'left', chat: groupOf(roomId) } };
}

async function invitation(id: string, stay: Stay, deps: HearingDeps): Promise<Told> {
  const { inviterId, topic } = await stay.deps.session.puppet.roomInvitationPayload(id);
  return invited(await senderOf(inviterId, stay), topic, () => deps.accept('invitation', id));
}

async function friendship(id: string, stay: Stay, deps: HearingDeps): Promise<Told | null> {
  const { type, contactId, hello = '' } = await stay.deps.session.puppet.friendshipPayload(id);
  if (type === types.Friendship.Confirm) stay.contacts?.add(contactId);
  if (type !== types.Friendship.Receive) return null;
  const told = invited(await senderOf(contactId, stay), '', () => deps.accept('friendship', id));
  return { ...told, event: { ...told.event, hello } };
}

function invited(inviter: SenderRef, title: string, accept: () => Promise<void>): Told & { event: Invitation } {
  return { lane: inviter.id, event: { type: 'invitation', platform: PLATFORM, inviter, title, accept } };
}

async function senderOf(id: string, stay: Stay): Promise<SenderRef> {
  return { id, displayName: (await stay.contact(id)).name };
}

const isOurs = (room: string, { deps: { groups, account } }: Stay): boolean => groups.hearerOf(room) === account;
