/**
 * A platform's counterpart in a process of its own: it can be killed, frozen and started again on the same port with the
 * same memory. What it remembers stands in a journal file, so that a kill takes nothing from the platform.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What the parent asks of the counterpart; `id` comes back with the answer. */
export interface Order {
  id: number;
  name: string;
  args: unknown;
}

/** What the counterpart says. `ready` once after each start. */
export type Word = { ready: true } | { id: number; value?: unknown; error?: string };

/** How long a counterpart may take to come up or to answer; only a broken test ever waits that long. */
const PATIENCE = 30_000;

export class Counterpart {
  readonly port: number;
  readonly #script: string;
  readonly #args: readonly string[];
  readonly #folder: string;
  readonly #waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  #child: ChildProcess | null = null;
  #orders = 0;

  private constructor(script: string, port: number, folder: string, args: readonly string[]) {
    this.#script = script;
    this.port = port;
    this.#folder = folder;
    this.#args = args;
  }

  /**
   * Starts `script` (relative to this folder). It is told its port and its journal file as arguments, then `args`, and
   * says `ready` when it listens on 127.0.0.1.
   */
  static async start(script: string, args: readonly string[] = []): Promise<Counterpart> {
    const folder = mkdtempSync(join(tmpdir(), 'gridbot-counterpart-'));
    const counterpart = new Counterpart(script, await freePort(), folder, args);
    await counterpart.up();
    return counterpart;
  }

  get running(): boolean {
    return this.#child !== null;
  }

  /** Starts the process (again), on the same port and with the same journal. */
  async up(): Promise<void> {
    if (this.#child) return;
    const path = fileURLToPath(new URL(this.#script, import.meta.url));
    const child = fork(path, [String(this.port), join(this.#folder, 'journal.jsonl'), ...this.#args], {
      execArgv: ['--import', 'tsx'],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#child = child;
    const ready = new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${this.#script} does not come up`)), PATIENCE);
      child.on('message', (word: Word) => {
        if ('ready' in word) {
          clearTimeout(timer);
          resolve();
        } else this.#hear(word);
      });
      child.once('exit', (code, signal) => {
        clearTimeout(timer);
        reject(new Error(`${this.#script} ended: ${code ?? signal}`));
        this.#lost();
      });
    });
    await ready;
  }

  /** Asks the counterpart to do something and resolves with its answer. Rejects when it dies first. */
  ask<T = void>(name: string, args: unknown = null): Promise<T> {
    const child = this.#child;
    if (!child) return Promise.reject(new Error(`${this.#script} is down`));
    this.#orders += 1;
    const id = this.#orders;
    return new Promise<T>((resolve, reject) => {
      const timer = setTimeout(() => this.#hear({ id, error: `no answer to ${name}` }), PATIENCE);
      const over = (pass: () => void): void => {
        clearTimeout(timer);
        pass();
      };
      this.#waiting.set(id, {
        resolve: (value) => over(() => resolve(value as T)),
        reject: (error) => over(() => reject(error)),
      });
      const order: Order = { id, name, args };
      child.send(order, (error) => {
        if (error) this.#hear({ id, error: error.message });
      });
    });
  }

  /** Kills it at once (SIGKILL); resolves when it is gone. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (!child) return;
    const gone = once(child, 'exit');
    // A frozen process dies of SIGKILL all the same.
    child.kill('SIGKILL');
    await gone;
    this.#child = null;
  }

  /** Stops it in its tracks (SIGSTOP): connections stay open and nothing answers. */
  freeze(): void {
    this.#child?.kill('SIGSTOP');
  }

  /** Lets a frozen process go on (SIGCONT). */
  thaw(): void {
    this.#child?.kill('SIGCONT');
  }

  /** Ends the process and forgets its journal. */
  async end(): Promise<void> {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #hear(word: Exclude<Word, { ready: true }>): void {
    const waiting = this.#waiting.get(word.id);
    this.#waiting.delete(word.id);
    if (word.error === undefined) waiting?.resolve(word.value);
    else waiting?.reject(new Error(word.error));
  }

  #lost(): void {
    this.#child = null;
    for (const { reject } of this.#waiting.values()) reject(new Error(`${this.#script} died`));
    this.#waiting.clear();
  }
}

/** In the counterpart's process: answers the parent's orders and says that it is ready. */
export function serveOrders(handlers: Record<string, (args: never) => unknown>): void {
  const known = new Map(Object.entries(handlers));
  process.on('message', ({ id, name, args }: Order) => {
    const answer = async (): Promise<unknown> => {
      const handler = known.get(name);
      if (!handler) throw new Error(`no order ${name}`);
      return handler(args as never);
    };
    answer().then(
      (value) => process.send?.({ id, value } satisfies Word),
      (error: unknown) => process.send?.({ id, error: String(error) } satisfies Word),
    );
  });
  // A parent that has died takes its counterparts along.
  process.on('disconnect', () => process.exit(0));
  process.send?.({ ready: true } satisfies Word);
}

/**
 * Ports below those that systems give to whoever asks for any: none of them is given to somebody else before it is
 * listened on, nor while a counterpart is down. Each worker of the tests has its own.
 */
const PORTS = { from: 20_000, each: 1_500, workers: 8 };
let ports = process.pid;

/** A port of 127.0.0.1 that nobody uses at this moment, another one each time. */
export async function freePort(): Promise<number> {
  const worker = Number(process.env.VITEST_POOL_ID ?? 0) % PORTS.workers;
  for (let tries = 0; tries < PORTS.each; tries += 1) {
    ports += 1;
    const port = PORTS.from + worker * PORTS.each + (ports % PORTS.each);
    if (await isFree(port)) return port;
  }
  throw new Error('no port');
}

async function isFree(port: number): Promise<boolean> {
  const probe = createServer();
  try {
    probe.listen(port, '127.0.0.1');
    await once(probe, 'listening');
  } catch {
    return false;
  }
  probe.close();
  await once(probe, 'close');
  return true;
}
