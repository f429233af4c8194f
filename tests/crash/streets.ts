/** The platform's side: what is said, in which chats, delivered in order and again until it is acknowledged. */
import { setTimeout as sleep } from 'node:timers/promises';
import { chatKey } from '../../src/core/chat.ts';
import type { Dice } from '../soak/dice.ts';
import { until } from '../support/soon.ts';
import type { Word } from './child.ts';
import type { DayClock } from './day-clock.ts';
import type { Ledger } from './ledger.ts';
import type { BotProcess } from './process.ts';
import type { Said, Talk } from './talk.ts';

/** Messages that are said and not acknowledged, at most. */
const WINDOW = 250;
/** Said at once when the bot is there again: people did not wait for it. */
const BURST = 100;
const PER_BEAT = 12;
/** Waiting in one chat, at most. */
const PER_CHAT = 4;
/** How often a platform delivers at once twice, or again what was acknowledged long ago. */
const TWICE = 0.02;
const AGAIN = 0.02;
/** How often it does not believe after a death what was acknowledged before it, and how many messages of a chat. */
const DOUBTS = 0.2;
const DOUBTED = 3;
/** A word that does not come is not waited for any longer, ms. */
const WORDLESS = 6_000;

/** One chat: its next message is delivered when the one before it has been taken. */
interface Lane {
  said: Said[];
  /** So many of them, from the first, are acknowledged. */
  done: number;
  /** Acknowledged ones that will be delivered once more. */
  again: Said[];
  underWay: number;
}

export class Streets {
  readonly #ledger: Ledger;
  readonly #talk: Talk;
  readonly #dice: Dice;
  readonly #lanes = new Map<string, Lane>();
  readonly #deliveries = new Map<number, { lane: Lane; said: Said }>();
  #delivery = 0;
  #waiting = 0;
  #bot: BotProcess | null = null;
  #heard: () => void = () => undefined;

  constructor(ledger: Ledger, talk: Talk, dice: Dice) {
    this.#ledger = ledger;
    this.#talk = talk;
    this.#dice = dice;
  }

  /** Everything ever said, by chat. */
  said(): Said[][] {
    return [...this.#lanes.values()].map(({ said }) => said);
  }

  /** A bot is about to start: from its first word on it is heard. */
  listenTo(bot: BotProcess): void {
    bot.listen((word) => {
      this.#hear(word);
      if (word.is === 'handled' || word.is === 'sent') this.#heard();
    });
  }

  /** It takes messages: what may not have been taken is delivered again, and some of what has. */
  lives(bot: BotProcess): void {
    this.#bot = bot;
    for (const lane of this.#lanes.values()) {
      if (this.#dice.chance(DOUBTS)) lane.again = lane.said.slice(Math.max(0, lane.done - DOUBTED), lane.done);
      this.#deliverNext(lane);
    }
  }

  /** It is dead, and all it had to say was heard. */
  died(): void {
    this.#bot = null;
    this.#deliveries.clear();
    for (const lane of this.#lanes.values()) Object.assign(lane, { underWay: 0, again: [] });
  }

  /** People say a few things, many when the bot has just come back. */
  talk(clock: DayClock): void {
    const some = this.#delivery === 0 || this.#deliveries.size === 0 ? BURST : PER_BEAT;
    for (let i = 0; i < some && this.#waiting < WINDOW; i += 1) {
      for (const said of this.#talk.next(clock.now, clock.part)) this.#say(said);
    }
  }

  /** Resolves the moment the bot has said so many words; not much later in any case. */
  async words(count: number): Promise<void> {
    let left = count;
    const heard = new Promise<void>((resolve) => {
      this.#heard = () => {
        left -= 1;
        if (left <= 0) resolve();
      };
    });
    await Promise.race([heard, sleep(WORDLESS)]);
    this.#heard = () => undefined;
  }

  /** Resolves when all that was said is acknowledged. */
  silence(patience: number): Promise<void> {
    return until(() => this.#waiting === 0, 'everything said is acknowledged', patience);
  }

  #say(said: Said): void {
    const key = chatKey(said.chat);
    const lane = this.#lanes.get(key) ?? { said: [], done: 0, again: [], underWay: 0 };
    this.#lanes.set(key, lane);
    if (lane.said.length - lane.done >= PER_CHAT) return;
    lane.said.push(said);
    this.#waiting += 1;
    this.#ledger.say(said);
    this.#deliverNext(lane);
  }

  #deliverNext(lane: Lane): void {
    if (lane.underWay > 0) return;
    if (lane.done > 0 && this.#dice.chance(AGAIN)) {
      const old = lane.said[Math.floor(this.#dice.throw() * lane.done)];
      if (old) lane.again.push(old);
    }
    const next = lane.again.shift() ?? lane.said[lane.done];
    if (!next) return;
    this.#deliver(lane, next);
    if (this.#dice.chance(TWICE)) this.#deliver(lane, next);
  }

  #deliver(lane: Lane, said: Said): void {
    if (!this.#bot) return;
    this.#delivery += 1;
    lane.underWay += 1;
    this.#deliveries.set(this.#delivery, { lane, said });
    this.#ledger.deliver(said);
    const { number, message } = said;
    this.#bot.tell({ do: 'deliver', delivery: this.#delivery, number, message });
  }

  #hear(word: Word): void {
    if (word.is === 'sent') this.#ledger.hear(word.to, word.text);
    if (word.is === 'log') this.#ledger.complain(`the bot logged ${word.event}: ${JSON.stringify(word.details)}`);
    if (word.is === 'handled') this.#taken(word.delivery, word.error);
  }

  #taken(id: number, error: string | null): void {
    const delivery = this.#deliveries.get(id);
    if (!delivery) return;
    const { lane, said } = delivery;
    this.#deliveries.delete(id);
    lane.underWay -= 1;
    if (error !== null) {
      this.#ledger.complain(`${said.id} was not taken: ${error}`);
      return;
    }
    if (lane.said[lane.done] === said) {
      lane.done += 1;
      this.#waiting -= 1;
      this.#ledger.acknowledge(said);
    }
    this.#deliverNext(lane);
  }
}
