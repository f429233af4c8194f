/**
 * Takes notices from the outbox to the platforms. An item is claimed, and put into words, in the same decision that
 * sees the newest facts; it is sent after that claim is durable; what the platform said of it is kept.
 */
import { type ChatAdapter, SendError } from '../bots/adapter.ts';
import type { Clock, SetTimer } from '../clock.ts';
import { chatKey } from '../core/chat.ts';
import type { County } from '../core/county.ts';
import { addressOf, bodyOf, type Decision, mannerOf } from '../core/notices.ts';
import type { ChatKey, OutboxRow, PeriodId } from '../core/rows.ts';
import { type Instant, SECOND } from '../core/time.ts';
import type { ComposeContext } from '../notices/index.ts';
import { chatAt } from './addresses.ts';
import type { Cell } from './cell.ts';
import { claimDue, type Parcel } from './claims.ts';
import { accepted, failed } from './outcomes.ts';
import { Pacer } from './pacer.ts';
import { recover } from './recovery.ts';
import { retryAfter } from './retry.ts';
import { Waves } from './waves.ts';
import { handOver } from './wire.ts';

export interface PostmanDeps {
  cell: Cell;
  adapters: ReadonlyMap<string, ChatAdapter>;
  clock: Clock;
  forms: ComposeContext['forms'];
  /** Brings a period's book into memory if it exists. */
  loadBook: (id: PeriodId) => Promise<void>;
  /** 0 ≤ x < 1, spreads retries. */
  random: () => number;
  /** Ends sends that hang, in real time; without it they are waited for. */
  setTimer?: SetTimer | undefined;
  /** Called after each send, whatever came of it: the next to that chat may be due. */
  onSettled: () => void;
  /** Told of every accepted message and every failure; no texts, no names. */
  log: (
    event: 'sent' | 'wave' | 'failed' | 'unsettled' | 'late' | 'attachment',
    details: Record<string, unknown>,
  ) => void;
}

/** Failures of one part after which the whole message is settled as failed. */
const MOST_FAILURES = 10;

/** How long the outcome of a send waits for a store that failed. */
const SETTLE_AGAIN = 5 * SECOND;

interface Settlement {
  rowIds: readonly string[];
  decide: (county: County, now: Instant) => Decision;
}

export class Postman {
  readonly #deps: PostmanDeps;
  readonly #pacer: Pacer;
  readonly #waves = new Waves();
  readonly #underWay = new Map<ChatKey, Promise<void>>();
  /** Parcels of which some parts have left and the next one waits for its turn. */
  readonly #halfway = new Map<ChatKey, Parcel>();
  /** Rows in our hands: from their claim until what became of them is kept. */
  readonly #carried = new Set<string>();
  /** How often the outcome of a row was unknown. Forgotten when the process ends. */
  readonly #unknown = new Map<string, number>();
  /** Outcomes of sends that the store could not take in yet. */
  #unsettled: Settlement[] = [];
  #settleAgainAt: Instant = 0;
  /** One pump at a time: two could send to one chat without its pause. */
  #pumping: Promise<void> = Promise.resolve();

  constructor(deps: PostmanDeps) {
    this.#deps = deps;
    this.#pacer = new Pacer(deps.adapters);
  }

  /** Claims everything that may leave now and hands it to the adapters; {@link idle} waits for their answers. */
  pump(): Promise<void> {
    const next = (): Promise<void> => this.#pump();
    this.#pumping = this.#pumping.then(next, next);
    return this.#pumping;
  }

