/** How the account stands with Telegram, and which outages are worth telling. */
import type { Clock } from '../../clock.ts';
import { DAY, type Instant } from '../../core/time.ts';
import type { AccountState, Outage } from '../adapter.ts';
import type { AdapterDeps } from '../platform.ts';
import { PLATFORM } from './inbound.ts';

export class Standing {
  readonly #clock: Clock;
  readonly #log: AdapterDeps['log'];
  readonly #worthTelling: number;
  #state: AccountState;
  /** The first failure of those that have gone on since. */
  #lostSince: Instant | null = null;

  /** @param worthTelling outages shorter than this are not told, ms */
  constructor(account: string, worthTelling: number, { clock, log }: Pick<AdapterDeps, 'clock' | 'log'>) {
    this.#clock = clock;
    this.#log = log;
    this.#worthTelling = worthTelling;
    this.#state = { account, state: 'connecting', since: clock.now(), problem: null };
  }

  get state(): AccountState {
    return this.#state;
  }

  /** Telegram does not hear us, or does not let us hear. */
  bad(problem: string): void {
    const before = this.#state;
    if (before.state === 'lost' && before.problem === problem) return;
    this.#lostSince ??= this.#clock.now();
    this.#state = { ...before, state: 'lost', since: this.#lostSince, problem };
    this.#log('warn', 'telegram.lost', { account: before.account, problem });
  }

  /** Telegram answered as it should; the outage that this ends, if it was long enough. */
  good(): Outage | null {
    const { account, state, problem } = this.#state;
    if (state === 'connected') return null;
    const until = this.#clock.now();
    const since = this.#lostSince;
    this.#lostSince = null;
    this.#state = { account, state: 'connected', since: until, problem: null };
    this.#log('info', 'telegram.connected', { account, afterMs: since === null ? 0 : until - since });
    if (since === null || until - since < this.#worthTelling) return null;
    // For so long Telegram keeps what is said meanwhile.
    const lossy = until - since > DAY;
    return { type: 'outage', platform: PLATFORM, account, since, until, cause: problem ?? '', lossy };
  }

  stopped(): void {
    this.#state = { ...this.#state, state: 'stopped', since: this.#clock.now(), problem: null };
  }
}
