/**
 * One bot in three places at once: WeChat and Telegram behind real clients and counterparts in processes of their own,
 * and the page. Time is the test's: it stands still while the platforms deliver.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { walkThrough } from '../../../src/app/walk.ts';
import { type App, createApp } from '../../../src/app.ts';
import type { ChatAdapter, OutboundMessage } from '../../../src/bots/adapter.ts';
import { ConsoleAdapter } from '../../../src/bots/console.ts';
import type { Platform } from '../../../src/bots/platform.ts';
import { telegramWith } from '../../../src/bots/telegram.ts';
import { wechatyWith } from '../../../src/bots/wechaty.ts';
import { SteppedClock, systemTimer } from '../../../src/clock.ts';
import { chatKey } from '../../../src/core/chat.ts';
import { newRevision } from '../../../src/core/meta.ts';
import { issueCodes } from '../../../src/core/roster/codes.ts';
import { put } from '../../../src/core/rows/index.ts';
import { addDays, type CivilDate, civilDateOf, clockText, type Instant, SECOND } from '../../../src/core/time.ts';
import { BOT_NAME } from '../../../src/locales/zh-CN.ts';
import { loadPlaybook } from '../../../src/playbook-file.ts';
import { openStore } from '../../../src/store/prisma.ts';
import type { Store } from '../../../src/store/store.ts';
import { BotApi } from '../../counterparts/bot-api.ts';
import { WechatCounterpart, type WechatOptions } from '../../counterparts/puppet.ts';
import { importRoster } from '../../support/roster-office.ts';

/** Patience with other processes; nothing waits so long when all is well. */
const PATIENCE = { timeout: 20_000, interval: 10 };

export interface PlacesOptions {
  start: string;
  roster: string;
  wechat?: WechatOptions;
}

/** One message as people saw it. */
export interface Seen {
  at: string;
  platform: string;
  chat: string;
  text: string;
  files: string[];
}

export class ThreePlatforms {
  readonly clock: SteppedClock;
  readonly telegram: BotApi;
  readonly wechat: WechatCounterpart;
  readonly page: ConsoleAdapter;
  /** Everything that the app and the adapters logged, with all details. */
  readonly logged: string[] = [];
  readonly #seen: Seen[] = [];
  readonly #folder: string;
  readonly #day: CivilDate;
  #running: { app: App; store: Store } | null = null;

  private constructor(clock: SteppedClock, telegram: BotApi, wechat: WechatCounterpart, folder: string) {
    this.clock = clock;
    this.telegram = telegram;
    this.wechat = wechat;
    this.#folder = folder;
    this.#day = civilDateOf(clock.now());
    this.page = new ConsoleAdapter({ clock, botName: BOT_NAME });
  }

  static async open({ start, roster, wechat: options = {} }: PlacesOptions): Promise<ThreePlatforms> {
    const [telegram, wechat] = await Promise.all([BotApi.start(), WechatCounterpart.start(options)]);
    const folder = mkdtempSync(join(tmpdir(), 'gridbot-three-'));
    const places = new ThreePlatforms(new SteppedClock(Date.parse(start)), telegram, wechat, folder);
    await importRoster(places.#url, roster, civilDateOf(places.clock.now()));
    return places;
  }

  get #url(): string {
    return `file:${join(this.#folder, 'gridbot.db')}`;
  }

