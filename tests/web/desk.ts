/** The browser console on a real port and a real database, with time in the test's hands. */
import { type IncomingHttpHeaders, request } from 'node:http';
import { Driver } from '../../src/app/driver.ts';
import { createApp } from '../../src/app.ts';
import type { ConsoleGroup, ConsoleMessage } from '../../src/bots/console.ts';
import { ConsoleAdapter } from '../../src/bots/console.ts';
import { SteppedClock, systemTimer } from '../../src/clock.ts';
import { observeOperation } from '../../src/metrics/run.ts';
import { loadPlaybook } from '../../src/playbook-file.ts';
import { installSample } from '../../src/sample/install.ts';
import { openStore } from '../../src/store/prisma.ts';
import type { Store } from '../../src/store/store.ts';
import { listen } from '../../src/web/listen.ts';
import { createWeb, type WebDeps } from '../../src/web/server.ts';
import { SimulatedClock } from '../../src/web/simulated-clock.ts';
import type { Stage } from '../../src/web/stage.ts';
import { type ClockState, TimeMachine } from '../../src/web/time-machine.ts';
import { ManualTimers } from '../support/manual-timers.ts';
import { tempDatabaseUrl } from '../support/temp-database.ts';

export const START = Date.parse('2026-11-23T16:00:00+08:00');

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface State {
  stage: Stage;
  clock: ClockState;
  messages: ConsoleMessage[];
}

export type Desk = Awaited<ReturnType<typeof openDesk>>;

export interface DeskSettings extends Partial<Pick<WebDeps, 'hosts' | 'heartbeatMs' | 'village'>> {
  /** What is asked whether the store answers. */
  askedStore?: (store: Store) => Pick<Store, 'check'>;
}

/** Opens everything; `close` lets go of it again. */
export async function openDesk({ askedStore = (store) => store, ...settings }: DeskSettings = {}) {
  const base = new SteppedClock(START);
  const clock = new SimulatedClock(base);
  const timers = new ManualTimers();
  const log = (): void => undefined;
  const playbook = await loadPlaybook('epidemic');
  const store = await openStore({ url: tempDatabaseUrl() });
  await installSample(store, clock.now());
  const adapter = new ConsoleAdapter({ clock, botName: '网格助手' });
  let nudge = (): void => undefined;
  const adapters = [adapter];
  const onChange = (): void => nudge();
  const { counters: observer, over } = observeOperation({
    adapters,
    playbook,
    store: askedStore(store),
    clock,
    setTimer: systemTimer,
    elapsed: () => performance.now(),
    startedAt: START,
  });
  const app = await createApp({ store, clock, playbook, adapters, log, random: () => 0, onChange, observer });
  const view = app.county().viewAt(START);
  for (const level of ['county', 'township', 'village', 'grid'] as const) {
    for (const unit of view.units(level)) adapter.openGroup(unit.id, unit.name);
  }
  const driver = new Driver(app, clock, { ...timers, log });
  nudge = () => driver.nudge();
  const time = new TimeMachine({ app, clock, driver, movable: settings.village !== null });
  const operating = await over(app);
  const web = createWeb({ app, adapter, clock, time, playbook, log, village: '福山地村', ...operating, ...settings });
  await app.start();
  driver.start();
  const { url, port, close } = await listen(web, 0);

  const api = async <T>(path: string, body?: unknown): Promise<{ status: number; body: T }> => {
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    const response = await fetch(`${url}${path}`, body === undefined ? {} : init);
    return { status: response.status, body: (await response.json()) as T };
  };
  const state = async (): Promise<State> => (await api<State>('/api/state')).body;
  const group = (title: string): { kind: 'group'; id: string } => ({ kind: 'group', id: groupIdOf(adapter, title) });

  return {
    url,
    port,
    app,
    adapter,
    clock,
    time,
    api,
    state,
    group,
    /** The id of somebody of the roster. */
    person: (name: string): string => view.findPersons(name)[0]?.id ?? '',
    /** Lets simulated time flow, as real time would. */
    async flow(ms: number): Promise<void> {
      base.moveTo(base.now() + ms);
      timers.fire();
      for (let round = 0; round < 2; round += 1) {
        await driver.pause();
        await app.idle();
        driver.resume();
      }
    },
    /** A request with any headers, as other programs may send it. */
    raw: (method: string, path: string, headers: Record<string, string>, body = ''): Promise<Answer> =>
      new Promise((resolve, reject) => {
        const asking = request({ host: '127.0.0.1', port, method, path, headers }, (answer) => {
          let text = '';
          answer.setEncoding('utf8');
          answer.on('data', (chunk: string) => {
            text += chunk;
          });
          answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: text }));
        });
        asking.on('error', reject);
        asking.end(body);
      }),
    async close(): Promise<void> {
      await close();
      await time.idle();
      await driver.stop();
      await app.stop();
      await store.close();
    },
  };
}

function groupIdOf(adapter: ConsoleAdapter, title: string): string {
  const found: ConsoleGroup | undefined = adapter.groups().find((group) => group.title === title);
  return found?.id ?? '';
}
