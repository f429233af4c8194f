/** One app over one database file, with the in-process platform, a clock that can be put on, and its driver. */

import { Driver } from '../src/app/driver.ts';
import type { MovableClock } from '../src/app/walk.ts';
import { type App, createApp } from '../src/app.ts';
import { systemTimer } from '../src/clock.ts';
import type { Playbook } from '../src/core/playbook/index.ts';
import { addDays, type CivilDate, type Instant, startOfDay } from '../src/core/time.ts';
import { keepHeapSmall, letSmallHeapGrow } from '../src/main/heap.ts';
import { loadPlaybook } from '../src/playbook-file.ts';
import { openStore } from '../src/store/prisma.ts';
import { BenchPlatform } from './platform.ts';

/** The first day on which reports are due; the county has been there for a while. */
export const FIRST_DAY: CivilDate = '2026-11-21';
export const COUNTY_SINCE: CivilDate = '2026-11-01';
/** When people begin to report, and the form they fill in. */
const MORNING = '09:30';
const PLAYBOOK = 'epidemic';

/** A moment of a day (days after the first), Asia/Shanghai. */
export function momentOf(day: number, time: string = MORNING): Instant {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return startOfDay(addDays(FIRST_DAY, day)) + (hours * 60 + minutes) * 60_000;
}

/** Goes on like any clock from where it was put; whole milliseconds. */
class RunningClock implements MovableClock {
  #base: Instant;
  #since = performance.now();
  constructor(start: Instant) {
    this.#base = start;
  }
  now(): Instant {
    return this.#base + Math.floor(performance.now() - this.#since);
  }
  moveTo(to: Instant): void {
    this.#base = Math.max(to, this.now());
    this.#since = performance.now();
  }
}

/** The playbook of every county. */
export async function loadBenchPlaybook(): Promise<Playbook> {
  const playbook = await loadPlaybook(PLAYBOOK);
  // The figures are of one form: what others ask besides would be counted among them.
  return { ...playbook, forms: Object.fromEntries(Object.entries(playbook.forms).slice(0, 1)), alerts: {} };
}

export interface World {
  app: App;
  clock: MovableClock;
  playbook: Playbook;
  platform: BenchPlatform;
  driver: Driver<() => void>;
  /** Ends everything; the file is then whole by itself. @throws {Error} when the app complained of anything */
  close(): Promise<void>;
}

/** Opens the database and starts an app on it, on the morning of a day. */
export async function openWorld(path: string, day: number): Promise<World> {
  const clock = new RunningClock(momentOf(day));
  const platform = new BenchPlatform();
  const playbook = await loadBenchPlaybook();
  const store = await openStore({ url: `file:${path}` });
  const complaints: string[] = [];
  const log = (level: 'info' | 'warn' | 'error', event: string, details: Record<string, unknown> = {}): void => {
    if (level !== 'info') complaints.push(`${event} ${JSON.stringify(details)}`);
  };
  let nudge = (): void => undefined;
  // As the bot itself does.
  keepHeapSmall();
  const app = await createApp({
    store,
    clock,
    playbook,
    adapters: [platform],
    log,
    random: () => 0.5,
    setTimer: systemTimer,
    onChange: () => nudge(),
  });
  letSmallHeapGrow();
  await app.start();
  const driver = new Driver(app, clock, { setTimer: systemTimer, clearTimer: (clear) => clear(), log });
  nudge = () => driver.nudge();
  driver.start();
  return {
    app,
    clock,
    playbook,
    platform,
    driver,
    async close() {
      await driver.stop();
      await app.stop();
      await store.close();
      if (complaints.length > 0) throw new Error(`the app complained ${complaints.length} times: ${complaints[0]}`);
    },
  };
}