  get app(): App {
    if (!this.#running) throw new Error('the bot is down');
    return this.#running.app;
  }

  get store(): Store {
    if (!this.#running) throw new Error('the bot is down');
    return this.#running.store;
  }

  // ── the bot ───────────────────────────────────────────────────────────────────────────────────────────────────

  async startBot(): Promise<void> {
    const store = await openStore({ url: this.#url });
    const joined = await Promise.all([
      this.#join(
        telegramWith({ longPollSeconds: 1, stall: 2_000, idle: 10, retry: { first: 50, longest: 200 } }),
        new Map([
          ['TELEGRAM_TOKEN', this.telegram.token],
          ['TELEGRAM_API_ROOT', this.telegram.root],
        ]),
      ),
      this.#join(
        wechatyWith({ silence: 2_000, reconnect: { first: 50, longest: 200 }, outage: 0 }),
        new Map([
          ['WECHATY_PUPPET_SERVICE_TOKEN', this.wechat.token],
          ['WECHATY_PUPPET_SERVICE_ENDPOINT', this.wechat.endpoint],
          ['WECHATY_PUPPET_SERVICE_NO_TLS_INSECURE_CLIENT', 'true'],
        ]),
      ),
    ]);
    const app = await createApp({
      store,
      clock: this.clock,
      playbook: await loadPlaybook('epidemic'),
      adapters: [...joined, this.page].map((adapter) => this.#watched(adapter)),
      log: (level, event, details = {}) => this.logged.push(`${level} ${event} ${JSON.stringify(details)}`),
      random: () => 0,
      randomBytes: (count) => new Uint8Array(count).fill(1),
    });
    this.#running = { app, store };
    await app.start();
    await this.until(async () => (await this.wechat.streams()).attached > 0);
  }

  async stopBot(): Promise<void> {
    await this.app.stop();
    await this.store.close();
    this.#running = null;
  }

  async end(): Promise<void> {
    if (this.#running) await this.stopBot();
    await Promise.all([this.telegram.end(), this.wechat.end()]);
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #join(platform: Platform, environment: ReadonlyMap<string, string>): Promise<ChatAdapter> {
    const configuration = platform.configure(environment);
    if (configuration.state !== 'ready') throw new Error(JSON.stringify(configuration));
    return configuration.platform.open({
      clock: this.clock,
      setTimer: systemTimer,
      random: () => 0,
      botName: BOT_NAME,
      log: (level, event, details = {}) => this.logged.push(`${level} ${event} ${JSON.stringify(details)}`),
    });
  }

  /** The same adapter, with a note of the moment at which each message was accepted. */
  #watched(adapter: ChatAdapter): ChatAdapter {
    const note = async (send: Promise<{ messageId: string | null }>, chat: string, message: OutboundMessage) => {
      const sent = await send;
      this.#seen.push({
        at: clockText(this.clock.now()),
        platform: adapter.platform,
        chat,
        text: message.text,
        files: message.attachments.map(({ name }) => name),
      });
      return sent;
    };
    return {
      platform: adapter.platform,
      pace: adapter.pace,
      shape: adapter.shape,
      start: (sink) => adapter.start(sink),
      stop: () => adapter.stop(),
      send: (to, message) => note(adapter.send(to, message), to.id, message),
      ...(adapter.accountFor ? { accountFor: (to) => adapter.accountFor?.(to) ?? '' } : {}),
      ...(adapter.accounts ? { accounts: () => adapter.accounts?.() ?? [] } : {}),
    };
  }

  // ── time ──────────────────────────────────────────────────────────────────────────────────────────────────────

  /** `17:30` of the first day, `+1d 09:00` of the day after. */
  moment(text: string): Instant {
    const [, days = '0', time = ''] = /^(?:\+(\d+)d )?(\d\d:\d\d(?::\d\d)?)$/.exec(text) ?? [];
    return Date.parse(`${addDays(this.#day, Number(days))}T${time.padEnd(8, ':00')}+08:00`);
  }

  /** Walks the clock, doing everything that falls due up to and at the moment, real sends included. */
  async at(moment: string): Promise<void> {
    await walkThrough(this.app, this.clock, this.moment(moment));
  }

  /** Waits for something another process does. */
  async until(holds: () => Promise<boolean> | boolean): Promise<void> {
    await vi.waitUntil(holds, PATIENCE);
  }

  // ── people ────────────────────────────────────────────────────────────────────────────────────────────────────

  /** The codes that the office prints, by name. */
  async codes(): Promise<ReadonlyMap<string, string>> {
    const county = this.app.county();
    const now = this.clock.now();
    let next = 0;
    const random = (count: number): Uint8Array =>
      Uint8Array.from({ length: count }, () => (next = (next * 7 + 11) % 251));
    const { rows, sheet } = issueCodes(county.viewAt(now), county.accounts(), county.claimCodes(), now, { random });
    await this.store.commit([
      ...rows.map((row) => put('claimCode', row)),
      newRevision(`codes ${sheet.map(({ code }) => code).join(' ')}`),
    ]);
    await this.app.refresh();
    return new Map(sheet.map(({ name, code }) => [name, code]));
  }

  /** Somebody says something on Telegram, in a group or (of their own number) to the bot; it is taken in and answered. */
  async onTelegram(from: number, chat: number, text: string): Promise<number> {
    const { messageId } = await this.telegram.says({ chat, from, text, date: this.clock.now() / SECOND });
    await this.#taken('telegram', String(chat), String(messageId));
    return messageId;
  }

  /** Somebody changes what they said on Telegram. */
  async editsOnTelegram(chat: number, messageId: number, text: string): Promise<void> {
    const { updateId } = await this.telegram.edits({ chat, messageId }, text, { date: this.clock.now() / SECOND });
    await this.#taken('telegram', String(chat), `${messageId}#edited${updateId}`);
  }

  /** Somebody says something on WeChat, in a room or (without one) to the bot. */
  async onWechat(from: string, room: string | null, text: string): Promise<string> {
    const id = await this.wechat.says({ from, room, text, at: this.clock.now() / SECOND });
    await this.#taken('wechat', room ?? from, id);
    return id;
  }

  /** Everything that is to be sent now leaves, also what gathers for a moment. */
  async settle(): Promise<void> {
    await walkThrough(this.app, this.clock, this.clock.now() + 10 * SECOND);
  }

  async #taken(platform: string, chat: string, id: string): Promise<void> {
    const inbound = `${chatKey({ platform, id: chat })}:${id}`;
    await this.until(async () => (await this.store.check([inbound])).known.has(inbound));
    await this.settle();
  }

  // ── what is seen ──────────────────────────────────────────────────────────────────────────────────────────────

  /** All that was accepted, in the order of time; what left at the same moment, by platform and chat. */
  everything(): Seen[] {
    const place = ({ at, platform, chat }: Seen): string => `${at} ${platform} ${chat}`;
    return this.#seen.toSorted((a, b) => (place(a) < place(b) ? -1 : place(a) > place(b) ? 1 : 0));
  }

  /** What a chat of a platform has seen since the start. */
  seenIn(platform: string, chat: string | number): Seen[] {
    return this.#seen.filter((seen) => seen.platform === platform && seen.chat === String(chat));
  }
}
