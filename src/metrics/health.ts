/**
 * Whether the bot does its work. It looks at memory and asks the store one small question; it writes nothing, and what
 * it says names no chat, no account and nobody.
 */
import type { ChatAdapter } from '../bots/adapter.ts';
import type { Clock, SetTimer } from '../clock.ts';
import type { County } from '../core/county.ts';
import type { Playbook } from '../core/playbook/index.ts';
import { type Instant, MINUTE, SECOND } from '../core/time.ts';
import type { Store } from '../store/store.ts';
import type { Counters } from './counters.ts';
import { outboxFigures } from './outbox.ts';
import { jobDueSince } from './schedule.ts';

/** What is longer than these is a failure; milliseconds. */
export const LIMITS = {
  /** The store's answer to a small question. */
  answer: 2 * SECOND,
  /** One commit; a database that somebody else holds gives up by itself before. */
  commit: 30 * SECOND,
  /** Nothing can be kept. The app tries by the minute: it has done so at least once, and that was in vain. */
  failing: 90 * SECOND,
  /** The county, or an old period, as it is read from the store: a hundred thousand grids take some seconds. */
  reading: MINUTE,
  /** A job or ladder step behind its moment. */
  late: 5 * MINUTE,
  /** A platform without a single account that is connected. */
  down: 5 * MINUTE,
  /** A platform that takes none of the messages it is handed. */
  mute: 10 * MINUTE,
  /** Something due, and nothing accepted by any platform. */
  stuck: 15 * MINUTE,
} as const;

/** Troubles with sending older than this say nothing of now: nothing was sent since. */
const RECENT = 2 * MINUTE;

export type Check = 'store' | 'commits' | 'jobs' | 'outbox' | 'platforms';

export interface Problem {
  check: Check;
  /** In plain words, for operators. */
  problem: string;
}

export interface HealthDeps {
  county: () => County;
  store: Pick<Store, 'check'>;
  adapters: readonly ChatAdapter[];
  playbook: Playbook;
  /** The clock by which the county's rows are stamped. */
  clock: Clock;
  counters: Pick<Counters, 'commitUnderWayMs' | 'commitsFailingMs' | 'readingMs' | 'acceptedAt' | 'troubles'>;
  /** Ends the wait for the store, in real time. */
  setTimer: SetTimer;
}

export class Health {
  readonly #deps: HealthDeps;
  /** What fell due while nobody ran the bot is late only from here on. */
  readonly #since: Instant;
  /** The question to the store that is under way: one that hangs is asked once. */
  #asking: Promise<boolean> | null = null;

  constructor(deps: HealthDeps) {
    this.#deps = deps;
    this.#since = deps.clock.now();
  }

  /** All that is wrong; empty when nothing is. Waits for the store no longer than `LIMITS.answer`. */
  async check(): Promise<Problem[]> {
    const store = await this.#store();
    return [...store, ...this.#commits(), ...this.#jobs(), ...this.#outbox(), ...this.#platforms()];
  }

  /** While the county is read from it the store answers nothing else: a question would only wait, so none is asked. */
  async #store(): Promise<Problem[]> {
    const { readingMs } = this.#deps.counters;
    if (readingMs !== null) {
      if (readingMs <= LIMITS.reading) return [];
      const problem = `what is being read from the store has not come for ${minutes(LIMITS.reading)}`;
      return [{ check: 'store', problem }];
    }
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = null;
    });
    const answer = await within(LIMITS.answer, this.#asking, this.#deps.setTimer);
    if (answer === true) return [];
    const problem =
      answer === null
        ? `the store has not answered within ${LIMITS.answer / SECOND} seconds`
        : 'the store cannot be read';
    return [{ check: 'store', problem }];
  }

  async #ask(): Promise<boolean> {
    try {
      await this.#deps.store.check([]);
      return true;
    } catch {
      return false;
    }
  }

  #commits(): Problem[] {
    const { commitUnderWayMs, commitsFailingMs } = this.#deps.counters;
    const problems: Problem[] = [];
    if (commitUnderWayMs > LIMITS.commit) {
      problems.push({ check: 'commits', problem: `a commit has not ended for ${LIMITS.commit / SECOND} seconds` });
    }
    if (commitsFailingMs > LIMITS.failing) {
      problems.push({ check: 'commits', problem: `nothing was kept for ${LIMITS.failing / SECOND} seconds` });
    }
    return problems;
  }

  #jobs(): Problem[] {
    const { county, playbook } = this.#deps;
    const now = this.#deps.clock.now();
    const due = jobDueSince({ county: county(), playbook, now });
    if (due === null || !this.#isOver(due, LIMITS.late, now)) return [];
    return [{ check: 'jobs', problem: `what is due by the clock was not done for ${minutes(LIMITS.late)}` }];
  }

  /** A wave that takes an hour to leave is no failure as long as it leaves. */
  #outbox(): Problem[] {
    const { county, counters } = this.#deps;
    const now = this.#deps.clock.now();
    const { dueSince } = outboxFigures(county().tray.pending(), now);
    if (dueSince === null || !this.#isOver(Math.max(dueSince, counters.acceptedAt ?? 0), LIMITS.stuck, now)) return [];
    return [{ check: 'outbox', problem: `messages wait, and none was accepted for ${minutes(LIMITS.stuck)}` }];
  }

  #platforms(): Problem[] {
    const { adapters, counters } = this.#deps;
    const now = this.#deps.clock.now();
    const down = adapters
      .filter((adapter) => this.#isOver(downSince(adapter) ?? now, LIMITS.down, now))
      .map(({ platform }) => `no account of ${platform} was connected for ${minutes(LIMITS.down)}`);
    const mute = counters.troubles
      .filter(({ since, last }) => now - last <= RECENT && this.#isOver(since, LIMITS.mute, now))
      .map(({ platform }) => `${platform} took none of the messages for ${minutes(LIMITS.mute)}`);
    return [...down, ...mute].map((problem) => ({ check: 'platforms', problem }));
  }

  #isOver(since: Instant, limit: number, now: Instant): boolean {
    return now - Math.max(since, this.#since) > limit;
  }
}

/** When the last account of a platform was lost; null while one is connected or none can be lost. */
function downSince(adapter: ChatAdapter): Instant | null {
  const accounts = adapter.accounts?.() ?? [];
  if (accounts.length === 0 || accounts.some(({ state }) => state === 'connected')) return null;
  return Math.max(...accounts.map(({ since }) => since));
}

/** What a promise that never rejects comes to, or null when that takes longer. */
function within<T>(ms: number, promise: Promise<T>, setTimer: SetTimer): Promise<T | null> {
  return new Promise((resolve) => {
    const cancel = setTimer(() => resolve(null), ms);
    void promise.then((value) => {
      cancel();
      resolve(value);
    });
  });
}

const minutes = (ms: number): string => (ms === MINUTE ? 'a minute' : `${ms / MINUTE} minutes`);
