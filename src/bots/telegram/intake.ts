/** Hands updates to the app, those of one chat in their order, and says which of them were taken. */
import type { Clock } from '../../clock.ts';
import type { Instant } from '../../core/time.ts';
import type { InboundSink } from '../adapter.ts';
import { Lanes } from '../lanes.ts';
import type { AdapterDeps } from '../platform.ts';
import { type Read, type Reading, readUpdate } from './inbound.ts';
import type { RawUpdate } from './updates.ts';

export interface IntakeDeps {
  sink: InboundSink;
  clock: Clock;
  log: AdapterDeps['log'];
  /** Nothing more is begun once this is aborted. */
  until: AbortSignal;
  /** How long an update that could not be kept holds back the later ones of its chat, ms. */
  held: number;
}

export class Intake {
  readonly #deps: IntakeDeps;
  readonly #lanes = new Lanes();
  /** By chat: the earliest update that could not be kept. */
  readonly #owed = new Map<string, { id: number; since: Instant }>();

  /** When each update that could not be kept was first refused. */
  readonly #refused = new Map<number, Instant>();
  #lastKept: Instant = 0;

  constructor(deps: IntakeDeps) {
    this.#deps = deps;
  }

  /**
   * Whether the update may be acknowledged: the app has it, or there is nothing for the app in it. When it could not be
   * kept, later ones of its chat are not offered before it was. Never rejects. Calls must come in the order of updates.
   */
  async take(update: RawUpdate, reading: Reading): Promise<boolean> {
    const read = this.#read(update, reading);
    if (!read) return true;
    const [chat, ...others] = read.chats;
    const offer = (): Promise<boolean> => this.#offer(update.update_id, read);
    // Always in this direction, from the new id of a group to its old one: none waits for itself.
    const work = others.reduce((inner, other) => () => this.#lanes.run(other, inner), offer);
    return this.#lanes.run(chat, work);
  }

  /** What can never be read must not stand in the way of what comes after it. */
  #read(update: RawUpdate, reading: Reading): Read | null {
    try {
      return readUpdate(update, reading);
    } catch (error) {
      const reason = error instanceof Error ? error.name : 'error';
      this.#deps.log('error', 'telegram.update.unreadable', { updateId: update.update_id, reason });
      return null;
    }
  }

  async #offer(id: number, { event, chats }: Read): Promise<boolean> {
    const { sink, log, until } = this.#deps;
    if (until.aborted || chats.some((chat) => this.#waitsBehind(chat, id))) return false;
    try {
      await sink(event);
    } catch (error) {
      // Once for each chat, however often it is tried again.
      if (!chats.some((chat) => this.#owed.has(chat))) {
        log('warn', 'telegram.update.notKept', { updateId: id, reason: error instanceof Error ? error.name : 'error' });
      }
      for (const chat of chats) this.#owe(chat, id);
      return this.#isHopeless(id);
    }
    this.#lastKept = this.#deps.clock.now();
    this.#refused.delete(id);
    for (const chat of chats) if (this.#owed.get(chat)?.id === id) this.#owed.delete(chat);
    return true;
  }

  /**
   * Telegram gives nothing new while a hundred updates wait behind one. One that could not be kept for long, though others
   * could, is given up: it is the update, not the store.
   */
  #isHopeless(id: number): boolean {
    const { clock, held, log } = this.#deps;
    const since = this.#refused.get(id) ?? clock.now();
    this.#refused.set(id, since);
    if (clock.now() - since < held || this.#lastKept <= since) return false;
    this.#refused.delete(id);
    log('error', 'telegram.update.givenUp', { updateId: id });
    return true;
  }

  #waitsBehind(chat: string, id: number): boolean {
    const owed = this.#owed.get(chat);
    if (!owed || id <= owed.id) return false;
    // Telegram gives up an update some day; the chat goes on without it.
    if (this.#deps.clock.now() - owed.since < this.#deps.held) return true;
    this.#owed.delete(chat);
    return false;
  }

  #owe(chat: string, id: number): void {
    const owed = this.#owed.get(chat);
    if (!owed || id < owed.id) this.#owed.set(chat, { id, since: owed?.since ?? this.#deps.clock.now() });
  }
}
