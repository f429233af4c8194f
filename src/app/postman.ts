/**
 * Takes notices from the outbox to the platforms. An item is claimed, and put into words, in the same decision that
 * sees the newest facts; it is sent after that claim is durable; what the platform said of it is kept.
 */
import { type ChatAdapter, type Mention, type OutboundMessage, SendError } from '../bots/adapter.ts';
import type { Clock } from '../clock.ts';
import { type ChatRef, chatKey } from '../core/chat.ts';
import type { County } from '../core/county.ts';
import { addressOf, bodyOf, type Decision, mannerOf } from '../core/notices.ts';
import { afterQuiet } from '../core/quiet.ts';
import type { ChatKey, OutboxRow, PeriodId, Write } from '../core/rows.ts';
import { put } from '../core/rows.ts';
import { type Instant, SECOND } from '../core/time.ts';
import { type ComposeContext, type Composed, compose, composeTogether } from '../notices/index.ts';
import { accountOn, chatAt } from './addresses.ts';
import type { Cell } from './cell.ts';
import { accepted, failed } from './outcomes.ts';
import { Pacer } from './pacer.ts';

export interface PostmanDeps {
  cell: Cell;
  adapters: ReadonlyMap<string, ChatAdapter>;
  clock: Clock;
  forms: ComposeContext['forms'];
  /** Brings a period's book into memory if it exists. */
  loadBook: (id: PeriodId) => Promise<void>;
  /** 0 ≤ x < 1, spreads retries. */
  random: () => number;
  /** Told of every accepted message and every failure; no texts, no names. */
  log: (event: 'sent' | 'failed' | 'unsettled', details: Record<string, unknown>) => void;
}

/** Answers that leave as one message at most; more would be a wall of text. */
const MOST_TOGETHER = 40;

/** How long the outcome of a send waits for a store that failed. */
const SETTLE_AGAIN = 5 * SECOND;

type Settlement = (county: County, now: Instant) => Decision;

/** One message on its way: one notice, or several answers that leave together. */
interface Parcel {
  chat: ChatRef;
  key: ChatKey;
  rowIds: string[];
  composed: Composed;
}

export class Postman {
  readonly #deps: PostmanDeps;
  readonly #pacer: Pacer;
  readonly #underWay = new Map<ChatKey, Promise<void>>();
  /** Outcomes of sends that the store could not take in yet. */
  #unsettled: Settlement[] = [];
  #settleAgainAt: Instant = 0;
  /** One pump at a time: two could send to one chat without its pause. */
  #pumping: Promise<void> = Promise.resolve();

  constructor(deps: PostmanDeps) {
    this.#deps = deps;
    this.#pacer = new Pacer(new Map([...deps.adapters].map(([platform, { pace }]) => [platform, pace])));
  }

  /** Claims everything that may leave now and hands it to the adapters; {@link idle} waits for their answers. */
  pump(): Promise<void> {
    const next = (): Promise<void> => this.#pump();
    this.#pumping = this.#pumping.then(next, next);
    return this.#pumping;
  }

