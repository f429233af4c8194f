/** One of the bot's accounts: keeps a session with its service going, whatever happens to it, and says how it stands. */
import type { Instant } from '../../core/time.ts';
import type { AccountState, Outage } from '../adapter.ts';
import { backoff } from '../backoff.ts';
import { pause } from '../deadline.ts';
import { causeOf, statusOf } from './failure.ts';
import { readFile } from './file.ts';
import type { Groups } from './groups.ts';
import { type HearingDeps, tell } from './hearing.ts';
import { Reader, SessionOver, type Told } from './reader.ts';
import type { Said } from './said.ts';
import { type Ending, Session } from './session.ts';
import type { WechatAccount } from './settings.ts';
import { Stay } from './stay.ts';
import { PLATFORM } from './translate.ts';
import type { Surroundings } from './tuning.ts';

/** As many failures as there seem to have been when a login ends that has not lasted long. */
const AFTER_LOGIN = 1;

export interface AccountDeps {
  around: Surroundings;
  groups: Groups;
  /** Resolves when the app has kept it, or that was given up. Never rejects. */
  deliver: (told: Told) => Promise<void>;
  /** Tells the app of all groups, like `deliver`. */
  announceGroups: () => Promise<void>;
  /** Somebody has written to this account in private. */
  wrote: (account: string, contact: string) => void;
}

export class Account {
  readonly #settings: WechatAccount;
  readonly #deps: AccountDeps;
  readonly #hearing: HearingDeps;
  readonly #reader: Reader;
  readonly #stopping = new AbortController();
  #session: Session | null = null;
  /** The login of the present session. */
  #stay: Stay | null = null;
  #state: AccountState;
  /** When it was first noticed that nothing is heard, and why; null while it hears. */
  #deaf: { since: Instant; cause: string | null } | null = null;
  #failures = 0;
  #cancelSteady: () => void = () => undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(settings: WechatAccount, deps: AccountDeps) {
    const { around } = deps;
    this.#settings = settings;
    this.#deps = deps;
    this.#state = { account: settings.name, state: 'connecting', since: around.clock.now(), problem: 'not started' };
    this.#reader = new Reader({ ...around, account: settings.name, deliver: (told) => void deps.deliver(told) });
    this.#hearing = {
      ...around,
      readFile: (messageId) => readFile(this.#present().deps.session.puppet, messageId, around),
      accept: (kind, id) => this.#accept(kind, id),
      wrote: (contact) => deps.wrote(settings.name, contact),
    };
  }

  get name(): string {
    return this.#settings.name;
  }

  get state(): AccountState {
    return this.#state;
  }

  /** The login by which questions are asked and messages sent; null while there is none. */
  get stay(): Stay | null {
    return this.#state.state === 'connected' ? this.#stay : null;
  }

  /** Resolves when it is connected, or it is known why it is not; then it goes on trying by itself. */
  start(): Promise<void> {
    this.#deaf = { since: this.#deps.around.clock.now(), cause: null };
    this.#become('connecting', 'connecting', this.#deaf.since);
    return new Promise((known) => {
      this.#running = this.#keepGoing(known);
    });
  }

  /** Resolves when the session is over and nothing of it is left. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#session?.end('stopped');
    await this.#running;
    this.#reader.clear();
    this.#become('stopped', 'stopped', this.#deps.around.clock.now());
  }

  async #keepGoing(known: () => void): Promise<void> {
    const { times, setTimer, random } = this.#deps.around;
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      const session = new Session(this.#settings, this.#deps.around, {
        loggedIn: (self) => void this.#settle(session, self, known),
        loggedOut: () => {
          this.#failures = 0;
          this.#miss('logged out', this.#deps.around.clock.now());
          known();
        },
        said: (said) => this.#hear(said),
        over: (ending) => this.#lose(ending),
      });
      this.#session = session;
      await session.run();
      known();
      this.#failures += 1;
      await pause(backoff(this.#failures, times.reconnect, random()), setTimer, signal);
    }
    known();
  }

  async #settle(session: Session, self: string, known: () => void): Promise<void> {
    const { around, groups, announceGroups } = this.#deps;
    const stay = new Stay({ ...around, account: this.name, session, self, groups });
    this.#stay = stay;
    const told = await stay.settleIn().catch(() => null);
    if (!told) session.end('groups not told');
    if (!told || session.over) return;
    groups.connected(this.name, told);
    void stay.learnContacts();
    this.#cancelSteady = around.setTimer(() => {
      this.#failures = 0;
    }, around.times.steady);
    // A service that let us in comes back soon, most times; while it does not, what is said there is lost.
    this.#failures = Math.min(this.#failures, AFTER_LOGIN);
    this.#regain();
    known();
    // What was said meanwhile may be from groups under new ids, of which the app learns by this.
    await announceGroups();
    if (!session.over) this.#reader.resume();
  }

  #hear(said: Said): void {
    if (said.kind === 'dirty') this.#stay?.doubt(said.payloadType, said.payloadId);
    else this.#reader.take(async () => tell(said, this.#present(), this.#hearing));
  }

  /** @throws {SessionOver} when there is no login */
  #present(): Stay {
    if (!this.#stay) throw new SessionOver('not connected');
    return this.#stay;
  }

  async #accept(kind: 'invitation' | 'friendship', id: string): Promise<void> {
    const { puppet } = this.#present().deps.session;
    try {
      await (kind === 'invitation' ? puppet.roomInvitationAccept(id) : puppet.friendshipAccept(id));
    } catch (error) {
      // The service's own words name rooms and people.
      const status = statusOf(error);
      throw new Error(`not accepted: ${status ? causeOf(status, true) : 'the client failed'}`);
    }
  }

  #lose({ cause, since }: Ending): void {
    this.#cancelSteady();
    this.#stay = null;
    this.#reader.suspend();
    this.#deps.groups.lost(this.name);
    if (!this.#stopping.signal.aborted) this.#miss(cause, since);
  }

  #miss(cause: string, since: Instant): void {
    this.#deaf = { since: this.#deaf?.since ?? since, cause: this.#deaf?.cause ?? cause };
    const isNews = this.#state.problem !== cause;
    this.#become('lost', cause, this.#deaf.since);
    if (isNews) this.#deps.around.log('warn', 'wechat.lost', { account: this.name, cause });
  }

  #regain(): void {
    const { clock, times, log } = this.#deps.around;
    const until = clock.now();
    const deaf = this.#deaf;
    this.#deaf = null;
    this.#become('connected', null, until);
    log('info', 'wechat.connected', { account: this.name });
    // To connect takes a moment; without a failure it is no outage.
    if (!deaf?.cause || until - deaf.since <= times.outage) return;
    const { since, cause } = deaf;
    const account = this.name;
    const event: Outage = { type: 'outage', platform: PLATFORM, account, since, until, cause, lossy: true };
    void this.#deps.deliver({ lane: `outage of ${account}`, event });
  }

  #become(state: AccountState['state'], problem: string | null, since: Instant): void {
    this.#state = { account: this.name, state, since, problem };
  }
}
