/** Who was told what, in which order, and by which life of the bot; and whether that was right. */
import { type ChatRef, chatKey } from '../../src/core/chat.ts';
import type { CivilDate } from '../../src/core/time.ts';
import { dayText } from '../../src/locales/zh-CN.ts';
import type { Step } from './day-clock.ts';
import { answers, type Receipt, receiptsIn } from './hearing.ts';
import type { Times } from './model.ts';
import { type Known, Naming } from './naming.ts';
import { unitOfChat, villageId, villageOfSpeaker } from './people.ts';
import type { Claim } from './ratios.ts';
import type { Remains } from './remains.ts';
import type { Said } from './talk.ts';

interface Entry extends Known {
  /** Moments are counted, not measured: what was heard first has the smaller number. */
  saidAt: number;
  deliveries: number;
  acknowledgedAt: number | null;
  /** The lives that answered it, where its answer can be told from all others. */
  answeredIn: number[];
  /** The life after whose death the file said that the answer had arrived. */
  settledBy: number | null;
  /** A file held it. */
  isKept: boolean;
}

interface Heard {
  at: number;
  text: string;
}

export class Ledger {
  /** How often the bot was started. */
  lives = 0;
  /** Whoever reads in the groups. */
  readonly readers: Naming;
  readonly #entries = new Map<string, Entry>();
  readonly #byNumber = new Map<string, Entry>();
  readonly #byGrid = new Map<string, Entry[]>();
  readonly #heard = new Map<string, Heard[]>();
  readonly #days = new Set<CivilDate>();
  readonly #complaints: string[] = [];
  #claims: Claim[] = [];
  #lifeFrom = 0;
  #moment = 0;
  #refused = 0;

  constructor(grids: number, times: (day: CivilDate) => Times) {
    this.readers = new Naming({
      grids,
      times,
      known: (day, grid) => this.#byGrid.get(`${day} ${grid}`) ?? [],
      complain: (complaint) => this.complain(complaint),
    });
  }

  /** The bot is started once more. */
  begins(): void {
    this.lives += 1;
    this.#lifeFrom = this.#next();
  }

  say(said: Said): void {
    const saidAt = this.#next();
    const entry: Entry = {
      said,
      saidAt,
      certainAt: null,
      deliveries: 0,
      acknowledgedAt: null,
      answeredIn: [],
      settledBy: null,
      isKept: false,
    };
    this.#days.add(said.day);
    this.#entries.set(said.id, entry);
    if (said.number > 0) this.#byNumber.set(`${chatKey(said.chat)} ${said.number}`, entry);
    const key = `${said.day} ${said.grid}`;
    this.#byGrid.set(key, [...(this.#byGrid.get(key) ?? []), entry]);
  }

  deliver({ id }: Said): void {
    const entry = this.#entries.get(id);
    if (!entry) return;
    entry.deliveries += 1;
    if (entry.acknowledgedAt !== null || entry.isKept) this.#refused += 1;
  }

