/** What a puppet service says by its event stream, read with care: it is JSON of somebody else's making. */
import { puppet as proto } from 'wechaty-grpc';
import { z } from 'zod';
import type { StreamEvent } from './wire.ts';

const id = z.string().min(1).max(500);
const ids = z.array(id).max(2_000);
/** Seconds or milliseconds; 0 where there is none. */
const timestamp = z.number().catch(0);

const SHAPES = {
  login: z.object({ contactId: id }),
  logout: z.object({}),
  message: z.object({ messageId: id }),
  topic: z.object({ roomId: id, newTopic: z.string().max(500) }),
  join: z.object({ roomId: id, inviteeIdList: ids, timestamp }),
  leave: z.object({ roomId: id, removeeIdList: ids }),
  invitation: z.object({ roomInvitationId: id }),
  friendship: z.object({ friendshipId: id }),
  /** Something kept about a contact, a room or its members is no longer true; the number says which. */
  dirty: z.object({ payloadType: z.number().int(), payloadId: id }),
} as const;

type Shapes = typeof SHAPES;

export type Said = { [Kind in keyof Shapes]: { kind: Kind } & z.infer<Shapes[Kind]> }[keyof Shapes];

const { EventType } = proto;

const KINDS: ReadonlyMap<number, keyof Shapes> = new Map<number, keyof Shapes>([
  [EventType.EVENT_TYPE_LOGIN, 'login'],
  [EventType.EVENT_TYPE_LOGOUT, 'logout'],
  [EventType.EVENT_TYPE_MESSAGE, 'message'],
  [EventType.EVENT_TYPE_ROOM_TOPIC, 'topic'],
  [EventType.EVENT_TYPE_ROOM_JOIN, 'join'],
  [EventType.EVENT_TYPE_ROOM_LEAVE, 'leave'],
  [EventType.EVENT_TYPE_ROOM_INVITE, 'invitation'],
  [EventType.EVENT_TYPE_FRIENDSHIP, 'friendship'],
  [EventType.EVENT_TYPE_DIRTY, 'dirty'],
]);

/**
 * Null: of no interest, such as a heartbeat.
 * @throws {Error} when it is of interest and cannot be read
 */
export function readSaid(event: StreamEvent): Said | null {
  const kind = KINDS.get(event.getType());
  if (!kind) return null;
  const payload: unknown = JSON.parse(event.getPayload());
  return { kind, ...SHAPES[kind].parse(payload) } as Said;
}
