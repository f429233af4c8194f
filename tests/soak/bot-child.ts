/**
 * The whole bot in a process that is there to be killed: real store, real time, one platform through its real client.
 * Its argument is {@link BotOptions} as JSON; it tells {@link Word}s and ends when it is told anything.
 */
import { Driver } from '../../src/app/driver.ts';
import { createApp, type Logger } from '../../src/app.ts';
import type { ChatAdapter, InboundEvent, Pace } from '../../src/bots/adapter.ts';
import { telegramWith } from '../../src/bots/telegram.ts';
import { wechatyWith } from '../../src/bots/wechaty.ts';
import { systemClock, systemTimer } from '../../src/clock.ts';
import { BOT_NAME } from '../../src/locales/zh-CN.ts';
import { becomeOwner } from '../../src/store/owner.ts';
import { openStore } from '../../src/store/prisma.ts';
import { mainFormAlone } from '../support/main-form.ts';
import { QUICK_TELEGRAM, QUICK_WECHAT } from '../support/quick-times.ts';

export interface BotOptions {
  databaseUrl: string;
  platform: 'telegram' | 'wechat';
  /** What the platform is configured with. */
  environment: Record<string, string>;
}

/** `at` is when, ms. */
export type Word =
  | { is: 'ready' }
  /** An event was taken in and kept. */
  | { is: 'took'; at: number; type: InboundEvent['type'] }
  | { is: 'log'; at: number; level: string; event: string; details: Record<string, unknown> }
  | { is: 'warning'; text: string };

const { databaseUrl, platform, environment } = JSON.parse(process.argv[2] ?? '{}') as BotOptions;

/** As if every platform were as patient as a page on the same machine: the soak has only minutes. */
const PACE: Pace = {
  perChatMs: 20,
  perGroupPerMinute: Number.POSITIVE_INFINITY,
  perAccountMs: 0,
  betweenChatsMs: 0,
  perMinute: Number.POSITIVE_INFINITY,
  gatherMs: 80,
};

const tell = (word: Word): void => void process.send?.(word);
process.on('warning', ({ name, message }) => {
  if (name === 'MaxListenersExceededWarning') tell({ is: 'warning', text: message });
});
// A parent that has died takes its bot along.
process.on('disconnect', () => process.exit(1));

const log: Logger = (level, event, details = {}) => tell({ is: 'log', at: Date.now(), level, event, details });

const release = await becomeOwner(databaseUrl);
const store = await openStore({ url: databaseUrl });
const platforms = { telegram: telegramWith(QUICK_TELEGRAM), wechat: wechatyWith(QUICK_WECHAT) };
const configured = platforms[platform].configure(new Map(Object.entries(environment)));
if (configured.state !== 'ready') throw new Error(`${platform} is ${JSON.stringify(configured)}`);
const adapter = await configured.platform.open({
  clock: systemClock,
  setTimer: systemTimer,
  random: Math.random,
  botName: BOT_NAME,
  log,
});

let nudge = (): void => undefined;
const app = await createApp({
  store,
  clock: systemClock,
  playbook: await mainFormAlone(),
  adapters: [hurried(adapter)],
  log,
  random: Math.random,
  setTimer: systemTimer,
  onChange: () => nudge(),
});
const driver = new Driver(app, systemClock, {
  setTimer: (tick, ms) => setTimeout(tick, ms),
  clearTimer: (timer) => clearTimeout(timer),
  log,
});
nudge = () => driver.nudge();
await app.start();
driver.start();
tell({ is: 'ready' });

process.once('message', () => {
  const end = async (): Promise<void> => {
    await driver.stop();
    await app.stop();
    await store.close();
    await release();
    // Whatever keeps the process after this was left behind.
    process.removeAllListeners('disconnect');
    process.disconnect();
  };
  void end();
});

/** The adapter, at a quicker pace, and heard when something was kept. */
function hurried(real: ChatAdapter): ChatAdapter {
  const accountFor = real.accountFor?.bind(real);
  const accounts = real.accounts?.bind(real);
  return {
    platform: real.platform,
    shape: real.shape,
    pace: PACE,
    start: (sink) =>
      real.start(async (event) => {
        await sink(event);
        tell({ is: 'took', at: Date.now(), type: event.type });
      }),
    send: (to, message) => real.send(to, message),
    stop: () => real.stop(),
    ...(accountFor ? { accountFor } : {}),
    ...(accounts ? { accounts } : {}),
  };
}
