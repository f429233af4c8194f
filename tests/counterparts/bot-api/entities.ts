/** What Telegram finds in a text by itself, and what it makes of the entities that a bot sends along. */
import { badRequest } from './error.ts';
import type { Entity, User } from './types.ts';

const WORD = '\\p{L}\\p{N}_';
// Chinese characters are letters: neither 你好@name nor @name你好 mentions anybody.
const MENTION = new RegExp(`(?<![${WORD}])@([A-Za-z0-9_]+)(?![${WORD}])`, 'gu');
// Commands are of Latin letters, digits and underscores only: /日报 is none.
const COMMAND = new RegExp(`(?<![${WORD}/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![${WORD}/<>@])`, 'gu');

/** The mentions and commands that Telegram marks in what somebody typed, in the order of the text. */
export function findEntities(text: string): Entity[] {
  const mentions = [...text.matchAll(MENTION)]
    .filter(([, name = '']) => name.length >= 2 && name.length <= 32)
    .map((match) => ({ type: 'mention', offset: match.index, length: match[0].length }));
  const commands = [...text.matchAll(COMMAND)].map((match) => ({
    type: 'bot_command',
    offset: match.index,
    length: match[0].length,
  }));
  return [...mentions, ...commands].sort((one, other) => one.offset - other.offset);
}

/** What the text says at an entity. */
export function spanOf(text: string, { offset, length }: Entity): string {
  return text.slice(offset, offset + length);
}

/**
 * A bot's text as Telegram keeps it: without white space around it, with the entities moved along, and mentions of
 * people nobody has met left out.
 * @throws {ApiError} for entities that do not fit the text
 */
export function settle(
  text: string,
  entities: readonly Entity[],
  userOf: (id: number) => User | undefined,
): { text: string; entities: Entity[] } {
  for (const entity of entities) checkEntity(text, entity);
  const lead = /^[ \n]*/.exec(text)?.[0].length ?? 0;
  const kept = text.trimEnd().slice(lead);
  const moved = entities.flatMap((entity): Entity[] => {
    const begin = Math.max(entity.offset - lead, 0);
    const end = Math.min(entity.offset - lead + entity.length, kept.length);
    if (end <= begin) return [];
    const placed = { ...entity, offset: begin, length: end - begin };
    if (entity.type !== 'text_mention') return [placed];
    const user = entity.user && userOf(entity.user.id);
    return user ? [{ ...placed, user }] : [];
  });
  return { text: kept, entities: moved };
}

function checkEntity(text: string, { type, offset, length }: Entity): void {
  if (typeof type !== 'string' || !Number.isInteger(offset) || !Number.isInteger(length))
    throw badRequest("can't parse entities: an entity needs a type, an offset and a length");
  if (offset < 0 || length < 0) throw badRequest('receive an entity with incorrect offset or length');
  const end = offset + length;
  if (end > text.length)
    throw badRequest(
      `entity beginning at UTF-16 offset ${offset} ends after the end of the text at UTF-16 offset ${end}`,
    );
  for (const edge of [offset, end])
    if (splitsSymbol(text, edge))
      throw badRequest(`entity beginning at UTF-16 offset ${offset} has an edge in a middle of a UTF-16 symbol`);
}

function splitsSymbol(text: string, at: number): boolean {
  const pair = text.slice(Math.max(at - 1, 0), at + 1);
  return at > 0 && /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(pair);
}
