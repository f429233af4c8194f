/**
 * The app: one door in (`handle`), one door out (the outbox), and time as an argument. Making it and starting it are
 * two calls. It holds no timer: whoever runs it asks {@link App.nextDue} and calls {@link App.tick}.
 */
import { randomBytes } from 'node:crypto';
import { Cell, NotDurableError } from './app/cell.ts';
import { inboundId, MessageWork } from './app/inbound.ts';
import {
  claimShown,
  decideGroups,
  decideJoined,
  decideLeft,
  decideOutage,
  decideRenamed,
  joinedId,
  judgeInvitation,
} from './app/membership.ts';
import { type Observer, UNOBSERVED } from './app/observer.ts';
import { Postman } from './app/postman.ts';
import { react } from './app/reactions.ts';
import { Readings } from './app/readings.ts';
import { recover } from './app/recovery.ts';
import { decideDowntime, decideSigns, hasSigns } from './app/signs-of-life.ts';
import { decideTry, StoreWatch } from './app/store-watch.ts';
import type { ChatAdapter, InboundEvent, InboundMessage, Invitation } from './bots/adapter.ts';
import type { Clock, SetTimer } from './clock.ts';
import type { Reads } from './commands/command.ts';
import { answer } from './commands/command.ts';
import { rulesByForm } from './core/alert-rules.ts';
import { accountKey } from './core/chat.ts';
import type { County } from './core/county.ts';
import { errorInLogs } from './core/error-in-logs.ts';
import { vocabulariesOf } from './core/grammar/vocabularies.ts';
import { assertDistinctAliases } from './core/grammar/words.ts';
import { type Decision, NOTHING } from './core/notices.ts';
import type { Playbook } from './core/playbook/index.ts';
import { makeCode, type RandomBytes } from './core/roster/codes.ts';
import { put } from './core/rows/index.ts';
import { HOUR, type Instant } from './core/time.ts';
import { JOBS } from './jobs/index.ts';
import type { JobFacts } from './jobs/job.ts';
import { openPeriods } from './jobs/open-periods.ts';
import { zh } from './locales/zh-CN.ts';
import { inReceipt, spokenOf } from './notices/index.ts';
import { type Store, StoreError } from './store/store.ts';

export interface AppDeps {
  store: Store;
  clock: Clock;
  playbook: Playbook;
  adapters: readonly ChatAdapter[];
  log: Logger;
  /** 0 ≤ x < 1 */
  random: () => number;
  /** Ends sends that hang, in real time. Without it they are waited for, as is right where the platform is played. */
  setTimer?: SetTimer;
  /** Called after each send and each event taken in: there may be something to do for {@link App.tick}. */
  onChange?: () => void;
  /** Fresh random bytes for claim codes that are made in chat. */
  randomBytes?: RandomBytes;
  /** Told of the app's own running, for figures. */
  observer?: Observer;
}

/** What the app tells its operator: no texts, no names, no accounts and no numbers of people. */
export type Logger = (level: 'info' | 'warn' | 'error', event: string, details?: Record<string, unknown>) => void;

export interface App {
  /** Recovers what a stop left behind and begins to take events. */
  start(): Promise<void>;
  /**
   * Takes one event; resolves when what it changed is durable. What goes wrong in deciding is logged and answered.
   * @throws {NotDurableError} when the store could not keep it: the platform must be asked to deliver it again
   */
  handle(event: InboundEvent): Promise<void>;
  /**
   * Looks whether another process has changed the roster, and takes the change in. Where the last that is known of the
   * store is that it could not keep something, it is tried: by the minute, however long nobody says anything.
   */
  refresh(): Promise<void>;
  /**
   * Does everything due now: jobs, then hands over whatever may be sent. It does not wait for what the platforms say of
   * it, so that one that is slow holds up nobody else.
   */
  tick(): Promise<void>;
  /** Resolves when the platforms have answered all that was handed to them, or their time for it is over. */
  idle(): Promise<void>;
  /** The next moment at which {@link tick} has something to do; null when nothing is in sight. */
  nextDue(): Instant | null;
  /** The same, jobs and outbox apart. */
  dueTimes(): { jobs: Instant | null; outbox: Instant | null };
  /** Keeps a small value durably, such as how far a simulated clock is ahead. */
  remember(id: string, value: string): Promise<void>;
  /** The facts as they are now; to read only. */
  county(): County;
  /** Ends delivery of events and waits for what is under way. Nothing new is sent; what waits stays in the outbox. */
  stop(): Promise<void>;
}

