/**
 * Turns what one account's service announces into events, in the order of the announcements. An announced message is
 * only an id: what it says, and where, has to be asked for. A few are asked for at a time; what is known early waits for
 * what was announced before it, but no longer than the hole in the row may last, for nobody can tell to which chat the
 * missing one belongs. WeChat repeats nothing: what the end of a session keeps from being read is read in the next one.
 */
import type { InboundEvent } from '../adapter.ts';
import { statusOf } from './failure.ts';
import type { Surroundings } from './tuning.ts';

/** An event and the chat whose events are delivered one after the other. */
export interface Told {
  lane: string;
  event: InboundEvent;
}

/** Asks the service; null when there is nothing to tell. */
export type Reading = () => Promise<Told | null>;

/** The session ended while it was asked: no fault of the message's. */
export class SessionOver extends Error {
  override readonly name = 'SessionOver';
}

interface Entry {
  /** Place in the row. */
  readonly place: number;
  readonly reading: Reading;
  state: 'waiting' | 'asked' | 'resting' | 'known' | 'gone';
  told: Told | null;
  failures: number;
  /** The row has gone on without it; what it says comes late. */
  passed: boolean;
  cancelHole: () => void;
  cancelRest: () => void;
}

export interface ReaderDeps extends Pick<Surroundings, 'times' | 'bounds' | 'setTimer' | 'log'> {
  account: string;
  deliver: (told: Told) => void;
}

const nothing = (): void => undefined;

export class Reader {
  readonly #deps: ReaderDeps;
  /** What is not delivered yet, as announced; what was passed over comes first. */
  readonly #held = new Set<Entry>();
  /** Those of them to be asked for, by place. */
  #waiting: Entry[] = [];
  /** Asked for and not passed over. */
  readonly #asked = new Set<Entry>();
  #running = false;
  #places = 0;
  #dropped = 0;

  constructor(deps: ReaderDeps) {
    this.#deps = deps;
  }

  /** Takes what was announced after everything taken before. */
  take(reading: Reading): void {
    this.#places += 1;
    const entry: Entry = {
      place: this.#places,
      reading,
      state: 'waiting',
      told: null,
      failures: 0,
      passed: false,
      cancelHole: nothing,
      cancelRest: nothing,
    };
    this.#held.add(entry);
    this.#waiting.push(entry);
    if (this.#held.size > this.#deps.bounds.mostHeld) this.#dropOldest();
    this.#ask();
  }

  /** A session is there to be asked. */
  resume(): void {
    this.#running = true;
    this.#ask();
  }

  /** The session is over. What it did not answer is kept for the next one, and makes no hole meanwhile. */
  suspend(): void {
    this.#running = false;
    for (const entry of this.#held) {
      this.#still(entry);
      if (entry.state === 'resting') this.#wait(entry);
    }
  }

  /** Forgets everything. */
  clear(): void {
    this.suspend();
    for (const entry of this.#held) entry.state = 'gone';
    this.#held.clear();
    this.#waiting = [];
  }

  #ask(): void {
    const { bounds, times, setTimer } = this.#deps;
    while (this.#running && this.#asked.size < bounds.sideBySide) {
      const entry = this.#waiting.shift();
      if (!entry) return;
      if (entry.state !== 'waiting') continue;
      entry.state = 'asked';
      this.#asked.add(entry);
      if (!entry.passed) entry.cancelHole = setTimer(() => this.#pass(entry), times.hole);
      entry.reading().then(
        (told) => this.#know(entry, told),
        (error: unknown) => this.#fail(entry, error),
      );
    }
  }

  #know(entry: Entry, told: Told | null): void {
    this.#still(entry);
    if (entry.state === 'gone') return;
    entry.state = 'known';
    entry.told = told;
    if (entry.passed) this.#deliver(entry);
    else this.#goOn();
    this.#ask();
  }

  #fail(entry: Entry, error: unknown): void {
    const { times, bounds, setTimer, log, account } = this.#deps;
    this.#asked.delete(entry);
    if (entry.state === 'gone') return;
    if (error instanceof SessionOver) this.#wait(entry);
    else if (entry.failures + 1 < bounds.readings) {
      entry.failures += 1;
      entry.state = 'resting';
      entry.cancelRest = setTimer(() => this.#wait(entry), times.reread);
      this.#ask();
    } else {
      const code = statusOf(error)?.code ?? null;
      log('warn', 'wechat.message.unreadable', { account, readings: bounds.readings, code });
      this.#know(entry, null);
    }
  }

  /** Puts it back among those to be asked for, near the head. */
  #wait(entry: Entry): void {
    entry.state = 'waiting';
    const later = this.#waiting.findIndex(({ place }) => place > entry.place);
    this.#waiting.splice(later < 0 ? this.#waiting.length : later, 0, entry);
    this.#ask();
  }

  /** The hole has lasted long enough. */
  #pass(entry: Entry): void {
    entry.passed = true;
    this.#asked.delete(entry);
    this.#goOn();
    this.#ask();
  }

  /** Delivers from the head of the row up to the first that is still to be waited for. */
  #goOn(): void {
    for (const entry of this.#held) {
      if (entry.state === 'known') this.#deliver(entry);
      else if (!entry.passed) return;
    }
  }

  #deliver(entry: Entry): void {
    this.#held.delete(entry);
    if (entry.told) this.#deps.deliver(entry.told);
  }

  #still(entry: Entry): void {
    entry.cancelHole();
    entry.cancelRest();
    this.#asked.delete(entry);
  }

  #dropOldest(): void {
    const [oldest] = this.#held;
    if (!oldest) return;
    this.#still(oldest);
    oldest.state = 'gone';
    this.#held.delete(oldest);
    this.#dropped += 1;
    if (Number.isInteger(Math.log2(this.#dropped)))
      this.#deps.log('error', 'wechat.inbound.dropped', { account: this.#deps.account, count: this.#dropped });
    this.#goOn();
  }
}
