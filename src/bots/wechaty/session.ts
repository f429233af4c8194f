/**
 * One stay at a puppet service: from attaching the event stream to whatever ends it. A session that has ended is never
 * mended; the next one starts from nothing, with a wechaty of its own.
 */
import { MemoryCard } from 'memory-card';
import { WechatyBuilder } from 'wechaty';
import type { Instant } from '../../core/time.ts';
import { within } from '../deadline.ts';
import { causeOf } from './failure.ts';
import { AccountPuppet } from './puppet.ts';
import { readSaid, type Said } from './said.ts';
import type { WechatAccount } from './settings.ts';
import { every, type Surroundings } from './tuning.ts';
import { type StreamEvent, Wire } from './wire.ts';

/** Why a session is over, a short word for operators, and since when nothing was heard. */
export interface Ending {
  cause: string;
  since: Instant;
}

export interface SessionEars {
  /** It is over: nothing more is said, and what is under way fails. Said once, before {@link Session.run} resolves. */
  over: (ending: Ending) => void;
  /** The account is logged in, as this contact. From now on `said` is told of what happens. Said at most once. */
  loggedIn: (self: string) => void;
  /** The service is there, but nobody is logged in behind it. The session goes on for a while. */
  loggedOut: () => void;
  said: (said: Exclude<Said, { kind: 'login' | 'logout' }>) => void;
}

/** Signs of life are looked for this often within the time after which there must have been one. */
const LOOKS = 4;

export class Session {
  readonly puppet: AccountPuppet;
  readonly wire: Wire;
  readonly #around: Surroundings;
  readonly #ears: SessionEars;
  readonly #ended: Promise<void>;
  #settle: () => void = () => undefined;
  #over = false;
  #self: string | null = null;
  #lastHeard: Instant;
  readonly #timers: (() => void)[] = [];
  /** Looks in a row at which nothing had been heard. */
  #quiet = 0;

  constructor(account: WechatAccount, around: Surroundings, ears: SessionEars) {
    this.#around = around;
    this.#ears = ears;
    this.#lastHeard = around.clock.now();
    this.wire = new Wire(account, around);
    this.puppet = new AccountPuppet(account, this.wire);
    this.#ended = new Promise((resolve) => {
      this.#settle = resolve;
    });
  }

  /** Runs until it ends, for whatever reason, and has cleared up. Never rejects. */
  async run(): Promise<void> {
    const { setTimer, times, log } = this.#around;
    // The bot is wechaty's life cycle around the puppet. It hears nothing of what is said, for upon each event it would
    // read the room and all its members: a cold room of 500 people costs tens of thousands of calls.
    const bot = WechatyBuilder.build({ puppet: this.puppet, memory: new MemoryCard() });
    bot.on('error', () => undefined);
    this.puppet.on('error', () => undefined);
    try {
      await bot.start();
      if (this.puppet.state.active() !== true) throw new Error('the puppet did not start');
      if (!this.#over) this.#attach();
    } catch {
      this.end('client does not start');
    }
    await this.#ended;
    for (const cancel of this.#timers) cancel();
    this.wire.close();
    await within(times.stop, setTimer, bot.stop()).catch(() => log('warn', 'wechat.stop.abandoned'));
    this.puppet.removeAllListeners();
  }

  #attach(): void {
    const { setTimer, times } = this.#around;
    this.wire.listen({
      hear: (event) => this.#listen(event),
      broken: (status) => this.end(causeOf(status, this.#self !== null)),
    });
    this.#timers.push(every(times.silence / LOOKS, setTimer, () => this.#look()));
    const waitForLogin = (): void => {
      if (this.#over || this.#self !== null) return;
      this.#timers.push(setTimer(() => this.#missLogin(), times.login));
    };
    const giveUp = (): void => {
      if (this.#self === null) this.end('service does not start');
    };
    this.wire.start().then(waitForLogin, giveUp);
  }

  /** A login is told when it happens and to whoever attaches after it; one that went by unheard is learnt of so. */
  #missLogin(): void {
    const { setTimer, times } = this.#around;
    if (this.#over || this.#self !== null) return;
    this.#ears.loggedOut();
    const attachAnew = (): void => {
      if (this.#self === null) this.end('logged out');
    };
    this.#timers.push(setTimer(attachAnew, times.silence));
  }

  #listen(event: StreamEvent): void {
    if (this.#over) return;
    this.#quiet = 0;
    this.#lastHeard = this.#around.clock.now();
    try {
      const said = readSaid(event);
      if (said) this.#hear(said);
    } catch {
      this.#around.log('warn', 'wechat.event.unreadable', { type: event.getType() });
    }
  }

  get over(): boolean {
    return this.#over;
  }

  /** Ends the session; what ends it first counts. `since`: when it was last known to hear. */
  end(cause: string, since: Instant = this.#around.clock.now()): void {
    if (this.#over) return;
    this.#over = true;
    this.#ears.over({ cause, since });
    this.#settle();
  }

  #hear(said: Said): void {
    if (said.kind === 'login') this.#login(said.contactId);
    // Not told to the library: it would ask the service to log out, and so end a login that came after.
    else if (said.kind === 'logout') this.end('logged out');
    else {
      if (said.kind === 'dirty') this.puppet.onDirty(said);
      this.#ears.said(said);
    }
  }

  #login(contactId: string): void {
    if (this.#self === contactId) return;
    // Under another id everything that is known of rooms and people may be wrong.
    if (this.#self !== null) this.end('another login');
    else {
      this.#self = contactId;
      this.puppet.login(contactId);
      this.#ears.loggedIn(contactId);
    }
  }

  /** The stream of a service that hangs stays open, and that of one that mixed its streams up, too. */
  #look(): void {
    if (this.#quiet >= LOOKS) this.end('silent', this.#lastHeard);
    else if (this.#quiet > 0) this.wire.ding();
    this.#quiet += 1;
  }
}