  /** The platform was told that a message is taken. */
  acknowledge({ id }: Said): void {
    const entry = this.#entries.get(id);
    if (entry) acknowledge(entry, this.#next());
  }

  /** The clock is about to reach a moment at which a step of a day falls due. */
  falls(step: Step, day: CivilDate): void {
    this.readers.falls(step, day, this.#next());
  }

  /** The bot said something in a chat. */
  hear(chat: ChatRef, text: string): void {
    const at = this.#next();
    const key = chatKey(chat);
    const heard = this.#heard.get(key);
    if (heard) heard.push({ at, text });
    else this.#heard.set(key, [{ at, text }]);
    for (const receipt of receiptsIn(text)) {
      this.#claims.push(...this.#claimOf(chat, receipt));
      const entry = this.#byNumber.get(`${key} ${receipt.number}`);
      if (!entry) continue;
      // Whoever reads it goes home: from here on it must not be lost.
      acknowledge(entry, at);
      entry.answeredIn.push(this.lives);
    }
    this.#claims.push(...this.readers.hear(chat, text, { number: this.lives, from: this.#lifeFrom }));
  }

  /** What was counted to somebody since this was last asked. */
  claims(): Claim[] {
    return this.#claims.splice(0);
  }

  complain(complaint: string): void {
    this.#complaints.push(complaint);
  }

  /** What was complained of since this was last asked. */
  complaints(): string[] {
    return this.#complaints.splice(0);
  }

  /** What the file says after a death. Whatever is in it was kept before, nobody knows when. */
  buried({ messages, answers: states }: Pick<Remains, 'messages' | 'answers'>): void {
    const at = this.#next();
    for (const { id } of messages) {
      const entry = this.#entries.get(id);
      if (!entry) continue;
      entry.isKept = true;
      entry.certainAt ??= at;
      if (states.get(id) === 'sent') entry.settledBy ??= this.lives;
    }
  }

  /** Ids of what must be kept. */
  acknowledged(): Set<string> {
    const entries = [...this.#entries.values()].filter(
      ({ said, acknowledgedAt }) => said.kind !== 'talk' && acknowledgedAt,
    );
    return new Set(entries.map(({ said }) => said.id));
  }

  counts() {
    const entries = [...this.#entries.values()];
    return {
      said: entries.length,
      acknowledged: entries.filter(({ acknowledgedAt }) => acknowledgedAt !== null).length,
      redelivered: entries.reduce((sum, { deliveries }) => sum + Math.max(deliveries - 1, 0), 0),
      refused: this.#refused,
      doubled: entries.filter(({ answeredIn }) => answeredIn.length > 1).length,
      reminders: this.readers.reminders,
      reminded: this.readers.reminded,
    };
  }

  /** What is wrong once everything has settled: `states` are those of the answers in the file. */
  faults(states: ReadonlyMap<string, string>): string[] {
    const toAnswer = [...this.#entries.values()].filter(({ said }) => said.kind !== 'talk');
    const list = (what: string, entries: readonly Entry[]): string[] =>
      entries.length > 0
        ? [
            `${entries.length} ${what}: ${entries
              .slice(0, 5)
              .map(({ said }) => `${said.id} ${said.message.text}`)
              .join(', ')}`,
          ]
        : [];
    return [
      ...list(
        'never answered',
        toAnswer.filter((entry) => !this.#isAnswered(entry)),
      ),
      ...list(
        'whose answer never left',
        toAnswer.filter(({ said }) => states.get(said.id) !== 'sent'),
      ),
      ...list(
        'answered twice by one life of the bot',
        toAnswer.filter(({ answeredIn }) => new Set(answeredIn).size < answeredIn.length),
      ),
      ...list('answered again although the answer was known to have arrived', toAnswer.filter(wasSettled)),
    ];
  }

  #isAnswered({ said, saidAt }: Entry): boolean {
    return (this.#heard.get(chatKey(said.chat)) ?? []).some(({ at, text }) => at > saidAt && answers(said, text));
  }

  /** A receipt counts the reports of the village: that of the group, or of whoever reads it in private. */
  #claimOf(chat: ChatRef, { day: written, ratio }: Receipt): Claim[] {
    const unit = unitOfChat(chat) ?? villageId(villageOfSpeaker(chat.id));
    const day = [...this.#days].find((each) => dayText(each) === written);
    return day === undefined ? [] : [{ day, unit, ratio }];
  }

  #next(): number {
    this.#moment += 1;
    return this.#moment;
  }
}

const wasSettled = ({ answeredIn, settledBy }: Entry): boolean =>
  settledBy !== null && answeredIn.some((life) => life > settledBy);

/** From then on it is certain to be kept. */
function acknowledge(entry: Entry, at: number): void {
  entry.acknowledgedAt ??= at;
  entry.certainAt ??= at;
}
