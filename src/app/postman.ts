/**
 * Takes notices from the outbox to the platforms. An item is claimed, and put into words, in the same decision that
 * sees the newest facts; it is sent after that claim is durable; what the platform said of it is kept. Answers have their
 * words already, and would be sent again after a stop: their claim is held in memory alone.
 */
import { type ChatAdapter, SendError, type SendErrorKind } from '../bots/adapter.ts';
import type { Clock, SetTimer } from '../clock.ts';
import type { County } from '../core/county.ts';
import type { ChatKey, OutboxRow, PeriodId } from '../core/rows/index.ts';
import type { Instant } from '../core/time.ts';
import type { Spoken } from '../notices/index.ts';
import type { Cell } from './cell.ts';
import { chatInLogs } from './chat-in-logs.ts';
import { type ClaimDeps, claimDue, type Parcel } from './claims.ts';
import { Pacer } from './pacer.ts';
import { recover } from './recovery.ts';
import { retryAfter } from './retry.ts';
import { type Answer, Settling } from './settling.ts';
import { Sorting } from './sorting.ts';
import { Waves } from './waves.ts';
import { handOver } from './wire.ts';

export interface PostmanDeps {
  cell: Cell;
  adapters: ReadonlyMap<string, ChatAdapter>;
  clock: Clock;
  spoken: Spoken;
  /** Brings a period's book into memory if it exists. */
  loadBook: (id: PeriodId) => Promise<void> | undefined;
  /** 0 ≤ x < 1, spreads retries. */
  random: () => number;
  /** Ends sends that hang, in real time; without it they are waited for. */
  setTimer?: SetTimer | undefined;
  /** Called after each send, whatever came of it: the next to that chat may be due. */
  onSettled: () => void;
  /** Told of every accepted message and every failure; no texts, no names, no accounts. */
  log: (
    event: 'sent' | 'wave' | 'failed' | 'unsettled' | 'late' | 'attachment',
    details: Record<string, unknown>,
  ) => void;
  /** Told of what each platform answered. */
  said: (platform: string, outcome: 'accepted' | SendErrorKind) => void;
}

/** Failures of one part after which the whole message is settled as failed. */
const MOST_FAILURES = 10;

export class Postman {
  readonly #deps: PostmanDeps;
  readonly #pacer: Pacer;
  readonly #sorting: Sorting;
  readonly #settling: Settling;
  readonly #claimDeps: ClaimDeps;
  readonly #waves = new Waves();
  readonly #underWay = new Map<ChatKey, Promise<void>>();
  /** Parcels of which some parts have left and the next one waits for its turn. */
  readonly #halfway = new Map<ChatKey, Parcel>();
  /** One pump at a time: two could send to one chat without its pause. */
  #pumping: Promise<void> = Promise.resolve();