/**
 * Makes the app over a store, reading the county from it; nothing is sent and no event is taken before `start`.
 * @throws {Error} when two owners share one alias
 * @throws {StoreError} when the store cannot be read
 */
export async function createApp(deps: AppDeps): Promise<App> {
  const { store, clock, playbook, log, onChange = () => undefined, observer = UNOBSERVED } = deps;
  const vocabulary = vocabulariesOf(playbook);
  const { forms } = vocabulary;
  assertDistinctAliases(vocabulary);
  const adapters = new Map(deps.adapters.map((adapter) => [adapter.platform, adapter]));
  const reactionFacts = { rules: rulesByForm(playbook.alerts), forms };
  const factsOf = (county: County, now: Instant): JobFacts => ({ county, playbook, now });

  const watch = new StoreWatch(observer);
  const cell = await Cell.open(store, clock, {
    prelude: (county, now) => prelude(factsOf(county, now)),
    word: (notice, county, now) => inReceipt(notice, county, forms, now),
    react: (county, writes, now) => react(county, writes, now, reactionFacts),
    observer: watch,
  });
  const reads: Reads = {
    book(id) {
      const { county } = cell;
      if (county.book(id)) return;
      const read = observer.reading();
      return readable(store.period(id).finally(read)).then((record) => {
        if (record) county.remember(record);
      });
    },
    claimTries: (accountId, since) => readable(store.claimTries(accountId, since)),
    newCode: () => makeCode(deps.randomBytes ?? randomBytes),
  };
  const postman = new Postman({
    cell,
    adapters,
    clock,
    spoken: spokenOf(playbook),
    loadBook: reads.book,
    random: deps.random,
    setTimer: deps.setTimer,
    onSettled: onChange,
    said: (platform, outcome) => observer.said(platform, outcome),
    log: (event, details) => log(event === 'sent' || event === 'wave' ? 'info' : 'warn', `outbox.${event}`, details),
  });

  const gatherMs = (platform: string): number => adapters.get(platform)?.pace.gatherMs ?? 0;
  const inboundDeps = {
    playbook,
    vocabulary,
    readings: new Readings(),
    reads,
    gatherMs,
  };

  async function submit(decide: (county: County, now: Instant) => Decision): Promise<void> {
    await cell.submit({ decide });
  }

  async function takeMessage(message: InboundMessage): Promise<void> {
    const work = new MessageWork(message, inboundDeps);
    try {
      await cell.submit(work);
      if (work.misread) observer.misread(work.misread);
    } catch (error) {
      if (error instanceof NotDurableError) throw error;
      log('error', 'inbound.failed', { error: errorInLogs(error) });
      const call = {
        chat: message.chat,
        messageId: `${inboundId(message)}#failed`,
        sentAt: message.sentAt,
        now: clock.now(),
        gatherMs: gatherMs(message.chat.platform),
      };
      await submit(() => answer(call, zh.broken));
    }
  }

  async function takeInvitation(invitation: Invitation): Promise<void> {
    const { platform, inviter } = invitation;
    const now = clock.now();
    const tries = await reads.claimTries(accountKey(platform, inviter.id), now - HOUR);
    const { accept, claim, decision } = judgeInvitation(invitation, cell.county, now, tries);
    await submit(() => decision);
    if (!accept) return log('info', 'invitation.declined', { platform });
    // Offered again because the claim could not be kept, it may have been taken already: the claim still stands.
    await invitation
      .accept()
      .catch((error: unknown) => log('warn', 'invitation.failed', { error: errorInLogs(error) }));
    if (claim !== null) await takeMessage(claimShown(claim, platform, inviter, clock.now()));
  }

  async function take(event: InboundEvent): Promise<void> {
    switch (event.type) {
      case 'message':
        return takeMessage(event);
      case 'invitation':
        return takeInvitation(event);
      case 'joined':
        await cell.submit({
          claim: joinedId(event),
          decide: (county, now) => decideJoined(event, county, now, playbook),
        });
        return;
      case 'left':
        return submit((county, now) => decideLeft(event, county, now));
      case 'renamed':
        return submit((county, now) => decideRenamed(event, county, now));
      case 'groups':
        return submit((county, now) => decideGroups(event, county, now));
      case 'outage':
        return submit(() => decideOutage(event));
    }
  }

  async function handle(event: InboundEvent): Promise<void> {
    observer.heard('platform' in event ? event.platform : event.chat.platform, event.type);
    try {
      await (event.type === 'message' ? takeMessage(event) : take(event));
    } catch (error) {
      log('error', 'event.failed', { type: event.type, error: errorInLogs(error) });
      if (error instanceof NotDurableError) throw error;
    }
    onChange();
  }

  function dueTimes(): { jobs: Instant | null; outbox: Instant | null } {
    const facts = factsOf(cell.county, clock.now());
    return { jobs: earliest(JOBS.map((job) => job.nextDue(facts))), outbox: postman.nextDue() };
  }

  return {
    async start() {
      await submit((county, now) => {
        const abandoned = [...county.tray.pending()].filter(({ state }) => state === 'sending');
        return { writes: recover(abandoned, now), notices: [] };
      });
      await submit((county, now) => decideDowntime(adapters, county, now));
      await Promise.all([...adapters.values()].map((adapter) => adapter.start(handle)));
    },
    handle,
    async tick() {
      // What a stale county holds to be done may never have been kept.
      if (cell.stale) await submit(() => NOTHING);
      for (const job of JOBS) {
        const due = job.nextDue(factsOf(cell.county, clock.now()));
        if (due === null || due > clock.now()) continue;
        // Before the work is in line: nobody waits for what is read.
        const loaded = job.load ? await job.load(factsOf(cell.county, clock.now()), store.past) : undefined;
        // What a step has to say is put into words while the step itself is being kept, and leaves once it is.
        const decided = submit((county, now) => job.decide(factsOf(county, now), loaded));
        const pumped = postman.pumpBeside();
        await Promise.allSettled([decided, pumped]);
        await decided;
        await pumped;
      }
      while (postman.hasWork()) await postman.pump();
      if (hasSigns(adapters, cell.county, clock.now())) {
        await submit((county, now) => decideSigns(adapters, county, now));
      }
    },
    idle: () => postman.idle(),
    nextDue() {
      const { jobs, outbox } = dueTimes();
      return earliest([jobs, outbox]);
    },
    dueTimes,
    refresh: () => submit((_, now) => (watch.isDoubtful ? decideTry(now) : NOTHING)),
    remember: (id, value) => submit(() => ({ writes: [put('meta', { id, value })], notices: [] })),
    county: () => cell.county,
    async stop() {
      for (const adapter of adapters.values()) await adapter.stop();
      await postman.idle();
      await cell.idle();
    },
  };
}

/** What cannot be read now may be read when the platform delivers again. */
async function readable<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    throw error instanceof StoreError ? new NotDurableError('the store could not be read', { cause: error }) : error;
  }
}

/** A period must be open before a message of its day can be understood. */
function prelude(facts: JobFacts): Decision {
  const due = openPeriods.nextDue(facts);
  if (due === null || due > facts.now) return NOTHING;
  return openPeriods.decide(facts);
}

function earliest(moments: readonly (Instant | null)[]): Instant | null {
  const known = moments.filter((at) => at !== null);
  return known.length > 0 ? Math.min(...known) : null;
}
