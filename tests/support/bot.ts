/** The whole bot on a real database file and a clock that stands still, spoken to in the words of its users. */
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect } from 'vitest';
import { settle, walkBefore, walkThrough } from '../../src/app/walk.ts';
import { type App, type AppDeps, createApp, type Logger } from '../../src/app.ts';
import type { ChatRef, InboundMessage, Pace, Shape } from '../../src/bots/adapter.ts';
import { SteppedClock } from '../../src/clock.ts';
import { newRevision } from '../../src/core/meta.ts';
import type { Playbook } from '../../src/core/playbook/index.ts';
import type { Write } from '../../src/core/rows/index.ts';
import { addDays, type CivilDate, civilDateOf, type Instant, isoShanghai } from '../../src/core/time.ts';
import { openOwned } from '../../src/main/open.ts';
import { loadPlaybook } from '../../src/playbook-file.ts';
import { registerWrites } from '../../src/rehearse/registers.ts';
import { rosterWrites } from '../../src/sample/install.ts';
import { openStore } from '../../src/store/prisma.ts';
import type { Store } from '../../src/store/store.ts';
import { type Delivered, RecordingAdapter } from './recording-adapter.ts';
import { ROSTER } from './rehearsal.ts';
import { importRoster, rowsOf, sheetOf } from './roster-office.ts';
import { rawSql } from './sqlite.ts';

export interface BotOptions {
  /** Default 2026-11-23T07:00:00+08:00, a Monday. */
  start?: string;
  /** Default the two villages of {@link ROSTER}. */
  roster?: string;
  /** Default the shipped one. */
  playbook?: Playbook;
  /** What the registers hold at the start: register id → its table as CSV. */
  registers?: Readonly<Record<string, string>>;
  pace?: Partial<Pace>;
  shape?: Partial<Shape>;
  /** Rows of the furnished county to leave out: groups not bound yet, people who have claimed nothing. */
  without?: (write: Write) => boolean;
  /** What real time adds: a deadline for sends, a word after each. */
  wiring?: Pick<AppDeps, 'setTimer' | 'onChange'>;
  /** Told of everything logged, in place of {@link Bot.logged}. */
  log?: Logger;
  /** Puts something between the app and its store. */
  wrapStore?: (store: Store) => Store;
}

export interface Saying {
  /** `17:30`, or `+1d 09:00`; default now. The clock walks there first. */
  at?: string;
  /** When the sender sent it, if not when it arrives. */
  sentAt?: string;
  /** The platform's id of the message; default a new one. */
  id?: string;
  change?: 'edited' | 'recalled';
  changeId?: string;
  /** When the message was first sent, if it is an edit. */
  originAt?: string;
  mentionsBot?: boolean;
}

/** One message as a chat sees it. */
export interface Heard {
  at: string;
  text: string;
  mentions: string[];
  attachments: string[];
}

/** Where something is said: a unit's group (or, of no such name, a group nobody knows), or a private chat. */
export type Where = string | 'private';

const PLATFORM = 'stage';
const living = new Set<Bot>();
const rejections: unknown[] = [];
const noteRejection = (reason: unknown): void => void rejections.push(reason);

beforeEach(() => {
  process.on('unhandledRejection', noteRejection);
});

afterEach(async () => {
  const bots = [...living];
  for (const bot of bots) await bot.end();
  // Rejections are reported after the turn in which nobody took them.
  await new Promise((resolve) => setImmediate(resolve));
  process.off('unhandledRejection', noteRejection);
  expect(rejections.splice(0), 'rejections that nobody took').toEqual([]);
});

/** Starts a bot over a furnished county; it ends with the test, and leaves nothing behind. */
export async function startBot(options: BotOptions = {}): Promise<Bot> {
  const bot = new Bot(options, options.playbook ?? (await loadPlaybook('epidemic')));
  living.add(bot);
  await bot.begin();
  return bot;
}

export class Bot {
  readonly clock: SteppedClock;
  readonly url: string;
  /** What the next start is given. */
  playbook: Playbook;
  /** Everything logged, as `level event`. */
  readonly logged: string[] = [];
  /** The same with all details. */
  readonly logLines: string[] = [];
  platform: RecordingAdapter;
  readonly #options: BotOptions;
  readonly #log: Logger;
  readonly #folder: string;
  readonly #firstDay: CivilDate;
  readonly #before: Delivered[] = [];
  #running: { app: App; store: Store; bare: App } | null = null;
  #said = 0;

