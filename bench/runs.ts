/** Lets people report and watches for their answers. */
import { civilDateOf } from '../src/core/time.ts';
import { gridId } from './county.ts';
import { orderOf, reportOf } from './messages.ts';
import type { Leg } from './plan.ts';
import { momentOf, type World } from './world.ts';

/** Nothing was answered for so long, milliseconds: nothing will be. */
const GIVE_UP = 30_000;
/** An overloaded app is watched for so many times the length of the offered load. */
const PATIENCE = 6;

type Progress = (done: number) => void;

/** Delivers the messages of each chat one after the other, different chats side by side, as adapters do. */
class Mouth {
  readonly #world: World;
  readonly #grids: number;
  readonly #names: string[];
  readonly #last = new Map<string, Promise<void>>();
  readonly #order: (place: number) => number;
  /** The first thing that went wrong in taking a message. */
  failure: unknown = null;

  constructor(world: World, grids: number) {
    this.#world = world;
    this.#grids = grids;
    this.#order = orderOf(grids);
    const view = world.app.county().view(civilDateOf(world.clock.now()));
    this.#names = Array.from({ length: grids }, (_, grid) => view.unit(gridId(grid))?.name ?? '');
  }

  /** Says the message of one place in the day's order. */
  say(place: number, day: number, acknowledged: (at: number) => void): void {
    const grid = this.#order(place % this.#grids);
    const { app, clock, platform } = this.#world;
    const message = reportOf(grid, day, clock.now());
    const chat = message.chat.id;
    platform.expect(chat, this.#names[grid] ?? '', acknowledged);
    const handled = (this.#last.get(chat) ?? Promise.resolve())
      .then(() => app.handle(message))
      .catch((error: unknown) => {
        this.failure ??= error;
      })
      .finally(() => {
        if (this.#last.get(chat) === handled) this.#last.delete(chat);
      });
    this.#last.set(chat, handled);
  }
}

export interface Rush {
  messages: number;
  /** From the first message until the last acknowledgement, milliseconds. */
  acknowledgedMs: number;
  /** Processor time of the whole process meanwhile, microseconds. */
  cpu: number;
}

/**
 * Says a leg's messages as fast as they are answered, so many of them unanswered at any time.
 * @throws {Error} when answers stay away
 */
export async function rush(
  world: World,
  grids: number,
  leg: Leg,
  inFlight: number,
  onProgress: Progress,
): Promise<Rush> {
  const mouth = new Mouth(world, grids);
  const cpuBefore = process.cpuUsage();
  const began = performance.now();
  let [said, answered, answeredAt] = [0, 0, began];
  await new Promise<void>((resolve, reject) => {
    const sayOne = (): void => {
      said += 1;
      mouth.say(leg.from + said - 1, leg.day, acknowledged);
    };
    const acknowledged = (at: number): void => {
      answered += 1;
      answeredAt = at;
      if (answered % 500 === 0) onProgress(answered);
      if (said < leg.count) sayOne();
      if (answered < leg.count) return;
      clearInterval(watch);
      resolve();
    };
    const watch = setInterval(() => {
      if (mouth.failure === null && performance.now() - answeredAt < GIVE_UP) return;
      clearInterval(watch);
      reject(new Error(`${leg.count - answered} reports were not answered; ${why(world, mouth)}`));
    }, 1_000);
    while (said < Math.min(inFlight, leg.count)) sayOne();
  });
  const { user, system } = process.cpuUsage(cpuBefore);
  return {
    messages: leg.count,
    acknowledgedMs: answeredAt - began,
    cpu: user + system,
  };
}

/** What is known of why answers stay away. */
function why({ app, clock, platform }: World, { failure }: Mouth): string {
  if (failure) return `handling failed: ${String(failure)}`;
  const rows = [...app.county().tray.pending()];
  const waiting = `${rows.length} notices wait, ${rows.filter(({ state }) => state === 'sending').length} of them sending`;
  const { outbox } = app.dueTimes();
  const due = outbox === null ? 'none is due' : `the next is due in ${outbox - clock.now()} ms`;
  return `${waiting}, ${due}; the last answer to none of them: ${platform.stray ?? 'none'}`;
}

export interface Stream {
  /** Milliseconds from the moment each message was due to arrive until its acknowledgement. */
  waits: Float64Array;
  unanswered: number;
}

/**
 * Says a leg's messages at moments fixed beforehand, `rate` a second, whether or not what came before was answered: a
 * stall counts against everybody who arrives during it. What is not answered in good time counts as it had waited by then.
 */
export async function stream(
  world: World,
  grids: number,
  leg: Leg,
  rate: number,
  onProgress: Progress,
): Promise<Stream> {
  const mouth = new Mouth(world, grids);
  const waits = new Float64Array(leg.count).fill(Number.NaN);
  const began = performance.now() + 1;
  const dueAt = (place: number): number => began + (place * 1_000) / rate;
  const end = dueAt(leg.count) + Math.max(((PATIENCE - 1) * leg.count * 1_000) / rate, GIVE_UP / 3);
  let [said, answered] = [0, 0];
  while (answered < leg.count && performance.now() < end && mouth.failure === null) {
    const now = performance.now();
    while (said < leg.count && dueAt(said) <= now) {
      const place = said;
      said += 1;
      mouth.say(leg.from + place, leg.day, (at) => {
        waits[place] = at - dueAt(place);
        answered += 1;
        if (answered % 500 === 0) onProgress(answered);
      });
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  if (mouth.failure !== null) throw new Error(why(world, mouth));
  const now = performance.now();
  return {
    waits: waits.map((wait, place) => (Number.isNaN(wait) ? now - dueAt(place) : wait)),
    unanswered: leg.count - answered,
  };
}

/**
 * Waits until all that was said before is answered and kept, so that nothing of it counts in what comes. Then puts the
 * clock on to the morning of a day and does what falls due until then.
 */
export async function wakeOn(world: World, day: number): Promise<void> {
  await world.app.idle();
  if (world.clock.now() >= momentOf(day)) return;
  await world.driver.pause();
  world.clock.moveTo(momentOf(day));
  await world.app.tick();
  await world.app.idle();
  world.driver.resume();
}
