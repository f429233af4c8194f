/** The figures and the health of one bot, from what it is made of. */
import { Registry } from 'prom-client';
import type { App } from '../app.ts';
import type { ChatAdapter } from '../bots/adapter.ts';
import type { Clock, SetTimer } from '../clock.ts';
import type { Playbook } from '../core/playbook/index.ts';
import type { Instant } from '../core/time.ts';
import type { Store } from '../store/store.ts';
import { readBuild } from './build.ts';
import { Counters } from './counters.ts';
import { createFigures, type Figures } from './figures.ts';
import { Health } from './health.ts';
import { processRegistry } from './process.ts';

export interface OperationDeps {
  adapters: readonly ChatAdapter[];
  playbook: Playbook;
  store: Pick<Store, 'check'>;
  /** The clock of the app, which may be a simulated one. */
  clock: Clock;
  setTimer: SetTimer;
  /** Milliseconds from any fixed moment, never going back. */
  elapsed: () => number;
  /** When the bot was started by the machine's clock, UTC ms. */
  startedAt: Instant;
}

export interface Operation {
  /** What the app is to tell of its running. */
  counters: Counters;
  /** The rest, once there is an app to ask. */
  over(app: Pick<App, 'county'>): Promise<{ figures: Figures; health: Health }>;
}

/** Every bot has a register of its own; only the figures of the process are shared. */
export function observeOperation(deps: OperationDeps): Operation {
  const { adapters, playbook, store, clock, setTimer, elapsed, startedAt } = deps;
  const registry = new Registry();
  const platforms = adapters.map(({ platform }) => platform);
  const counters = new Counters({ registry, platforms, clock, elapsed });
  return {
    counters,
    async over(app) {
      const state = { county: () => app.county(), adapters, playbook, clock };
      const build = await readBuild();
      return {
        figures: createFigures({ registry, ...state, build, startedAt, others: [processRegistry()] }),
        health: new Health({ ...state, store, counters, setTimer }),
      };
    },
  };
}
