/**
 * The whole bot in a process of its own, to be limited and killed: `bot-child.ts URL NOW` runs it on a furnished
 * database, on a clock that stands at NOW (UTC ms), and does what it is told, one {@link Order} after the other.
 */
import { createApp } from '../../src/app.ts';
import type { InboundMessage } from '../../src/bots/adapter.ts';
import { SteppedClock } from '../../src/clock.ts';
import { openStore } from '../../src/store/prisma.ts';
import { mainFormAlone } from '../support/main-form.ts';
import { RecordingAdapter } from '../support/recording-adapter.ts';
import { deliverTogether, type Outcome } from './outcomes.ts';

export type Order =
  /** Says them in one breath. */
  | { do: 'deliver'; messages: InboundMessage[] }
  /** Moves the clock on, and does what is due then. */
  | { do: 'tick'; at: number };

/** What came of an order, and what was logged and sent meanwhile. */
export interface Report {
  outcomes: Outcome[];
  logged: string[];
  sent: string[];
}

const [url = '', now = ''] = process.argv.slice(2);
// A parent that has died takes its bot along.
process.on('disconnect', () => process.exit(1));

const clock = new SteppedClock(Number(now));
const platform = new RecordingAdapter('stage', clock);
const logged: string[] = [];
const app = await createApp({
  store: await openStore({ url }),
  clock,
  playbook: await mainFormAlone(),
  adapters: [platform],
  log: (level, event, details) => void logged.push(`${level} ${event} ${JSON.stringify(details)}`),
  random: () => 0,
});
await app.start();

async function obey(order: Order): Promise<Outcome[]> {
  if (order.do === 'deliver') return deliverTogether((message) => platform.deliver(message), order.messages);
  clock.moveTo(order.at);
  const outcome = await app.tick().then(
    () => 'done',
    (error: unknown) => String(error),
  );
  await app.idle();
  return [outcome];
}

const tell = (report: Report): void => void process.send?.(report);
tell({ outcomes: ['started'], logged: [], sent: [] });
process.on('message', async (order: Order) => {
  const outcomes = await obey(order);
  const sent = platform.delivered.splice(0).map(({ message }) => message.text);
  tell({ outcomes, logged: logged.splice(0), sent });
});