  constructor(options: BotOptions, playbook: Playbook) {
    this.#options = options;
    this.#log = (level, event, details = {}) => {
      this.logged.push(`${level} ${event}`);
      this.logLines.push(`${level} ${event} ${JSON.stringify(details)}`);
      options.log?.(level, event, details);
    };
    this.playbook = playbook;
    this.clock = new SteppedClock(Date.parse(options.start ?? '2026-11-23T07:00:00+08:00'));
    this.#firstDay = civilDateOf(this.clock.now());
    this.#folder = mkdtempSync(join(tmpdir(), 'gridbot-bot-'));
    this.url = `file:${join(this.#folder, 'gridbot.db')}`;
    this.platform = this.#newPlatform();
  }

  /** The app; its `tick` also waits for what the platform says, and does what follows from that. */
  get app(): App {
    if (!this.#running) throw new Error('the bot is down');
    return this.#running.app;
  }

  /** The app as it is run in real time: its `tick` waits for no platform. */
  get bareApp(): App {
    if (!this.#running) throw new Error('the bot is down');
    return this.#running.bare;
  }

  get store(): Store {
    if (!this.#running) throw new Error('the bot is down');
    return this.#running.store;
  }

  async begin(): Promise<void> {
    const roster = sheetOf(this.#options.roster ?? ROSTER);
    const now = this.clock.now();
    const furnished = rosterWrites(roster, now, PLATFORM);
    const tables = Object.entries(this.#options.registers ?? {}).map(([id, csv]) => [id, rowsOf(csv)] as const);
    const entries = registerWrites(Object.fromEntries(tables), this.playbook, furnished, now);
    const writes = [...furnished, ...entries].filter((write) => !this.#options.without?.(write));
    const store = await openStore({ url: this.url });
    await store.commit([...writes, newRevision('1')]);
    await this.#run(store);
  }

  // ── what people do ────────────────────────────────────────────────────────────────────────────────────────────

  /** Says a line and gives the texts which that chat heard since. */
  async says(who: string, where: Where, text: string, saying: Saying = {}): Promise<string[]> {
    if (saying.at !== undefined) await walkBefore(this.app, this.clock, this.moment(saying.at));
    const message = this.message(who, where, text, saying);
    const before = this.#heardIn(message.chat).length;
    await this.platform.deliver(message);
    await this.app.tick();
    return this.#heardIn(message.chat)
      .slice(before)
      .map((heard) => heard.text);
  }

  message(
    who: string,
    where: Where,
    text: string,
    { sentAt, id, change, changeId, originAt, mentionsBot }: Saying = {},
  ): InboundMessage {
    this.#said += 1;
    const sender = { id: this.accountOf(who, where), displayName: who.replace(/@.*$/, '') };
    const group = where !== 'private';
    return {
      type: 'message',
      id: id ?? `said ${this.#said}`,
      chat: group
        ? { platform: PLATFORM, id: this.#groupId(where), kind: 'group' }
        : { platform: PLATFORM, id: sender.id, kind: 'direct' },
      chatTitle: group ? where : '',
      sender,
      text,
      attachments: [],
      mentionsBot: mentionsBot ?? false,
      repliesToBot: false,
      ...(change === undefined ? {} : { change }),
      ...(changeId === undefined ? {} : { changeId }),
      ...(originAt === undefined ? {} : { originAt: this.moment(originAt) }),
      sentAt: sentAt === undefined ? this.clock.now() : this.moment(sentAt),
    };
  }

  /** Walks the clock, doing everything that falls due up to and at the moment. */
  async walkTo(moment: string): Promise<void> {
    await walkThrough(this.app, this.clock, this.moment(moment));
  }

  /** The roster office imports another list, from another process. */
  importRoster(roster: string, effective: CivilDate): Promise<void> {
    return importRoster(this.url, roster, effective);
  }

  // ── what is seen ──────────────────────────────────────────────────────────────────────────────────────────────

  /** What a group has heard since the first start. */
  heard(group: string): Heard[] {
    return this.#heardIn({ platform: PLATFORM, id: this.#groupId(group), kind: 'group' });
  }

  /** What somebody has heard in private. */
  heardInPrivate(who: string): Heard[] {
    return this.#heardIn({ platform: PLATFORM, id: this.accountOf(who, 'private'), kind: 'direct' });
  }

  /** Every message delivered, over all starts. */
  everything(): Delivered[] {
    return [...this.#before, ...this.platform.delivered];
  }

  /** Rows of the database file, read past the bot. */
  rows(sql: string): Promise<unknown[][]> {
    return rawSql(this.url, sql);
  }

  /** The id of a unit of today's roster, or of that of the day on which it is asked. */
  unitId(name: string): string {
    const [unit, ...others] = this.app.county().viewAt(this.clock.now()).findUnits(name);
    if (!unit || others.length > 0) throw new Error(`${name} names ${unit ? others.length + 1 : 0} units`);
    return unit.id;
  }

  personId(name: string): string {
    const [person, ...others] = this.app.county().viewAt(this.clock.now()).findPersons(name);
    if (!person || others.length > 0) throw new Error(`${name} names ${person ? others.length + 1 : 0} people`);
    return person.id;
  }

  /** `17:30` of the first day, `+1d 09:00` of the day after. */
  moment(text: string): Instant {
    const [, days = '0', time = ''] = /^(?:\+(\d+)d )?(\d\d:\d\d(?::\d\d)?)$/.exec(text) ?? [];
    if (time === '') throw new Error(`${text} is no moment`);
    return Date.parse(`${addDays(this.#firstDay, Number(days))}T${time.padEnd(8, ':00')}+08:00`);
  }

  // ── what happens to it ────────────────────────────────────────────────────────────────────────────────────────

  async stop(): Promise<void> {
    await this.app.stop();
    const sending = [...this.app.county().tray.pending()].filter((row) => row.state === 'sending');
    expect(sending, 'sends nobody has settled').toEqual([]);
    expect(this.platform.listening, 'the platform still delivers').toBe(false);
    await this.#close();
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  /** Ends at once: nothing that was begun gets to finish. */
  async kill(): Promise<void> {
    this.platform.abandon();
    await this.#close();
  }

  async start(): Promise<void> {
    await this.#run(await openOwned(this.url, this.#log));
  }

  /** Stops, and is back at a later moment; what fell due meanwhile is still to be done. */
  async offlineUntil(moment: string): Promise<void> {
    await this.stop();
    this.clock.moveTo(this.moment(moment));
    await this.start();
  }

  /** Dies in the middle of the next send, before or after the platform has delivered it; then starts again. */
  async dieWhileSending(outcome: 'delivered' | 'not delivered'): Promise<void> {
    const { platform } = this;
    await new Promise<void>((resolve) => {
      platform.beforeDelivery = (to, message) => {
        if (outcome === 'delivered') platform.delivered.push({ at: this.clock.now(), to, message });
        resolve();
        return new Promise(() => undefined);
      };
      // Whatever it had begun beside the send dies with it.
      this.app.tick().catch(() => undefined);
    });
    await this.kill();
    await this.start();
  }

  /** The end of a test: everything is let go, and nothing may be left. */
  async end(): Promise<void> {
    living.delete(this);
    try {
      if (this.#running) await this.stop();
      const log = statSync(join(this.#folder, 'gridbot.db-wal'), { throwIfNoEntry: false });
      expect(log?.size ?? 0, 'bytes that closing did not bring into the database file').toBe(0);
    } finally {
      rmSync(this.#folder, { recursive: true, force: true });
    }
    expect(existsSync(this.#folder), 'temporary files').toBe(false);
  }

  async #run(store: Store): Promise<void> {
    if (this.platform.delivered.length > 0) this.#before.push(...this.platform.delivered);
    this.platform = this.#newPlatform();
    const bare = await createApp({
      store: this.#options.wrapStore?.(store) ?? store,
      clock: this.clock,
      playbook: this.playbook,
      adapters: [this.platform],
      log: this.#log,
      random: () => 0,
      ...this.#options.wiring,
    });
    const app = { ...bare, tick: () => settle(bare, this.clock) };
    this.#running = { app, store, bare };
    await bare.start();
  }

  async #close(): Promise<void> {
    await this.store.close();
    this.#running = null;
  }

  #newPlatform(): RecordingAdapter {
    return new RecordingAdapter(PLATFORM, this.clock, this.#options.pace, this.#options.shape);
  }

  accountOf(who: string, where: Where): string {
    const view = this.app.county().viewAt(this.clock.now());
    const below = where === 'private' ? undefined : view.findUnits(where)[0]?.id;
    const [person, ...others] = view.findPersons(who, below);
    if (others.length > 0) throw new Error(`${who} is not one person`);
    return person?.id ?? `stranger ${who}`;
  }

  #groupId(name: string): string {
    const [unit] = this.app.county().view(civilDateOf(this.clock.now())).findUnits(name);
    return unit?.id ?? name;
  }

  #heardIn(chat: ChatRef): Heard[] {
    const view = this.app.county().viewAt(this.clock.now());
    return this.everything()
      .filter(({ to }) => to.id === chat.id && to.kind === chat.kind)
      .map(({ at, message }) => ({
        at: isoShanghai(at).slice(11, 19),
        text: message.text,
        mentions: message.mentions.map(({ id }) => view.person(id)?.name ?? id),
        attachments: message.attachments.map(({ name }) => name),
      }));
  }
}
