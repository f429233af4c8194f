/** The bot's process as the kill tests hold it: warmed up beforehand, told what to do, killed. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { inTime } from '../support/soon.ts';
import type { Order, Word } from './child.ts';

const SCRIPT = fileURLToPath(new URL('./child.ts', import.meta.url));
/** Only something broken takes longer, ms. */
const PATIENCE = 30_000;

export class BotProcess {
  readonly #child: ChildProcess;
  readonly #gone: Promise<unknown>;
  readonly #warm: Promise<void>;
  readonly #listeners = new Set<(word: Word) => void>();
  #isGone = false;

  /** Begins to load the program; nothing is opened. */
  constructor() {
    this.#child = fork(SCRIPT, [], { execArgv: ['--import', 'tsx'], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    this.#child.on('message', (word: Word) => {
      for (const listener of [...this.#listeners]) listener(word);
    });
    // What it said before it died is still to be heard after it has: the channel ends last.
    this.#gone = Promise.all([once(this.#child, 'exit'), once(this.#child, 'disconnect')]).then(() => {
      this.#isGone = true;
    });
    this.#warm = this.hears('warm').then(() => undefined);
    // Whoever waits for it is told; nobody may.
    this.#warm.catch(() => undefined);
  }

  listen(listener: (word: Word) => void): void {
    this.#listeners.add(listener);
  }

  tell(order: Order): void {
    // A channel that closes under an order is the death that everything here is about.
    if (this.#child.connected) this.#child.send(order, () => undefined);
  }

  /** Tells it to open, once it is able to. */
  async open(order: Omit<Extract<Order, { do: 'open' }>, 'do'>): Promise<void> {
    await inTime(this.#warm, PATIENCE, 'loading the bot');
    this.tell({ do: 'open', ...order });
  }

  /** Resolves with the next word of a sort; rejects when the process ends before it. */
  async hears<K extends Word['is']>(is: K): Promise<Extract<Word, { is: K }>> {
    const word = new Promise<Extract<Word, { is: K }>>((resolve) => {
      const listener = (said: Word): void => {
        if (said.is !== is) return;
        this.#listeners.delete(listener);
        resolve(said as Extract<Word, { is: K }>);
      };
      this.#listeners.add(listener);
    });
    const ended = this.#gone.then(() => {
      throw new Error(`the bot ended by itself before it said "${is}"`);
    });
    return await inTime(Promise.race([word, ended]), PATIENCE, `"${is}" of the bot`);
  }

  /** Stops it where it is, or lets it go on. */
  signal(name: 'SIGSTOP' | 'SIGCONT'): void {
    this.#child.kill(name);
  }

  /** Resolves when it has ended and all it had said has been heard. */
  ended(): Promise<unknown> {
    return this.#gone;
  }

  /** Kills it now; resolves when all it had said has been heard, with false if it had ended by itself. */
  async kill(): Promise<boolean> {
    if (!this.#isGone) this.#child.kill('SIGKILL');
    await this.#gone;
    return this.#child.signalCode === 'SIGKILL';
  }

  /** Asks it to stop, and says with which code it did. */
  async stop(): Promise<number | null> {
    this.tell({ do: 'stop' });
    await inTime(this.#gone, PATIENCE, 'the stop of the bot');
    return this.#child.exitCode;
  }
}
