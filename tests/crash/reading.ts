/**
 * What the messages in a database say, read without the bot's grammar: as simply as can be, for just those lines that
 * people in the kill tests say.
 */
import { addDays, civilDateOf, type Instant } from '../../src/core/time.ts';
import type { Kind, Saying } from './model.ts';
import { gridNamed, PLATFORM, villageOf } from './people.ts';

/** A message as a database holds it. */
export interface Raw {
  id: string;
  chat: string;
  accountId: string;
  text: string;
  sentAt: Instant;
  receivedAt: Instant;
}

interface Line {
  kind: Kind;
  pattern: RegExp;
  yesterday?: true;
}

const LINES: readonly Line[] = [
  { kind: 'report', pattern: /^\/日报 (?<abnormal>\d+)(?: 返乡(?<returned>\d+))?$/ },
  { kind: 'report', pattern: /^\/日报 昨天 (?<abnormal>\d+)$/, yesterday: true },
  { kind: 'report', pattern: /^日报 无异常$/ },
  { kind: 'report', pattern: /^\/代报 (?<grid>.网格) (?<abnormal>\d+)$/ },
  { kind: 'correction', pattern: /^\/更正 (?<abnormal>\d+)(?: 发热(?<fever>\d+))?$/ },
  { kind: 'withdrawal', pattern: /^\/撤回$/ },
  { kind: 'exemption', pattern: /^\/免报 (?<grid>.网格) 今天 \S+$/ },
  { kind: 'leave', pattern: /^\/请假 今天$/ },
  { kind: 'typo', pattern: /^\/日报 \d+x$/ },
  { kind: 'slip', pattern: /^\/日抱 \d+$/ },
];

/** Null for what nobody says. */
export function readingOf({ id, accountId, text, sentAt }: Raw): Saying | null {
  const plain = text
    .replace(/[\uFF01-\uFF5E]/g, half)
    .replace(/\s+/g, ' ')
    .trim();
  for (const { kind, pattern, yesterday } of LINES) {
    const found = pattern.exec(plain);
    if (!found) continue;
    const { grid: name, ...fields } = found.groups ?? {};
    const grid = gridOf(accountId, name);
    if (grid === null) return null;
    const given = Object.entries(fields).flatMap(([field, value]): [string, number][] =>
      value === undefined ? [] : [[field, Number(value)]],
    );
    const values = kind === 'report' && given.length === 0 ? { abnormal: 0 } : Object.fromEntries(given);
    return { id, kind, grid, day: addDays(civilDateOf(sentAt), yesterday ? -1 : 0), sentAt, values };
  }
  return null;
}

const half = (sign: string): string => String.fromCharCode(sign.charCodeAt(0) - 0xfee0);

/** A leader's own grid, or the one that a village's secretary has named. */
function gridOf(accountId: string, name: string | undefined): number | null {
  const [, isSecretary, number] = new RegExp(`^${PLATFORM}:p(v?)(\\d+)$`).exec(accountId) ?? [];
  if (number === undefined) return null;
  if (isSecretary === '') return name === undefined ? Number(number) : null;
  const grid = name === undefined ? null : gridNamed(Number(number), name);
  return grid !== null && villageOf(grid) === Number(number) ? grid : null;
}
