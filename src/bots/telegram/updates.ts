/** What the adapter reads of Telegram's updates (core.telegram.org/bots/api#update); everything else is left aside. */
import { z } from 'zod';

/** Asked of Telegram in so many words: what is not named here does not come. */
export const ALLOWED_UPDATES = ['message', 'edited_message', 'my_chat_member'] as const;

/** All that is needed to acknowledge an update, whatever else it holds. */
export const updateShape = z.looseObject({ update_id: z.int().nonnegative() });
export type RawUpdate = z.infer<typeof updateShape>;

const user = z.object({
  id: z.int(),
  is_bot: z.boolean(),
  first_name: z.string(),
  last_name: z.string().optional(),
});

const chat = z.object({ id: z.int(), type: z.string(), title: z.string().optional() });

/** Offsets and lengths count UTF-16 units, as strings do here. */
const entity = z.object({
  type: z.string(),
  offset: z.int(),
  length: z.int(),
  user: z.object({ id: z.int() }).optional(),
});
export type TextEntity = z.infer<typeof entity>;

const file = z.object({ file_id: z.string(), file_name: z.string().optional(), mime_type: z.string().optional() });
const photo = z.object({ file_id: z.string(), width: z.number(), height: z.number() });

const present = z.unknown().optional();

/** What only adds to a message must not keep its words from being read, should Telegram write it otherwise some day. */
const message = z.object({
  message_id: z.int(),
  date: z.int(),
  edit_date: z.int().optional(),
  chat,
  from: user.optional(),
  sender_chat: z.object({ id: z.int() }).optional(),
  text: z.string().optional(),
  entities: z.array(entity).optional().catch(undefined),
  caption: z.string().optional(),
  caption_entities: z.array(entity).optional().catch(undefined),
  reply_to_message: z
    .object({ from: z.object({ id: z.int() }).optional() })
    .optional()
    .catch(undefined),
  photo: z.array(photo).optional().catch(undefined),
  document: file.optional().catch(undefined),
  voice: file.optional().catch(undefined),
  audio: file.optional().catch(undefined),
  video: file.optional().catch(undefined),
  video_note: file.optional().catch(undefined),
  sticker: present,
  location: present,
  venue: present,
  contact: present,
  poll: present,
  dice: present,
  game: present,
  story: present,
  checklist: present,
  paid_media: present,
  new_chat_members: z.array(z.object({ id: z.int() })).optional(),
  left_chat_member: z.object({ id: z.int() }).optional(),
  new_chat_title: z.string().optional(),
  migrate_to_chat_id: z.int().optional(),
  migrate_from_chat_id: z.int().optional(),
});
export type TelegramMessage = z.infer<typeof message>;

/** Shown in a chat, and neither text nor a file that could be read. */
export const OTHER_CONTENT = [
  'sticker',
  'location',
  'venue',
  'contact',
  'poll',
  'dice',
  'game',
  'story',
  'checklist',
  'paid_media',
] as const satisfies readonly (keyof TelegramMessage)[];

const standing = z.object({ status: z.string(), is_member: z.boolean().optional() });
export type Standing = z.infer<typeof standing>;

const membership = z.object({ chat, date: z.int(), old_chat_member: standing, new_chat_member: standing });
export type Membership = z.infer<typeof membership>;

/** An update as far as it is read. Throws a `ZodError` where Telegram's shapes are not kept. */
export const knownUpdate = z.object({
  update_id: z.int(),
  message: message.optional(),
  edited_message: message.optional(),
  my_chat_member: membership.optional(),
});