  async #pump(): Promise<void> {
    const { cell, clock, forms, adapters } = this.#deps;
    for (const settlement of this.#unsettled.splice(0)) await this.#settle(settlement);
    this.#sendOn();
    const busy = (key: ChatKey): boolean => this.#isBusy(key);
    let parcels: Parcel[] = [];
    let dueOn: ReadonlyMap<string, number> = new Map();
    await cell.submit({
      decide: async (county, now) => {
        await this.#readBack(county, now);
        // A claim may have been kept although the store said it was not: nobody holds such rows.
        const stranded = recover(county, now, (row) => !this.#carried.has(row.id));
        // A decision may run again after a failed commit: it starts from nothing each time.
        const claimed = claimDue(county, now, { forms, adapters, pacer: this.#pacer, busy });
        parcels = claimed.parcels;
        dueOn = claimed.dueOn;
        return { writes: [...stranded.writes, ...claimed.writes], notices: [] };
      },
    });
    for (const wave of this.#waves.begun(dueOn, adapters)) this.#deps.log('wave', { ...wave });
    for (const parcel of parcels) this.#handOver(parcel, clock.now());
  }

  /** Whether {@link pump} would find anything to do now. */
  hasWork(): boolean {
    const due = this.nextDue();
    return due !== null && due <= this.#deps.clock.now();
  }

  /** When the next item may leave; null while nothing waits or all that waits is under way. */
  nextDue(): Instant | null {
    const { cell, adapters } = this.#deps;
    let next = Number.POSITIVE_INFINITY;
    if (this.#unsettled.length > 0) next = this.#settleAgainAt;
    for (const { chat } of this.#halfway.values()) next = Math.min(next, this.#pacer.freeAt(chat));
    for (const row of cell.county.tray.pending()) {
      if (row.state === 'sending') {
        if (!this.#carried.has(row.id)) next = Math.min(next, row.notBefore);
        continue;
      }
      const chat = chatAt(addressOf(row), cell.county, adapters);
      if (chat && this.#isBusy(chatKey(chat))) continue;
      next = Math.min(next, Math.max(row.notBefore, chat ? this.#pacer.freeAt(chat, mannerOf(row).patient) : 0));
    }
    return Number.isFinite(next) ? next : null;
  }

  /** Resolves when every message handed to an adapter has been settled. */
  async idle(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay.values());
  }

  #isBusy(key: ChatKey): boolean {
    return this.#underWay.has(key) || this.#halfway.has(key);
  }

  /** A notice about a period of long ago may have outlived the memory of it. */
  async #readBack(county: County, now: Instant): Promise<void> {
    for (const row of county.tray.pending()) {
      if (row.notBefore > now) continue;
      const body = bodyOf(row);
      if ('periodId' in body && !county.book(body.periodId)) await this.#deps.loadBook(body.periodId);
    }
  }

  /** The next parts of what has left in part, at the platform's pace like any message. */
  #sendOn(): void {
    const now = this.#deps.clock.now();
    for (const parcel of [...this.#halfway.values()]) {
      if (this.#pacer.freeAt(parcel.chat) > now) continue;
      this.#halfway.delete(parcel.key);
      this.#pacer.reserve(parcel.chat, now);
      this.#handOver(parcel, now);
    }
  }

  #handOver(parcel: Parcel, now: Instant): void {
    for (const id of parcel.rowIds) this.#carried.add(id);
    this.#pacer.sent(parcel.chat, now);
    const sending = this.#send(parcel).finally(() => {
      this.#underWay.delete(parcel.key);
      this.#deps.onSettled();
    });
    this.#underWay.set(parcel.key, sending);
  }

  async #send(parcel: Parcel): Promise<void> {
    const { log } = this.#deps;
    const details = { chat: parcel.key, items: parcel.rowIds.length };
    const answer = await handOver(parcel.chat, parcel.part, this.#deps);
    if (answer instanceof SendError) {
      log('failed', { ...details, error: answer.kind });
      if (canGoOn(parcel, answer)) return this.#tryPartAgain(parcel, answer);
      return this.#settle(this.#failure(parcel, answer));
    }
    log('sent', details);
    const messageId = parcel.messageId ?? answer.messageId;
    const [part, ...rest] = parcel.rest;
    if (!part) return this.#settle(this.#success(parcel, messageId));
    const accepted = parcel.accepted + 1;
    this.#halfway.set(parcel.key, { ...parcel, part, rest, messageId, accepted, failures: 0 });
  }

  /** What has arrived of a long message is not said again: only the part that failed. */
  #tryPartAgain(parcel: Parcel, { retryAfterMs }: SendError): void {
    const failures = parcel.failures + 1;
    const wait = retryAfterMs ?? retryAfter(failures, this.#deps.random());
    this.#pacer.wait(parcel.chat, this.#deps.clock.now() + wait);
    this.#halfway.set(parcel.key, { ...parcel, failures });
  }

  /** What the platform said must not be forgotten: while the store fails it waits for the next round. */
  async #settle(settlement: Settlement): Promise<void> {
    try {
      await this.#deps.cell.submit({ decide: settlement.decide });
      for (const id of settlement.rowIds) {
        this.#carried.delete(id);
        if (!this.#deps.cell.county.tray.row(id)) this.#unknown.delete(id);
      }
    } catch (error) {
      this.#unsettled.push(settlement);
      this.#settleAgainAt = this.#deps.clock.now() + SETTLE_AGAIN;
      this.#deps.log('unsettled', { error: String(error) });
    }
  }

  #success({ rowIds, onAccepted }: Parcel, messageId: string | null): Settlement {
    return {
      rowIds,
      decide: (county, now) => ({
        writes: [...accepted(rowsOf(rowIds, county), now, messageId), ...onAccepted],
        notices: [],
      }),
    };
  }

  #failure({ chat, rowIds }: Parcel, failure: SendError): Settlement {
    if (failure.kind === 'unknown') for (const id of rowIds) this.#unknown.set(id, this.#unknownTries(id) + 1);
    return {
      rowIds,
      decide: (county, now) => {
        if (failure.retryAfterMs !== undefined) this.#pacer.wait(chat, now + failure.retryAfterMs);
        const tries = (id: string): number => this.#unknownTries(id);
        return { writes: failed(rowsOf(rowIds, county), now, failure, this.#deps.random(), tries), notices: [] };
      },
    };
  }

  #unknownTries(id: string): number {
    return this.#unknown.get(id) ?? 0;
  }
}

/** Whether a message of which parts have arrived may go on with the part that failed. */
function canGoOn({ accepted, failures }: Parcel, { kind }: SendError): boolean {
  // Of a part that may have arrived nobody knows whether it is to be said again: the rule of the notice decides.
  return accepted > 0 && failures < MOST_FAILURES && (kind === 'busy' || kind === 'unavailable');
}

const rowsOf = (ids: readonly string[], county: County): OutboxRow[] => ids.flatMap((id) => county.tray.row(id) ?? []);
