/** Says beforehand when what waits for a platform will take minutes to leave: once for each wave of messages. */
import type { ChatAdapter } from '../bots/adapter.ts';
import { fanOutMs } from '../core/fan-out.ts';
import { MINUTE } from '../core/time.ts';

/** Shorter waves are not worth a line. */
const WORTH_SAYING = MINUTE;

export interface Wave {
  platform: string;
  /** Messages that are due. */
  messages: number;
  /** Accounts of the bot's own that share them. */
  accounts: number;
  /** How long it takes until the last has left, ms. */
  ms: number;
}

export class Waves {
  readonly #rolling = new Set<string>();

  /**
   * The waves that have just begun, by how many notices are due on each platform. A platform's wave is over when none is.
   */
  begun(due: ReadonlyMap<string, number>, adapters: ReadonlyMap<string, ChatAdapter>): Wave[] {
    for (const platform of this.#rolling) if (!due.has(platform)) this.#rolling.delete(platform);
    return [...due].flatMap(([platform, messages]): Wave[] => {
      const adapter = adapters.get(platform);
      if (!adapter || this.#rolling.has(platform)) return [];
      const accounts = Math.max(adapter.accounts?.().length ?? 1, 1);
      const ms = fanOutMs(Math.ceil(messages / accounts), adapter.pace);
      if (ms < WORTH_SAYING) return [];
      this.#rolling.add(platform);
      return [{ platform, messages, accounts, ms }];
    });
  }
}
