/** A message as a puppet service describes it, and what it is to the app. */
import { type payloads, types } from 'wechaty-puppet';
import type { Instant } from '../../core/time.ts';
import type { InboundAttachment, InboundMessage } from '../adapter.ts';
import { type Me, plainText, unquoted, withMention } from './text.ts';

/** How keys name this platform. */
export const PLATFORM = 'wechat';

type Payload = payloads.Message;

/** What has to be known beside the message itself. */
export interface MessageFacts {
  me: Me;
  /** The name under which the app knows its own mention. */
  botName: string;
  senderName: string;
  /** '' in a direct chat. */
  roomTopic: string;
  /** For messages that say no time. */
  now: Instant;
  readFile: () => Promise<Uint8Array>;
}

const { Message } = types;

/** Files, by what they are to the app. */
const FILES: ReadonlyMap<number, InboundAttachment['kind']> = new Map([
  [Message.Image, 'picture'],
  [Message.Audio, 'voice'],
  [Message.Attachment, 'file'],
  [Message.Video, 'file'],
]);

/** Something was sent that is neither text nor file. */
const OTHERS: ReadonlySet<number> = new Set([
  Message.Contact,
  Message.ChatHistory,
  Message.Emoticon,
  Message.Location,
  Message.MiniProgram,
  Message.Transfer,
  Message.RedEnvelope,
  Message.Url,
  Message.Post,
]);

/** Before this many, it is seconds since 1970; milliseconds were there in 1973. */
const LEAST_MS = 100_000_000_000;

/** UTC ms; services give seconds or milliseconds, and sometimes nothing. */
export function instantOf(timestamp: number, now: Instant): Instant {
  if (!Number.isFinite(timestamp) || timestamp <= 0) return now;
  return Math.round(timestamp < LEAST_MS ? timestamp * 1_000 : timestamp);
}

/** Whether somebody said it: not what the platform itself put into the chat, nor what this adapter knows nothing of. */
export function isSaid({ type, talkerId, roomId }: Payload): boolean {
  if (talkerId === '' || talkerId === roomId) return false;
  return (
    type === Message.Text ||
    type === Message.GroupNote ||
    type === Message.Recalled ||
    FILES.has(type) ||
    OTHERS.has(type)
  );
}

/** Null when it says nothing that could be handed on. */
export function translate(payload: Payload, facts: MessageFacts): InboundMessage | null {
  const { id, type, talkerId, roomId } = payload;
  const chat = {
    platform: PLATFORM,
    ...(roomId ? { id: roomId, kind: 'group' as const } : { id: talkerId, kind: 'direct' as const }),
  };
  const said: InboundMessage = {
    type: 'message',
    id,
    chat,
    chatTitle: facts.roomTopic,
    sender: { id: talkerId, displayName: facts.senderName },
    text: '',
    attachments: [],
    mentionsBot: false,
    repliesToBot: false,
    sentAt: instantOf(payload.timestamp, facts.now),
  };
  if (type === Message.Recalled) {
    const recalled = recalledId(payload.text ?? '');
    return recalled === null ? null : { ...said, id: recalled, change: 'recalled' };
  }
  const file = FILES.get(type);
  if (file) return { ...said, attachments: [{ kind: file, name: payload.filename ?? '', read: facts.readFile }] };
  if (OTHERS.has(type)) return { ...said, attachments: [{ kind: 'other', name: '' }] };
  const { text, quoted } = unquoted(
    plainText(type === Message.GroupNote ? noteText(payload.text ?? '') : (payload.text ?? '')),
  );
  const mentionIds = 'mentionIdList' in payload ? (payload.mentionIdList ?? []) : [];
  const read = withMention(text, facts.me, mentionIds, facts.botName);
  return { ...said, ...read, repliesToBot: quoted !== null && facts.me.names.includes(quoted) };
}

/** A recall names its message by the id alone or, as the platform's own XML, among others. */
function recalledId(text: string): string | null {
  const [, inXml] = /<newmsgid>(\w{1,100})<\/newmsgid>/.exec(text) ?? [];
  return inXml ?? (/^[\w@.:-]{1,200}$/.test(text) ? text : null);
}

/** A chain of replies, typed by WeChat's own tool; services hand over its text or the XML around it. */
function noteText(text: string): string {
  if (!text.trimStart().startsWith('<')) return text;
  const from = text.indexOf('<title>');
  const to = text.indexOf('</title>', from);
  return from < 0 || to < 0 ? '' : text.slice(from + '<title>'.length, to);
}
