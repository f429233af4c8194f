/** Plays a script against a simulated clock on a temporary database: the real app, store, jobs and outbox. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { walkBefore, walkThrough } from '../app/walk.ts';
import { type App, createApp, type Logger } from '../app.ts';
import type { InboundMessage } from '../bots/adapter.ts';
import { SteppedClock } from '../clock.ts';
import { newRevision } from '../core/meta.ts';
import type { Playbook } from '../core/playbook/index.ts';
import type { RosterView } from '../core/roster/view.ts';
import { type Instant, SECOND } from '../core/time.ts';
import { BOT_NAME } from '../locales/bot-name.ts';
import { rosterWrites } from '../sample/install.ts';
import { openStore } from '../store/prisma.ts';
import type { Store } from '../store/store.ts';
import { checkNames, senderNamed, unitNamed } from './names.ts';
import { type RegisterTables, registerWrites } from './registers.ts';
import { type Script, ScriptError, type Step, type TimedStep } from './script.ts';
import { type Accepted, STAGE, Stage } from './stage.ts';
import { type Summary, summaryOf } from './summary.ts';

/** How long after the end answers that are on their way may still arrive. */
const LAST_WORDS = 10 * SECOND;

export interface Rehearsal {
  script: Script;
  playbook: Playbook;
  /** The roster's rows, the first of them the head. */
  roster: readonly (readonly string[])[];
  /** What the registers hold at the start. */
  registers?: RegisterTables;
  /** Called for each message the platform accepted, in order, with the names of the moment. */
  onAccepted: (accepted: Accepted, view: RosterView) => void;
  /** Called for each thing said, as it is said. */
  onSaid?: (message: InboundMessage, view: RosterView) => void;
  log: Logger;
}

/** What is running now, on the one database that outlives it. */
interface Running {
  store: Store;
  app: App;
}

/**
 * Plays the whole script and returns the counts at its end.
 * @throws {ScriptError} where a step names a unit or a person that is not one, or a register's table is wrong
 */
