/**
 * The whole bot in a process that is there to be killed: real store, real driver, and a platform that lives in the
 * parent. Everything it needs is imported before it says `warm`, so that a kill soon after `open` falls into the start
 * of the bot and not into that of Node. Told {@link Order}s, it answers with {@link Word}s.
 */
import { Driver } from '../../src/app/driver.ts';
import { type App, createApp, type Logger } from '../../src/app.ts';
import type { ChatAdapter, InboundMessage, InboundSink } from '../../src/bots/adapter.ts';
import { SteppedClock, systemTimer } from '../../src/clock.ts';
import { type ChatRef, chatKey } from '../../src/core/chat.ts';
import { civilDateOf, type Instant } from '../../src/core/time.ts';
import { becomeOwner } from '../../src/store/owner.ts';
import { openStore } from '../../src/store/prisma.ts';
import { Dice } from '../soak/dice.ts';
import { mainFormAlone } from '../support/main-form.ts';
import { AT_ONCE } from '../support/recording-adapter.ts';
import { openCheckpointing } from './checkpoints.ts';
import { receiptsIn } from './hearing.ts';
import { gridId, inboundIdOf, PLATFORM, villageOfChat, villageOfSpeaker } from './people.ts';
import { tablesOf } from './tables.ts';

export type Order =
  /** Starts the bot; `at` is the civil time it is, `seed` of how long its platform takes to answer. */
  | { do: 'open'; databaseUrl: string; at: Instant; seed: number }
  /** It is later now. */
  | { do: 'clock'; at: Instant }
  /** Somebody said something; `delivery` tells one delivery of it from another, `number` is the one its answer names. */
  | { do: 'deliver'; delivery: number; number: number; message: InboundMessage }
  /**
   * Kills itself when it says something: at the first receipt of what it has not yet taken (`untaken`), or of a village
   * of which memory counts a report that it has not yet taken (`counted`); or else at the so-many-th message. What a bot
   * says too early is true a moment later, and nobody outside is quick enough for that moment.
   */
  | { do: 'die'; at: 'untaken' | 'counted'; sends: number }
  /** Asks for the tables as memory has them. */
  | { do: 'show' }
  /** Asks it to stop as a signal does. */
  | { do: 'stop' };

export type Word =
  | { is: 'warm' }
  | { is: 'ready' }
  /** The app took a delivery; `error` where it said that it could not. */
  | { is: 'handled'; delivery: number; error: string | null }
  /** The platform has the message: somebody may have read it. */
  | { is: 'sent'; to: ChatRef; text: string }
  /** `quiet`: nothing waits to be sent, and nothing is on its way. */
  | { is: 'shown'; tables: Record<string, string>; quiet: boolean }
  | { is: 'log'; level: 'warn' | 'error'; event: string; details: Record<string, unknown> };

/** How often the platform takes a while to answer a send, and how long at most, ms. */
const SLOW_ANSWERS = 0.1;
const SLOWEST_ANSWER = 25;

const tell = (word: Word): void => void process.send?.(word);
/** Resolves when the word has left the process: from then on the parent hears it whatever becomes of the process. */
const told = (word: Word): Promise<void> =>
  new Promise((resolve) => {
    process.send?.(word, undefined, undefined, () => resolve());
  });
const log: Logger = (level, event, details = {}) => {
  if (level !== 'info') tell({ is: 'log', level, event, details });
};

interface Bot {
  app: App;
  clock: SteppedClock;
  nudge: () => void;
  stop: () => Promise<void>;
}

/** Deliveries that are not taken yet. */
const untaken = new Map<number, Extract<Order, { do: 'deliver' }>>();
/** When it is to die, if it is. */
let death: Extract<Order, { do: 'die' }> | null = null;

const playbook = await mainFormAlone();
const [form] = Object.values(playbook.forms);
let bot: Bot | null = null;

// A parent that has died takes its bot along.
process.on('disconnect', () => process.exit(1));
process.on('message', (order: Order) => void obey(order));
tell({ is: 'warm' });

