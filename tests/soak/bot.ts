/** The bot's process as the soak holds it: started, killed, and listened to. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { inTime, until } from '../support/soon.ts';
import type { BotOptions, Word } from './bot-child.ts';

const SCRIPT = fileURLToPath(new URL('./bot-child.ts', import.meta.url));
/** Only something broken takes longer, ms. */
const PATIENCE = 60_000;

export class BotProcess {
  readonly #options: BotOptions;
  #child: ChildProcess | null = null;
  /** When messages were taken in and kept, over all starts. */
  readonly tookAt: number[] = [];
  /** Sends whose outcome is not known: when that was noticed, of which chat, and how many answers were in it. */
  readonly ambiguous: { at: number; chat: string; answers: number }[] = [];
  readonly outages: number[] = [];
  /** Warnings of the process, and ends that nobody asked for. */
  readonly complaints: string[] = [];
  /** How often each event was logged as a warning or an error. */
  readonly logged = new Map<string, number>();

  constructor(options: BotOptions) {
    this.#options = options;
  }

  get running(): boolean {
    return this.#child !== null;
  }

  /** Starts it (again) on the same database; resolves when it has started. */
  async start(): Promise<void> {
    const child = fork(SCRIPT, [JSON.stringify(this.#options)], {
      execArgv: ['--import', 'tsx'],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#child = child;
    const ready = new Promise<void>((resolve, reject) => {
      child.on('message', (word: Word) => {
        if (word.is === 'ready') resolve();
        else this.#hear(word);
      });
      child.once('exit', (code, signal) => {
        if (this.#child === child) this.complaints.push(`the bot ended by itself: ${code ?? signal}`);
        if (this.#child === child) this.#child = null;
        reject(new Error(`the bot ended: ${code ?? signal}`));
      });
    });
    await inTime(ready, PATIENCE, 'the start of the bot');
  }

  /** As a power cut does. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (!child) return;
    this.#child = null;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  /** Asks it to stop; whatever it left behind keeps it from ending, and is complained of. */
  async stop(): Promise<void> {
    const child = this.#child;
    if (!child) return;
    this.#child = null;
    const gone = once(child, 'exit');
    child.send('stop');
    try {
      const [code] = await inTime(gone, 15_000, 'the stop of the bot');
      if (code !== 0) this.complaints.push(`the bot stopped with ${code}`);
    } catch (error) {
      this.complaints.push(String(error));
      child.kill('SIGKILL');
      await gone;
    }
  }

  /** Waits until a message is taken that came after a moment; when that was. */
  async takesAfter(moment: number): Promise<number> {
    const first = (): number | undefined => this.tookAt.find((at) => at >= moment);
    await until(() => first() !== undefined, 'the bot hears again', PATIENCE);
    return first() ?? 0;
  }

  #hear(word: Exclude<Word, { is: 'ready' }>): void {
    if (word.is === 'warning') this.complaints.push(word.text);
    else if (word.is === 'took') {
      if (word.type === 'message') this.tookAt.push(word.at);
      if (word.type === 'outage') this.outages.push(word.at);
    } else {
      const { at, level, event, details } = word;
      if (level !== 'info') this.logged.set(event, (this.logged.get(event) ?? 0) + 1);
      if (event === 'outbox.failed' && details.error === 'unknown') {
        this.ambiguous.push({ at, chat: String(details.chat), answers: Number(details.items) });
      }
    }
  }
}
