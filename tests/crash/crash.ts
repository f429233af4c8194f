/**
 * The bot under a talking county, killed with SIGKILL over and over. Everything that was not acknowledged is delivered
 * again, as platforms do, and the file is compared with what was said after each kill. What a power cut does cannot be
 * shown this way: the operating system outlives the process and writes what it was handed. That each commit is synced
 * is asserted with the connection's settings, not here.
 */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { installCounty } from '../../bench/county.ts';
import type { Form } from '../../src/core/playbook/index.ts';
import { addDays, type CivilDate } from '../../src/core/time.ts';
import { openStore } from '../../src/store/prisma.ts';
import { Dice } from '../soak/dice.ts';
import { mainFormAlone } from '../support/main-form.ts';
import { freezeInCheckpoint, isMidCheckpoint } from './checkpoints.ts';
import { DayClock } from './day-clock.ts';
import { Judge, timesOf } from './judge.ts';
import { Ledger } from './ledger.ts';
import { BotProcess } from './process.ts';
import { copyDatabase, examine, removeDatabase } from './remains.ts';
import { type CrashOptions, type CrashResult, MOMENTS, type Moment, nothingYet } from './result.ts';
import { Streets } from './streets.ts';
import { differences, type Lines, tablesOf } from './tables.ts';
import { Talk } from './talk.ts';

const FIRST_DAY: CivilDate = '2026-11-23';
/** How long everything may take to be said, heard and answered once nothing breaks any more, ms. */
const PATIENCE = 60_000;
/** Of one sort, shown after one kill. */
const MOST_COMPLAINTS = 10;
/** Messages taken and sent in a life before it is time to die. */
const MOST_WORDS = 400;
/** Messages sent before it dies with one on its lips, if none of them comes too early. */
const MOST_SENDS = 120;
/** A moment that does not come is not waited for any longer, ms. */
const NO_MOMENT = 6_000;
/** The same of a checkpoint, which is over in a moment: on a busy machine many go by before one is met, ms. */
const NO_CHECKPOINT = 20_000;
/** How often several steps fall due while it is down, and how many at most. */
const LONG_DOWN = 0.4;
const MOST_STEPS = 4;
/** Real milliseconds between two looks at the clock. */
const BEAT = 8;

export async function crash(options: CrashOptions): Promise<CrashResult> {
  const [form] = Object.values((await mainFormAlone()).forms);
  if (!form) throw new Error('a playbook without a form');
  const run = new Run(options, form);
  try {
    await run.furnish();
    await run.killAll();
    await run.settle();
  } catch (error) {
    run.result.faults.push(String(error));
  } finally {
    await run.end();
  }
  return run.result;
}

class Run {
  readonly result: CrashResult;
  readonly #options: CrashOptions;
  readonly #form: Form;
  readonly #dice: Dice;
  readonly #clock: DayClock;
  readonly #ledger: Ledger;
  readonly #judge: Judge;
  readonly #streets: Streets;
  readonly #path: string;
  #bot = new BotProcess();
  /** Loads the program for the next life while this one is lived. */
  #spare: BotProcess | null = null;

