/** Things said, made by hand for the tests of the kill tests themselves. */
import { type CivilDate, HOUR, startOfDay } from '../../src/core/time.ts';
import type { Kind } from './model.ts';
import { chatOf, inboundIdOf, leaderOf } from './people.ts';
import type { Said } from './talk.ts';

export const DAY_SAID: CivilDate = '2026-11-23';
export const DUE_AT = startOfDay(DAY_SAID) + 18 * HOUR;

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
      sender: { id: leaderOf(grid), displayName: '' },
      text: '',
      attachments: [],
      mentionsBot: false,
      repliesToBot: false,
      sentAt,
    },
  };
}
