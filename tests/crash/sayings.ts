/** Things said, made by hand for the tests of the kill tests themselves. */
import { accountKey, chatKey } from '../../src/core/chat.ts';
import { type CivilDate, HOUR, startOfDay } from '../../src/core/time.ts';
import type { Kind } from './model.ts';
import { chatOf, gridName, inboundIdOf, leaderOf, secretaryOf, villageOf } from './people.ts';
import type { Raw } from './reading.ts';
import type { Said } from './talk.ts';

export const DAY_SAID: CivilDate = '2026-11-23';
export const DUE_AT = startOfDay(DAY_SAID) + 18 * HOUR;
export const TIMES = { dueAt: DUE_AT, locksAt: startOfDay(DAY_SAID) + 36 * HOUR };

const TEXTS: Readonly<Record<Kind, (number: number, grid: number) => string>> = {
  report: (number) => `/日报 ${number}`,
  correction: (number) => `/更正 ${number}`,
  withdrawal: () => '/撤回',
  exemption: (_, grid) => `/免报 ${gridName(grid)} 今天 搬迁`,
  leave: () => '/请假 今天',
  typo: (number) => `/日报 ${number}x`,
  slip: (number) => `/日抱 ${number}`,
  talk: () => '大家辛苦了',
};

/** A message as a file has it. */
export const rawOf = ({ id, chat, message }: Said): Raw => ({
  id,
  chat: chatKey(chat),
  accountId: accountKey(chat.platform, message.sender.id),
  text: message.text,
  sentAt: message.sentAt,
  receivedAt: message.sentAt,
});

let count = 0;

/** Somebody of a grid says something an hour before the due moment, or so many ms after it. */
export function saidOf(grid: number, kind: Kind, number = 0, afterDue = -HOUR): Said {
  count += 1;
  const chat = chatOf(grid);
  const id = `t${count}`;
  const sentAt = DUE_AT + afterDue;
  return {
    id: inboundIdOf(chat, id),
    kind,
    grid,
    day: DAY_SAID,
    sentAt,
    values: kind === 'report' || kind === 'correction' ? { abnormal: number } : {},
    chat,
    number,
    message: {
      type: 'message',
      id,
      chat,
      chatTitle: '',
      sender: { id: kind === 'exemption' ? secretaryOf(villageOf(grid)) : leaderOf(grid), displayName: '' },
      text: TEXTS[kind](number, grid),
      attachments: [],
      mentionsBot: false,
      repliesToBot: false,
      sentAt,
    },
  };
}