  constructor(options: CrashOptions, form: Form) {
    const { grids, seed, folder } = options;
    this.#options = options;
    this.#form = form;
    this.#dice = new Dice(seed);
    this.#clock = new DayClock(FIRST_DAY, new Dice(seed + 1));
    this.#ledger = new Ledger(grids, (day) => timesOf(form, day));
    const streets = new Streets(this.#ledger, new Talk(new Dice(seed + 2), grids), new Dice(seed + 3));
    this.#streets = streets;
    this.#judge = new Judge({ form, grids, since: this.#clock.now, ledger: this.#ledger, streets });
    this.#path = join(folder, 'county.db');
    this.result = nothingYet();
  }

  /**
   * Made elsewhere: the driver closes files when it pleases, and as long as any process has the database open, the next
   * one finds the index of the log that the dead have left, and need not read the log itself.
   */
  async furnish(): Promise<void> {
    const made = `${this.#path}-made`;
    const store = await openStore({ url: `file:${made}` });
    await installCounty(store, this.#options.grids, addDays(FIRST_DAY, -20), this.#clock.now);
    await store.close();
    copyDatabase(made, this.#path);
  }

  async killAll(): Promise<void> {
    for (let kill = 0; kill < this.#options.kills && this.result.faults.length === 0; kill += 1) {
      const moment = this.#options.plan?.[kill] ?? this.#dice.of(MOMENTS);
      await this.#liveUntil(moment);
      if (!(await this.#bot.kill())) this.result.faults.push('the bot ended by itself');
      this.#streets.died();
      this.result.kills += 1;
      this.result.byMoment[moment] += 1;
      if (moment === 'checkpoint' && isMidCheckpoint(this.#path)) this.result.midCheckpoint += 1;
      if (moment === 'down') {
        const steps = this.#dice.chance(LONG_DOWN) ? Math.ceil(this.#dice.between(1, MOST_STEPS)) : 1;
        for (let step = 0; step < steps; step += 1) this.#jump();
      }
      await this.#lookAt(`${this.#path}-${kill + 1}`);
      this.#tally();
      this.#options.onKill?.(this.result.kills, this.result);
      this.#bot = this.#spare ?? new BotProcess();
      this.#spare = null;
    }
  }

  /** From opening the database to the moment of its death. */
  async #liveUntil(moment: Moment): Promise<void> {
    const dice = this.#dice;
    if (moment === 'start') {
      await this.#open();
      const usual = this.result.starts.at(-1) ?? 200;
      return await sleep(dice.between(0, 1.2 * usual));
    }
    await this.#start();
    const beating = setInterval(() => this.#beat(), BEAT);
    try {
      if (moment === 'first breath') return await sleep(dice.between(0, 25));
      if (moment === 'receipt' || moment === 'count') {
        const sends = Math.ceil(dice.between(1, MOST_SENDS));
        const end =
          moment === 'receipt' ? { at: 'untaken' as const, sends } : { at: 'counted' as const, sends: 2 * MOST_SENDS };
        this.#bot.tell({ do: 'die', ...end });
        return void (await Promise.race([this.#bot.ended(), sleep(NO_MOMENT)]));
      }
      if (moment === 'checkpoint') {
        await this.#streets.words(Math.floor(dice.between(1, MOST_SENDS)));
        return void (await freezeInCheckpoint(this.#path, (name) => this.#bot.signal(name), NO_CHECKPOINT));
      }
      // Measured by what it says: a busy machine makes a life longer, not emptier.
      await this.#streets.words(Math.floor(dice.between(1, MOST_WORDS)));
      if (moment === 'word') return;
      await sleep(dice.between(0, 40));
      if (moment !== 'jump') return;
      this.#jump();
      // Mostly when the first of what the jump brings about is heard, or a little before or after.
      if (dice.chance(0.5)) await this.#streets.words(Math.floor(dice.between(1, 60)));
      else await sleep(dice.between(0, 120));
    } finally {
      clearInterval(beating);
    }
  }

  async #open(): Promise<void> {
    const { seed, kills } = this.#options;
    this.#ledger.begins();
    this.#streets.listenTo(this.#bot);
    await this.#bot.open({ databaseUrl: `file:${this.#path}`, at: this.#clock.now, seed: seed + this.#ledger.lives });
    if (this.#ledger.lives <= kills) this.#spare = new BotProcess();
  }

  async #start(): Promise<void> {
    const ready = this.#bot.hears('ready');
    ready.catch(() => undefined);
    await this.#open();
    const began = performance.now();
    await ready;
    this.result.starts.push(performance.now() - began);
    this.#streets.lives(this.#bot);
    this.#beat();
  }

  /** Time goes by, and people talk. */
  #beat(): void {
    this.#clock.creep();
    this.#bot.tell({ do: 'clock', at: this.#clock.now });
    this.#streets.talk(this.#clock);
  }

  #jump(): void {
    const step = this.#clock.jump();
    if (step !== null) this.#ledger.falls(step, this.#clock.day);
    this.#bot.tell({ do: 'clock', at: this.#clock.now });
  }

  /** The file as the dead left it, on a copy: the next process is to find it unrepaired. */
  async #lookAt(copy: string): Promise<void> {
    copyDatabase(this.#path, copy);
    const remains = await examine(copy, FIRST_DAY);
    this.#ledger.buried(remains);
    this.result.faults.push(...this.#judge.faults(remains, this.#clock.now, false));
    if (this.result.faults.length === 0) removeDatabase(copy);
  }

  /** Nothing breaks any more: all is delivered, the day is brought to its end, and the books are compared. */
  async settle(): Promise<void> {
    if (this.result.faults.length > 0) return;
    await this.#start();
    do {
      this.#jump();
      this.#beat();
      await this.#streets.silence(PATIENCE);
    } while (!this.#clock.isEvening);
    const tables = await this.#shownWhenQuiet();
    const code = await this.#bot.stop();
    if (code !== 0) this.result.faults.push(`the bot stopped with ${code}`);
    const remains = await examine(this.#path, FIRST_DAY);
    this.result.faults.push(...this.#judge.faults(remains, this.#clock.now, true));
    this.result.skipped = remains.slots.filter(({ outcome }) => outcome === 'skipped').length;
    this.#tally();
    const inFile = tablesOf(remains.county, this.#form, this.#clock.now);
    for (const line of differences(tables, recent(inFile, tables))) {
      this.result.faults.push(`a table held in memory is wrong: ${line}`);
    }
    this.result.faults.push(...this.#ledger.faults(remains.answers));
  }

  /** Nobody talks any more, and time goes by: a completion is told some minutes later. */
  async #shownWhenQuiet(): Promise<Lines> {
    for (const deadline = performance.now() + PATIENCE; performance.now() < deadline; await sleep(BEAT)) {
      this.#clock.creep();
      this.#bot.tell({ do: 'clock', at: this.#clock.now });
      const shown = this.#bot.hears('shown');
      this.#bot.tell({ do: 'show' });
      const { quiet, tables } = await shown;
      if (quiet) return tables;
    }
    throw new Error('something still waits to be sent');
  }

  #tally(): void {
    Object.assign(this.result, this.#ledger.counts());
    this.result.faults.push(...this.#ledger.complaints().slice(0, MOST_COMPLAINTS));
  }

  async end(): Promise<void> {
    await Promise.all([this.#bot.kill(), this.#spare?.kill()]);
  }
}

/** The lines of those days that a process still holds in memory. */
function recent(lines: Lines, held: Lines): Lines {
  const days = new Set(Object.keys(held).map((key) => key.split(' ')[0]));
  return Object.fromEntries(Object.entries(lines).filter(([key]) => days.has(key.split(' ')[0])));
}