async function obey(order: Order): Promise<void> {
  if (order.do === 'open') {
    bot = await open(order);
    return tell({ is: 'ready' });
  }
  if (!bot) throw new Error(`told to ${order.do} before it was open`);
  switch (order.do) {
    case 'clock':
      bot.clock.moveTo(order.at);
      return bot.nudge();
    case 'deliver':
      return deliver(bot.app, order);
    case 'die':
      death = order;
      return;
    case 'show': {
      await bot.app.idle();
      const tables = form ? tablesOf(bot.app.county(), form, bot.clock.now()) : {};
      // What waits for a chat that is busy is not due, and waits nevertheless.
      const quiet = bot.app.dueTimes().outbox === null && bot.app.county().tray.size === 0;
      return tell({ is: 'shown', tables, quiet });
    }
    case 'stop':
      await bot.stop();
      // Whatever keeps the process after this was left behind.
      process.removeAllListeners('disconnect');
      process.disconnect();
  }
}

async function deliver(app: App, order: Extract<Order, { do: 'deliver' }>): Promise<void> {
  const { delivery, message } = order;
  untaken.set(delivery, order);
  const error = await app.handle(message).then(
    () => null,
    (reason: unknown) => String(reason),
  );
  untaken.delete(delivery);
  tell({ is: 'handled', delivery, error });
}

async function open({ databaseUrl, at, seed }: Extract<Order, { do: 'open' }>): Promise<Bot> {
  const clock = new SteppedClock(at);
  const release = await becomeOwner(databaseUrl);
  const store = await openCheckpointing(() => openStore({ url: databaseUrl }));
  const dice = new Dice(seed);
  let nudge = (): void => undefined;
  const app = await createApp({
    store,
    clock,
    playbook,
    adapters: [platform(dice)],
    log,
    random: () => dice.throw(),
    setTimer: systemTimer,
    onChange: () => nudge(),
  });
  const driver = new Driver(app, clock, {
    setTimer: (tick, ms) => setTimeout(tick, ms),
    clearTimer: (timer) => clearTimeout(timer),
    log,
  });
  nudge = () => driver.nudge();
  await app.start();
  driver.start();
  const stop = async (): Promise<void> => {
    await driver.stop();
    await app.stop();
    await store.close();
    await release();
  };
  return { app, clock, nudge: () => driver.nudge(), stop };
}

/** Takes whatever it is handed, at any pace; what people say comes straight from the parent. */
function platform(dice: Dice): ChatAdapter {
  return {
    platform: PLATFORM,
    pace: AT_ONCE,
    shape: { textLimit: Number.POSITIVE_INFINITY, captionLimit: Number.POSITIVE_INFINITY, filesTogether: true },
    start: (_sink: InboundSink) => Promise.resolve(),
    async send(to, { text }) {
      if (death && isTheEnd(death, to, text)) {
        tell({ is: 'sent', to, text });
        process.kill(process.pid, 'SIGKILL');
      }
      await told({ is: 'sent', to, text });
      // It has been read, and the bot does not know it yet: a good moment to die.
      if (dice.chance(SLOW_ANSWERS))
        await new Promise((resolve) => setTimeout(resolve, dice.between(0, SLOWEST_ANSWER)));
      return { messageId: null };
    },
    stop: () => Promise.resolve(),
  };
}

function isTheEnd(end: Extract<Order, { do: 'die' }>, to: ChatRef, text: string): boolean {
  end.sends -= 1;
  if (end.sends <= 0) return true;
  const receipts = receiptsIn(text);
  if (receipts.length === 0) return false;
  return [...untaken.values()].some(({ number, message }) => {
    const isTold = chatKey(message.chat) === chatKey(to) && receipts.some((receipt) => receipt.number === number);
    if (end.at === 'untaken') return isTold && number > 0;
    const isOfHere = villageOfSpeaker(message.sender.id) === (villageOfChat(to) ?? villageOfSpeaker(to.id));
    return !isTold && isOfHere && isCounted(message);
  });
}

/** Whether a message has made the report of its sender's grid that memory counts, the first of its day. */
function isCounted({ id, chat, sender, sentAt }: InboundMessage): boolean {
  const book = bot?.app.county().book(`daily@${civilDateOf(sentAt)}`);
  const due = book?.due(gridId(Number(sender.id.slice(1))));
  return due?.versions.length === 1 && due.standing.current?.message === inboundIdOf(chat, id);
}
