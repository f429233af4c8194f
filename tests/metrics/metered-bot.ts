/** The whole bot with its figures: what a scraper and a health check would read of it. */
import { Registry } from 'prom-client';
import type { AccountState } from '../../src/bots/adapter.ts';
import { type SetTimer, systemTimer } from '../../src/clock.ts';
import { Counters } from '../../src/metrics/counters.ts';
import { createFigures } from '../../src/metrics/figures.ts';
import { Health, type Problem } from '../../src/metrics/health.ts';
import type { Store } from '../../src/store/store.ts';
import { type Bot, type BotOptions, startBot } from '../support/bot.ts';
import { type Exposition, readExposition } from './exposition.ts';

export interface MeteredOptions extends Omit<BotOptions, 'wiring'> {
  accounts?: readonly AccountState[];
  /** What is asked whether the store answers. */
  askedStore?: Pick<Store, 'check'>;
  setTimer?: SetTimer;
}

export interface Metered {
  bot: Bot;
  counters: Counters;
  /** The text a scraper gets. */
  text(): Promise<string>;
  read(): Promise<Exposition>;
  problems(): Promise<Problem[]>;
  /** Health as a bot started just now has it. */
  newHealth(): Health;
  /** How the platform's accounts stand from now on. */
  become(accounts: readonly AccountState[]): void;
  /** Lets time pass that no clock of the county shows, milliseconds. */
  pass(ms: number): void;
}

export async function meteredBot({
  accounts,
  askedStore,
  setTimer = systemTimer,
  ...options
}: MeteredOptions = {}): Promise<Metered> {
  const registry = new Registry();
  let running: Bot | null = null;
  let elapsed = 0;
  const clock = { now: (): number => running?.clock.now() ?? 0 };
  const counters = new Counters({ registry, platforms: ['stage'], clock, elapsed: () => elapsed });
  const wiring = { onChange: () => undefined, observer: counters };
  const bot = await startBot({ ...options, wiring });
  running = bot;
  const become = (next: readonly AccountState[]): void => void Object.assign(bot.platform, { accounts: () => next });
  if (accounts) become(accounts);
  const state = {
    county: () => bot.app.county(),
    adapters: [bot.platform],
    playbook: bot.playbook,
    clock,
  };
  const build = { version: '1.2.3', node: 'v20.0.0' };
  const figures = createFigures({ registry, ...state, build, startedAt: clock.now(), others: [] });
  const newHealth = (): Health => new Health({ ...state, store: askedStore ?? bot.store, counters, setTimer });
  const health = newHealth();
  return {
    bot,
    counters,
    text: () => figures.text(),
    read: async () => readExposition(await figures.text()),
    problems: () => health.check(),
    newHealth,
    become,
    pass(ms) {
      elapsed += ms;
    },
  };
}
