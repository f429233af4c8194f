/** Runs the bot: store, platforms, app, driver and page, wired together. */
import { schedule } from 'node-cron';
import { Driver } from '../app/driver.ts';
import { type App, createApp, type Logger } from '../app.ts';
import type { ChatAdapter } from '../bots/adapter.ts';
import { ConsoleAdapter } from '../bots/console.ts';
import type { AdapterDeps } from '../bots/platform.ts';
import { type Clock, systemClock, systemTimer } from '../clock.ts';
import type { ReadyPlatform } from '../config.ts';
import { errorInLogs } from '../core/error-in-logs.ts';
import { SIMULATED_AHEAD } from '../core/meta.ts';
import type { Instant } from '../core/time.ts';
import { BOT_NAME } from '../locales/zh-CN.ts';
import { observeOperation } from '../metrics/run.ts';
import { loadPlaybook } from '../playbook-file.ts';
import { FIRST_VILLAGE } from '../sample/county.ts';
import { installSample, SAMPLE } from '../sample/install.ts';
import { becomeOwner } from '../store/owner.ts';
import { listen } from '../web/listen.ts';
import { createWeb } from '../web/server.ts';
import { SimulatedClock } from '../web/simulated-clock.ts';
import { type Errand, TimeMachine } from '../web/time-machine.ts';
import { countyOnConsole, openGroups } from './console-groups.ts';
import { keepHeapSmall, letSmallHeapGrow } from './heap.ts';
import { openOwned } from './open.ts';
import { neighbours, whereItWas } from './sample-run.ts';

export interface BotRun {
  /** `file:` and a path. */
  databaseUrl: string;
  /** 0 for any free port. */
  port: number;
  /** A playbook's id or path. */
  playbook: string;
  log: Logger;
  /** The platforms to join beside the console. With none, an empty database gets the sample county. */
  platforms?: readonly ReadyPlatform[];
  /** What a simulated clock is ahead of; by default the machine's own. */
  clock?: Clock;
  /** The address to listen on; by default only this machine can reach it. */
  hostname?: string;
  /** Further host names, without port, under which the page may be opened. */
  hosts?: readonly string[];
}

/** The sample county is to be played with, not to be let loose on real groups. */
export class SampleOnPlatformsError extends Error {
  override readonly name = 'SampleOnPlatformsError';
}

/** Without a roster the bot could answer nobody on a real platform. */
export class NoRosterError extends Error {
  override readonly name = 'NoRosterError';
}

/**
 * Starts everything; resolves when the page can be opened and every platform is reached or being retried. With a real
 * roster nobody can be played and the clock cannot be moved; a county without a group has one on the page.
 * @throws {StoreError} when the database cannot be used; `owned` while another process runs the bot on it
 * @throws {PlaybookError} when the playbook cannot
 * @throws {SampleOnPlatformsError} when platforms are configured on the sample's database
 * @throws {NoRosterError} when platforms are configured and there is no roster yet
 */
export async function startBot(run: BotRun): Promise<{ url: string; stop: () => Promise<void> }> {
  const { log, platforms = [], hosts = [] } = run;
  const playbook = await loadPlaybook(run.playbook);
  // Before the database is touched: bringing it up to date belongs to its owner.
  const closers: (() => Promise<void>)[] = [await becomeOwner(run.databaseUrl)];
  const stop = async (): Promise<void> => {
    for (const close of closers.splice(0).reverse()) await close();
  };
  try {
    const store = await openOwned(run.databaseUrl, log);
    closers.push(() => store.close());
    const machine = run.clock ?? systemClock;
    const clock = new SimulatedClock(machine);
    if (platforms.length === 0) await installSample(store, clock.now());
    else await countyOnConsole(store, clock.now());
    const page = new ConsoleAdapter({ clock, botName: BOT_NAME });
    const joined = await openPlatforms(platforms, {
      clock,
      setTimer: systemTimer,
      random: Math.random,
      log,
      botName: BOT_NAME,
    });
    const adapters = [page, ...joined];
    const { counters, over } = observeOperation({
      adapters,
      playbook,
      store,
      clock,
      setTimer: systemTimer,
      elapsed: () => performance.now(),
      startedAt: machine.now(),
    });
    let nudge = (): void => undefined;
    keepHeapSmall();
    const app = await createApp({
      store,
      clock,
      playbook,
      adapters,
      observer: counters,
      log,
      random: Math.random,
      setTimer: systemTimer,
      onChange: () => nudge(),
    });
    letSmallHeapGrow();
    const isSample = app.county().meta(SAMPLE) !== null;
    if (isSample && platforms.length > 0) throw new SampleOnPlatformsError('a sample county is not for real groups');
    if (platforms.length > 0 && !app.county().viewAt(clock.now()).county) throw new NoRosterError('nobody is known');
    if (isSample) {
      clock.moveTo(whereItWas(app.county(), clock));
      await app.remember(SIMULATED_AHEAD, String(clock.ahead));
    }
    openGroups(app.county(), page, clock.now());

    const driver = new Driver(app, clock, {
      setTimer: (tick, ms) => setTimeout(tick, ms),
      clearTimer: (timer) => clearTimeout(timer),
      log,
      heartbeat: (beat) => everyMinute(() => void refresh(app, log).then(beat)),
    });
    nudge = () => driver.nudge();
    const village = isSample ? FIRST_VILLAGE : null;
    const others = (from: Instant, to: Instant): Errand[] =>
      isSample ? neighbours(app, page, playbook, from, to) : [];
    const time = new TimeMachine({ app, clock, driver, movable: isSample, others });
    const web = createWeb({ app, adapter: page, clock, time, playbook, log, village, hosts, ...(await over(app)) });

    // A platform that fails to start must not leave the others running.
    closers.push(() => app.stop());
    await app.start();
    driver.start();
    closers.push(() => driver.stop());
    closers.push(() => time.idle());
    const { url, close } = await listen(web, run.port, run.hostname);
    closers.push(close);
    return { url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function openPlatforms(platforms: readonly ReadyPlatform[], deps: AdapterDeps): Promise<ChatAdapter[]> {
  const adapters: ChatAdapter[] = [];
  for (const { platform } of platforms) adapters.push(await platform.open(deps));
  return adapters;
}

/** Takes in what another process changed; a failure is logged, and the next try comes by itself. */
export async function refresh(app: Pick<App, 'refresh'>, log: Logger): Promise<void> {
  await app.refresh().catch((error: unknown) => log('error', 'refresh.failed', { error: errorInLogs(error) }));
}

function everyMinute(beat: () => void): () => void {
  const task = schedule('* * * * *', beat);
  return () => void task.destroy();
}