export async function rehearse(rehearsal: Rehearsal): Promise<Summary> {
  const folder = await mkdtemp(join(tmpdir(), 'gridbot-rehearsal-'));
  try {
    return await new Player(rehearsal, `file:${join(folder, 'rehearsal.db')}`).play();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

class Player {
  readonly #rehearsal: Rehearsal;
  readonly #url: string;
  readonly #clock: SteppedClock;
  readonly #stage: Stage;
  readonly #messages = new Map<number, InboundMessage>();
  #running: Running | null = null;
  /** The roster as it was last seen. */
  #known: RosterView | null = null;
  /** While the bot is down: when it returns, and what was said meanwhile. */
  #away: { until: Instant; said: InboundMessage[] } | null = null;

  constructor(rehearsal: Rehearsal, url: string) {
    this.#rehearsal = rehearsal;
    this.#url = url;
    this.#clock = new SteppedClock(rehearsal.script.start);
    this.#stage = new Stage(this.#clock, (accepted) => rehearsal.onAccepted(accepted, this.#view()));
  }

  async play(): Promise<Summary> {
    const { script, roster, registers = {}, playbook } = this.#rehearsal;
    await this.#start(async (store) => {
      const furnished = rosterWrites(roster, script.start, STAGE);
      const entries = registerWrites(registers, playbook, furnished, script.start);
      await store.commit([...furnished, ...entries, newRevision('1')]);
    });
    try {
      checkNames(script, this.#view());
      // What is said at one moment is handled before anything else falls due at it.
      for (const moment of moments(script.steps)) await this.#moment(moment);
      await this.#reach(script.end);
      // Still down at the end: it is started only to be counted, and what was said meanwhile has not arrived.
      if (this.#away) await this.#start();
      else await this.#finish(script.end);
      const { store, app } = this.#up();
      return await summaryOf(app, store, this.#rehearsal.playbook, script.start, script.end);
    } finally {
      await this.#down();
    }
  }

  async #moment({ at, steps }: { at: Instant; steps: TimedStep[] }): Promise<void> {
    await this.#reach(at);
    let saying: InboundMessage[] = [];
    const say = async (): Promise<void> => {
      const messages = saying;
      saying = [];
      await this.#deliver(messages);
    };
    for (const { number, step } of steps) {
      if ('say' in step) saying.push(this.#messageOf(number, at, step));
      else if ('redeliver' in step) saying.push(this.#repeat(step.redeliver));
      else {
        await say();
        await this.#fault(step.fault, at);
      }
    }
    await say();
  }

  async #deliver(messages: readonly InboundMessage[]): Promise<void> {
    if (messages.length === 0) return;
    if (this.#away) this.#away.said.push(...messages);
    else await Promise.all(messages.map((message) => this.#up().app.handle(message)));
  }

  async #fault(fault: Extract<Step, { fault: unknown }>['fault'], at: Instant): Promise<void> {
    if (typeof fault === 'object' && 'sendFails' in fault) {
      this.#stage.failUntil(at + fault.sendFails);
      return;
    }
    if (this.#away) return;
    if (fault !== 'kill') await this.#up().app.stop();
    await this.#down();
    if (typeof fault === 'object') this.#away = { until: at + fault.offline, said: [] };
    else await this.#start();
  }

  /** Comes to a moment, with everything done that fell due before it. */
  async #reach(at: Instant): Promise<void> {
    if (this.#away) {
      if (this.#away.until > at) {
        this.#clock.moveTo(at);
        return;
      }
      await this.#return();
    }
    await walkBefore(this.#up().app, this.#clock, at);
  }

  /** The bot is back: what was said meanwhile is handled before anything that fell due. */
  async #return(): Promise<void> {
    const away = this.#away;
    this.#away = null;
    if (!away) return;
    this.#clock.moveTo(away.until);
    await this.#start();
    await this.#deliver(away.said);
  }

  /** What falls due at the end is done, and answers already on their way arrive; nothing new falls due. */
  async #finish(end: Instant): Promise<void> {
    const { app } = this.#up();
    await walkThrough(app, this.#clock, end);
    const nextSlot = app.dueTimes().jobs ?? Number.POSITIVE_INFINITY;
    await walkBefore(app, this.#clock, Math.min(end + LAST_WORDS, nextSlot));
  }

  async #start(prepare: (store: Store) => Promise<void> = () => Promise.resolve()): Promise<void> {
    const store = await openStore({ url: this.#url });
    await prepare(store);
    const app = await createApp({
      store,
      clock: this.#clock,
      playbook: this.#rehearsal.playbook,
      adapters: [this.#stage],
      log: this.#rehearsal.log,
      random: () => 0,
    });
    this.#running = { store, app };
    await app.start();
    this.#known = this.#view();
  }

  async #down(): Promise<void> {
    if (this.#running) this.#known = this.#view();
    await this.#running?.store.close();
    this.#running = null;
  }

  #up(): Running {
    if (!this.#running) throw new Error('the bot is down');
    return this.#running;
  }

  #view(): RosterView {
    return this.#up().app.county().viewAt(this.#clock.now());
  }

  #repeat(number: number): InboundMessage {
    const message = this.#messages.get(number);
    if (!message) throw new ScriptError(`step ${number} has said nothing yet`);
    return message;
  }

  #messageOf(number: number, at: Instant, step: Extract<Step, { say: string }>): InboundMessage {
    // While the bot is down nobody can be asked: names are looked up in the roster as it was last seen.
    const view = this.#running ? this.#view() : this.#known;
    if (!view) throw new Error('nothing has been started yet');
    const unitId = 'in' in step ? unitNamed(view, step.in, number) : null;
    const sender = senderNamed(view, step.from, unitId, number);
    const message: InboundMessage = {
      type: 'message',
      id: String(number),
      chat:
        unitId === null
          ? { platform: STAGE, id: sender.id, kind: 'direct' }
          : { platform: STAGE, id: unitId, kind: 'group' },
      chatTitle: unitId === null ? '' : (view.unit(unitId)?.name ?? ''),
      sender,
      text: step.say,
      attachments: [],
      mentionsBot: step.say.includes(`@${BOT_NAME}`),
      repliesToBot: false,
      sentAt: at,
    };
    this.#messages.set(number, message);
    this.#rehearsal.onSaid?.(message, view);
    return message;
  }
}

function moments(steps: readonly TimedStep[]): { at: Instant; steps: TimedStep[] }[] {
  const groups: { at: Instant; steps: TimedStep[] }[] = [];
  for (const step of steps) {
    const last = groups.at(-1);
    if (last?.at === step.at) last.steps.push(step);
    else groups.push({ at: step.at, steps: [step] });
  }
  return groups;
}
