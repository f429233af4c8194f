/** People who talk to the bot all day: reports, what changes and waives them, lines that cannot be read, plain talk. */
import type { InboundMessage } from '../../src/bots/adapter.ts';
import { type ChatRef, chatKey } from '../../src/core/chat.ts';
import { addDays, type CivilDate, civilDateOf, type Instant } from '../../src/core/time.ts';
import type { Dice } from '../soak/dice.ts';
import type { Kind, Saying } from './model.ts';
import { chatOf, gridName, inboundIdOf, leaderOf, secretaryOf, villageOf } from './people.ts';

/** Something said, with what it is and what its answer can be known by. */
export interface Said extends Saying {
  chat: ChatRef;
  /** Nobody else says this number in this chat; 0 where the line has none. */
  number: number;
  message: InboundMessage;
}

interface Words {
  kind: Kind;
  /** How often, of a hundred. */
  share: number;
  text: (number: number) => string;
  values?: (number: number) => Record<string, number>;
  /** Said by the village's secretary, in its group. */
  bySecretary?: true;
  /** About the day before. */
  yesterday?: true;
}

const WORDS: readonly Words[] = [
  { kind: 'report', share: 30, text: (n) => `/日报 ${n}`, values: (n) => ({ abnormal: n }) },
  { kind: 'report', share: 10, text: (n) => `／日报　${n} 返乡1`, values: (n) => ({ abnormal: n, returned: 1 }) },
  { kind: 'report', share: 8, text: () => '/日报 0', values: () => ({ abnormal: 0 }) },
  { kind: 'report', share: 4, text: () => '日报 无异常', values: () => ({ abnormal: 0 }) },
  { kind: 'report', share: 6, text: (n) => `/代报 {grid} ${n}`, values: (n) => ({ abnormal: n }), bySecretary: true },
  { kind: 'report', share: 4, text: (n) => `/日报 昨天 ${n}`, values: (n) => ({ abnormal: n }), yesterday: true },
  { kind: 'exemption', share: 4, text: () => '/免报 {grid} 今天 整组搬迁', bySecretary: true },
  { kind: 'leave', share: 2, text: () => '/请假 今天' },
  { kind: 'correction', share: 14, text: (n) => `/更正 ${n} 发热2`, values: (n) => ({ abnormal: n, fever: 2 }) },
  { kind: 'withdrawal', share: 10, text: () => '/撤回' },
  { kind: 'typo', share: 7, text: (n) => `/日报 ${n}x` },
  { kind: 'slip', share: 5, text: (n) => `/日抱 ${n}` },
  { kind: 'talk', share: 6, text: () => '大家辛苦了' },
];
const ALL = WORDS.reduce((sum, { share }) => sum + share, 0);

export class Talk {
  readonly #dice: Dice;
  readonly #grids: number;
  /** Numbers said so far in each chat. */
  readonly #numbers = new Map<string, number>();
  #count = 0;
  /** From which part of the day each grid talks; drawn anew every day. */
  #wakes: number[] = [];
  #day: CivilDate | null = null;

  constructor(dice: Dice, grids: number) {
    this.#dice = dice;
    this.#grids = grids;
  }

  /**
   * What somebody says at a moment; now and then two lines at once. `part` is how much of the day is over, 0 to 1: some
   * grids have spoken from the beginning, some wait for its end, some never say anything.
   */
  next(at: Instant, part: number): Said[] {
    if (this.#day !== civilDateOf(at)) {
      this.#day = civilDateOf(at);
      this.#wakes = Array.from({ length: this.#grids }, () => this.#dice.between(-0.4, 1.3));
    }
    const grid = Math.floor(this.#dice.throw() * this.#grids);
    if ((this.#wakes[grid] ?? 0) > part) return [];
    const first = this.#say(grid, at);
    return this.#dice.chance(0.25) ? [first, this.#say(grid, at)] : [first];
  }

  #say(grid: number, at: Instant): Said {
    const chat = chatOf(grid);
    const words = this.#choose(chat.kind === 'group');
    const key = chatKey(chat);
    const number = (this.#numbers.get(key) ?? 0) + 1;
    this.#numbers.set(key, number);
    this.#count += 1;
    const id = `m${this.#count}`;
    const text = words.text(number);
    const sender = words.bySecretary ? secretaryOf(villageOf(grid)) : leaderOf(grid);
    return {
      id: inboundIdOf(chat, id),
      kind: words.kind,
      grid,
      day: addDays(civilDateOf(at), words.yesterday ? -1 : 0),
      sentAt: at,
      values: words.values?.(number) ?? {},
      chat,
      number: text === words.text(0) ? 0 : number,
      message: {
        type: 'message',
        id,
        chat,
        chatTitle: '',
        sender: { id: sender, displayName: '' },
        text: text.replace('{grid}', gridName(grid)),
        attachments: [],
        mentionsBot: false,
        repliesToBot: false,
        sentAt: at,
      },
    };
  }

  #choose(inGroup: boolean): Words {
    for (;;) {
      let left = this.#dice.throw() * ALL;
      const words = WORDS.find(({ share }) => {
        left -= share;
        return left < 0;
      });
      if (words && (inGroup || !words.bySecretary)) return words;
    }
  }
}