  async #pump(): Promise<void> {
    const settlements = this.#unsettled.splice(0);
    for (const settle of settlements) await this.#settle(settle);
    let parcels: Parcel[] = [];
    await this.#deps.cell.submit({
      decide: async (county, now) => {
        await this.#readBack(county, now);
        // A decision may run again after a failed commit: it starts from nothing each time.
        const claimed = this.#claimDue(county, now);
        parcels = claimed.parcels;
        return { writes: claimed.writes, notices: [] };
      },
    });
    for (const parcel of parcels) {
      this.#pacer.sent(parcel.chat, this.#deps.clock.now());
      const sending = this.#send(parcel).finally(() => this.#underWay.delete(parcel.key));
      this.#underWay.set(parcel.key, sending);
    }
  }

  /** Whether {@link pump} would find anything to do now. */
  hasWork(): boolean {
    const due = this.nextDue();
    return due !== null && due <= this.#deps.clock.now();
  }

  /** When the next item may leave; null while nothing waits or all that waits is under way. */
  nextDue(): Instant | null {
    let next: Instant | null = this.#unsettled.length > 0 ? this.#settleAgainAt : null;
    for (const row of this.#deps.cell.county.tray.pending()) {
      if (row.state !== 'pending') continue;
      const chat = this.#chatOf(row, this.#deps.cell.county);
      if (chat && this.#underWay.has(chatKey(chat))) continue;
      const at = Math.max(row.notBefore, chat ? this.#pacer.freeAt(chat) : 0);
      if (next === null || at < next) next = at;
    }
    return next;
  }

  /** Resolves when every message handed to an adapter has been settled. */
  async idle(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay.values());
  }

  /** A notice about a period of long ago may have outlived the memory of it. */
  async #readBack(county: County, now: Instant): Promise<void> {
    for (const row of county.tray.pending()) {
      if (row.notBefore > now) continue;
      const body = bodyOf(row);
      if ('periodId' in body && !county.book(body.periodId)) await this.#deps.loadBook(body.periodId);
    }
  }

  /** At most one parcel per chat; what is no longer wanted or can reach nobody is settled on the spot. */
  #claimDue(county: County, now: Instant): { parcels: Parcel[]; writes: Write[] } {
    const waiting = [...county.tray.pending()].filter((row) => row.state === 'pending');
    const answers = answersByAddress(waiting);
    const due = waiting.filter((row) => row.notBefore <= now).sort(byUrgency);
    const parcels = new Map<ChatKey, Parcel>();
    const writes: Write[] = [];
    const settled = new Set<string>();
    for (const row of due) {
      if (settled.has(row.id)) continue;
      const chat = this.#chatOf(row, county);
      const key = chat && chatKey(chat);
      if (!chat || !key) {
        writes.push(put('outbox', { ...row, state: 'dead', settledAt: now, error: 'nowhere' }));
        continue;
      }
      if (parcels.has(key) || this.#underWay.has(key) || this.#pacer.freeAt(chat) > now) continue;
      const morning = mannerOf(row).waitsForMorning ? afterQuiet(now) : now;
      if (morning > now) {
        writes.push(put('outbox', { ...row, notBefore: morning }));
        continue;
      }
      const rows = mannerOf(row).coalesces ? (answers.get(row.address) ?? [row]).slice(0, MOST_TOGETHER) : [row];
      const composed = this.#compose(rows, chat, county, now);
      for (const { id } of rows) settled.add(id);
      const state = composed ? 'sending' : 'dropped';
      writes.push(...rows.map((each) => put('outbox', { ...each, state, settledAt: now, chat: key })));
      if (!composed) continue;
      parcels.set(key, { chat, key, rowIds: rows.map(({ id }) => id), composed });
      this.#pacer.reserve(chat, now);
    }
    return { parcels: [...parcels.values()], writes };
  }

  #compose(rows: readonly OutboxRow[], chat: ChatRef, county: County, now: Instant): Composed | null {
    const context: ComposeContext = {
      county,
      view: county.viewAt(now),
      forms: this.#deps.forms,
      now,
      here: chat.kind === 'group' ? (county.bindingOf(chatKey(chat))?.unitId ?? null) : null,
      reachable: (personId) => accountOn(chat.platform, personId, county) !== null,
    };
    const [first, ...others] = rows.map(bodyOf);
    if (!first) return null;
    return others.length === 0 ? compose(first, context) : composeTogether([first, ...others], context);
  }

  async #send(parcel: Parcel): Promise<void> {
    const adapter = this.#deps.adapters.get(parcel.chat.platform);
    let decide: Settlement;
    try {
      if (!adapter) throw new SendError('refused', `no adapter for ${parcel.chat.platform}`);
      const { messageId } = await adapter.send(parcel.chat, this.#messageOf(parcel));
      decide = (county, now) => this.#accepted(parcel, county, now, messageId);
      this.#deps.log('sent', { chat: parcel.key, items: parcel.rowIds.length });
    } catch (error) {
      const failure = error instanceof SendError ? error : new SendError('unknown', String(error), { cause: error });
      this.#deps.log('failed', { chat: parcel.key, items: parcel.rowIds.length, error: failure.kind });
      decide = (county, now) => this.#failed(parcel, county, now, failure);
    }
    await this.#settle(decide);
  }

  /** What the platform said must not be forgotten: while the store fails it waits for the next round. */
  async #settle(decide: Settlement): Promise<void> {
    try {
      await this.#deps.cell.submit({ decide });
    } catch (error) {
      this.#unsettled.push(decide);
      this.#settleAgainAt = this.#deps.clock.now() + SETTLE_AGAIN;
      this.#deps.log('unsettled', { error: String(error) });
    }
  }

  #messageOf({ chat, composed }: Parcel): OutboundMessage {
    const { county } = this.#deps.cell;
    const mentions = composed.mentions.flatMap((id): Mention[] => {
      const account = accountOn(chat.platform, id, county);
      const name = county.viewAt(this.#deps.clock.now()).person(id)?.name ?? '';
      return account === null ? [] : [{ id: account, name }];
    });
    return { text: composed.text.trimEnd(), mentions, attachments: composed.attachments };
  }

  #accepted(parcel: Parcel, county: County, now: Instant, messageId: string | null): Decision {
    return {
      writes: [...accepted(this.#rows(parcel, county), now, messageId), ...parcel.composed.onAccepted],
      notices: [],
    };
  }

  #failed(parcel: Parcel, county: County, now: Instant, failure: SendError): Decision {
    if (failure.retryAfterMs !== undefined) this.#pacer.wait(parcel.chat, now + failure.retryAfterMs);
    return { writes: failed(this.#rows(parcel, county), now, failure, this.#deps.random()), notices: [] };
  }

  #rows({ rowIds }: Parcel, county: County): OutboxRow[] {
    return rowIds.flatMap((id) => county.tray.row(id) ?? []);
  }

  #chatOf(row: OutboxRow, county: County): ChatRef | null {
    return chatAt(addressOf(row), county, this.#deps.adapters);
  }
}

/** Tables before answers before reminders; within a kind the oldest first. */
function byUrgency(a: OutboxRow, b: OutboxRow): number {
  return a.priority - b.priority || a.notBefore - b.notBefore || a.createdAt - b.createdAt;
}

/** Answers that wait for one chat, in the order in which they were given. */
function answersByAddress(rows: readonly OutboxRow[]): Map<string, OutboxRow[]> {
  const groups = new Map<string, OutboxRow[]>();
  for (const row of rows) {
    if (!mannerOf(row).coalesces) continue;
    const group = groups.get(row.address);
    if (group) group.push(row);
    else groups.set(row.address, [row]);
  }
  return groups;
}