  constructor(deps: PostmanDeps) {
    this.#deps = deps;
    this.#pacer = new Pacer(deps.adapters);
    this.#settling = new Settling({ ...deps, pacer: this.#pacer });
    const isCarried = (id: string): boolean => this.#settling.isCarried(id);
    this.#sorting = new Sorting({ adapters: deps.adapters, pacer: this.#pacer, isCarried });
    this.#claimDeps = {
      spoken: deps.spoken,
      adapters: deps.adapters,
      loadBook: deps.loadBook,
      pacer: this.#pacer,
      sorting: this.#sorting,
      isCarried,
      busy: (key) => this.#isBusy(key),
    };
  }

  /** Claims everything that may leave now and hands it to the adapters; {@link idle} waits for their answers. */
  pump(): Promise<void> {
    return this.#inTurn(async () => {
      if (await this.#claimAnswers()) await this.#claimAll();
    });
  }

  /**
   * The same of what is due once the works submitted before are decided, though they need not be kept yet: what is
   * claimed leaves when they are, and is chosen anew where they cannot be.
   */
  pumpBeside(): Promise<void> {
    return this.#inTurn(() => this.#claimAll());
  }

  #inTurn(claim: () => Promise<void>): Promise<void> {
    const next = (): Promise<void> => this.#pump(claim);
    this.#pumping = this.#pumping.then(next, next);
    return this.#pumping;
  }

  async #pump(claim: () => Promise<void>): Promise<void> {
    await this.#settling.tryAgain();
    this.#sendOn();
    try {
      await claim();
    } catch (error) {
      // What was taken out of its lane is still there.
      this.#sorting.restart();
      throw error;
    }
  }

  /**
   * Answers in the outbox are kept, and would be sent again after a stop: they need not wait for the store once more.
   * @returns whether anything else is due
   */
  async #claimAnswers(): Promise<boolean> {
    const { cell, clock } = this.#deps;
    const { county } = cell;
    if (cell.stale) return true;
    const now = clock.now();
    this.#look(county, now);
    const { parcels, writes, held, more } = await claimDue(county, now, this.#claimDeps, 'answers');
    // Read anew while an old period was waited for: what was chosen is to be chosen there.
    if (county !== cell.county) return true;
    cell.hold(held);
    this.#handOverAll(parcels);
    if (writes.length > 0) await cell.submit({ decide: () => ({ writes, notices: [] }) });
    return more || this.#sorting.isFresh;
  }

  /** Takes in what is due, and says when that is more than leaves in a moment. */
  #look(county: County, now: Instant): void {
    const { adapters, log } = this.#deps;
    this.#sorting.sync(county, now);
    for (const wave of this.#waves.begun(this.#sorting.dueOn(), adapters)) log('wave', { ...wave });
  }

  async #claimAll(): Promise<void> {
    let parcels: Parcel[] = [];
    await this.#deps.cell.submit({
      decide: async (county, now) => {
        this.#look(county, now);
        // A claim may have been kept although the store said it was not: nobody holds such rows.
        const stranded = recover(this.#strandedRows(county), now);
        // A decision may run again after a failed commit: it starts from nothing each time.
        const claimed = await claimDue(county, now, this.#claimDeps);
        parcels = claimed.parcels;
        return { writes: [...stranded, ...claimed.writes], notices: [], held: claimed.held };
      },
    });
    this.#handOverAll(parcels);
  }

  #handOverAll(parcels: readonly Parcel[]): void {
    for (const parcel of parcels) this.#handOver(parcel, this.#deps.clock.now());
  }

  /** Rows being sent that are in nobody's hands; only an outbox that was read from the store can hold any. */
  #strandedRows({ tray }: County): OutboxRow[] {
    if (!this.#sorting.isFresh) return [];
    const stranded = [...tray.pending()].filter(
      ({ state, id }) => state === 'sending' && !this.#settling.isCarried(id),
    );
    if (stranded.length === 0) this.#sorting.isFresh = false;
    return stranded;
  }

  /** Whether {@link pump} would find anything to do now. */
  hasWork(): boolean {
    const due = this.nextDue();
    return due !== null && due <= this.#deps.clock.now();
  }

  /** When the next item may leave; null while nothing waits or all that waits is under way. */
  nextDue(): Instant | null {
    const { cell, clock } = this.#deps;
    const now = clock.now();
    this.#sorting.sync(cell.county, now);
    if (this.#strandedRows(cell.county).length > 0) return now;
    let next = Math.min(this.#sorting.nextDue(), this.#settling.nextDue());
    for (const { chat } of this.#halfway.values()) next = Math.min(next, this.#pacer.freeAt(chat));
    return Number.isFinite(next) ? next : null;
  }

  /** Resolves when every message handed to an adapter has been settled. */
  async idle(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay.values());
  }

  #isBusy(key: ChatKey): boolean {
    return this.#underWay.has(key) || this.#halfway.has(key);
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
    this.#settling.carry(parcel.rowIds);
    this.#pacer.sent(parcel.chat, now);
    this.#underWay.set(parcel.key, this.#send(parcel));
  }

  /** Resolves, whatever comes of it, when its chat may be written to again. */
  async #send(parcel: Parcel): Promise<void> {
    try {
      const answer = await handOver(parcel.chat, parcel.part, this.#deps);
      const keeping = this.#hear(parcel, answer);
      if (keeping) await keeping;
    } finally {
      this.#underWay.delete(parcel.key);
      if (!this.#isBusy(parcel.key)) this.#sorting.release(parcel.key, this.#deps.cell.county, this.#deps.clock.now());
      this.#deps.onSettled();
    }
  }

  /** Does what follows from a platform's answer; resolves, where something is to be kept, when it is or has to wait. */
  #hear(parcel: Parcel, answer: Answer): Promise<void> | undefined {
    const { log, said } = this.#deps;
    said(parcel.chat.platform, answer instanceof SendError ? answer.kind : 'accepted');
    if (answer instanceof SendError) {
      log('failed', { chat: chatInLogs(parcel.chat), items: parcel.rowIds.length, error: answer.kind });
      if (canGoOn(parcel, answer)) {
        this.#tryPartAgain(parcel, answer);
        return undefined;
      }
      return this.#settling.settle(parcel, answer);
    }
    log('sent', { chat: chatInLogs(parcel.chat), items: parcel.rowIds.length });
    const messageId = parcel.messageId ?? answer.messageId;
    const [part, ...rest] = parcel.rest;
    if (!part) return this.#settling.settle(parcel, { messageId });
    const accepted = parcel.accepted + 1;
    this.#halfway.set(parcel.key, { ...parcel, part, rest, messageId, accepted, failures: 0 });
    return undefined;
  }

  /** What has arrived of a long message is not said again: only the part that failed. */
  #tryPartAgain(parcel: Parcel, { retryAfterMs }: SendError): void {
    const failures = parcel.failures + 1;
    const wait = retryAfterMs ?? retryAfter(failures, this.#deps.random());
    this.#pacer.wait(parcel.chat, this.#deps.clock.now() + wait);
    this.#halfway.set(parcel.key, { ...parcel, failures });
  }
}

/** Whether a message of which parts have arrived may go on with the part that failed. */
function canGoOn({ accepted, failures }: Parcel, { kind }: SendError): boolean {
  // Of a part that may have arrived nobody knows whether it is to be said again: the rule of the notice decides.
  return accepted > 0 && failures < MOST_FAILURES && (kind === 'busy' || kind === 'unavailable');
}
