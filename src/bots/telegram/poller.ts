/**
 * Fetches updates by long polls. Telegram forgets the updates below the offset that it is asked for, so the offset moves
 * only past what the app has taken; telegraf's own loop moves it first and loses what a failing store could not keep.
 */
import { z } from 'zod';
import { backoff } from '../backoff.ts';
import { pause, within } from '../deadline.ts';
import { CallError } from './failure.ts';
import type { Reading } from './inbound.ts';
import { Intake } from './intake.ts';
import { Session, type SessionDeps } from './session.ts';
import { ALLOWED_UPDATES, type RawUpdate, updateShape } from './updates.ts';
import { UpdateWindow } from './window.ts';

const updatesShape = z.array(updateShape);
/** The most that Telegram gives at once. */
const BATCH = 100;

export class Poller {
  readonly #deps: SessionDeps;
  readonly #session: Session;
  readonly #intake: Intake;
  readonly #window = new UpdateWindow();
  /** What Telegram was asked for last: it knows everything below to be taken. */
  #isCaughtUp = false;
  #confirmed = 0;
  #storeFailures = 0;

  constructor(deps: SessionDeps) {
    this.#deps = deps;
    this.#session = new Session(deps);
    this.#intake = new Intake({ ...deps, held: deps.times.held });
  }

  /** Fetches until everything ends; then says what was taken. Never rejects. */
  async run(onFirst: () => void): Promise<void> {
    const { until } = this.#deps;
    let reading: Reading | null = null;
    // A long poll tells only after its time that all is well again.
    let short = true;
    while (!until.aborted) {
      try {
        reading ??= await this.#begin();
        const updates = await this.#fetch(short);
        await this.#session.good();
        short = false;
        await this.#take(updates, reading);
        if (updates.length < BATCH) await this.#caughtUp(onFirst);
      } catch (error) {
        onFirst();
        short = true;
        // Who we are may have changed with the token; a webhook may have been set.
        if (error instanceof CallError && [401, 404, 409].includes(error.status)) reading = null;
        await this.#session.bad(error);
      }
    }
    await this.#window.settled();
    await this.#confirm();
  }

  /** What was said while nobody listened comes before anything the bot says by itself. */
  async #caughtUp(onFirst: () => void): Promise<void> {
    if (this.#isCaughtUp) return;
    this.#isCaughtUp = true;
    const { times, setTimer } = this.#deps;
    await within(times.call, setTimer, this.#window.settled()).catch(() => undefined);
    onFirst();
  }

  async #begin(): Promise<Reading> {
    const { api, until } = this.#deps;
    const reading = await this.#session.whoAmI();
    await api.call('deleteWebhook', { drop_pending_updates: false }, z.unknown(), { until });
    return reading;
  }

  async #fetch(short: boolean): Promise<RawUpdate[]> {
    const { api, times, until } = this.#deps;
    const { offset } = this.#window;
    const timeout = short ? 0 : times.longPollSeconds;
    const payload = { offset, limit: BATCH, timeout, allowed_updates: ALLOWED_UPDATES };
    const updates = await api.call('getUpdates', payload, updatesShape, { limit: times.stall, until });
    this.#confirmed = offset;
    return updates;
  }

  /**
   * Waits for the app to take what was fetched. When that is slow it is fetched again, with what has come since: a chat
   * that takes its time holds up no other.
   */
  async #take(updates: readonly RawUpdate[], reading: Reading): Promise<void> {
    const { times, setTimer, until, random } = this.#deps;
    this.#window.offer(updates, this.#confirmed, (update) => this.#intake.take(update, reading));
    if (updates.length === 0) return pause(times.idle, setTimer, until);
    await within(times.peek, setTimer, this.#window.settled()).catch(() => undefined);
    const failed = this.#window.hasFailed();
    this.#storeFailures = failed ? this.#storeFailures + 1 : 0;
    if (failed) await pause(backoff(this.#storeFailures, times.store, random()), setTimer, until);
  }

  /** Spares the next start what was taken already; nothing is lost without it. */
  async #confirm(): Promise<void> {
    const { api, times, standing } = this.#deps;
    const { offset } = this.#window;
    if (offset === this.#confirmed || standing.state.state !== 'connected') return;
    const payload = { offset, limit: 1, timeout: 0, allowed_updates: ALLOWED_UPDATES };
    await api.call('getUpdates', payload, z.unknown(), { limit: times.confirm }).catch(() => undefined);
  }
}
