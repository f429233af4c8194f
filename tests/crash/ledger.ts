/** Who was told what, in which order, and by which life of the bot; and whether that was right. */
import { type ChatRef, chatKey } from '../../src/core/chat.ts';
import type { CivilDate } from '../../src/core/time.ts';
import { answers, receiptsIn, remindedIn } from './hearing.ts';
import { outcomeOf } from './model.ts';
import { villageOfChat } from './people.ts';
import type { Said } from './talk.ts';

/** Reminders of a day that one village may hear. */
const REMINDERS_PER_DAY = 2;

interface Entry {
  said: Said;
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
  readonly #entries = new Map<string, Entry>();
  readonly #byNumber = new Map<string, Entry>();
  readonly #byGrid = new Map<string, Entry[]>();
  readonly #heard = new Map<string, Heard[]>();
  /** The moments at which reminders of a day fell due. */
  readonly #reminds = new Map<CivilDate, number[]>();
  readonly #remindersHeard = new Map<string, number>();
  readonly #complaints: string[] = [];
  #moment = 0;
  #refused = 0;
  #reminders = 0;
  #reminded = 0;

  say(said: Said): void {
    const saidAt = this.#next();
    const entry = { said, saidAt, deliveries: 0, acknowledgedAt: null, answeredIn: [], settledBy: null, isKept: false };
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
    if (entry) entry.acknowledgedAt ??= this.#next();
  }

  /** The clock is about to reach a moment at which reminders of a day fall due. */
  reminds(day: CivilDate): void {
    this.#reminds.set(day, [...(this.#reminds.get(day) ?? []), this.#next()]);
  }

  /** The bot said something in a chat. */
  hear(chat: ChatRef, text: string): void {
    const at = this.#next();
    const key = chatKey(chat);
    const heard = this.#heard.get(key);
    if (heard) heard.push({ at, text });
    else this.#heard.set(key, [{ at, text }]);
    for (const { number } of receiptsIn(text)) {
      const entry = this.#byNumber.get(`${key} ${number}`);
      if (!entry) continue;
      // Whoever reads it goes home: from here on it must not be lost.
      entry.acknowledgedAt ??= at;
      entry.answeredIn.push(this.lives);
    }
    const village = villageOfChat(chat);
    if (village === null) return;
    for (const [day, due] of this.#reminds) this.#hearReminder(remindedIn(text, day, village), day, village, due);
  }

  complain(complaint: string): void {
    this.#complaints.push(complaint);
  }

  /** What was complained of since this was last asked. */
  complaints(): string[] {
    return this.#complaints.splice(0);
  }

  /** What the file says after a death of the answers, by message. */
  buried(states: ReadonlyMap<string, string>): void {
    for (const [id, state] of states) {
      const entry = this.#entries.get(id);
      if (!entry) continue;
      entry.isKept = true;
      if (state === 'sent') entry.settledBy ??= this.lives;
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
      reminders: this.#reminders,
      reminded: this.#reminded,
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

  /**
   * Nobody is named whose report had been acknowledged before the step fell due. The first reminder that a village hears
   * may be that of any step, and is measured by the first; a second one is not of the first.
   */
  #hearReminder(grids: readonly number[], day: CivilDate, village: number, due: readonly number[]): void {
    if (grids.length === 0) return;
    this.#reminders += 1;
    this.#reminded += grids.length;
    const key = `${day} ${village}`;
    const before = this.#remindersHeard.get(key) ?? 0;
    this.#remindersHeard.set(key, before + 1);
    if (before >= REMINDERS_PER_DAY) this.complain(`village ${village} was reminded once more on ${day}`);
    const step = due[Math.min(before, due.length - 1)] ?? 0;
    for (const grid of grids) {
      const entries = this.#byGrid.get(`${day} ${grid}`) ?? [];
      const isTold = ({ acknowledgedAt }: Entry): boolean => acknowledgedAt !== null && acknowledgedAt < step;
      const told = entries.filter(isTold).map(({ said }) => said);
      const mayBeOpen = entries.some((entry) => entry.said.kind === 'withdrawal' && !isTold(entry));
      if (mayBeOpen || outcomeOf(told, 0).state === 'missing') continue;
      this.complain(`grid ${grid} was reminded on ${day} though ${told.at(-1)?.id} had been acknowledged before`);
    }
  }

  #next(): number {
    this.#moment += 1;
    return this.#moment;
  }
}

const wasSettled = ({ answeredIn, settledBy }: Entry): boolean =>
  settledBy !== null && answeredIn.some((life) => life > settledBy);
