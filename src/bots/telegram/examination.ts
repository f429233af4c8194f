/** Looks at Telegram beside a bot that may be running: nothing is changed and no update is fetched. */
import { type ZodType, z } from 'zod';
import { pause } from '../deadline.ts';
import type { Finding } from '../finding.ts';
import type { AdapterDeps, BoundGroup } from '../platform.ts';
import { Api, type Method, type Payload } from './api.ts';
import { CallError } from './failure.ts';
import { chatNumber } from './outbound.ts';
import { meShape } from './session.ts';
import type { TelegramSettings } from './settings.ts';
import type { TelegramTimes } from './times.ts';

/** Groups looked at side by side. */
const SIDE_BY_SIDE = 4;
/** A running bot leaves fewer behind. */
const MANY_WAITING = 100;
/** The highest id a message could have; Telegram counts them up from 1. */
const NO_MESSAGE = 2 ** 31 - 1;
/** Failed deliveries older than this are over, seconds. */
const LATELY = 3_600;

const infoShape = z.object({
  url: z.string(),
  pending_update_count: z.number().default(0),
  last_error_date: z.number().optional(),
  last_error_message: z.string().optional(),
});
const chatShape = z.object({
  type: z.string(),
  permissions: z.object({ can_send_messages: z.boolean().optional() }).optional(),
});
const memberShape = z.object({
  status: z.string(),
  is_member: z.boolean().optional(),
  can_send_messages: z.boolean().optional(),
});

type Me = z.infer<typeof meShape>;

export class Examination {
  readonly #settings: TelegramSettings;
  readonly #times: TelegramTimes;
  readonly #deps: AdapterDeps;
  readonly #api: Api;
  /** The time is over. */
  readonly #over = new AbortController();

  constructor(settings: TelegramSettings, times: TelegramTimes, deps: AdapterDeps) {
    this.#settings = settings;
    this.#times = times;
    this.#deps = deps;
    this.#api = new Api(settings, times, deps.setTimer);
  }

  /** Never rejects; settles within the time of an examination. */
  async of(groups: readonly BoundGroup[]): Promise<Finding[]> {
    const cancel = this.#deps.setTimer(() => this.#over.abort(), this.#times.examine);
    try {
      const me = await this.#ask('getMe', {}, meShape);
      const delivery = await this.#delivery().catch((error: unknown) => [this.#unreachable(error)]);
      return [...this.#account(me), ...delivery, ...(await this.#groups(groups, me))];
    } catch (error) {
      return [this.#unreachable(error)];
    } finally {
      cancel();
      await this.#api.close();
    }
  }

  #account({ username, can_join_groups: joins, can_read_all_group_messages: hears }: Me): Finding[] {
    const account = `@${username}`;
    return [
      { code: 'connected', account },
      ...(joins ? [] : [{ code: 'groupsForbidden', account } as const]),
      ...(hears ? [] : [{ code: 'privacyMode', account } as const]),
    ];
  }

  async #delivery(): Promise<Finding[]> {
    const info = await this.#ask('getWebhookInfo', {}, infoShape);
    const { webhook } = this.#settings;
    const findings: Finding[] = [];
    if (webhook && info.url === '') findings.push({ code: 'webhookMissing' });
    else if (info.url !== '' && hrefOf(info.url) !== webhook?.url) {
      findings.push({ code: 'webhookElsewhere', host: hostOf(info.url) });
    }
    const { last_error_date: failedAt, last_error_message: failure, pending_update_count: count } = info;
    const isLate = failedAt !== undefined && this.#deps.clock.now() / 1_000 - failedAt < LATELY;
    if (webhook && isLate) findings.push({ code: 'webhookFails', error: (failure ?? '').slice(0, 200) });
    if (count >= MANY_WAITING) findings.push({ code: 'waiting', count });
    return findings;
  }

  async #groups(groups: readonly BoundGroup[], me: Me): Promise<Finding[]> {
    const found: Finding[][] = groups.map(() => []);
    const left = groups.entries();
    const walk = async (): Promise<void> => {
      for (const [at, group] of left) found[at] = await this.#group(group, me);
    };
    await Promise.all(Array.from({ length: SIDE_BY_SIDE }, walk));
    return found.flat();
  }

  async #group({ chat, title }: BoundGroup, me: Me): Promise<Finding[]> {
    const id = chatNumber(chat.id);
    if (id === null) return [{ code: 'groupGone', chat, title }];
    try {
      const { type, permissions } = await this.#ask('getChat', { chat_id: id }, chatShape);
      if (type === 'group') await this.#checkPlace(id);
      const bot = await this.#ask('getChatMember', { chat_id: id, user_id: me.id }, memberShape);
      const isOut = bot.status === 'restricted' ? bot.is_member === false : ['left', 'kicked'].includes(bot.status);
      if (isOut) return [{ code: 'groupGone', chat, title }];
      const leads = bot.status === 'administrator' || bot.status === 'creator';
      const speaks = leads || (bot.can_send_messages ?? permissions?.can_send_messages ?? true);
      const hears = leads || me.can_read_all_group_messages;
      if (speaks && hears) return [{ code: 'groupGood', chat, title }];
      return [
        ...(hears ? [] : [{ code: 'groupDeaf', chat, title } as const]),
        ...(speaks ? [] : [{ code: 'groupMute', chat, title } as const]),
      ];
    } catch (error) {
      const failure = asCallError(error);
      if (failure.movedTo !== undefined) return [{ code: 'groupMoved', chat, title }];
      if (failure.status === 403 || /chat (?:not found|was deactivated)/i.test(failure.description)) {
        return [{ code: 'groupGone', chat, title }];
      }
      return [{ code: 'groupUnclear', chat, title, error: failure.description || failure.message }];
    }
  }

  /**
   * What a plain group was can still be read after it became a supergroup: only who wants to write is told the new id.
   * Deleting a message that there cannot be is the one such wish that changes nothing and that nobody sees.
   * @throws {CallError} when the group is not where it was
   */
  async #checkPlace(chat: number): Promise<void> {
    try {
      await this.#ask('deleteMessage', { chat_id: chat, message_id: NO_MESSAGE }, z.unknown());
    } catch (error) {
      const { kind, status, description } = asCallError(error);
      if (kind !== 'answered' || status !== 400 || !/message to delete not found/i.test(description)) throw error;
    }
  }

  /** Waits where Telegram asks to, as long as there is time. */
  async #ask<M extends Method, T>(method: M, payload: Payload<M>, shape: ZodType<T>): Promise<T> {
    const until = this.#over.signal;
    for (;;) {
      try {
        return await this.#api.call(method, payload, shape, { until });
      } catch (error) {
        if (until.aborted) throw new CallError('unsent', 'no time left');
        const wait = asCallError(error).retryAfterMs;
        if (wait === undefined) throw error;
        await pause(wait, this.#deps.setTimer, until);
      }
    }
  }

  #unreachable(error: unknown): Finding {
    const { status, message } = asCallError(error);
    const { host } = this.#api;
    if (status === 401 || status === 404) return { code: 'tokenRefused', variable: 'TELEGRAM_TOKEN' };
    if (message === 'tls' || message === 'no http') return { code: 'tlsMismatch', host, error: message };
    return { code: 'unreachable', host, error: message };
  }
}

const asCallError = (error: unknown): CallError =>
  error instanceof CallError ? error : new CallError('lost', error instanceof Error ? error.name : 'error');

const hrefOf = (url: string): string => (URL.canParse(url) ? new URL(url).href : url);

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : 'unreadable');
