/** Hands events to the app: those of one chat one after the other, each again and again until the app has kept it. */
import type { InboundEvent, InboundSink } from '../adapter.ts';
import { backoff } from '../backoff.ts';
import { pause, within } from '../deadline.ts';
import type { Told } from './reader.ts';
import type { Surroundings } from './tuning.ts';

interface Held {
  event: InboundEvent;
  /** Kept by the app, or given up. */
  over: boolean;
  /** In the app's hands: it cannot be given up. */
  offered: boolean;
  settle: () => void;
}

export type DeliveryDeps = Pick<Surroundings, 'times' | 'bounds' | 'setTimer' | 'random' | 'log'>;

export class Delivery {
  readonly #deps: DeliveryDeps;
  readonly #sink: InboundSink;
  /** What waits in each chat. */
  readonly #lanes = new Map<string, Held[]>();
  /** All of it, oldest first. */
  readonly #held = new Set<Held>();
  readonly #offers = new Set<Promise<void>>();
  readonly #stopping = new AbortController();
  #dropped = 0;

  constructor(sink: InboundSink, deps: DeliveryDeps) {
    this.#sink = sink;
    this.#deps = deps;
  }

  /** Resolves when the app has kept it, or it had to be given up. Never rejects. */
  put({ lane, event }: Told): Promise<void> {
    if (this.#stopping.signal.aborted) return Promise.resolve();
    return new Promise((settle) => {
      const held: Held = { event, over: false, offered: false, settle };
      this.#held.add(held);
      const waiting = this.#lanes.get(lane);
      if (waiting) waiting.push(held);
      else void this.#run(lane, held);
      if (this.#held.size > this.#deps.bounds.mostHeld) this.#dropOldest();
    });
  }

  /** Delivers nothing more. Resolves when what the app has in its hands is kept, or that takes too long. */
  async stop(): Promise<void> {
    const { times, setTimer } = this.#deps;
    this.#stopping.abort();
    await within(times.stop, setTimer, Promise.all(this.#offers)).catch(() => undefined);
    if (this.#held.size > 0) this.#deps.log('error', 'wechat.inbound.dropped', { count: this.#held.size });
    for (const held of this.#held) this.#end(held);
  }

  async #run(lane: string, first: Held): Promise<void> {
    const waiting = [first];
    this.#lanes.set(lane, waiting);
    let failures = 0;
    for (let held = waiting[0]; held && !this.#stopping.signal.aborted; held = waiting[0]) {
      if (held.over || (await this.#offer(held))) {
        failures = 0;
        waiting.shift();
      } else {
        failures += 1;
        await this.#rest(failures);
      }
    }
    this.#lanes.delete(lane);
  }

  async #offer(held: Held): Promise<boolean> {
    held.offered = true;
    const offer = (async () => this.#sink(held.event))();
    const answered = offer.catch(() => undefined);
    this.#offers.add(answered);
    try {
      await offer;
      this.#end(held);
      return true;
    } catch {
      held.offered = false;
      return false;
    } finally {
      this.#offers.delete(answered);
    }
  }

  /** The platform repeats nothing: what the app could not keep is ours to keep. */
  async #rest(failures: number): Promise<void> {
    const { times, setTimer, random, log } = this.#deps;
    if (failures === 1) log('warn', 'wechat.inbound.held', { held: this.#held.size });
    await pause(backoff(failures, times.offer, random()), setTimer, this.#stopping.signal);
  }

  #end(held: Held): void {
    held.over = true;
    this.#held.delete(held);
    held.settle();
  }

  #dropOldest(): void {
    for (const held of this.#held) {
      if (held.offered) continue;
      this.#end(held);
      this.#dropped += 1;
      // Once at each doubling: a jam drops thousands.
      if (Number.isInteger(Math.log2(this.#dropped)))
        this.#deps.log('error', 'wechat.inbound.dropped', { count: this.#dropped });
      return;
    }
  }
}
