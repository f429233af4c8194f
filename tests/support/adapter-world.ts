/** The world an adapter is given in tests: real time, with an eye on what it sets, what it opens and what it logs. */
import type { AdapterDeps } from '../../src/bots/platform.ts';
import { type SetTimer, systemClock, systemTimer } from '../../src/clock.ts';
import { BOT_NAME } from '../../src/locales/zh-CN.ts';

export interface LogLine {
  level: string;
  event: string;
  details: Record<string, unknown>;
}

export class AdapterWorld {
  readonly logged: LogLine[] = [];
  /** Timers that are set, with what they were set for, ms. */
  readonly timers = new Map<symbol, number>();
  readonly #setTimer: SetTimer = (run, ms) => {
    const key = Symbol('timer');
    const cancel = systemTimer(() => {
      this.timers.delete(key);
      run();
    }, ms);
    this.timers.set(key, ms);
    return () => {
      this.timers.delete(key);
      cancel();
    };
  };
  readonly deps: AdapterDeps = {
    clock: systemClock,
    setTimer: this.#setTimer,
    random: () => 0.5,
    botName: BOT_NAME,
    log: (level, event, details = {}) => this.logged.push({ level, event, details }),
  };
}

/** What keeps a process alive or could: sockets, servers, requests, timers, listeners on the process. */
const WATCHED = /TCP|TLS|UDP|HTTP|GetAddrInfo|Timeout/i;

/** How many of each there are in this process now. */
export function resources(): Map<string, number> {
  const counts = new Map<string, number>();
  const count = (kind: string, more = 1): void => void counts.set(kind, (counts.get(kind) ?? 0) + more);
  for (const kind of process.getActiveResourcesInfo()) if (WATCHED.test(kind)) count(kind);
  for (const name of process.eventNames()) count(`process.on ${String(name)}`, process.listenerCount(name));
  return counts;
}

/** Of which kinds there are more than before, and how many. */
export function moreThan(before: ReadonlyMap<string, number>): Record<string, number> {
  const more = [...resources()].map(([kind, count]) => [kind, count - (before.get(kind) ?? 0)] as const);
  return Object.fromEntries(more.filter(([, surplus]) => surplus > 0));
}
