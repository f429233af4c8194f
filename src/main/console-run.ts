/** Runs the browser console: store, sample county, app, driver and page, wired together. */
import { schedule } from 'node-cron';
import { Driver } from '../app/driver.ts';
import { type App, createApp, type Logger } from '../app.ts';
import { ConsoleAdapter } from '../bots/console.ts';
import { type Clock, systemClock } from '../clock.ts';
import { splitKey } from '../core/chat.ts';
import type { County } from '../core/county.ts';
import { simplestLine } from '../core/form.ts';
import { SIMULATED_AHEAD } from '../core/meta.ts';
import { LEVELS, type Playbook } from '../core/playbook.ts';
import type { Instant } from '../core/time.ts';
import { BOT_NAME } from '../locales/zh-CN.ts';
import { loadPlaybook } from '../playbook-file.ts';
import { FIRST_VILLAGE } from '../sample/county.ts';
import { installSample, SAMPLE } from '../sample/install.ts';
import { neighboursSay } from '../sample/neighbours.ts';
import { becomeOwner } from '../store/owner.ts';
import { openStore } from '../store/prisma.ts';
import { listen } from '../web/listen.ts';
import { createWeb } from '../web/server.ts';
import { SimulatedClock } from '../web/simulated-clock.ts';
import { type Errand, firstMoment, TimeMachine } from '../web/time-machine.ts';

export interface ConsoleRun {
  /** `file:` and a path. */
  databaseUrl: string;
  /** 0 for any free port. */
  port: number;
  /** A playbook's id or path. */
  playbook: string;
  log: Logger;
  /** What the simulated clock is ahead of; by default the machine's own. */
  clock?: Clock;
  /** The address to listen on; by default only this machine can reach it. */
  hostname?: string;
  /** Further host names, without port, under which the page may be opened. */
  hosts?: readonly string[];
}

/**
 * Starts everything; resolves when the page can be opened. An empty database gets the sample county. With a real
 * roster nobody can be played and the clock cannot be moved.
 * @throws {StoreError} when the database cannot be used; `owned` while another process runs the bot on it
 * @throws {PlaybookError} when the playbook cannot
 */
export async function startConsole(run: ConsoleRun): Promise<{ url: string; stop: () => Promise<void> }> {
  const { log } = run;
  const playbook = await loadPlaybook(run.playbook);
  // Before the database is touched: bringing it up to date belongs to its owner.
  const closers: (() => Promise<void>)[] = [await becomeOwner(run.databaseUrl)];
  const stop = async (): Promise<void> => {
    for (const close of closers.splice(0).reverse()) await close();
  };
  try {
    const store = await openStore({ url: run.databaseUrl });
    closers.push(() => store.close());
    const clock = new SimulatedClock(run.clock ?? systemClock);
    await installSample(store, clock.now());
    const adapter = new ConsoleAdapter({ clock, botName: BOT_NAME });
    let nudge = (): void => undefined;
    const app = await createApp({
      store,
      clock,
      playbook,
      adapters: [adapter],
      log,
      random: Math.random,
      setTimer: (run, ms) => {
        const timer = setTimeout(run, ms);
        return () => clearTimeout(timer);
      },
      onChange: () => nudge(),
    });
    const isSample = app.county().meta(SAMPLE) !== null;
    if (isSample) {
      clock.moveTo(whereItWas(app.county(), clock));
      await app.remember(SIMULATED_AHEAD, String(clock.ahead));
    }
    openGroups(app.county(), adapter, clock.now());

    const driver = new Driver(app, clock, {
      setTimer: (tick, ms) => setTimeout(tick, ms),
      clearTimer: (timer) => clearTimeout(timer),
      log,
      heartbeat: (beat) => everyMinute(() => void refresh(app, log).then(beat)),
    });
    nudge = () => driver.nudge();
    const village = isSample ? FIRST_VILLAGE : null;
    const others = (from: Instant, to: Instant): Errand[] =>
      isSample ? errands(app, adapter, playbook, from, to) : [];
    const time = new TimeMachine({ app, clock, driver, movable: isSample, others });
    const { hosts = [] } = run;
    const web = createWeb({ app, adapter, clock, time, playbook, log, village, hosts });

    await app.start();
    closers.push(() => app.stop());
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

/** As far ahead as when it was stopped; on a first start, at an hour at which there is something to see. */
function whereItWas(county: County, clock: Clock): number {
  const ahead = county.meta(SIMULATED_AHEAD);
  return ahead === null ? firstMoment(clock.now()) : clock.now() + Number(ahead);
}

/** The villages that nobody plays report by themselves while the clock is walked on. */
function errands(app: App, adapter: ConsoleAdapter, playbook: Playbook, from: Instant, to: Instant): Errand[] {
  const view = app.county().viewAt(from);
  const [played] = view.findUnits(FIRST_VILLAGE);
  const [form] = Object.values(playbook.forms);
  if (!played || !form) return [];
  const lines = { zero: simplestLine(form), some: simplestLine(form).replace(/0$/, '1') };
  return neighboursSay(view, played.id, lines, from, to).map(({ at, unitId, personId, name, line }) => ({
    at,
    run: async () => {
      await adapter.say({ kind: 'group', id: unitId }, { id: personId, displayName: name }, line);
    },
  }));
}

/** The platform forgets its groups with the process; the store knows them. */
function openGroups(county: County, adapter: ConsoleAdapter, now: Instant): void {
  const view = county.viewAt(now);
  for (const unit of LEVELS.flatMap((level) => view.units(level))) {
    const binding = county.groupOf(unit.id);
    if (!binding) continue;
    const { platform, id } = splitKey(binding.chat);
    if (platform === adapter.platform) adapter.openGroup(id, binding.title);
  }
}

/** Takes in what another process changed; a failure is logged, and the next try comes by itself. */
export async function refresh(app: Pick<App, 'refresh'>, log: Logger): Promise<void> {
  await app.refresh().catch((error: unknown) => log('error', 'refresh.failed', { error: String(error) }));
}

function everyMinute(beat: () => void): () => void {
  const task = schedule('* * * * *', beat);
  return () => void task.destroy();
}
